"""Which rows must stay because something that people care for refers to them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import PROTECT, RESTRICT, Model, Q, QuerySet

from measures.curation import Curated, CurationStatus
from measures.suggestions import Suggestion


def held(model: type[Model], keys: Collection[int]) -> set[int]:
    """Those of ``keys`` that another row holds.

    A row that forbids its target's deletion holds it; so does a relation that a
    person accepted or made, and a find that was not rejected.  Parts of the row
    itself (the evidence of a practice) and relations that a machine suggested
    go with it.
    """
    holding: set[int] = set()
    for relation in model._meta.related_objects:
        rows = _holders(relation)
        if rows is not None:
            column = relation.field.attname
            holding |= set(rows.filter(**{f"{column}__in": keys}).values_list(column, flat=True))
    return holding


def _holders(relation: Any) -> QuerySet[Any] | None:
    """The rows at the other end of ``relation`` that hold what they refer to."""
    related = relation.related_model
    if relation.many_to_many:
        return None
    rows: QuerySet[Any] = related._default_manager.all()
    if relation.on_delete in (PROTECT, RESTRICT):
        return rows
    if issubclass(related, Suggestion):
        return rows.filter(Q(status=CurationStatus.ACCEPTED) | Q(rule=""))
    if issubclass(related, Curated):
        return rows.exclude(status=CurationStatus.REJECTED)
    return None
