"""Which place a piece of text is about.

A figure or a measure belongs to the place that governs it: the nearest place
named before it in the sentence; a stand-in (全省, 我市, 区委) resolved against
the places named so far; the place carried over from the sentence before (in a
survey) or the article's own place (in a report about one place).  全国 governs
as the country, 各地 as no place in particular.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .document import LinkOutcome, RegionMention, SegmentedDocument, Sentence

COUNTRY = "000000"

# 全省 / 我市 / 该区 / 省委 / 区政府: a stand-in names the level of the place meant.
# 市场, 区域, 县域, 社区 … are other words; 市区两级 names levels, not a place.
_STAND_IN = re.compile(
    r"[省市区县州](?:(?<=[全我本该].)(?![域场])|(?<![\u4e00-\u9fff*].)(?=委[^员]|政府|级财政|里))"
    r"|中(?<![\u4e00-\u9fff*].)共[省市区县州](?=委[^员]|政府|级财政|里)"
)
_WIDE = re.compile(
    r"全国(?!人大|政协|劳模|文明|先进|优秀|示范|.{0,3}(?:会议|大会|两会))|我国|各地(?!区)|一些地方|不少地方|有的地方"
)
_COUNTRY_WORDS = ("全国", "我国")
# What may stand between two places acting together.
_JOINT = re.compile(r"[、，和与及以\s]{0,4}")
# What may stand before the acting place: item marks, conjunctions, a date.
_BEFORE_SUBJECT = re.compile(
    r"[\s“‘—]*(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}|[（(]?[0-9一二三四五六七八九十]{1,4}[)）.]?|"
    r"同时|此外|另外|比如|例如|如|其中|目前|近年来|近日|今年|去年|这次|按照|属地|对此|为此|在)?\s*"
)
_TIME = re.compile(r"[^，。；]{0,14}(?:年|月|日|以来|期间|中|前夕|以后|旬|后|时)")
_ELSEWHERE = re.compile(r"中央|中组部|全国|国家|总书记")  # they act, the place is where
_SUBJECT_REACH = 30
_ACTOR_REACH = 40
_LEVELS = {"省": "province", "市": "city", "州": "city", "区": "county", "县": "county"}
_MUNICIPALITIES = ("11", "12", "31", "50")


def level_of(code: str) -> str:
    """Level by the form of a GB/T 2260 code: country, province, city or county."""
    if code == COUNTRY:
        return "country"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def ancestor_at(code: str, level: str) -> str | None:
    """The division of ``code``'s chain at ``level``; a municipality is both
    province and city.  None when the chain has none there."""
    if level == "province":
        return code[:2] + "0000"
    if level == "city":
        if code[:2] in _MUNICIPALITIES:
            return code[:2] + "0000"
        return None if code.endswith("0000") else code[:4] + "00"
    return code if level_of(code) == "county" else None


def contains(outer: str, inner: str) -> bool:
    """Whether the division ``outer`` is ``inner`` or one of its ancestors, by code."""
    if outer == COUNTRY:
        return True
    stem = outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else outer
    return inner.startswith(stem)


@dataclass(slots=True)
class Group:
    """Places named together (山东济南、四川成都等地), in clean offsets."""

    start: int
    end: int
    codes: tuple[str, ...]
    subs: tuple[str, ...]
    mentions: tuple[RegionMention, ...]


@dataclass(slots=True)
class _Event:
    offset: int
    codes: tuple[str, ...]


class Governing:
    """Answers ``at(sentence, offset)``: codes of the places the text is about."""

    def __init__(
        self,
        doc: SegmentedDocument,
        mentions: Sequence[RegionMention],
        article_regions: Sequence[str | None],
    ) -> None:
        self.doc = doc
        self.article_regions = article_regions
        self._groups: list[tuple[Group, ...]] = [()] * len(doc.sentences)
        for index, members in _by_sentence(mentions).items():
            self._groups[index] = tuple(_grouped(doc.clean.text, members))
        self._masked = {
            doc.sentences[mention.passage].article
            for mention in mentions
            if mention.quote.startswith(("*", "＊", "×"))
        }
        self._events: list[tuple[_Event, ...]] = []
        self._carried: list[tuple[str, ...]] = []
        self._run()

    def at(self, sentence: int, offset: int) -> tuple[str, ...]:
        """Codes of the places that govern the text at clean ``offset``."""
        events = self._events[sentence]
        before = bisect_left(events, offset, key=lambda event: event.offset)
        return events[before - 1].codes if before else self._carried[sentence]

    def groups(self, sentence: int) -> tuple[Group, ...]:
        """Places named in the sentence, those acting together grouped."""
        return self._groups[sentence]

    def subject(self, sentence: int) -> tuple[str, ...]:
        """The places that act in the sentence: those it opens with, or who governs
        it from before; () when it speaks of places in general."""
        opening = self._opening(sentence)
        if opening:
            return opening.codes
        carried, events = self._carried[sentence], self._events[sentence]
        if self.article_regions[self.doc.sentences[sentence].article]:
            return carried
        text, start, end = (
            self.doc.clean.text,
            self.doc.sentences[sentence].start,
            self.doc.sentences[sentence].end,
        )
        if _ELSEWHERE.search(
            text, start, events[0].offset if events and not carried else min(end, start + _ACTOR_REACH)
        ):
            return ()
        return carried or (events[0].codes if events else ())

    def listed(self, sentence: int) -> tuple[str, ...]:
        """All places the sentence names, unless somebody above them acts in it."""
        groups, start = self._groups[sentence], self.doc.sentences[sentence].start
        if not groups or _ELSEWHERE.search(self.doc.clean.text, start, groups[0].start):
            return ()
        return tuple(dict.fromkeys(code for group in groups for code in group.codes))

    def opens_with_place(self, sentence: int) -> bool:
        """Whether the sentence opens with the place that acts, after a date at most."""
        opening = self._opening(sentence)
        return bool(opening and opening.codes and COUNTRY not in opening.codes)

    def names_place(self, sentence: int) -> bool:
        """Whether the sentence itself names a place or a stand-in for one."""
        return any(event.codes and COUNTRY not in event.codes for event in self._events[sentence])

    def _opening(self, sentence: int) -> _Event | None:
        text, start = self.doc.clean.text, self.doc.sentences[sentence].start
        for event in self._events[sentence]:
            if event.offset - start > _SUBJECT_REACH:
                break
            if _is_prefix(text[start : event.offset]):
                return event
        return None

    def is_masked(self, article: int) -> bool:
        """Whether the article speaks of a place whose name is masked (*省委)."""
        return article in self._masked and not self.article_regions[article]

    def carried(self, sentence: int) -> tuple[str, ...]:
        """What governs the sentence before it names a place itself."""
        return self._carried[sentence]

    def _run(self) -> None:
        text = self.doc.clean.text
        wide = _positions(_WIDE, text, self.doc.sentences)
        stand_ins = _positions(_STAND_IN, text, self.doc.sentences)
        last: tuple[str, ...] = ()
        article = paragraph = -1
        seen: list[str] = []
        for sentence in self.doc.sentences:
            home = self._home(sentence)
            if sentence.article != article:
                article, seen = sentence.article, [*home]
            if sentence.paragraph != paragraph:
                paragraph, last = sentence.paragraph, home
            carried = home if home else last
            self._carried.append(carried)
            events = self._own_events(sentence, home)
            for group in self._groups[sentence.index]:
                seen.extend(group.codes)
            events += [
                _Event(m.start(), (COUNTRY,) if m[0] in _COUNTRY_WORDS else ())
                for m in wide.get(sentence.index, ())
            ]
            for m in stand_ins.get(sentence.index, ()):
                code = _resolve(_LEVELS[m[0][-1]], seen)
                if code:
                    events.append(_Event(m.start(), (code,)))
            events.sort(key=lambda event: event.offset)
            self._events.append(tuple(events))
            last = events[-1].codes if events else carried

    def _home(self, sentence: Sentence) -> tuple[str, ...]:
        region = self.article_regions[sentence.article]
        return (region,) if region else ()

    def _own_events(self, sentence: Sentence, home: tuple[str, ...]) -> list[_Event]:
        """Groups of the sentence that govern what follows them.  In a report about
        one place its superiors (贯彻广东省委部署 in a report from 深圳) do not."""
        return [
            _Event(group.start, group.codes)
            for group in self._groups[sentence.index]
            if not (home and all(code != home[0] and contains(code, home[0]) for code in group.codes))
        ]


def _is_prefix(text: str) -> bool:
    """Whether ``text``, up to a place, leaves that place to open the sentence."""
    return all(
        _BEFORE_SUBJECT.fullmatch(part) or _TIME.fullmatch(part) for part in re.split(r"[，：:、]", text)
    )


def _by_sentence(mentions: Sequence[RegionMention]) -> dict[int, list[RegionMention]]:
    out: dict[int, list[RegionMention]] = {}
    for mention in mentions:
        if mention.outcome is LinkOutcome.LINKED and mention.code:
            out.setdefault(mention.passage, []).append(mention)
    return out


def _grouped(text: str, members: Sequence[RegionMention]) -> list[Group]:
    groups: list[list[RegionMention]] = []
    for mention in members:
        if groups and _JOINT.fullmatch(text, groups[-1][-1].end, mention.start):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [
        Group(
            group[0].start,
            group[-1].end,
            _deepest(m.code for m in group if m.code),
            tuple(m.sub for m in group),
            tuple(group),
        )
        for group in groups
    ]


def _deepest(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes without those that only lead to another (在山东，济南市历下区…)."""
    own = list(dict.fromkeys(codes))
    return tuple(c for c in own if not any(other != c and contains(c, other) for other in own))


def _positions(
    pattern: re.Pattern[str], text: str, sentences: Sequence[Sentence]
) -> dict[int, list[re.Match[str]]]:
    """Matches of ``pattern`` in the whole text, by the sentence they start in."""
    starts = [sentence.start for sentence in sentences]
    out: dict[int, list[re.Match[str]]] = {}
    for match in pattern.finditer(text):
        at = bisect_left(starts, match.start() + 1) - 1
        if at >= 0 and match.start() < sentences[at].end:
            out.setdefault(at, []).append(match)
    return out


def _resolve(level: str, seen: Sequence[str]) -> str | None:
    """The nearest place seen before that has a division at ``level``."""
    for code in reversed(seen):
        found = ancestor_at(code, level) if code != COUNTRY else None
        if found:
            return found
    # 全区 where only the city was named: the city is as near as the text gets.
    return next((code for code in reversed(seen) if code != COUNTRY), None)
