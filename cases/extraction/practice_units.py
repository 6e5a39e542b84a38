"""Units: the sentences of one paragraph that describe one measure.

An enumerated item (一是 …；二是 …) is one unit, or several where it turns to
another subject; so is a paragraph whose heading names an institution to set up
(健全三级联动责任体系。); elsewhere each sentence that states a measure opens a
unit, and sentences that continue or illustrate it join.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .document import CaseSection, SegmentedDocument, Sentence
from .governing import COUNTRY, Governing, contains
from .names import find_names
from .roles import Role, SentenceRole, item_marks, read_roles
from .themes import Themes

_SPEAKS = re.compile(r"(?:介绍|表示|坦言|告诉记者|说)[，：]")
# A clause that opens by founding something: 还建立…, 全面推行…
_FOUNDS_CLAUSE = re.compile(
    r"(?<=[，；。])(?:还|并|同时|全面|普遍|探索|创新|深入|广泛|积极)?(?:建立|健全|完善|推行|实行|实施|开展|打造|组建|成立|设立|"
    r"开发|创立|推进|推广|搭建|构建|开通|举办|制定|出台)"
)
_FOUNDS_AT_ALL = re.compile(
    r"建立|健全|完善|推行|实行|实施|开展|打造|组建|成立|设立|开发|创立|推进|推广|搭建|构建|开通|举办|制定|出台|选派|探索|创新|建成|明确"
)
_CLAUSE_END = re.compile("[，；。]")
_PLAINLY = 2.2  # score of a sentence that is a measure beyond doubt
_PLAINLY_OTHER = 3.2  # … and one that opens a unit inside an item
_IN_GENERAL = re.compile(r"各地|各级|广大|许多地方|人们|不少")
_SHORT = 30  # characters; a longer sentence speaks for itself
_ALIKE, _PLACE = 2, 4  # characters in which openings agree, and of a place before them
_RUN_IN_LENGTH = 30


@dataclass(slots=True)
class Unit:
    """Sentences that describe one measure, while it is being put together."""

    article: int
    regions: tuple[str, ...]
    sub: str
    rule: str
    sentences: list[Sentence]
    context: list[Sentence] = field(default_factory=list)  # headings above it
    score: float = 0.0
    names: tuple[str, ...] | None = None  # where only some of its sentences' names are its own
    told: tuple[int, int] | None = None  # where only a part of its first sentence is
    sections: dict[CaseSection, list[Sentence]] = field(default_factory=dict)


class UnitReader:
    """Reads paragraphs; holds what is the same for the whole document."""

    def __init__(self, doc: SegmentedDocument, governing: Governing, themes: Themes) -> None:
        self.doc, self.governing, self.themes = doc, governing, themes
        placed = [bool(governing.groups(sentence.index)) for sentence in doc.sentences]
        acting = [
            placed[s.index]
            and not governing.article_regions[s.article]
            and governing.opens_with_place(s.index)
            for s in doc.sentences
        ]
        self.roles = read_roles(doc, placed, acting)
        self.names = find_names(doc)

    def role(self, sentence: Sentence) -> SentenceRole:
        return self.roles[sentence.index]

    def paragraph(self, body: list[Sentence], heads: list[Sentence]) -> Iterator[Unit]:
        marks = item_marks(self.doc.clean.text, body, self.roles)
        if marks:
            yield from self._items(body, marks, [*heads, *body[: marks[0]]])
        elif (
            body
            and self.role(body[0]).role is Role.RUN_IN
            and self.role(body[0]).founds
            and not self._places(body)
        ):
            yield from self._whole(body, heads)
        else:
            units = list(self._flow(body, heads))
            if len(units) == 1 and self._is_named_heading(body[0]):
                units[0].sentences.insert(0, body[0])
            yield from units

    def _is_named_heading(self, sentence: Sentence) -> bool:
        """创设“红色基金”，…: a run-in heading that names what its paragraph tells."""
        named = any(name.names_practice for name in self.names.get(sentence.index, ()))
        return named and self.role(sentence).role is Role.RUN_IN

    def _places(self, body: Sequence[Sentence]) -> int:
        """How many sentences another place acts in than in the first."""
        first = self.governing.subject(body[0].index)
        return sum(self.governing.subject(s.index) != first for s in body)

    def _items(self, body: list[Sentence], marks: list[int], heads: list[Sentence]) -> Iterator[Unit]:
        """One unit an item; a list is taken or left as a whole, by its average."""
        items = [body[start:end] for start, end in zip(marks, [*marks[1:], len(body)], strict=True)]
        scores = [self._score(item) for item in items]
        if sum(scores) <= 0.3 * len(items):
            return
        for item, score in zip(items, scores, strict=True):
            own, elsewhere = self._at_home(item)
            for part in self._parts(own):
                yield self._unit("practice.item", part, heads, score)
            for sentence in elsewhere:
                yield from self._places_apart(sentence) or [
                    self._unit("practice.place", [sentence], heads, self.role(sentence).score)
                ]

    def _at_home(self, item: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
        """The sentences of an item, and apart from them those that tell what parts of
        the place do on their own."""
        home = self.governing.article_regions[item[0].article]
        elsewhere = [
            s
            for s in item[1:]
            if home
            and self.governing.opens_with_place(s.index)
            and self.role(s).score >= _PLAINLY
            and all(code != home for code in self.governing.subject(s.index))
        ]
        return [s for s in item if s not in elsewhere], elsewhere

    def _parts(self, item: list[Sentence]) -> list[list[Sentence]]:
        """An item may hold several measures: its sentences open alike (着眼…。着眼…。),
        or one is plainly a measure on another subject than what stands before it."""
        heads = item[:1] if len(item) > 1 and item[0].end - item[0].start <= _RUN_IN_LENGTH else []
        body = item[len(heads) :]
        marks = self._alike(body) or self._other_subjects(body)
        parts = [body[start:end] for start, end in pairwise([*dict.fromkeys([0, *marks]), len(body)])]
        parts[0] = [*heads, *parts[0]]
        return parts

    def _alike(self, body: Sequence[Sentence]) -> list[int]:
        """Positions of sentences that open with the same two characters, after a place
        at most, if most do."""
        text = self.doc.clean.text
        openings: Counter[str] = Counter()
        for s in body:
            groups = self.governing.groups(s.index)
            start = groups[0].end if groups and groups[0].start == s.start else s.start
            openings[text[start : start + _ALIKE]] += 1
        opening, times = openings.most_common(1)[0] if openings else ("", 0)
        if times < 2 or times < len(body) - 1:
            return []
        return [i for i, s in enumerate(body) if opening in text[s.start : s.start + _ALIKE + _PLACE]]

    def _other_subjects(self, body: Sequence[Sentence]) -> list[int]:
        """Positions of sentences that are plainly measures on another subject than
        those before them."""
        roles = [self.role(s) for s in body]
        measures = [role.score >= _PLAINLY_OTHER and not role.continues for role in roles]
        if not any(measures[1:]):
            return []
        marks: list[int] = []
        subject: set[str] = set()
        for i, s in enumerate(body):
            own = set(self.themes.of([(s.start, s.end)], [], []))
            if i and measures[i] and own and subject and not own & subject:
                marks.append(i)
                subject = own
            else:
                subject |= own
        return marks

    def _whole(self, body: list[Sentence], heads: list[Sentence]) -> Iterator[Unit]:
        score = self._score(body)
        if score > 0:
            yield self._unit("practice.founded", body, heads, score)

    def _score(self, sentences: Sequence[Sentence]) -> float:
        """Mean score of sentences, with headings left out where there are others."""
        scores = [self.role(s).score for s in sentences if self.role(s).role is not Role.RUN_IN]
        return sum(scores) / len(scores) if scores else max(self.role(s).score for s in sentences)

    def _flow(self, body: list[Sentence], heads: list[Sentence]) -> Iterator[Unit]:
        run_in: list[Sentence] = []
        unit: Unit | None = None
        for sentence in body:
            role = self.role(sentence)
            if role.role is Role.RUN_IN:
                run_in, ended, unit = [sentence], unit, None
            elif unit is not None and self._continues(unit, sentence, role):
                unit.sentences.append(sentence)
                continue
            elif several := self._named_pairs(sentence) or self._places_apart(sentence):
                yield from ([unit] if unit else [])
                yield from several
                ended = unit = None
            elif role.role is Role.MEASURE and self._has_actor(sentence):
                ended, unit = unit, self._unit("practice.sentence", [sentence], [*heads, *run_in], role.score)
                *apart, unit = self._named_apart(sentence, unit)
                yield from ([ended] if ended else [])
                yield from apart
                ended = None
            else:
                ended, unit = unit, None
            if ended is not None:
                yield ended
        if unit is not None:
            yield unit

    def _has_actor(self, sentence: Sentence) -> bool:
        """In a survey a measure needs its own place (or 全市, 省委), or to be plainly one
        and to stand right behind the place; else it tells of places in general."""
        at_home = self.governing.article_regions[sentence.article] or self.governing.is_masked(
            sentence.article
        )
        if at_home or self.governing.names_place(sentence.index):
            return True
        before = self.doc.sentences[sentence.index - 1] if sentence.index else sentence
        return (
            before.paragraph == sentence.paragraph
            and self.governing.names_place(before.index)
            and self.role(sentence).score >= _PLAINLY
            and not _IN_GENERAL.search(self.doc.clean.text, sentence.start, sentence.end)
        )

    def _named_pairs(self, sentence: Sentence) -> list[Unit]:
        """静安区的“白领驿家”，浦东的“金领驿站”: a practice for each place and name."""
        text, units = self.doc.clean.text, []
        names = self.names.get(sentence.index, ())
        for group in self.governing.groups(sentence.index):
            name = next((n for n in names if n.start >= group.end), None)
            if name and text[group.end : name.start] in ("的“", "“"):
                own = (name.text,)
                units.append(
                    Unit(sentence.article, group.codes, "", "practice.pair", [sentence], [], 1.0, own)
                )
        return units if len(units) >= 2 else []

    def _places_apart(self, sentence: Sentence) -> list[Unit]:
        """中山区推行“…”机制，沙河口区设立…120个: places that each do something of their own."""
        text, score = self.doc.clean.text, self.role(sentence).score
        opening = [
            g
            for g in self.governing.groups(sentence.index)
            if g.start == sentence.start or text[g.start - 1] in "，；"
        ]
        edges = [*(g.start for g in opening), sentence.end]
        if score < _PLAINLY or len(opening) < 2 or opening[0].start != sentence.start:
            return []
        if not all(_FOUNDS_AT_ALL.search(text, start, end) for start, end in pairwise(edges)):
            return []
        names = [n for n in self.names.get(sentence.index, ()) if n.names_practice]
        return [
            Unit(
                sentence.article,
                g.codes,
                next(filter(None, g.subs), ""),
                "practice.place",
                [sentence],
                score=score,
                names=tuple(n.text for n in names if start <= n.start < end),
                told=(start, end),
            )
            for g, (start, end) in zip(opening, pairwise(edges), strict=True)
        ]

    def _named_apart(self, sentence: Sentence, whole: Unit) -> list[Unit]:
        """实行社区“大总支”制，…，还建立“一网覆盖”信息系统: each thing founded under a
        name of its own is a measure of its own."""
        text = self.doc.clean.text
        names = [n for n in self.names.get(sentence.index, ()) if n.names_practice and not n.is_label]
        founded = [m.start() for m in _FOUNDS_CLAUSE.finditer(text, sentence.start, sentence.end)]
        marks = [mark for mark in founded if any(mark <= n.start < _clause_end(text, mark) for n in names)]
        if len(marks) < 2:
            return [whole]
        marks = self._other_clauses(sentence, marks)
        edges = [sentence.start, *marks, sentence.end]
        return [
            replace(
                whole,
                told=edge,
                sentences=[sentence],
                names=tuple(n.text for n in names if edge[0] <= n.start < edge[1]),
            )
            for edge in pairwise(edges)
        ]

    def _other_clauses(self, sentence: Sentence, marks: list[int]) -> list[int]:
        """Those of ``marks`` from which on the sentence is on another subject."""
        kept: list[int] = []
        subject = set(self.themes.of([(sentence.start, marks[1])], [], []))
        for start, end in pairwise([*marks[1:], sentence.end]):
            own = set(self.themes.of([(start, end)], [], []))
            if not own & subject:
                kept.append(start)
                subject = own
        return kept

    def _continues(self, unit: Unit, sentence: Sentence, role: SentenceRole) -> bool:
        """Whether the sentence goes on about the unit's measure at the same place."""
        groups = self.governing.groups(sentence.index)
        if groups and groups[0].codes != unit.regions:
            # Its parts, or voices from it, illustrate what several places do together.
            inside = all(any(contains(r, code) for r in unit.regions) for g in groups for code in g.codes)
            text = self.doc.clean.text
            voiced = text[sentence.start] == "“" or _SPEAKS.search(text, sentence.start, sentence.end)
            return inside and bool(voiced or role.role is Role.RESULT)
        if self.governing.subject(sentence.index) not in ((), unit.regions):
            return False
        return role.continues and (role.role is not Role.VOID or role.score > -1)

    def _unit(self, rule: str, sentences: list[Sentence], heads: list[Sentence], score: float) -> Unit:
        regions, sub = self._place(sentences[0])
        return Unit(sentences[0].article, regions, sub, rule, list(sentences), list(heads), score)

    def _place(self, sentence: Sentence) -> tuple[tuple[str, ...], str]:
        """The places that act in the sentence, without the country and nobody."""
        groups = self.governing.groups(sentence.index)
        codes = tuple(code for code in self.governing.subject(sentence.index) if code != COUNTRY)
        if not codes:  # 各地…打造出云南“云岭先锋”、福建“党员e家”等: those it names
            codes = self.governing.listed(sentence.index)
        subs = [sub for group in groups if group.codes == codes for sub in group.subs if sub]
        return codes, subs[0] if subs else ""

    def siblings(self, unit: Unit) -> list[tuple[int, int]]:
        """Spans of short sentences that semicolons join to a short unit's first."""
        text, sentences, first = self.doc.clean.text, self.doc.sentences, unit.sentences[0].index
        if len(unit.sentences) > 1 or sentences[first].end - sentences[first].start > _SHORT:
            return []
        low = high = first
        while low > 0 and text[sentences[low - 1].end - 1] == "；":
            low -= 1
        while high + 1 < len(sentences) and text[sentences[high].end - 1] == "；":
            high += 1
        return [(s.start, s.end) for s in sentences[low : high + 1] if s.index != first]


def _clause_end(text: str, at: int) -> int:
    end = _CLAUSE_END.search(text, at)
    return end.start() if end else len(text)
