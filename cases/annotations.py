"""What was found, as standoff annotations: one JSON object for each find.

The form is that of the project's gold annotations::

    {"kind": "region", "source": FILE, "start": S, "end": E, "text": T, "code": "320106", "sub": ""}
    {"kind": "metric", "source": FILE, "start": S, "end": E, "text": T, "value": 1040000,
     "value_max": null, "unit": "名", "approx": "over", "masked": false, "region": "420000",
     "year": null, "type": "observed", "subject": "…"}
    {"kind": "practice", "source": FILE, "spans": [[S, E], …], "title": T, "regions": ["420000"],
     "sub": "", "names": [], "themes": ["grid"]}

S and E are offsets in code points of the source's text.  Codes are those of
official divisions at county level or above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from cases.models import Practice, RegionMention, Source
from measures.models import Metric
from regions.gazetteer import COUNTRY
from regions.models import Region

Annotation = dict[str, Any]
CHUNK = 2000


def all_annotations(names: Sequence[str] = ()) -> Iterator[Annotation]:
    """The finds that were not rejected, of every current source or of those called ``names``.

    Each source lists its own finds, in the order of its text.  A place that
    editors have still to choose among candidates is no find yet.
    """
    sources = Source.objects.current().order_by("name", "pk")
    if names:
        sources = sources.filter(name__in=names)
    for pk, name in sources.values_list("pk", "name"):
        yield from _mentions(pk, name)
        yield from _metrics(pk, name)
        yield from _practices(pk, name)


def unknown_names(names: Sequence[str]) -> list[str]:
    """Those of ``names`` that no current source has."""
    known = set(Source.objects.current().filter(name__in=names).values_list("name", flat=True))
    return [name for name in names if name not in known]


def _mentions(source: int, name: str) -> Iterator[Annotation]:
    # A place whose name was masked is unlinked; annotations give it the country's code.
    ambiguous = RegionMention.Outcome.AMBIGUOUS
    named = RegionMention.objects.filter(source=source).exclude(outcome=ambiguous)
    for row in named.visible().select_related("region").order_by("start", "end").iterator(CHUNK):
        yield {
            "kind": "region",
            "source": name,
            "start": row.start,
            "end": row.end,
            "text": row.quote,
            "code": _code(row.region) or COUNTRY,
            "sub": row.sub,
        }


def _metrics(source: int, name: str) -> Iterator[Annotation]:
    rows = Metric.objects.filter(source=source).exclude(status="rejected").select_related("region")
    for row in rows.order_by("start", "end").iterator(CHUNK):
        yield {
            "kind": "metric",
            "source": name,
            "start": row.start,
            "end": row.end,
            "text": row.quote,
            "value": _number(row.value),
            "value_max": _number(row.value_max),
            "unit": row.unit,
            "approx": row.qualifier,
            "masked": row.masked,
            "region": _code(row.region),
            "year": row.year,
            "type": row.type,
            "subject": row.subject,
        }


def _practices(source: int, name: str) -> Iterator[Annotation]:
    rows = Practice.objects.filter(source=source).exclude(status="rejected").order_by("pk")
    for row in rows.prefetch_related("regions", "themes", "evidence").iterator(CHUNK):
        own = sorted((e.start, e.end) for e in row.evidence.all() if e.source_id == source)
        yield {
            "kind": "practice",
            "source": name,
            "spans": [list(span) for span in own],
            "title": row.title,
            "regions": sorted({region.division_code for region in row.regions.all()}),
            "sub": row.sub,
            "names": row.names,
            "themes": [theme.slug for theme in row.themes.all()],
        }


def _code(region: Region | None) -> str | None:
    return region.division_code if region else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
