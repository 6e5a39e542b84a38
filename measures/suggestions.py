"""What a machine suggests about how rows relate, and what people decided on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .curation import CurationStatus


class SuggestionQuerySet(models.QuerySet):
    def open(self):
        """Suggestions that wait for a decision."""
        return self.filter(status=CurationStatus.SUGGESTED)

    def standing(self):
        """Suggestions that were not refused."""
        return self.exclude(status=CurationStatus.REJECTED)

    def decided(self):
        return self.exclude(status=CurationStatus.SUGGESTED)

    def replaceable(self):
        """Rows that a machine made and nobody decided on: what a run may change or delete."""
        return self.filter(status=CurationStatus.SUGGESTED).exclude(rule="")


class Suggestion(models.Model):
    """A relation between rows with the rule that found it, its score and its signals.

    A decided row is never changed or deleted by a run, so that a refused pair
    is not suggested again.  A row without a rule was made by a person.
    """

    status = models.CharField(
        _("status"), max_length=10, choices=CurationStatus, default=CurationStatus.SUGGESTED, db_index=True
    )
    rule = models.CharField(
        _("rule"),
        max_length=60,
        blank=True,
        help_text=_("The rule that suggested this; empty when a person made it."),
    )
    score = models.FloatField(_("score"), default=1.0, help_text=_("0 to 1: how much speaks for it."))
    signals = models.JSONField(_("signals"), default=dict, blank=True, help_text=_("What speaks for it."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_decided(self) -> bool:
        return self.status != CurationStatus.SUGGESTED

    def decide(self, status: str, user: Any = None, reason: str = "") -> None:
        """Accept, refuse or reopen; the caller saves."""
        self.status = CurationStatus(status)
        self.decided_by = user if self.is_decided and getattr(user, "pk", None) else None
        self.decided_at = timezone.now() if self.is_decided else None
        self.reason = reason


def suggestion_constraints(prefix: str) -> list[models.CheckConstraint]:
    """The constraints of a table of suggestions; ``prefix`` begins their names."""
    return [
        models.CheckConstraint(
            condition=Q(status__in=["suggested", "accepted", "rejected"]), name=f"{prefix}_status_known"
        ),
        models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=1), name=f"{prefix}_score_0_to_1"),
    ]
