"""Adopting a new version of a document, with what people decided on the old one.

Offsets of two versions have nothing in common, so decisions are carried over by
exact quote in the passage that is certainly the same.  What cannot be carried
stays on the old version and becomes a question for the editors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.ingest.lock import lock_for_ingest
from cases.ingest.matching import Portrait, Span, align_practices
from cases.ingest.merge import Values, merge
from cases.ingest.references import References
from cases.ingest.relations import write_relations
from cases.ingest.rows import COHERENT
from cases.ingest.transfer import PassageFinder
from cases.models import Disagreement, Passage, Practice, PracticeLink, RegionMention, Source
from cases.tracked import RELATIONS, CuratedRow, assign, read_all, with_tracked
from measures.curation import CurationStatus
from measures.models import Metric

State = Source.State
PLACED = ("span", "evidence", "section_spans", "practice")
"""Tracked fields whose values mean something in one version only."""


@dataclass(slots=True)
class Adoption:
    """How many rows with human decisions were ``carried`` over and ``left`` on the old version."""

    carried: int = 0
    left: int = 0


def adopt(source: Source, user: Any = None) -> Adoption:
    """Make ``source`` the version that readers see; the one before is superseded.

    An earlier version may be adopted again.  Raises ValidationError for a
    source that is current already or was withdrawn.
    """
    with transaction.atomic():
        lock_for_ingest()
        source.refresh_from_db()
        if source.state not in (State.PENDING, State.SUPERSEDED):
            raise ValidationError(
                _("Only a version that waits or was superseded can be adopted; this one is %(state)s.")
                % {"state": source.get_state_display()}
            )
        current = list(Source.objects.filter(name=source.name, state=State.CURRENT))
        forebears = [*_pending_forebears(source), *current]
        Source.objects.filter(pk__in=[old.pk for old in forebears]).update(state=State.SUPERSEDED)
        source.state = State.CURRENT
        source.save(update_fields=["state"])
        result = Adoption()
        for old in forebears:
            _Transfer(old, source, result).run()
    return result


def _pending_forebears(source: Source) -> list[Source]:
    """Versions between ``source`` and the current one, the newest first."""
    forebears = []
    old = source.replaces
    while old is not None and old.state == State.PENDING:
        forebears.append(old)
        old = old.replaces
    return forebears


class _Transfer:
    """Carries the decisions on the rows of ``old`` over to ``new``."""

    def __init__(self, old: Source, new: Source, result: Adoption) -> None:
        self.old, self.new, self.result = old, new, result
        self.finder = PassageFinder.of(new)
        self.references = References()
        self._practices: dict[int, int] = {}

    def run(self) -> None:
        for model in (Practice, RegionMention, Metric):
            for row in with_tracked(model._default_manager.human().filter(source=self.old)).order_by("pk"):
                self._carry(row)
        self._carry_links()

    def _carry(self, row: Any) -> None:
        values = self._placed(row)
        if values is None:
            self._leave(row)
            return
        heir = self._counterpart(row, values)
        if heir is None and row.status != CurationStatus.REJECTED:
            heir = self._copy(row, values)
        elif heir is not None and not heir.is_human:
            self._merge(row, heir, values)
        if heir is not None and isinstance(row, Practice):
            self._practices[row.pk] = heir.pk
        self.result.carried += 1

    def _placed(self, row: Any) -> Values | None:
        """The values of ``row`` with its spans as they are in the new version."""
        values = read_all(row)
        ties = list(row.evidence.filter(source=self.old)) if isinstance(row, Practice) else [row]
        spans = [self._locate(tie) for tie in ties]
        if not spans or None in spans:
            return None
        if isinstance(row, Practice):
            return {**values, "evidence": sorted([span[0], span[1]] for span in spans if span)}
        values["span"] = list(spans[0] or ())
        if "practice" in values:
            values["practice"] = self._practices.get(values["practice"])
        return values

    def _locate(self, tie: Any) -> Span | None:
        passage = tie.passage
        wording = self.old.text[passage.start : passage.end]
        return self.finder.locate(wording, tie.quote, tie.start - passage.start)

    def _counterpart(self, row: Any, values: Values) -> Any:
        rows = with_tracked(type(row)._default_manager.filter(source=self.new))
        if not isinstance(row, Practice):
            start, end = values["span"]
            heirs = list(rows.filter(start__lt=end, end__gt=start))
            exact = [heir for heir in heirs if (heir.start, heir.end) == (start, end)]
            return exact[0] if exact else heirs[0] if len(heirs) == 1 else None
        heirs = list(rows.filter(title=row.title) | self._nearby(rows, values))
        aligned = align_practices([_portrait(values)], [_portrait(read_all(heir)) for heir in heirs])
        return heirs[aligned.rows[0]] if 0 in aligned.rows else None

    @staticmethod
    def _nearby(rows: Any, values: Values) -> Any:
        start, end = values["evidence"][0][0], values["evidence"][-1][1]
        near = rows.filter(evidence__start__lt=end, evidence__end__gt=start)
        return rows.filter(pk__in=near.values("pk"))

    def _merge(self, row: Any, heir: Any, values: Values) -> None:
        """Let what people set in ``row`` stand in ``heir``; the rest is the machine's."""
        accepted = row.status == CurationStatus.ACCEPTED
        held = set(row.TRACKED_FIELDS) if accepted else set(row.edited)
        plain = [name for name in row.TRACKED_FIELDS if name not in PLACED]
        result = merge(
            {name: row.machine[name] for name in plain if name in row.machine},
            {name: heir.machine[name] for name in plain if name in heir.machine},
            values,
            held=held,
            coupled=row.COUPLED_FIELDS,
            coherent=COHERENT.get(type(row), lambda values: True),
        )
        stands = {name: values[name] for name in plain if name not in result.follow}
        stands |= {name: values[name] for name in PLACED if name in values and name in held}
        self._write(row, heir, stands)
        for name in result.differ:
            self._ask(
                heir,
                Disagreement.Kind.FIELD,
                field=name,
                machine_before=row.machine.get(name),
                machine_now=heir.machine[name],
                human=values[name],
            )

    def _copy(self, row: Any, values: Values) -> Any:
        """A row that only people have made in the new version."""
        heir = type(row)(source=self.new, machine={})
        if isinstance(row, Practice):
            heir.article_id = Passage.objects.at(self.new.pk, values["evidence"][0][0]).article_id
        self._write(row, heir, values)
        return heir

    def _write(self, row: Any, heir: Any, values: Values) -> None:
        for name, value in values.items():
            if name not in RELATIONS:
                assign(heir, name, value, self.new.text, self.references)
        if "span" in values:
            heir.passage = Passage.objects.at(self.new.pk, heir.start)
        for name in self._untracked(row):
            setattr(heir, name, getattr(row, name))
        for name in ("status", "edited", "decided_by_id", "decided_at", "reason"):
            setattr(heir, name, getattr(row, name))
        heir.save()
        relations = {name: value for name, value in values.items() if name in RELATIONS}
        if relations:
            write_relations(self.new, {heir.pk: relations}, self.references, self._passage_at)

    def _passage_at(self, offset: int) -> int:
        key: int = Passage.objects.at(self.new.pk, offset).pk
        return key

    @staticmethod
    def _untracked(row: Any) -> Iterator[str]:
        """Edited fields that the machine never fills: case sections, family, indicator."""
        names = {field.name for field in row._meta.concrete_fields}
        return (name for name in row.edited if name in names and name not in row.TRACKED_FIELDS)

    def _carry_links(self) -> None:
        for column in ("from_practice", "to_practice"):
            for link in PracticeLink.objects.filter(**{f"{column}__in": list(self._practices)}):
                setattr(link, f"{column}_id", self._practices[getattr(link, f"{column}_id")])
                ends = {"from_practice": link.from_practice_id, "to_practice": link.to_practice_id}
                if not PracticeLink.objects.filter(**ends, type=link.type).exists():
                    link.save(update_fields=[column])

    def _leave(self, row: CuratedRow) -> None:
        if row.status != CurationStatus.REJECTED:
            self._ask(row, Disagreement.Kind.LEFT)
            self.result.left += 1

    def _ask(self, row: Any, kind: str, **values: Any) -> None:
        Disagreement.objects.create(source=self.new, row=row, kind=kind, **values)


def _portrait(values: Values) -> Portrait:
    return Portrait(
        spans=tuple((start, end) for start, end in values["evidence"]),
        title=values["title"],
        names=frozenset(values["names"]),
        regions=frozenset(values["regions"]),
    )
