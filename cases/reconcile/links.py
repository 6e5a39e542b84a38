"""The relations of one source to others, as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from cases.models import SourceLink

from .follow import follow
from .merge import Changes, merge
from .relation import Relation


def write_relations(key: int, relations: Iterable[Relation]) -> Changes:
    """Make the links of the source ``key`` those of ``relations``, with what hangs on them."""
    relations = list(relations)
    changes = Changes()
    rows = SourceLink.objects.filter(Q(source=key) | Q(other=key))
    before = set(rows.values_list("pk", flat=True))
    changes += merge(
        rows,
        [_link(relation) for relation in relations],
        lambda row: frozenset((row.source_id, row.other_id)),
        ("source_id", "other_id", "type", "coverage", "other_coverage", "score", "signals", "rule"),
    )
    stored = {frozenset((row.source_id, row.other_id)): row for row in rows.all()}
    for relation in relations:
        link = stored[frozenset((relation.first.key, relation.second.key))]
        changes += follow(link, relation.seen_from(link.source_id), fresh=link.pk not in before)
    return changes


def _link(relation: Relation) -> SourceLink:
    kin = relation.kin
    return SourceLink(
        source_id=relation.first.key,
        other_id=relation.second.key,
        type=kin.type.value,
        coverage=kin.coverage,
        other_coverage=kin.other_coverage,
        rule=f"shared-text-{kin.type.value}",
        score=kin.score,
        signals={
            "coverage": kin.coverage,
            "other_coverage": kin.other_coverage,
            "longest": kin.longest,
            "statements": kin.statements,
            "dates": [_iso(relation.first.written), _iso(relation.second.written)],
        },
    )


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
