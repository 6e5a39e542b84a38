"""What extraction returns: plain, frozen records over one document's text.

Offsets.  Every record of an :class:`ExtractedDocument` carries half-open
``[start, end)`` offsets in code points of ``ExtractedDocument.text``, the
decoded text with no newline translation; ``text[start:end]`` is its quote.

Between the stages the finders work on a :class:`SegmentedDocument`, whose
:class:`~cases.extraction.clean.CleanText` has page breaks inside paragraphs
and the like removed; there all offsets are *clean* offsets, translated once,
when a find is complete.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar

from .clean import CleanText

_Record = TypeVar("_Record")


def _portable(record: type[_Record]) -> type[_Record]:
    """Let ``record``, a dataclass of two fields or more, travel between processes as its
    values: in half the time of the way of frozen dataclasses with slots."""
    values = attrgetter(*(each.name for each in fields(record)))  # type: ignore[arg-type]

    def reduce(self: _Record) -> tuple[type[_Record], tuple[Any, ...]]:
        return record, values(self)

    record.__reduce__ = reduce  # type: ignore[method-assign, assignment]
    return record


class ArticleKind(StrEnum):
    ARTICLE = "article"
    FRONT = "front"  # cover, table of contents, preface without a story
    UNRELATED = "unrelated"  # another article or an advertisement on the same page


class PassageKind(StrEnum):
    SENTENCE = "sentence"
    HEADING = "heading"
    CONTENTS = "contents"
    BYLINE = "byline"
    FURNITURE = "furniture"  # watermarks, running heads, page numbers, jumps, ellipsis lines


class Defect(StrEnum):
    """A flaw of the document as received; editors and readers see it."""

    OCR_NOISE = "ocr-noise"
    DIGITS_MASKED = "digits-masked"
    DIGITS_LOST = "digits-lost"
    PUNCTUATION_LOST = "punctuation-lost"
    CUT_OFF = "cut-off"
    UNRELATED_CONTENT = "unrelated-content"


class LinkOutcome(StrEnum):
    LINKED = "linked"
    AMBIGUOUS = "ambiguous"
    UNLINKED = "unlinked"


class Qualifier(StrEnum):
    EXACT = "exact"
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


class MetricType(StrEnum):
    OBSERVED = "observed"
    STANDARD = "standard"  # a rule, threshold or target


@_portable
@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@_portable
@dataclass(frozen=True, slots=True)
class Article:
    index: int
    kind: ArticleKind
    title: str
    subtitle: str
    byline: str
    published: dt.date | None
    start: int
    end: int
    region: str | None = None  # code of the place the article is about


@_portable
@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, heading or line.  ``text`` is its readable (clean) text."""

    index: int
    article: int
    paragraph: int
    kind: PassageKind
    start: int
    end: int
    text: str


@_portable
@dataclass(frozen=True, slots=True)
class RegionMention:
    """A place in the text.  ``code`` is the deepest official division at county
    level or above, ``sub`` what is named below it; ``candidates`` are codes,
    best first, when the outcome is ambiguous."""

    start: int
    end: int
    quote: str
    passage: int
    outcome: LinkOutcome
    code: str | None
    sub: str
    candidates: tuple[str, ...]
    rule: str
    confidence: float


class PeriodKind(StrEnum):
    AS_OF = "as_of"  # a state on one day: ``start == end``
    INTERVAL = "interval"


@_portable
@dataclass(frozen=True, slots=True)
class Period:
    """When a figure holds, both days included.  ``inferred``: resolved against
    the article's date (今年, 目前) or a known calendar (“十四五”), not printed."""

    kind: PeriodKind
    start: dt.date
    end: dt.date
    inferred: bool
    quote: str


@_portable
@dataclass(frozen=True, slots=True)
class MetricFind:
    """One figure.  ``value`` is in the plain unit; None exactly when masked."""

    start: int
    end: int
    quote: str
    passage: int
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    qualifier: Qualifier
    masked: bool
    type: MetricType
    subject: str
    region: str | None
    year: int | None
    practice: int | None  # index into ExtractedDocument.practices
    rule: str
    confidence: float
    period: Period | None = None


_Find = TypeVar("_Find", RegionMention, MetricFind)


def moved(find: _Find, start: int, end: int, quote: str) -> _Find:
    """``find`` at ``[start, end)`` with that quote, its first three fields: in half the
    time of ``dataclasses.replace``."""
    values: Any = find.__reduce__()[1]
    return type(find)(start, end, quote, *values[3:])


class CaseSection(StrEnum):
    """The parts of a case write-up: 背景 / 做法 / 成效 / 启示 / 附录."""

    BACKGROUND = "background"
    MEASURES = "measures"
    RESULTS = "results"
    LESSONS = "lessons"
    APPENDIX = "appendix"


@_portable
@dataclass(frozen=True, slots=True)
class SectionFind:
    """Sentences of a case write-up that belong to one of its parts."""

    section: CaseSection
    passages: tuple[int, ...]
    spans: tuple[Span, ...]


@_portable
@dataclass(frozen=True, slots=True)
class PracticeFind:
    """One measure that named places take; ``passages`` index the sentences that
    describe it, ``regions`` are codes, ``sub`` a place below county level.
    ``sections`` are the other parts of the write-up it stands in, if it is one."""

    article: int
    passages: tuple[int, ...]
    spans: tuple[Span, ...]
    title: str
    names: tuple[str, ...]
    regions: tuple[str, ...]
    sub: str
    level: str
    year: int | None
    themes: tuple[str, ...]
    rule: str
    confidence: float
    sections: tuple[SectionFind, ...] = ()


@dataclass(slots=True)
class Sentence:
    """A unit of a :class:`SegmentedDocument`, in clean offsets."""

    index: int
    article: int
    paragraph: int
    kind: PassageKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """Articles and sentences of a cleaned text; article offsets are clean too."""

    clean: CleanText
    articles: tuple[Article, ...]
    sentences: tuple[Sentence, ...]
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    name: str
    sha256: str
    format: str
    encoding: str
    text: str
    title: str
    publisher: str
    published: dt.date | None
    defects: tuple[Defect, ...]
    warnings: tuple[str, ...]
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[RegionMention, ...]
    metrics: tuple[MetricFind, ...]
    practices: tuple[PracticeFind, ...]
    versions: dict[str, str] = field(default_factory=dict)  # extractor, lexicon, gazetteer
