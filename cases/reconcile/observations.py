"""Figures of one thing: whether they agree, and whether they are the same figure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from .records import FigureRecord
from .wording import bigrams, dice, head, letters_of

_SAME_SUBJECT = 0.6
_SAME_SENTENCE = 0.3
_ABOUT = Decimal("0.1")
_TELLING_DIGITS = 2
_LARGEST_GROUP = 300
_PERIOD = dt.timedelta(days=366)
_SAME_UNIT = {"人": "名", "位": "名", "人次": "人次", "％": "%", "家": "个"}


class Relation(StrEnum):
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Observation:
    """Two figures about one thing; ``signals`` name what ties them."""

    first: FigureRecord
    second: FigureRecord
    relation: Relation
    subject: float
    score: float


def interval(figure: FigureRecord) -> tuple[Decimal, Decimal]:
    """The values that the wording allows: 1000余 from 1000 up to 2000, 近1000 up to 1000.

    The open side reaches as far as one more of the last digit that is not 0.
    """
    assert figure.value is not None
    value = figure.value
    step = _step(value)
    match figure.qualifier:
        case "over":
            return value, value + step
        case "under":
            return value - step, value
        case "about":
            return value * (1 - _ABOUT), value * (1 + _ABOUT)
        case "at_least":
            return value, Decimal("Infinity")
        case "at_most":
            return Decimal(0), value
        case "range":
            return value, figure.value_max if figure.value_max is not None else value
    return value, value


def _step(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def agree(a: FigureRecord, b: FigureRecord) -> bool:
    """Whether one value can be meant by both wordings."""
    low, high = interval(a)
    other_low, other_high = interval(b)
    return low <= other_high and other_low <= high


def plain_unit(unit: str) -> str:
    """人 and 名 count alike, and so do 家 and 个."""
    return _SAME_UNIT.get(unit, unit)


def observations(
    figures: Iterable[FigureRecord], dates: Mapping[int, dt.date | None], new: frozenset[int]
) -> Iterator[Observation]:
    """Pairs of figures about the same thing in the same region and period.

    Only pairs with a figure of one of the sources ``new`` are looked at.
    ``dates`` says when a source was written: figures that are not dated agree
    whenever, but contradict each other only when written in the same year.
    """
    groups: dict[Hashable, list[FigureRecord]] = defaultdict(list)
    for figure in figures:
        if figure.value is not None and figure.region:
            kind = figure.region, plain_unit(figure.unit), figure.type
            groups[*kind, head(figure.subject)[-2:]].append(figure)
            if _is_telling(figure):
                groups[*kind, figure.value].append(figure)
    seen: set[tuple[int, int]] = set()
    for group in groups.values():
        if len(group) > _LARGEST_GROUP:
            continue  # figures of this kind are too many to tell anything by
        for first, second in combinations(group, 2):
            pair = first.key, second.key
            if pair not in seen and (first.source in new or second.source in new):
                seen.add(pair)
                found = _compared(first, second, dates)
                if found is not None:
                    yield found


def _compared(
    first: FigureRecord, second: FigureRecord, dates: Mapping[int, dt.date | None]
) -> Observation | None:
    if first.year and second.year and first.year != second.year:
        return None
    if (first.source, first.article) == (second.source, second.article):
        return None  # a text does not repeat or contradict itself: these are two things
    subject = dice(bigrams(letters_of(first.subject)), bigrams(letters_of(second.subject)))
    equal = (first.value, first.value_max) == (second.value, second.value_max)
    if equal and _is_telling(first) and subject >= _SAME_SENTENCE:
        return Observation(first, second, Relation.SAME, round(subject, 3), round((1 + subject) / 2, 3))
    if head(first.subject)[-2:] != head(second.subject)[-2:]:
        return None
    sentence = dice(bigrams(letters_of(first.sentence)), bigrams(letters_of(second.sentence)))
    if subject < _SAME_SUBJECT or sentence < _SAME_SENTENCE:
        return None
    score = round((subject + sentence) / 2, 3)
    if agree(first, second):
        return Observation(first, second, Relation.SAME, round(subject, 3), score)
    if _same_period(first, second, dates):
        return Observation(first, second, Relation.CONFLICT, round(subject, 3), score)
    return None


def _is_telling(figure: FigureRecord) -> bool:
    """Whether the same digits by chance are unlikely: 4825, 80.8; not 10, 2000."""
    assert figure.value is not None
    return len(figure.value.normalize().as_tuple().digits) > _TELLING_DIGITS


def _same_period(first: FigureRecord, second: FigureRecord, dates: Mapping[int, dt.date | None]) -> bool:
    if first.source == second.source or (first.year and first.year == second.year):
        return True
    written = dates.get(first.source), dates.get(second.source)
    return written[0] is not None and written[1] is not None and abs(written[0] - written[1]) <= _PERIOD
