"""What reconciliation reads: plain, frozen records of one source and its finds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from cases.extraction.document import Defect

from .alignment import Seeds, seeds
from .dates import latest_date
from .fingerprints import fingerprint
from .normal import NormalText

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A sentence or heading of the source's own articles."""

    key: int
    article: int
    start: int
    end: int
    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One figure; ``region`` is a path from the country down, "" when none is known."""

    key: int
    source: int
    article: int
    passage: int
    start: int
    end: int
    quote: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    qualifier: str
    type: str
    subject: str
    region: str
    year: int | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """One practice; ``regions`` are paths, ``spans`` those of its evidence in its source."""

    key: int
    source: int
    article: int
    title: str
    names: tuple[str, ...]
    regions: tuple[str, ...]
    themes: frozenset[str]
    level: str
    year: int | None
    spans: tuple[Span, ...]
    text: str = ""


@dataclass(frozen=True)
class SourceRecord:
    """One source with what the comparison of texts needs."""

    key: int
    text: str
    passages: tuple[PassageRecord, ...]
    published: dt.date | None = None
    defects: frozenset[str] = frozenset()
    places: tuple[Span, ...] = ()
    figures: tuple[FigureRecord, ...] = field(default=())
    practices: tuple[PracticeRecord, ...] = field(default=())

    @cached_property
    def spans(self) -> list[Span]:
        return [(passage.start, passage.end) for passage in self.passages]

    @cached_property
    def letters(self) -> NormalText:
        return NormalText.letters(self.text, self.spans)

    @cached_property
    def content(self) -> NormalText:
        return NormalText.content(self.text, self.spans)

    @cached_property
    def seeds(self) -> Seeds:
        return seeds(self.letters.text)

    @cached_property
    def fingerprint(self) -> frozenset[int]:
        return fingerprint(self.letters.text)

    @property
    def digits_lost(self) -> bool:
        return Defect.DIGITS_LOST.value in self.defects

    @property
    def is_clean(self) -> bool:
        """Whether its wording can be trusted letter by letter."""
        return not self.defects & {Defect.OCR_NOISE.value, Defect.CUT_OFF.value}

    @cached_property
    def written(self) -> dt.date | None:
        """When it was published, or else the latest time that its own articles speak of."""
        return self.published or latest_date("\n".join(passage.text for passage in self.passages))

    def passage_at(self, offset: int) -> PassageRecord | None:
        """The passage that holds the character at ``offset`` or ends there."""
        low, high = 0, len(self.passages)
        while low < high:
            middle = (low + high) // 2
            if self.passages[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return None
        passage = self.passages[low - 1]
        return passage if offset <= passage.end else None
