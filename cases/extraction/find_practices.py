"""Practices: one measure that one place, or several together, take.

``find_practices`` reads a document article by article (:mod:`.practice_articles`)
and paragraph by paragraph (:mod:`.practice_units`).  Each sentence has a role
(:mod:`.roles`); sentences that describe one measure make a unit.  A unit belongs
to the place that governs it (:mod:`.governing`); without a place there is no
practice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import ArticleKind, PracticeFind, SectionFind, SegmentedDocument, Sentence, Span
from .governing import Governing, level_of
from .practice_articles import ArticleReader
from .practice_units import Unit, UnitReader
from .roles import Role
from .themes import Themes
from .titles import title_of

_HEADINGS = (Role.HEADING, Role.RUN_IN)
_YEAR = re.compile(r"((?:19|20)(?<!\d..)\d\d)\s*年")


def find_practices(doc: SegmentedDocument, governing: Governing) -> tuple[PracticeFind, ...]:
    """Practices of the document, in the order of their first sentences; spans
    are offsets of the raw text, ``passages`` sentence indexes."""
    reader = UnitReader(doc, governing, Themes(doc.clean.text))
    articles = ArticleReader(reader)
    units = [unit for a in doc.articles if a.kind is ArticleKind.ARTICLE for unit in articles.read(a)]
    units.sort(key=lambda unit: unit.sentences[0].index)
    finished = (_finish(doc, unit, reader) for unit in units)
    return tuple(practice for practice in finished if practice.title)  # a bare 一是 says nothing


def _finish(doc: SegmentedDocument, unit: Unit, reader: UnitReader) -> PracticeFind:
    own = [
        name
        for s in unit.sentences
        for name in reader.names.get(s.index, ())
        if (name.names_practice if unit.names is None else name.text in unit.names)
    ]
    places = [(g.start, g.end) for s in unit.sentences for g in reader.governing.groups(s.index)]
    # In a survey the heading above stands over many places and is nobody's title;
    # a sentence that leads in to a list is no heading.
    about_one_place = reader.governing.article_regions[unit.article]
    headings = [h for h in unit.context if about_one_place and reader.role(h).role in _HEADINGS]
    spans = [(s.start, s.end) for s in unit.sentences]
    told = [unit.told or spans[0], *spans[1:]]
    title = title_of(doc.clean.text, told, own, [(h.start, h.end) for h in headings], places)
    return PracticeFind(
        article=unit.article,
        passages=tuple(s.index for s in unit.sentences),
        spans=_raw_spans(doc, unit.sentences),
        title=title,
        names=tuple(dict.fromkeys(name.text for name in own)),
        regions=unit.regions,
        sub=unit.sub,
        level=_level(unit),
        year=_year(doc.clean.text, spans),
        themes=reader.themes.of(told, [(h.start, h.end) for h in unit.context], reader.siblings(unit)),
        rule=unit.rule,
        confidence=_confidence(unit),
        sections=tuple(
            SectionFind(part, tuple(s.index for s in own), _raw_spans(doc, own))
            for part, own in unit.sections.items()
        ),
    )


def _raw_spans(doc: SegmentedDocument, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    return tuple(Span(*doc.clean.raw_span(s.start, s.end)) for s in sentences)


def _confidence(unit: Unit) -> float:
    """How often such a unit is right, by the annotated documents (docs/extraction.md):
    items of a list nearly always, sentences the more so the plainer they are."""
    if unit.rule == "practice.item":
        return 0.97
    return round(min(0.97, max(0.3, 0.55 + 0.15 * unit.score)), 2)


def _year(text: str, spans: Sequence[tuple[int, int]]) -> int | None:
    """The first year that the sentences name, such as 2019年以来."""
    for start, end in spans:
        found = _YEAR.search(text, start, end)
        if found:
            return int(found[1])
    return None


_SUB_LEVELS = (
    ("街道", "township"),
    ("镇", "township"),
    ("乡", "township"),
    ("社区", "community"),
    ("村", "community"),
)


def _level(unit: Unit) -> str:
    for suffix, level in _SUB_LEVELS:
        if unit.sub.endswith(suffix):
            return level
    if not unit.regions:
        return ""
    level = level_of(unit.regions[0])
    return {"city": "prefecture"}.get(level, level)
