"""Finds every mention of a place and the place each article is about.

The longest chain of nested places is one mention (广西柳州市柳南区), a list
without separators is several (浙江重庆江苏).  Names that belong to roads,
universities, events, brands or ordinary words are none; 全市, 我省 and 该区 are
left to :mod:`cases.extraction.governing`.  One pass of the gazetteer's matcher
over the text finds all candidates; cheap checks refuse most of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from regions.gazetteer import Form, FormKind, Gazetteer, Trust, place_words

from . import region_masks
from .document import (
    Article,
    ArticleKind,
    LinkOutcome,
    PassageKind,
    RegionMention,
    SegmentedDocument,
    Sentence,
)
from .region_abbreviations import abbreviated
from .region_articles import article_region
from .region_chains import Chain, Chainer, spot
from .region_linking import Link
from .region_locals import LocalNames
from .region_tracking import Located, Tracker

_SILENT_KINDS = frozenset((PassageKind.CONTENTS, PassageKind.FURNITURE))
_SILENT_ARTICLES = frozenset((ArticleKind.FRONT, ArticleKind.UNRELATED))
_MASK = Form("*", FormKind.FULL, Trust.PLAIN, ())
_LOCAL = Form("", FormKind.LOCAL, Trust.PLAIN, ())


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
        located = list(self._located())
        tracker = Tracker(self.text, self.gazetteer, located)
        nowhere: list[str | None] = [None] * len(self.doc.articles)
        links = tracker.links(nowhere)
        homes = self._homes(located, links)
        if any(homes):
            links = tracker.links(homes)
        mentions = (
            self._mention(item, found)
            for item, found in zip(located, links, strict=True)
            if found is not None and item.sentence.kind is not PassageKind.BYLINE
        )
        return RegionFinds(tuple(mentions), homes)

    def _located(self) -> Iterator[Located]:
        """The chains that lie inside one sentence of what the document is about."""
        for chain in self._chains():
            at = bisect_right(self._starts, chain.start) - 1
            if at < 0 or chain.end > self.doc.sentences[at].end:
                continue
            sentence = self.doc.sentences[at]
            silent = sentence.kind in _SILENT_KINDS
            if not silent and self.doc.articles[sentence.article].kind not in _SILENT_ARTICLES:
                yield Located(chain, sentence)

    def _chains(self) -> list[Chain]:
        names = spot(self.text, self.gazetteer)
        local = LocalNames(self.text, self.gazetteer, names.local_ends)
        chains: list[Chain] = []
        taken = 0
        for chain in Chainer(self.text, self.gazetteer, names).chains():
            if chain.start < taken:
                continue
            end = local.after(chain.end, in_city=self.gazetteer.is_city(chain.codes[0]))
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
        chains += _free(list(self._masked()), chains)
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
            if not self.gazetteer.words.cuts_through(self.text, start, end)
        ]
        return _free(again, chains)

    def _masked(self) -> Iterator[Chain]:
        """Authorities whose place was masked: *省委, *市运行指挥部."""
        if "*" in self.text:
            for match in region_masks.AUTHORITY.finditer(self.text):
                yield Chain(match.start(), match.end(), (), _MASK, "place.masked", 0.6)
            for match in region_masks.LOCAL.finditer(self.text):
                rule = "place.masked.local"
                yield Chain(match.start(), match.end(), (), _MASK, rule, 0.5, town=True, sub=match[0])

    def _homes(self, located: Sequence[Located], links: Sequence[Link | None]) -> tuple[str | None, ...]:
        named: dict[int, list[tuple[Chain, str, int]]] = {}
        for item, found in zip(located, links, strict=True):
            if found is not None and found.code:
                named.setdefault(item.sentence.article, []).append(
                    (item.chain, found.code, item.sentence.index)
                )
        sentences: dict[int, list[Sentence]] = {}
        for sentence in self.doc.sentences:
            sentences.setdefault(sentence.article, []).append(sentence)
        masked = {item.sentence.article for item in located if item.chain.rule == "place.masked.local"}
        return tuple(
            article_region(article, sentences.get(i, ()), named.get(i, ()), self.doc, self.gazetteer)
            or (self._city_of_institutions(article) if i in masked else None)
            for i, article in enumerate(self.doc.articles)
        )

    def _city_of_institutions(self, article: Article) -> str | None:
        return region_masks.city_of_institutions(self.text, article.start, article.end, self.gazetteer)

    def _mention(self, item: Located, found: Link) -> RegionMention:
        chain = item.chain
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
            passage=item.sentence.index,
            outcome=outcome,
            code=found.code,
            sub=chain.sub,
            candidates=found.candidates,
            rule=found.rule or chain.rule,
            confidence=round(chain.confidence * found.factor, 3),
        )


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
