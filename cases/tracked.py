"""Tracked fields as plain JSON values: what a merge compares and ``machine`` keeps.

===================  ======================================================
``span``             ``[start, end]``; the quote follows from it
``region``           code, or None
``regions``          sorted codes
``themes``           sorted slugs
``evidence``         sorted ``[start, end]`` pairs in the practice's source
``period``           ``[kind, first day, last day, inferred, wording]``, or None
``section_spans``    ``{part: [[start, end], …]}`` of a case write-up
``practice``         primary key, or None (a practice keeps its key)
decimals             digits without exponent or trailing zeros, or None
other fields         as they are
===================  ======================================================
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import QuerySet

from cases.models import Practice, RegionMention
from measures.models import Metric

CuratedRow = RegionMention | Metric | Practice
MODELS: tuple[type[CuratedRow], ...] = (RegionMention, Metric, Practice)

RELATIONS = ("evidence", "regions", "themes")
"""Tracked fields that stand in rows of their own."""

DECIMALS = ("value", "value_max")
PERIOD_COLUMNS: tuple[str, ...] = (
    "period_kind",
    "period_start",
    "period_end",
    "period_inferred",
    "period_quote",
)
"""The columns of the tracked field ``period``, in the order of its value."""

DECIMAL_PLACES = 12
SIGNIFICANT_DIGITS = 15
"""What SQLite keeps of a decimal; PostgreSQL keeps more."""


class RegionKeys(Protocol):
    def region_id(self, code: str | None) -> int | None: ...


def plain_decimal(value: Decimal | None) -> str | None:
    """``value`` as every database stores it: ``104.50`` → ``"104.5"``.

    A value with endless digits (a third) is cut at 12 places and 15 digits.
    Raises OverflowError for a value of 10¹⁵ or more, which cannot be stored.
    """
    if value is None:
        return None
    if value.is_finite() and value.adjusted() < SIGNIFICANT_DIGITS:
        places = min(DECIMAL_PLACES, SIGNIFICANT_DIGITS - 1 - max(value.adjusted(), 0))
        rounded = value.quantize(Decimal(1).scaleb(-places))
        if rounded.adjusted() < SIGNIFICANT_DIGITS:
            return format(rounded.normalize() + 0, "f")
    raise OverflowError(f"{value} has more than {SIGNIFICANT_DIGITS} digits before the point")


def with_tracked(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """``queryset`` with what :func:`read` needs, in a fixed number of queries."""
    if queryset.model is Practice:
        return queryset.prefetch_related("regions", "themes", "evidence")
    return queryset.select_related("region")


def read(row: Any, name: str) -> Any:
    """The value of the tracked field ``name`` that stands in ``row``."""
    value: Any
    match name:
        case "span":
            return [row.start, row.end]
        case "region":
            return row.region.code if row.region_id else None
        case "practice":
            return row.practice_id
        case "period":
            return _period(row)
        case "regions":
            return sorted(region.code for region in row.regions.all())
        case "themes":
            return sorted(theme.slug for theme in row.themes.all())
        case "evidence":
            return sorted([e.start, e.end] for e in row.evidence.all() if e.source_id == row.source_id)
        case _:
            value = getattr(row, name)
            return plain_decimal(value) if isinstance(value, Decimal) else value


def read_all(row: Any) -> dict[str, Any]:
    return {name: read(row, name) for name in row.TRACKED_FIELDS}


def assign(row: Any, name: str, value: Any, text: str, keys: RegionKeys) -> tuple[str, ...]:
    """Set a tracked field that stands in the row itself; return its columns.

    ``text`` is the text of the row's source; :data:`RELATIONS` are not set here.
    """
    match name:
        case "span":
            row.start, row.end = value
            row.quote = text[row.start : row.end]
            return ("start", "end", "quote")
        case "region":
            row.region_id = keys.region_id(value)
            return ("region",)
        case "practice":
            row.practice_id = value
            return ("practice",)
        case "period":
            return _assign_period(row, value)
        case _ if name in DECIMALS:
            setattr(row, name, None if value is None else Decimal(value))
            return (name,)
        case _:
            setattr(row, name, value)
            return (name,)


def _period(row: Metric) -> list[Any] | None:
    if not row.period_kind or row.period_start is None or row.period_end is None:
        return None
    days = [row.period_start.isoformat(), row.period_end.isoformat()]
    return [row.period_kind, *days, row.period_inferred, row.period_quote]


def _assign_period(row: Metric, value: list[Any] | None) -> tuple[str, ...]:
    kind, start, end, inferred, quote = value or ["", None, None, False, ""]
    row.period_kind, row.period_inferred, row.period_quote = kind, inferred, quote
    row.period_start = dt.date.fromisoformat(start) if start else None
    row.period_end = dt.date.fromisoformat(end) if end else None
    return PERIOD_COLUMNS
