"""Articles: where each begins, what it is called, and which do not belong here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .bylines import DATELINE, read_date
from .document import ArticleKind, PassageKind
from .furniture import is_continued_from
from .headings import BRACKET_LABEL, Rank, rank, strip_number
from .paragraphs import Paragraph
from .topic import (
    LONG_ENOUGH,
    governance_density,
    is_advertisement,
    is_off_topic,
    names_wares,
    speaks_of_governance,
)

_SUBTITLE = re.compile(r"\s*(?:——|--+|──|⸺)\s*")
_COLUMN = re.compile(r"\s*[（(][^（）()]{5,}[）)]$")
_CASE = re.compile(r"^[【\[]?(?:典型|优秀)?案例\s?[一二三四五六七八九十百\d]{1,3}")
_PREFACE = re.compile(r"^(?:前\s*言|序\s*[言]?|引\s*言|导\s*[言语]|编者按|编写说明|后\s*记|编后记)$")
_OPENING = re.compile(
    r"(?:近年来?|近日|今年|去年|\d{4}年以来|党的(?:十[八九]|二十)大|习近平总书记|改革开放|为(?:全面|深入|认真)?贯彻|按照"
    r"|[\u4e00-\u9fff*]{1,8}(?:委|政府|街道|社区)(?:坚决|认真|始终|坚持|深入|紧扣|紧紧|高度))"
)
_SECTION = re.compile(r"(?:做法|成效|背景|启示|经验|问题|建议|思考|情况|体会|打算|计划|评论|反响)$")
_REPORTS = 3
_MOST = 0.7
# 中共某市委组织部 某区民政局: a body that signs under the title
_SIGNATURE = re.compile(
    r"^[\u4e00-\u9fff*]{2,20}(?:[省市区县]委|组织部|民政局|政府|办公室|办事处|委员会|党校|学院|研究院|研究室|课题组|工委|党委)$"
)
_TAIL_NOTE = re.compile(r"[（(](?:作者|执笔|记者|本报记者|来源|供稿|新华社|课题组)[^（）()]{0,80}[）)]$")
_NAME_WINDOW = re.compile(r"(?=([\u4e00-\u9fff]{4}))")
_NUMBER = re.compile(r"\d{1,2}")
_TEXT = (PassageKind.SENTENCE, PassageKind.HEADING)


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as the half-open range ``[first, last)`` of paragraphs."""

    first: int
    last: int
    kind: ArticleKind
    title: str = ""
    subtitle: str = ""
    byline: str = ""
    published: dt.date | None = None


def draft_articles(paragraphs: Sequence[Paragraph], announced: Mapping[int, str]) -> list[ArticleDraft]:
    """Articles of a document in order; together they cover every paragraph.

    ``announced`` gives, by raw offset of their first line, the titles that a
    table of contents led to.  Without one, articles begin at the document's
    start, at numbered cases, at titles set off by a byline or a subtitle, and
    after a newspaper jump.
    """
    if not paragraphs:
        return []
    titles = {i: announced[p.start] for i, p in enumerate(paragraphs) if p.start in announced}
    starts = set(titles) or _series_of_titles(paragraphs)
    has_front = bool(starts) and 0 not in starts
    if not starts:
        starts = _titles_above_openings(paragraphs) or _titles_with_bylines(paragraphs)
        starts = {i for i in starts if any(p.kind is PassageKind.SENTENCE for p in paragraphs[:i])}
    jumps = {i for i, p in enumerate(paragraphs) if _continues_from_elsewhere(p)}
    order = sorted({0} | starts | jumps)
    drafts = []
    for first, last in zip(order, [*order[1:], len(paragraphs)], strict=True):
        front = (has_front and first == 0) or _PREFACE.match(titles.get(first, ""))
        kind = ArticleKind.FRONT if front else ArticleKind.ARTICLE
        drafts.extend(
            _without_advertisements(ArticleDraft(first, last, kind, titles.get(first, "")), paragraphs)
        )
    return [_with_head(draft, paragraphs) for draft in _judge_topics(drafts, paragraphs, jumps)]


def _continues_from_elsewhere(paragraph: Paragraph) -> bool:
    return paragraph.kind is PassageKind.FURNITURE and is_continued_from(paragraph.text)


