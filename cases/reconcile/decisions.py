"""What people decide about suggestions; every decision is remembered and can be taken back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.ingest.lock import lock_for_decision
from cases.models import FamilyMember, Practice, Reconciled, SourceLink
from measures.curation import CurationStatus
from measures.models import IndicatorMember, Metric, MetricLink
from measures.suggestions import Suggestion

DECISION = ["status", "decided_by", "decided_at", "reason"]
"""The columns of a suggestion that hold a decision."""


def accept(row: Suggestion, user: Any = None, reason: str = "") -> None:
    """Let the suggestion stand; a run will not change it any more.

    The practice or figure of an accepted membership belongs to the family or indicator.
    """
    _decide(row, CurationStatus.ACCEPTED, user, reason)


def refuse(row: Suggestion, user: Any = None, reason: str = "") -> None:
    """Refuse the suggestion for good: the pair is not suggested again.

    Refusing that a source is a copy shows what it repeats at once.
    """
    _decide(row, CurationStatus.REJECTED, user, reason)


def reopen(row: Suggestion, user: Any = None) -> None:
    """Take a decision back; the suggestion is open again and follows the next run."""
    _decide(row, CurationStatus.SUGGESTED, user, "")


def rank(row: MetricLink, preferred: Metric | None, user: Any = None, reason: str = "") -> None:
    """Say which of two conflicting figures readers should trust, and why; None takes it back.

    Raises ValidationError for another figure or without a reason.
    """
    if preferred is not None and preferred.pk not in (row.metric_id, row.other_id):
        raise ValidationError(_("That is neither of the two figures."))
    if preferred is not None and not reason.strip():
        raise ValidationError(_("Give a reason for the ranking."))
    row.preferred = preferred
    _decide(
        row, CurationStatus.ACCEPTED if preferred else CurationStatus.SUGGESTED, user, reason, "preferred"
    )


def _decide(row: Suggestion, status: str, user: Any, reason: str, *columns: str) -> None:
    with transaction.atomic():
        lock_for_decision()
        row.decide(status, user, reason)
        row.save(update_fields=[*DECISION, *columns])
        if isinstance(row, FamilyMember):
            _belong(Practice.objects.filter(pk=row.practice_id), "family_id", row.family_id, status)
        elif isinstance(row, IndicatorMember):
            _belong(Metric.objects.filter(pk=row.metric_id), "indicator_id", row.indicator_id, status)
        if isinstance(row, SourceLink):
            # What hangs on the link is written or taken back by the next run.
            Reconciled.objects.filter(source__in=(row.source_id, row.other_id)).update(version="")


def _belong(rows: QuerySet[Any], column: str, group: int, status: str) -> None:
    """Put a practice or figure into its group when the membership is accepted, else out of it."""
    if status == CurationStatus.ACCEPTED:
        rows.update(**{column: group})
    else:
        rows.filter(**{column: group}).update(**{column: None})
