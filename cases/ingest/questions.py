"""The editors' queue as one load sees it: which questions to open, change, close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from cases.ingest.tally import Tally
from cases.models import Disagreement, ExtractionRun, Source
from measures.curation import Curated

Kind = Disagreement.Kind
Decision = Disagreement.Decision
BATCH = 500


class Questions:
    """Collects what changes in the queue of ``source``; :meth:`save` writes it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._open = {
            (question.content_type_id, question.object_id, question.kind, question.field): question
            for question in Disagreement.objects.filter(source=source, decision=Decision.OPEN)
        }
        self._new: list[Disagreement] = []
        self._changed: dict[int, Disagreement] = {}
        self._removed: list[int] = []

    def differ(self, row: Curated, name: str, before: Any, now: Any, human: Any) -> None:
        """The machine now says ``now`` of a field in which a person has ``human``."""
        question = self._find(row, Kind.FIELD, name)
        if question is None:
            self._add(row, Kind.FIELD, name, machine_before=before, machine_now=now, human=human)
        elif question.machine_before == now:
            self._close(question)
        else:
            question.machine_now, question.human = now, human
            self._changed[question.pk] = question

    def agree(self, row: Curated, name: str) -> None:
        """The machine came to say what stands in a field."""
        if question := self._find(row, Kind.FIELD, name):
            self._close(question)

    def gone(self, row: Curated) -> None:
        if self._find(row, Kind.GONE) is None:
            self._add(row, Kind.GONE, "")

    def back(self, row: Curated) -> None:
        if question := self._find(row, Kind.GONE):
            self._close(question)

    def forget(self, model: type[Curated], keys: Iterable[int]) -> None:
        """Drop the questions about rows that are deleted."""
        type_id = ContentType.objects.get_for_model(model).pk
        dead = set(keys)
        self._removed += [q.pk for key, q in self._open.items() if key[0] == type_id and key[1] in dead]

    def save(self, run: ExtractionRun) -> None:
        for question in self._new:
            question.run = run
        Disagreement.objects.bulk_create(self._new, batch_size=BATCH)
        fields = ["machine_now", "human", "decision", "decided_at"]
        Disagreement.objects.bulk_update(self._changed.values(), fields, batch_size=BATCH)
        if self._removed:
            Disagreement.objects.filter(pk__in=self._removed).delete()

    def count(self, tally: Tally) -> None:
        closed = sum(q.decision == Decision.MOOT for q in self._changed.values())
        tally.opened += len(self._new) + len(self._changed) - closed
        tally.closed += closed + len(self._removed)

    def _find(self, row: Curated, kind: str, name: str = "") -> Disagreement | None:
        return self._open.get((ContentType.objects.get_for_model(row).pk, row.pk, kind, name))

    def _add(self, row: Curated, kind: str, name: str, **values: Any) -> None:
        self._new.append(
            Disagreement(
                source=self.source,
                content_type=ContentType.objects.get_for_model(row),
                object_id=row.pk,
                kind=kind,
                field=name,
                **values,
            )
        )

    def _close(self, question: Disagreement) -> None:
        question.decision = Decision.MOOT
        question.decided_at = timezone.now()
        self._changed[question.pk] = question
