"""The place an article is about.

A report is titled by its place, signed by its authorities (长春市委), or opens
with it as the acting place (近年来，长春市委紧扣…); an essay or a survey of many
places is about none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from regions.gazetteer import COUNTRY, Gazetteer

from .document import Article, ArticleKind, PassageKind, SegmentedDocument, Sentence
from .region_chains import Chain

_OPENING = 10  # sentences in which a report names its place
# 在上海, 就上海而言, 视察吉林: the place is spoken of, it does not act.
_ACTS_FROM = re.compile(r"(?:^|[^\u4e00-\u9fff]|以来|近年来|[年月日]|期间|联系|作为|立足|目前|同时)$")
_OTHERS_TOO = re.compile(r"\s*(?:等地|等[省市区县州]|[、和与及])")
_AUTHORITY = re.compile(r"[省市区县州]?(?:委|政府|人民政府|组织部|街道)")
# 市委, 全省, 我区 on their own: the text speaks of its own place.
_SELF = re.compile(r"(?<![\u4e00-\u9fff])(?:市委|省委|区委|县委|州委)|[全我本](?:市|省|区|县|州)(?![域场])")


def article_region(
    article: Article,
    sentences: Sequence[Sentence],
    named: Sequence[tuple[Chain, str, int]],
    doc: SegmentedDocument,
    gazetteer: Gazetteer,
) -> str | None:
    """Code of the place that ``article`` is about, None if none or many.

    ``named`` are its places in order: chain, code, index of the sentence.
    """
    if article.kind is not ArticleKind.ARTICLE or not named:
        return None
    first_body = next((s.index for s in sentences if s.kind is PassageKind.SENTENCE), None)
    title = [(chain, code) for chain, code, at in named if first_body is None or at < first_body]
    body = Counter(code for _, code, at in named if first_body is not None and at >= first_body)
    titled = {code for _, code in title}
    if len(titled) == 1:
        code = next(iter(titled))
        if _share(code, body, gazetteer) >= 0.25:
            return code
    text = doc.clean.text
    opening = [s.index for s in sentences if s.kind is PassageKind.SENTENCE][:_OPENING]
    last = opening[-1] if opening else -1
    for chain, code, at in named:
        if at > last:
            break
        if first_body is not None and at >= first_body and _acts(text, chain):
            found = _supported(code, body, gazetteer, share=0.5)
            if found:
                return found
    signed = [code for chain, code, at in named if _is_signature(doc.sentences[at], text, chain)]
    if len(set(signed)) == 1:
        found = _supported(signed[0], body, gazetteer, share=0.4)
        if found:
            return found
    return _only_family(article, body, text, gazetteer)


def _acts(text: str, chain: Chain) -> bool:
    before = text[max(0, chain.start - 4) : chain.start]
    return bool(_ACTS_FROM.search(before)) and not _OTHERS_TOO.match(text, chain.end)


def _is_signature(sentence: Sentence, text: str, chain: Chain) -> bool:
    return sentence.kind is PassageKind.BYLINE and _AUTHORITY.match(text, chain.end) is not None


def _supported(code: str, body: Counter[str], gazetteer: Gazetteer, share: float) -> str | None:
    """``code``, or the nearest ancestor, that takes at least ``share`` of the mentions."""
    for part in reversed(gazetteer.places[code].path):
        if _share(part, body, gazetteer) >= share:
            return part
    return None


def _share(code: str, body: Counter[str], gazetteer: Gazetteer) -> float:
    """Share of the mentions that lie in ``code``; those of its own superiors (贯彻省委部署)
    are not counted.  A body that names no place does not speak against it."""
    places = gazetteer.places
    inside = sum(n for other, n in body.items() if code in places[other].path)
    above = sum(n for other, n in body.items() if other in places[code].path[:-1])
    others = body.total() - above
    return inside / others if others else float(above == 0)


def _only_family(article: Article, body: Counter[str], text: str, gazetteer: Gazetteer) -> str | None:
    """The one place that contains all mentions, if the text speaks as its own (全市, 省委)."""
    paths = [gazetteer.places[code].path for code in body if code != COUNTRY]
    if not paths:
        return None
    common = [code for code in paths[0] if all(code in path for path in paths)]
    if not common:
        return None
    own = gazetteer.places[common[-1]].name[-1]
    own = own if own in "省市县州" else "区"
    selves = sum(own in match for match in _SELF.findall(text, article.start, article.end))
    return common[-1] if selves >= max(3, body.total() // 2) else None