def _series_of_titles(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Titles that are counted through the document: 案例一, 案例二; 1, 2."""
    headings = [i for i, p in enumerate(paragraphs) if p.kind is PassageKind.HEADING]
    cases = {i for i in headings if _CASE.match(paragraphs[i].text)}
    return cases if len(cases) > 1 else _numbered_titles(paragraphs, headings)


def _numbered_titles(paragraphs: Sequence[Paragraph], headings: Sequence[int]) -> set[int]:
    """Headings 1, 2, 3 … that have headings 一、二、 below them: these number articles,
    for in an outline 一、 stands above 1."""
    numbered: list[int] = []
    for i in headings:
        number = _NUMBER.match(paragraphs[i].text)
        if number and rank(paragraphs[i].text) is Rank.THIRD and int(number[0]) == len(numbered) + 1:
            numbered.append(i)
    if len(numbered) < 2:
        return set()
    tops = [i for i in headings if rank(paragraphs[i].text) is Rank.TOP]
    nested = any(numbered[0] < i < numbered[-1] for i in tops)
    return set(numbered) if nested and not any(i < numbered[0] for i in tops) else set()


def _titles_above_openings(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Unnumbered headings above paragraphs that open as reports do: 近年来，…

    Taken for titles when the document's own title is one of three or more; all
    unnumbered headings are, when most of them stand above such an opening.
    """
    below = [
        (i, following.text)
        for i, (heading, following) in enumerate(pairwise(paragraphs))
        if heading.kind is PassageKind.HEADING
        and following.kind is PassageKind.SENTENCE
        and rank(heading.text) is None
        and not _SECTION.search(heading.text)
    ]
    openings = [i for i, text in below if _OPENING.match(text)]
    if len(openings) < _REPORTS or openings[0] != below[0][0]:
        return set()
    return {i for i, _ in below} if len(openings) >= _MOST * len(below) else set(openings)


def _titles_with_bylines(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Unnumbered headings that open an article: a byline or a subtitle follows, or
    the note that closes an article came before."""
    starts: set[int] = set()
    body_seen = closed = False
    for i, paragraph in enumerate(paragraphs):
        if paragraph.kind in (PassageKind.FURNITURE, PassageKind.CONTENTS):
            continue
        if paragraph.kind is PassageKind.HEADING and body_seen and rank(paragraph.text) is None:
            if closed or _has_byline_or_subtitle_next(paragraphs, i):
                starts.add(i)
                body_seen = closed = False
        elif paragraph.kind is PassageKind.SENTENCE:
            body_seen = True
            closed = bool(_TAIL_NOTE.search(paragraph.text[-100:]))
        elif paragraph.kind is PassageKind.BYLINE and body_seen:
            closed = True
    return starts


def _has_byline_or_subtitle_next(paragraphs: Sequence[Paragraph], i: int) -> bool:
    for paragraph in paragraphs[i + 1 : i + 3]:
        if paragraph.kind is PassageKind.BYLINE or _SUBTITLE.match(paragraph.text):
            return True
        if paragraph.kind is not PassageKind.HEADING:
            return bool(DATELINE.match(paragraph.text))
    return False


def _text_of(paragraphs: Sequence[Paragraph], first: int, last: int) -> str:
    return "".join(p.text for p in paragraphs[first:last] if p.kind in _TEXT)


def _without_advertisements(draft: ArticleDraft, paragraphs: Sequence[Paragraph]) -> list[ArticleDraft]:
    """``draft`` cut where a run of its sections advertises something.

    Around the sections that plainly sell, the run takes in those that do not
    speak of governance and share a name (four ideographs) with it.
    """
    if not names_wares(_text_of(paragraphs, draft.first, draft.last)):
        return [draft]
    headings = [i for i in range(draft.first + 1, draft.last) if paragraphs[i].kind is PassageKind.HEADING]
    bounds = [draft.first, *headings, draft.last]
    texts = [_text_of(paragraphs, first, last) for first, last in pairwise(bounds)]
    selling = [n for n, text in enumerate(texts) if is_advertisement(text)]
    if not selling:
        return [draft]
    first, last = selling[0], selling[-1]
    names = set().union(*(_windows(text) for text in texts[first : last + 1]))
    while first > 0 and _belongs(texts[first - 1], names):
        first -= 1
    while last + 1 < len(texts) and _belongs(texts[last + 1], names):
        last += 1
    start, end = bounds[first], bounds[last + 1]
    advertisement = ArticleDraft(start, end, ArticleKind.UNRELATED)
    pieces = [replace(draft, last=start), advertisement, ArticleDraft(end, draft.last, draft.kind)]
    return [piece for piece in pieces if piece.first < piece.last]


def _belongs(text: str, names: set[str]) -> bool:
    return not speaks_of_governance(text) and not names.isdisjoint(_windows(text))


def _windows(text: str) -> set[str]:
    return {found[1] for found in _NAME_WINDOW.finditer(text)}


def _judge_topics(
    drafts: Sequence[ArticleDraft], paragraphs: Sequence[Paragraph], jumps: set[int]
) -> list[ArticleDraft]:
    """Mark pieces far from the main article as unrelated; join a continuation of it to it."""
    if len(drafts) == 1:
        return list(drafts)
    texts = [_text_of(paragraphs, draft.first, draft.last) for draft in drafts]
    densities = [governance_density(text) for text in texts]
    main = max(range(len(drafts)), key=lambda n: densities[n] * len(texts[n]))
    judged: list[ArticleDraft] = []
    for n, draft in enumerate(drafts):
        far = len(texts[n]) >= LONG_ENOUGH and is_off_topic(densities[n], densities[main])
        if draft.kind is ArticleKind.ARTICLE and far:
            judged.append(replace(draft, kind=ArticleKind.UNRELATED))
        elif draft.first in jumps and judged and judged[-1].kind is draft.kind is ArticleKind.ARTICLE:
            judged[-1] = replace(judged[-1], last=draft.last)
        else:
            judged.append(draft)
    return judged


def _with_head(draft: ArticleDraft, paragraphs: Sequence[Paragraph]) -> ArticleDraft:
    """``draft`` with the title, subtitle, byline and date that its paragraphs give."""
    text = [p for p in paragraphs[draft.first : draft.last] if p.kind is not PassageKind.FURNITURE]
    text = [p for p in text if p.kind is not PassageKind.CONTENTS]
    head = _head_of(text)
    headings = [p.text for p in head if p.kind is PassageKind.HEADING and not _SIGNATURE.search(p.text)]
    sections = [p for p in text[len(head) :] if p.kind is PassageKind.HEADING and rank(p.text) is None]
    title, subtitle = _split_title(
        draft.title or _title_of(headings, bool(sections) or draft.kind is ArticleKind.FRONT)
    )
    if not subtitle:
        subtitle = next((_SUBTITLE.sub("", line) for line in headings[1:] if _SUBTITLE.match(line)), "")
    bylines = [p.text for p in head if p.kind is PassageKind.BYLINE or _SIGNATURE.search(p.text)]
    bylines += [p.text for p in text[len(head) :][-3:] if p.kind is PassageKind.BYLINE]
    bylines += [
        found[0].strip() for p in text[len(head) : len(head) + 1] if (found := DATELINE.match(p.text))
    ]
    bylines += [found[0] for p in text[-1:] if (found := _TAIL_NOTE.search(p.text[-100:]))]
    published = next((date for line in [*bylines, *headings] if (date := read_date(line))), None)
    return replace(
        draft, title=title, subtitle=subtitle, byline=" ".join(dict.fromkeys(bylines)), published=published
    )


def _head_of(text: Sequence[Paragraph]) -> list[Paragraph]:
    """The headings and bylines before the first sentence; a numbered section heading ends them."""
    head: list[Paragraph] = []
    for paragraph in text:
        if paragraph.kind is PassageKind.SENTENCE:
            break
        if head and paragraph.kind is PassageKind.HEADING and _opens_section(paragraph.text):
            break
        head.append(paragraph)
    return head


def _opens_section(text: str) -> bool:
    return rank(text) is not None or BRACKET_LABEL.match(text) is not None


def _title_of(headings: Sequence[str], has_plain_sections: bool) -> str:
    """The title in a head: its first heading, with the lines between it and a
    subtitle.  Without a subtitle a second line belongs to the title unless the
    article has more headings like it, which would make it the first section's.
    """
    if not headings:
        return ""
    dashed = next((n for n, line in enumerate(headings) if n and _SUBTITLE.match(line)), None)
    if dashed is None:
        dashed = 1 if has_plain_sections else 2
    return " ".join([strip_number(headings[0]), *headings[1:dashed]])


def _split_title(title: str) -> tuple[str, str]:
    """Title and subtitle; a newspaper's column name in brackets behind the title is left out."""
    dash = _SUBTITLE.search(title)
    if dash is None or dash.start() == 0:
        return _COLUMN.sub("", title.strip("— ")), ""
    return _COLUMN.sub("", title[: dash.start()].strip()), title[dash.end() :].strip()
