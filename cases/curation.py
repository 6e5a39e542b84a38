"""What editors do to found rows: edit, accept, reject, reopen, settle a question.

Each function takes the row as the caller knows it, reads it again under lock,
writes only the columns concerned, and brings the caller's object up to date.
``user`` may be None for a decision that no account stands for.  What cannot
stand is refused with a ``ValidationError`` in the user's language, and nothing
is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.ingest.lock import lock_for_decision
from cases.ingest.references import References
from cases.ingest.relations import write_relations
from cases.ingest.rows import COHERENT
from cases.models import Disagreement, Passage, Practice, RegionMention
from cases.tracked import (
    PERIOD_COLUMNS,
    RELATIONS,
    CuratedRow,
    assign,
    plain_decimal,
    read,
    read_all,
    with_tracked,
)
from measures.curation import CurationStatus
from measures.models import Metric

_CONTRADICTIONS: dict[type[CuratedRow], Any] = {
    Metric: gettext_lazy(
        "A figure has a value, or its digits are masked; it has an upper value exactly when it is a range, "
        "and not below its value."
    ),
    RegionMention: gettext_lazy("A linked place has a region, and only a linked one."),
}

Row = TypeVar("Row", bound=CuratedRow)
Decision = Disagreement.Decision
Kind = Disagreement.Kind


def edit(row: Row, user: Any = None, **values: Any) -> Row:
    """Set fields of ``row``; every field named counts as set by a person.

    Fields are given as the model has them, with these liberties: ``span`` is
    ``(start, end)`` (or ``start`` and ``end``), and its ``quote``, when given,
    must be what stands there; ``evidence`` is a list of spans; ``region`` and
    ``regions`` may be codes, ``themes`` slugs, ``practice`` a key.
    """
    with transaction.atomic():
        fresh = _locked(row)
        tracked, others = _sort(fresh, values)
        columns = _apply(fresh, tracked)
        for name, value in others.items():
            setattr(fresh, name, value)
            columns.add(name)
        fresh.mark_edited([*tracked, *others], user)
        _save(fresh, columns | {"edited"})
        _answer_edited(fresh, tracked, user)
    return _refreshed(row)


def accept(row: Row, user: Any = None, reason: str = "") -> Row:
    """Confirm ``row`` as it stands; open questions about it are answered with what stands."""
    with transaction.atomic():
        fresh = _locked(row)
        questions = _open(fresh)
        fresh.mark_edited([question.field for question in questions if question.field], user)
        _decide(fresh, CurationStatus.ACCEPTED, user, reason, "edited")
        _answer(questions, Decision.KEEP, user)
    return _refreshed(row)


def reject(row: Row, user: Any = None, reason: str = "") -> Row:
    """Hide ``row`` for good: it stays as a tombstone, and the find is not made again."""
    with transaction.atomic():
        fresh = _locked(row)
        _decide(fresh, CurationStatus.REJECTED, user, reason)
        _answer(_open(fresh), Decision.MOOT, user)
    return _refreshed(row)


def reopen(row: Row, user: Any = None, reason: str = "") -> Row:
    """Make ``row`` a suggestion again.  Fields that nobody edited follow the machine,
    which may have come to say something else while the row was accepted."""
    with transaction.atomic():
        fresh = _locked(row)
        waiting = [q for q in _open(fresh) if q.kind == Kind.FIELD and q.field not in fresh.edited]
        columns = _apply(fresh, {question.field: question.machine_now for question in waiting})
        _decide(fresh, CurationStatus.SUGGESTED, user, reason, *columns)
        _answer(waiting, Decision.MOOT, user)
    return _refreshed(row)


def settle(question: Disagreement, decision: str, user: Any = None) -> None:
    """Answer an open question: ``keep`` what stands, or ``take`` what the machine says.

    A value kept counts as edited; one taken follows the machine again, together
    with those that it is coupled with.  Taking that a row is gone rejects it.
    """
    with transaction.atomic():
        lock_for_decision()
        question = Disagreement.objects.select_for_update().get(pk=question.pk)
        if question.decision != Decision.OPEN:
            raise ValidationError(_("This question has been answered meanwhile."))
        if decision not in (Decision.KEEP, Decision.TAKE):
            raise ValidationError(_("A question is answered with “keep” or “take”."))
        row = question.row
        if row is None:
            _answer([question], Decision.MOOT, user)
        elif question.kind == Kind.FIELD and decision == Decision.TAKE:
            _take(row, question, user)
        elif question.kind == Kind.GONE and decision == Decision.TAKE:
            _answer([question], decision, user)
            reject(row, user, reason=_("no longer found"))
        else:
            if question.kind == Kind.FIELD:
                fresh = _locked(row)
                fresh.mark_edited([question.field], user)
                _save(fresh, {"edited"})
            _answer([question], decision, user)


def _take(row: CuratedRow, question: Disagreement, user: Any) -> None:
    fresh = _locked(row)
    coupled = fresh.COUPLED_FIELDS if question.field in fresh.COUPLED_FIELDS else (question.field,)
    questions = [q for q in _open(fresh) if q.kind == Kind.FIELD and q.field in coupled]
    columns = _apply(fresh, {q.field: q.machine_now for q in questions})
    taken = {q.field for q in questions}
    fresh.edited = {name: stamp for name, stamp in fresh.edited.items() if name not in taken}
    _save(fresh, columns | {"edited"})
    _answer(questions, Decision.TAKE, user)


# Rows


def _locked(row: Row) -> Row:
    """``row`` as it stands now, kept from other writers to the end of the transaction."""
    lock_for_decision()
    rows: QuerySet[Any] = with_tracked(
        type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    )
    try:
        fresh: Row = rows.get(pk=row.pk)
    except type(row).DoesNotExist:
        raise ValidationError(_("This row was deleted meanwhile.")) from None
    return fresh


def _refreshed(row: Row) -> Row:
    row.refresh_from_db()
    return row


def _decide(row: CuratedRow, status: str, user: Any, reason: str, *columns: str) -> None:
    row.decide(status, user, reason)
    _save(row, {"status", "decided_by", "decided_at", "reason", *columns})


def _save(row: CuratedRow, columns: set[str]) -> None:
    row.clean_fields(exclude={field.name for field in row._meta.fields} - columns)
    if not COHERENT.get(type(row), lambda values: True)(read_all(row)):
        raise ValidationError(_CONTRADICTIONS[type(row)])
    row.validate_constraints()
    row.save(update_fields=columns | {"updated_at"})


def _apply(row: Any, values: Mapping[str, Any]) -> set[str]:
    """Set tracked ``values`` (JSON) on ``row``; relations are written at once.  Columns to save."""
    references = References()
    text = row.source.text if {"span", "evidence"} & values.keys() else ""
    columns: set[str] = set()
    for name, value in values.items():
        if name not in RELATIONS:
            columns.update(assign(row, name, value, text, references))
    if "span" in values:
        row.passage_id = Passage.objects.at(row.source_id, row.start).pk
        columns.add("passage")
    relations = {name: value for name, value in values.items() if name in RELATIONS}
    if relations:
        passages = Passage.objects
        write_relations(
            row.source, {row.pk: relations}, references, lambda start: passages.at(row.source_id, start).pk
        )
    return columns


# What editors give, as the tracked values


def _sort(row: CuratedRow, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tracked values as JSON, and the values of the other fields."""
    if values.keys() & {"start", "end", "quote", "span"}:
        values["span"] = _span(row, values)
    if values.keys() & PERIOD_COLUMNS:
        values["period"] = _period(row, values)
    tracked, others = {}, {}
    for name, value in values.items():
        if name in row.TRACKED_FIELDS:
            tracked[name] = _plain(row, name, value)
        elif row._meta.get_field(name).editable:
            others[name] = value
        else:
            raise ValidationError({name: _("This field is not for editing.")})
    return tracked, others


