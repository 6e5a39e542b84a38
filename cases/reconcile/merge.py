"""Bring a table of suggestions in line with what a run suggests, and leave decisions alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from measures.curation import CurationStatus
from measures.suggestions import Suggestion

_BATCH = 200
_CHUNK = 900  # values in one query
Value = TypeVar("Value")
Row = TypeVar("Row", bound=Suggestion)
Key = Callable[[Row], Hashable]


@dataclass(slots=True)
class Changes:
    """How many suggestions a run made, changed and took back, and how many stand."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0

    def __iadd__(self, other: Changes) -> Changes:
        self.created += other.created
        self.updated += other.updated
        self.deleted += other.deleted
        self.unchanged += other.unchanged
        return self

    def __add__(self, other: Changes) -> Changes:
        total = Changes()
        total += self
        total += other
        return total

    @property
    def wrote(self) -> int:
        return self.created + self.updated + self.deleted


def merge(rows: QuerySet[Row], wanted: Iterable[Row], key: Key[Row], values: Sequence[str]) -> Changes:
    """Make the undecided rows of ``rows`` those ``wanted``; ``key`` tells which row is which.

    A row that was decided on, or that a person made, stays as it is, and nothing
    with its key is suggested beside it.  Of the others the ``values`` (names of
    fields) follow the run.
    """
    changes = Changes()
    known = {key(row): row for row in rows}
    new: dict[Hashable, Row] = {}
    changed: list[Row] = []
    kept: set[Hashable] = set()
    for row in wanted:
        name = key(row)
        if name in kept or name in new:
            continue
        stored = known.get(name)
        if stored is None:
            new[name] = row
            continue
        kept.add(name)
        if is_replaceable(stored) and any(getattr(stored, v) != getattr(row, v) for v in values):
            for value in values:
                setattr(stored, value, getattr(row, value))
            changed.append(stored)
        else:
            changes.unchanged += 1
    stale = [row.pk for name, row in known.items() if name not in kept and is_replaceable(row)]
    model: type[Model] = rows.model
    if stale:
        model._default_manager.filter(pk__in=stale).delete()
    model._default_manager.bulk_create(list(new.values()), batch_size=_BATCH)
    if changed:
        model._default_manager.bulk_update(changed, list(values), batch_size=_BATCH)
    changes.created, changes.updated, changes.deleted = len(new), len(changed), len(stale)
    return changes


def is_replaceable(row: Suggestion) -> bool:
    """Whether a machine made the row and nobody decided on it."""
    return row.status == CurationStatus.SUGGESTED and row.rule != ""


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """``values`` in parts that one query can name."""
    for at in range(0, len(values), _CHUNK):
        yield values[at : at + _CHUNK]
