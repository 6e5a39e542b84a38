"""Finds as the values of rows: what the machine says, in the columns' limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from cases.extraction.document import MetricFind, Period, PracticeFind
from cases.extraction.document import RegionMention as MentionFind
from cases.ingest.merge import Values, coherent_figure
from cases.ingest.references import References
from cases.models import Practice, RegionMention
from cases.tracked import plain_decimal
from measures.models import Metric

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Found:
    """A find as a row's tracked ``values``; ``home`` is the key of its passage,
    for a practice of its article."""

    values: Values
    rule: str
    confidence: float
    home: int


def mention_found(find: MentionFind, home: int, references: References) -> Found:
    region = references.code_below(find.code, find.sub)
    outcome = find.outcome.value
    if outcome == RegionMention.Outcome.LINKED and region is None:
        outcome = RegionMention.Outcome.UNLINKED.value
    linked = outcome == RegionMention.Outcome.LINKED
    values: Values = {
        "span": [find.start, find.end],
        "region": region if linked else None,
        "sub": fit(RegionMention, "sub", find.sub),
        "outcome": outcome,
        "candidates": list(find.candidates),
    }
    return Found(values, fit(RegionMention, "rule", find.rule), find.confidence, home)


def metric_found(find: MetricFind, home: int, practice: int | None, references: References) -> Found:
    """Raises OverflowError for a figure that no column holds, ValueError for one
    whose value, range and mask contradict each other."""
    values: Values = {
        "span": [find.start, find.end],
        "value": plain_decimal(find.value),
        "value_max": None if find.value is None else plain_decimal(find.value_max),
        "unit": fit(Metric, "unit", find.unit),
        "qualifier": find.qualifier.value,
        "masked": find.masked,
        "type": find.type.value,
        "region": references.code(find.region),
        "year": plausible_year(find.year),
        "period": _period(find.period),
        "subject": fit(Metric, "subject", find.subject),
        "practice": practice,
    }
    if not coherent_figure(values):
        raise ValueError(f"{find.quote}: value, range and mask contradict each other")
    return Found(values, fit(Metric, "rule", find.rule), find.confidence, home)


def practice_found(find: PracticeFind, home: int, references: References) -> Found:
    """Raises ValueError for a practice without a title or a sentence."""
    if not find.title or not find.spans:
        raise ValueError("a practice without a title or a sentence")
    codes = {references.code_below(code, find.sub if len(find.regions) == 1 else "") for code in find.regions}
    values: Values = {
        "evidence": [list(span) for span in sorted({(span.start, span.end) for span in find.spans})],
        "title": fit(Practice, "title", find.title),
        "names": list(find.names),
        "regions": sorted(code for code in codes if code is not None),
        "sub": fit(Practice, "sub", find.sub),
        "level": find.level,
        "year": plausible_year(find.year),
        "themes": references.slugs(find.themes),
        "section_spans": {
            part.section.value: [[span.start, span.end] for span in part.spans] for part in find.sections
        },
    }
    return Found(values, fit(Practice, "rule", find.rule), find.confidence, home)


def _period(period: Period | None) -> list[Any] | None:
    if period is None:
        return None
    days = [period.start.isoformat(), period.end.isoformat()]
    return [period.kind.value, *days, period.inferred, fit(Metric, "period_quote", period.quote)]


def plausible_year(year: int | None) -> int | None:
    """``year`` when the columns accept it, else None."""
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def fit(model: type[Any], name: str, value: str) -> str:
    """``value`` cut, with an ellipsis, to the length of the column ``name``."""
    limit = model._meta.get_field(name).max_length
    return value if limit is None or len(value) <= limit else Truncator(value).chars(limit)
