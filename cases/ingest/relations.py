"""Regions, themes and evidence of practices, written for many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cases.ingest.merge import Values
from cases.ingest.references import References
from cases.models import Evidence, Practice, Source

BATCH = 1000


def write_relations(
    source: Source, rows: Mapping[int, Values], references: References, passage_at: Callable[[int], int]
) -> None:
    """Make regions, themes and evidence of the practices ``rows`` (by key) what their values say.

    A relation that the values lack stays as it is, and so does evidence from
    other sources.  ``passage_at`` gives the key of the passage at an offset.
    """
    regions = {
        pk: {references.region_id(code) for code in v["regions"]} for pk, v in rows.items() if "regions" in v
    }
    themes = {
        pk: {references.theme_id(slug) for slug in v["themes"]} for pk, v in rows.items() if "themes" in v
    }
    spans = {pk: {(start, end) for start, end in v["evidence"]} for pk, v in rows.items() if "evidence" in v}
    _replace(Practice.regions.through, "region_id", regions)
    _replace(Practice.themes.through, "theme_id", themes)
    _replace_evidence(source, spans, passage_at)


def _replace(through: Any, column: str, wanted: Mapping[int, set[Any]]) -> None:
    """Make the ``column`` of a join table hold exactly ``wanted`` for each practice."""
    stale, known = [], set()
    for pk, practice, target in through.objects.filter(practice_id__in=list(wanted)).values_list(
        "pk", "practice_id", column
    ):
        known.add((practice, target))
        if target not in wanted[practice]:
            stale.append(pk)
    if stale:
        through.objects.filter(pk__in=stale).delete()
    through.objects.bulk_create(
        [
            through(**{"practice_id": practice, column: target})
            for practice, targets in wanted.items()
            for target in sorted(targets)
            if (practice, target) not in known
        ],
        batch_size=BATCH,
    )


def _replace_evidence(
    source: Source, wanted: Mapping[int, set[tuple[int, int]]], passage_at: Callable[[int], int]
) -> None:
    stale, known = [], set()
    rows = Evidence.objects.filter(practice_id__in=list(wanted), source=source)
    for pk, practice, start, end in rows.values_list("pk", "practice_id", "start", "end"):
        known.add((practice, (start, end)))
        if (start, end) not in wanted[practice]:
            stale.append(pk)
    if stale:
        Evidence.objects.filter(pk__in=stale).delete()
    Evidence.objects.bulk_create(
        [
            Evidence(
                practice_id=practice,
                source=source,
                passage_id=passage_at(start),
                start=start,
                end=end,
                quote=source.text[start:end],
            )
            for practice, spans in wanted.items()
            for start, end in sorted(spans)
            if (practice, (start, end)) not in known
        ],
        batch_size=BATCH,
    )