def _period(row: Any, values: dict[str, Any]) -> list[Any] | None:
    kind, start, end, inferred, quote = (values.pop(name, getattr(row, name)) for name in PERIOD_COLUMNS)
    if not kind:
        return None
    if start is None or end is None or start > end:
        raise ValidationError(
            {"period_start": _("A period needs its first and its last day, in this order.")}
        )
    return [kind, start.isoformat(), end.isoformat(), inferred, quote]


def _span(row: Any, values: dict[str, Any]) -> list[int]:
    start, end = values.pop("span", None) or (row.start, row.end)
    span = [values.pop("start", start), values.pop("end", end)]
    text = row.source.text
    _check_span(span, text)
    quote = values.pop("quote", None)
    if quote is not None and text[span[0] : span[1]] != quote:
        raise ValidationError(
            {"quote": _("The source has “%(text)s” there.") % {"text": text[span[0] : span[1]]}}
        )
    values.pop("passage", None)
    return span


def _check_span(span: Iterable[int], text: str) -> None:
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValidationError(
            _("Characters %(start)s to %(end)s are not a part of the source, which has %(length)s.")
            % {"start": start, "end": end, "length": len(text)}
        )


def _plain(row: CuratedRow, name: str, value: Any) -> Any:
    match name:
        case "value" | "value_max":
            return _decimal(row, name, value)
        case "region":
            return _codes([value])[0] if value else None
        case "regions":
            return sorted(set(_codes(value)))
        case "themes":
            return sorted({getattr(theme, "slug", theme) for theme in value})
        case "practice":
            return value.pk if isinstance(value, Practice) else value
        case "evidence":
            return _evidence(row, value)
        case _:
            return value


def _decimal(row: Any, name: str, value: Any) -> str | None:
    value = row._meta.get_field(name).to_python(None if value == "" else value)
    try:
        return plain_decimal(value)
    except OverflowError:
        raise ValidationError({name: _("A value has at most 15 digits before the point.")}) from None


def _codes(regions: Iterable[Any]) -> list[str]:
    codes = [getattr(region, "code", region) for region in regions]
    references = References(codes)
    if any(references.code(code) is None for code in codes):
        unknown = ", ".join(sorted(references.unknown))
        raise ValidationError(_("unknown to the reference data: %(codes)s") % {"codes": unknown})
    return codes


def _evidence(row: CuratedRow, spans: Iterable[Iterable[int]]) -> list[list[int]]:
    evidence = sorted([start, end] for start, end in {tuple(span) for span in spans})
    if not evidence:
        raise ValidationError({"evidence": _("A practice needs at least one sentence.")})
    for span in evidence:
        _check_span(span, row.source.text)
    return evidence


# Questions


def _open(row: models.Model) -> list[Disagreement]:
    return list(Disagreement.objects.about(row).open())


def _answer(questions: Iterable[Disagreement], decision: str, user: Any) -> None:
    for question in questions:
        question.decision = decision
        question.decided_by = user if getattr(user, "pk", None) else None
        question.decided_at = timezone.now()
        question.save(update_fields=["decision", "decided_by", "decided_at"])


def _answer_edited(row: CuratedRow, names: Iterable[str], user: Any) -> None:
    """Close the questions about fields that now say what the machine says; keep the others current."""
    names = set(names)
    for question in _open(row):
        if question.field not in names:
            continue
        question.human = read(_locked(row), question.field)
        question.save(update_fields=["human"])
        if question.human == question.machine_now:
            _answer([question], Decision.MOOT, user)
