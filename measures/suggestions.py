"""What a machine suggests about how rows relate, and what people decided on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .curation import CurationStatus, Decided, DecidedQuerySet


class SuggestionQuerySet(DecidedQuerySet):
    def replaceable(self):
        """Rows that a machine made and nobody decided on: what a run may change or delete."""
        return self.filter(status=CurationStatus.SUGGESTED).exclude(rule="")


class Suggestion(Decided):
    """A relation between rows with the rule that found it, its score and its signals.

    A decided row is never changed or deleted by a run, so that a refused pair
    is not suggested again.  A row without a rule was made by a person.
    """

    rule = models.CharField(
        _("rule"),
        max_length=60,
        blank=True,
        help_text=_("The rule that suggested this; empty when a person made it."),
    )
    score = models.FloatField(_("score"), default=1.0, help_text=_("0 to 1: how much speaks for it."))
    signals = models.JSONField(_("signals"), default=dict, blank=True, help_text=_("What speaks for it."))
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        abstract = True


def suggestion_constraints(prefix: str) -> list[models.CheckConstraint]:
    """The constraints of a table of suggestions; ``prefix`` begins their names."""
    return [
        models.CheckConstraint(
            condition=Q(status__in=["suggested", "accepted", "rejected"]), name=f"{prefix}_status_known"
        ),
        models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=1), name=f"{prefix}_score_0_to_1"),
    ]
