"""Found rows of one kind merged into the table of that kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cases.ingest.holding import held
from cases.ingest.matching import Alignment, Anchor, Portrait, align_practices, align_spans
from cases.ingest.merge import Values, coherent_figure, coherent_mention, merge
from cases.ingest.questions import Questions
from cases.ingest.references import References
from cases.ingest.relations import write_relations
from cases.ingest.structure import Passages, batches
from cases.ingest.tally import Tally
from cases.ingest.values import Found
from cases.models import Practice, RegionMention, Source
from cases.tracked import RELATIONS, CuratedRow, assign, read, read_all, with_tracked
from measures.curation import CurationStatus
from measures.models import Metric

COHERENT: Mapping[type[CuratedRow], Callable[[Values], bool]] = {
    Metric: coherent_figure,
    RegionMention: coherent_mention,
}
READ_BATCH = 500


@dataclass(slots=True)
class Stored:
    """What stands in the database of one row, as far as most reloads need it."""

    pk: int
    status: str
    found: bool
    machine: Values
    edited: dict[str, Any]
    home: int
    rule: str
    confidence: float

    def says(self, find: Found) -> bool:
        """Whether the last run found exactly this."""
        return (
            self.found
            and self.machine == find.values
            and (self.home, self.rule, self.confidence) == (find.home, find.rule, find.confidence)
        )


class Rows:
    """The rows of ``model`` in ``source``, brought in line with a new extraction.

    :meth:`merge` creates, updates and sets aside; :meth:`sweep` deletes what
    was suggested, is no longer found and is referred to by nothing.
    """

    def __init__(
        self,
        model: type[CuratedRow],
        source: Source,
        references: References,
        passages: Passages,
        questions: Questions,
        tally: Tally,
    ) -> None:
        self.model, self.source, self.references, self.passages = model, source, references, passages
        self.questions, self.tally = questions, tally
        self.home = "article_id" if model is Practice else "passage_id"
        self._vanished: list[int] = []

    def merge(self, finds: Sequence[Found]) -> list[int | None]:
        """Bring the table in line with ``finds``; the key of the row of each.

        None for a find that has no row, because a person's row stands there.
        """
        stored = self._stored()
        aligned = self._align(finds, stored)
        keys: list[int | None] = [None] * len(finds)
        changed: dict[int, Found] = {}
        for i, at in aligned.rows.items():
            row = stored[at]
            keys[i] = row.pk
            if row.status == CurationStatus.REJECTED or not row.machine or row.says(finds[i]):
                self.tally.unchanged += 1
            else:
                changed[row.pk] = finds[i]
        self._update(changed)
        new = [i for i in range(len(finds)) if i not in aligned.rows and i not in aligned.absorbed]
        for batch in batches(new):
            for i, pk in zip(batch, self._create([finds[i] for i in batch]), strict=True):
                keys[i] = pk
        seen = set(aligned.rows.values())
        self._set_aside([row for at, row in enumerate(stored) if at not in seen])
        return keys

    def sweep(self) -> None:
        """Delete the vanished suggestions, save those that a person's row refers to."""
        staying = self._held()
        self._mark_gone([row for row in self._load(staying) if row.found])
        dead = [pk for pk in self._vanished if pk not in staying]
        self.questions.forget(self.model, dead)
        for part in batches(dead, READ_BATCH):
            self.model._default_manager.filter(pk__in=part).delete()
        self.tally.deleted += len(dead)
        self.tally.unchanged += len(staying)

    # Reading

    def _stored(self) -> list[Stored]:
        columns = ("pk", "status", "found", "machine", "edited", self.home, "rule", "confidence")
        rows = self.model._default_manager.filter(source=self.source).order_by("pk")
        return [Stored(*row) for row in rows.values_list(*columns)]

    def _load(self, keys: Iterable[int]) -> Iterable[Any]:
        """Full rows, in batches, with what reading their tracked fields needs."""
        for part in batches(sorted(keys), READ_BATCH):
            yield from with_tracked(self.model._default_manager.filter(pk__in=part)).order_by("pk")

    # Identity

    def _align(self, finds: Sequence[Found], stored: list[Stored]) -> Alignment:
        if not stored:
            return Alignment()
        if self.model is Practice:
            return self._align_practices(finds, stored)
        rows: QuerySet[Any] = self.model._default_manager.filter(source=self.source).order_by()
        actual = {pk: (start, end) for pk, start, end in rows.values_list("pk", "start", "end")}
        anchors = []
        for row in stored:
            span = row.machine.get("span")
            machine = (span[0], span[1]) if span else None
            anchors.append(Anchor(machine, actual[row.pk], row.status == CurationStatus.REJECTED))
        return align_spans([(find.values["span"][0], find.values["span"][1]) for find in finds], anchors)

    def _align_practices(self, finds: Sequence[Found], stored: list[Stored]) -> Alignment:
        by_hand = [row.pk for row in stored if "evidence" not in row.machine]
        stands = {row.pk: read_all(row) for row in self._load(by_hand)}
        portraits = [
            _portrait({**stands.get(row.pk, {}), **row.machine}, row.status != CurationStatus.SUGGESTED)
            for row in stored
        ]
        return align_practices([_portrait(find.values) for find in finds], portraits)

    # Writing

    def _create(self, finds: list[Found]) -> list[int]:
        rows: list[Any] = []
        for find in finds:
            row: Any = self.model(source=self.source, machine=find.values)
            self._describe(row, find)
            setattr(row, self.home, find.home)
            for name, value in find.values.items():
                if name not in RELATIONS:
                    assign(row, name, value, self.source.text, self.references)
            rows.append(row)
        keys = [row.pk for row in self.model._default_manager.bulk_create(rows)]
        self._relate({pk: find.values for pk, find in zip(keys, finds, strict=True)})
        self.tally.created += len(rows)
        return keys

    def _update(self, finds: Mapping[int, Found]) -> None:
        for part in batches(sorted(finds), READ_BATCH):
            self._update_batch({pk: finds[pk] for pk in part})

    def _update_batch(self, finds: Mapping[int, Found]) -> None:
        columns: set[str] = set()
        changed: list[Any] = []
        updated = self.tally.updated
        relations: dict[int, Values] = {}
        for row in self._load(finds):
            written, related = self._merge_row(row, finds[row.pk])
            if related:
                relations[row.pk] = related
            if not written and not related:
                continue
            changed.append(row)
            columns |= written
            if row.status == CurationStatus.ACCEPTED:
                self.tally.noted += 1
            else:
                row.updated_at = timezone.now()
                columns.add("updated_at")
                self.tally.updated += 1
        if changed:
            self.model._default_manager.bulk_update(changed, sorted(columns), batch_size=100)
        self._relate(relations)
        self.tally.unchanged += len(finds) - (self.tally.updated - updated)

    def _merge_row(self, row: Any, find: Found) -> tuple[set[str], Values]:
        """Merge one find into its row; columns to save and relations to write."""
        accepted = row.status == CurationStatus.ACCEPTED
        stands = read_all(row)
        result = merge(
            self._machine_before(row),
            find.values,
            stands,
            held=row.TRACKED_FIELDS if accepted else row.edited,
            coupled=row.COUPLED_FIELDS,
            coherent=COHERENT.get(self.model, lambda values: True),
        )
        for name in result.agree:
            self.questions.agree(row, name)
        for name in result.differ:
            self.questions.differ(row, name, row.machine.get(name), find.values[name], stands[name])
        columns: set[str] = set()
        if not row.found:
            self.questions.back(row)
            row.found = True
            columns.add("found")
        if row.machine != find.values:
            row.machine = find.values
            columns.add("machine")
        for name, value in result.follow.items():
            if name not in RELATIONS:
                columns.update(assign(row, name, value, self.source.text, self.references))
        if not accepted:
            columns |= self._describe(row, find) | self._rehome(row, find)
        return columns, {name: value for name, value in result.follow.items() if name in RELATIONS}

    def _machine_before(self, row: Any) -> Values:
        """What the machine had said; a practice that an editor deleted meanwhile counts as none."""
        before: Values = row.machine
        key = before.get("practice")
        if key and row.practice_id is None and not Practice.objects.filter(pk=key).exists():
            return {**before, "practice": None}
        return before

    @staticmethod
    def _describe(row: Any, find: Found) -> set[str]:
        changed = {name for name in ("rule", "confidence") if getattr(row, name) != getattr(find, name)}
        row.rule, row.confidence = find.rule, find.confidence
        return changed

    def _rehome(self, row: Any, find: Found) -> set[str]:
        """Move a row to the passage or article that holds its span now."""
        home: int | None = find.home
        if self.model is not Practice and [row.start, row.end] != find.values["span"]:
            home = self.passages.home(row.start, row.end)
        if home is None or getattr(row, self.home) == home:
            return set()
        setattr(row, self.home, home)
        return {self.home.removesuffix("_id")}

    def _relate(self, rows: Mapping[int, Values]) -> None:
        if self.model is Practice and rows:
            write_relations(self.source, rows, self.references, self.passages.at)

    # What is no longer found

    def _set_aside(self, rows: list[Stored]) -> None:
        """Keep what a person decided on, edited or made; list the rest for :meth:`sweep`."""
        gone: list[int] = []
        for row in rows:
            if row.status == CurationStatus.REJECTED or not row.machine:
                self.tally.unchanged += 1
            elif row.status == CurationStatus.ACCEPTED or row.edited:
                gone.append(row.pk)
            else:
                self._vanished.append(row.pk)
        changed_by_hand = [row.pk for row in self._load(self._vanished) if _differs(row)]
        self._vanished = [pk for pk in self._vanished if pk not in set(changed_by_hand)]
        gone += changed_by_hand
        self.tally.unchanged += len(gone)
        lost = {row.pk for row in rows if row.found}
        self._mark_gone(list(self._load(pk for pk in gone if pk in lost)))

    def _mark_gone(self, rows: list[Any]) -> None:
        for row in rows:
            self.questions.gone(row)
            row.found = False
        self.model._default_manager.bulk_update(rows, ["found"], batch_size=READ_BATCH)
        self.tally.noted += len(rows)

    def _held(self) -> set[int]:
        """Keys of vanished rows that must stay.

        Figures that follow the machine have left a vanished practice by now;
        the others hold it because a person tied them to it."""
        keys: set[int] = set()
        for part in batches(self._vanished, READ_BATCH):
            keys |= held(self.model, part)
            if self.model is Practice:
                in_family = Practice.objects.filter(pk__in=part, family__isnull=False)
                keys |= set(in_family.values_list("pk", flat=True))
        return keys


def _portrait(values: Values, decided: bool = False) -> Portrait:
    return Portrait(
        spans=tuple((start, end) for start, end in values["evidence"]),
        title=values.get("title", ""),
        names=frozenset(values.get("names", ())),
        regions=frozenset(values.get("regions", ())),
        decided=decided,
    )


def _differs(row: Any) -> bool:
    """Whether something other than the machine changed a tracked field of ``row``."""
    return any(name in row.machine and read(row, name) != row.machine[name] for name in row.TRACKED_FIELDS)
