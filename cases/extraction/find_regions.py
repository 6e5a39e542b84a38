"""Finds every mention of a place and the place each article is about.

The longest chain of nested places is one mention (广西柳州市柳南区), a list
without separators is several (浙江重庆江苏).  Names that belong to roads,
universities, events, brands or ordinary words are none; 全市, 我省 and 该区 are
left to :mod:`cases.extraction.governing`.  One pass of the gazetteer's matcher
over the text finds all candidates; cheap checks refuse most of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from regions.gazetteer import Form, FormKind, Gazetteer, Trust, place_words

from .document import ArticleKind, LinkOutcome, PassageKind, RegionMention, SegmentedDocument, Sentence
from .region_abbreviations import abbreviated
from .region_articles import article_region
from .region_chains import Chain, Chainer, spot
from .region_linking import Context, Link, link
from .region_locals import LocalNames

_SILENT_KINDS = frozenset((PassageKind.CONTENTS, PassageKind.FURNITURE, PassageKind.BYLINE))
_SILENT_ARTICLES = frozenset((ArticleKind.FRONT, ArticleKind.UNRELATED))
# *市委, *省: the name of the place was masked; **市 counts cities only before 个 and the like.
_MASKED = re.compile(
    r"(?<![*\d.．])\*{1,3}(?P<level>[省市区县])(?=委|政府|人大|政协|运行|各|的|在|组织|直|[，。])"
)
_MASK = Form("*", FormKind.FULL, Trust.PLAIN, ())
_LOCAL = Form("", FormKind.LOCAL, Trust.PLAIN, ())
_LIST_GAPS = frozenset("、和与及")
_LEVEL_OF_MASK = {"省": ("province",), "市": ("province", "prefecture"), "区": ("county",), "县": ("county",)}


@dataclass(frozen=True, slots=True)
class RegionFinds:
    """Mentions in text order, and a code or None for each article, in clean offsets."""

    mentions: tuple[RegionMention, ...]
    article_regions: tuple[str | None, ...]


def find_regions(doc: SegmentedDocument, gazetteer: Gazetteer) -> RegionFinds:
    """Places named in ``doc``; sentences of contents, furniture and bylines, and
    articles that are front matter or unrelated, yield none."""
    return _Finder(doc, gazetteer).run()


class _Finder:
    def __init__(self, doc: SegmentedDocument, gazetteer: Gazetteer) -> None:
        self.doc, self.gazetteer = doc, gazetteer
        self.text = doc.clean.text
        self._starts = [sentence.start for sentence in doc.sentences]

    def run(self) -> RegionFinds:
        chains = self._chains()
        located = [(chain, at) for chain in chains if (at := self._sentence_of(chain)) is not None]
        homes = self._homes(located)
        mentions = self._linked(located, homes)
        return RegionFinds(tuple(mentions), homes)

    def _chains(self) -> list[Chain]:
        names = spot(self.text, self.gazetteer)
        local = LocalNames(self.text, self.gazetteer, names.local_ends)
        places = self.gazetteer.places
        chains: list[Chain] = []
        taken = 0
        for chain in Chainer(self.text, self.gazetteer, names).chains():
            if chain.start < taken:
                continue
            inside = places[chain.codes[0]].level != "province" or chain.codes[0][:2] in (
                "11",
                "12",
                "31",
                "50",
            )
            end = local.after(chain.end, inside)
            if end > chain.end:
                chain.sub += self.text[chain.end : end]
                chain.end = end
                chain.rule = chain.rule if chain.town else "place.local"
            taken = chain.end
            chains.append(chain)
        chains += self._repeated_locals(chains)
        alone = [
            Chain(s, e, (), _LOCAL, "place.local.alone", 0.7, town=True, sub=self.text[s:e])
            for s, e in local.alone()
        ]
        chains = _without_doubtful_inside(chains, alone)
        chains += _free(alone, chains)
        chains += _free(list(abbreviated(self.text, self.gazetteer)), chains)
        chains += _free(
            [self._masked(m) for m in _MASKED.finditer(self.text)] if "*" in self.text else [], chains
        )
        chains.sort(key=lambda chain: chain.start)
        return chains

    def _repeated_locals(self, chains: Sequence[Chain]) -> list[Chain]:
        """A local place named once under its county may recur alone (新街口商圈)."""
        common = place_words("local_suffixes")
        subs = {chain.sub for chain in chains if chain.form.kind is not FormKind.ZONE} - {"", *common}
        wanted = sorted(sub for sub in subs if sub[0] != "第")
        if not wanted:
            return []
        matcher = AhoCorasick(wanted, matchkind=MatchKind.LeftmostLongest)
        again = [
            Chain(start, end, (), _LOCAL, "place.local.again", 0.9, town=True, sub=wanted[index])
            for index, start, end in matcher.find_matches_as_indexes(self.text)
        ]
        return _free(again, chains)

    def _masked(self, match: re.Match[str]) -> Chain:
        return Chain(match.start(), match.end(), (), _MASK, "place.masked", 0.6)

    def _sentence_of(self, chain: Chain) -> int | None:
        at = bisect_right(self._starts, chain.start) - 1
        if at < 0 or chain.end > self.doc.sentences[at].end:
            return None
        return at

    def _homes(self, located: Sequence[tuple[Chain, int]]) -> tuple[str | None, ...]:
        by_article: dict[int, list[tuple[Chain, str, int]]] = {}
        certain = [self._certain(chain, Context()) for chain, _ in located]
        for i, (chain, at) in enumerate(located):
            code = certain[i]
            if chain.town and not code:  # 仙林街道是江苏南京市栖霞区…: what follows tells
                found = self._link(chain, Context(following=_following(located, certain, i, at)))
                code = found.code if found and found.rule != "place.town.unique" else None
            if code and self.doc.sentences[at].kind is not PassageKind.FURNITURE:
                by_article.setdefault(self.doc.sentences[at].article, []).append((chain, code, at))
        sentences: dict[int, list[Sentence]] = {}
        for sentence in self.doc.sentences:
            sentences.setdefault(sentence.article, []).append(sentence)
        return tuple(
            article_region(article, sentences.get(i, ()), by_article.get(i, ()), self.doc, self.gazetteer)
            for i, article in enumerate(self.doc.articles)
        )

    def _certain(self, chain: Chain, context: Context) -> str | None:
        if chain.town or chain.doubtful or not chain.codes:
            return None
        found = link(chain, context, self.gazetteer)
        return found.code if found else None

    def _linked(
        self, located: Sequence[tuple[Chain, int]], homes: Sequence[str | None]
    ) -> list[RegionMention]:
        empty = Context()
        certain = [self._certain(chain, empty) for chain, _ in located]
        document = Counter(code for code in certain if code)
        mentions: list[RegionMention] = []
        context = Context(document=document)
        sentence = article = -1
        for i, (chain, at) in enumerate(located):
            unit = self.doc.sentences[at]
            if unit.kind in _SILENT_KINDS or self.doc.articles[unit.article].kind in _SILENT_ARTICLES:
                continue
            if unit.article != article:
                article = unit.article
                context.article, context.sentence, context.home, context.subs = [], [], homes[article], {}
            if at != sentence:
                sentence = at
                context.article += context.sentence
                context.sentence = []
            context.following = _following(located, certain, i, at)
            context.listed = self._stands_in_list(
                chain, mentions, located[i + 1][0] if i + 1 < len(located) else None
            )
            found = self._link(chain, context)
            if found is None:
                continue
            if found.code:
                context.sentence.append(found.code)
                if chain.sub:
                    context.subs[chain.sub] = found.code
            mentions.append(self._mention(chain, found, at))
        return mentions

    def _stands_in_list(self, chain: Chain, before: Sequence[RegionMention], after: Chain | None) -> bool:
        """Whether only 、 or 和 parts the chain from the mention before or the chain after."""
        gaps = []
        if before:
            gaps.append(self.text[before[-1].end : chain.start])
        if after is not None and (not after.doubtful or self._siblings(chain, after)):
            gaps.append(self.text[chain.end : after.start])
        return any(gap in _LIST_GAPS for gap in gaps)

    def _siblings(self, one: Chain, other: Chain) -> bool:
        parents = {self.gazetteer.places[code].parent for code in one.codes}
        return any(self.gazetteer.places[code].parent in parents for code in other.codes)

    def _link(self, chain: Chain, context: Context) -> Link | None:
        if chain.rule == "place.masked":
            return self._link_masked(chain, context)
        if chain.form.kind is FormKind.LOCAL:
            return _link_local(chain, context)
        return link(chain, context, self.gazetteer)

    def _link_masked(self, chain: Chain, context: Context) -> Link:
        levels = _LEVEL_OF_MASK[self.text[chain.end - 1]]
        if context.home:
            for code in self.gazetteer.places[context.home].path:
                place = self.gazetteer.places[code]
                if (
                    place.level in levels
                    and (place.level == "prefecture" or "市" not in levels[-1])
                    and place.name[-1] == self.text[chain.end - 1]
                ):
                    return Link(code)
        return Link(None, (), "place.masked", 1.0)

    def _mention(self, chain: Chain, found: Link, at: int) -> RegionMention:
        outcome = (
            LinkOutcome.LINKED
            if found.code
            else LinkOutcome.AMBIGUOUS
            if found.candidates
            else LinkOutcome.UNLINKED
        )
        return RegionMention(
            start=chain.start,
            end=chain.end,
            quote=self.text[chain.start : chain.end],
            passage=at,
            outcome=outcome,
            code=found.code,
            sub=chain.sub,
            candidates=found.candidates,
            rule=found.rule or chain.rule,
            confidence=round(chain.confidence * found.factor, 3),
        )


def _link_local(chain: Chain, context: Context) -> Link | None:
    """A local name alone lies where it lay before, else in the nearest place before it."""
    if chain.sub in context.subs:
        return Link(context.subs[chain.sub])
    for code, where in context.by_nearness():
        return Link(code, factor=0.9 if where == "article" else 1.0)
    return None


def _following(
    located: Sequence[tuple[Chain, int]], certain: Sequence[str | None], i: int, at: int
) -> list[str]:
    out = []
    for j in range(i + 1, min(i + 8, len(located))):
        if located[j][1] != at:
            break
        code = certain[j]
        if code:
            out.append(code)
    return out


def _without_doubtful_inside(chains: Sequence[Chain], longer: Sequence[Chain]) -> list[Chain]:
    """``chains`` less the doubtful ones that lie inside a longer name: 东湖 in 东湖新城."""
    starts = {span.start: span.end for span in longer}
    ends = {span.end: span.start for span in longer}
    return [
        chain
        for chain in chains
        if not (
            chain.doubtful
            and (starts.get(chain.start, 0) > chain.end or ends.get(chain.end, chain.start) < chain.start)
        )
    ]


def _free(found: Sequence[Chain], chains: Sequence[Chain]) -> list[Chain]:
    """Those of ``found`` that overlap none of ``chains``, nor one another."""
    taken = sorted((chain.start, chain.end) for chain in chains)
    out: list[Chain] = []
    free_from = at = 0
    for chain in sorted(found, key=lambda chain: (chain.start, -chain.end)):
        while at < len(taken) and taken[at][1] <= chain.start:
            at += 1
        if chain.start >= free_from and (at == len(taken) or taken[at][0] >= chain.end):
            out.append(chain)
            free_from = chain.end
    return out
