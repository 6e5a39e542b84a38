"""What makes a row curated: found by a machine, decided on by people.

A curated row knows three values of each tracked field: what the machine last
said (``machine``), what stands in the row, and whether a person set it
(``edited``).  :mod:`cases.ingest` reads these to keep every human decision
through a reload; :mod:`cases.curation` is how people's decisions are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CurationStatus(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class DecidedQuerySet(models.QuerySet):
    def suggested(self) -> Self:
        """Rows that wait for a decision."""
        return self.filter(status=CurationStatus.SUGGESTED)

    def decided(self) -> Self:
        return self.exclude(status=CurationStatus.SUGGESTED)

    def standing(self) -> Self:
        """Rows that were not rejected."""
        return self.exclude(status=CurationStatus.REJECTED)


class Decided(models.Model):
    """A row on which people decide: who accepted or rejected it, when and why."""

    status = models.CharField(
        _("status"), max_length=10, choices=CurationStatus, default=CurationStatus.SUGGESTED, db_index=True
    )
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

    class Meta:
        abstract = True

    @property
    def is_decided(self) -> bool:
        return self.status != CurationStatus.SUGGESTED

    def decide(self, status: str, user: Any = None, reason: str = "") -> None:
        """Accept, reject or reopen this row; the caller saves."""
        self.status = CurationStatus(status)
        self.decided_by = user if self.is_decided and getattr(user, "pk", None) else None
        self.decided_at = timezone.now() if self.is_decided else None
        self.reason = reason


class CuratedQuerySet(DecidedQuerySet):
    def visible(self) -> Self:
        """Rows that readers may see: everything that was not rejected."""
        return self.standing()

    def human(self) -> Self:
        """Rows that a person decided on, edited or made."""
        return self.filter(
            ~models.Q(status=CurationStatus.SUGGESTED) | ~models.Q(edited={}) | models.Q(machine={})
        )


class HumanEdits(models.Model):
    """Remembers which fields people set, by whom and when."""

    edited = models.JSONField(
        _("edited fields"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Fields set by a person: who and when."),
    )

    class Meta:
        abstract = True

    def mark_edited(self, fields: Iterable[str], user: Any = None) -> None:
        """Remember that a person set ``fields`` (names); the caller saves."""
        stamp = {"by": getattr(user, "pk", None), "at": timezone.now().isoformat(timespec="seconds")}
        self.edited = {**self.edited, **dict.fromkeys(fields, stamp)}


class Curated(HumanEdits, Decided):
    """Curation fields of a found row.

    A subclass lists its ``TRACKED_FIELDS``, those that the machine fills, where
    ``span`` stands for ``start`` and ``end`` with their quote.  Of its
    ``COUPLED_FIELDS`` the database accepts only certain combinations.
    """

    TRACKED_FIELDS: tuple[str, ...] = ()
    COUPLED_FIELDS: tuple[str, ...] = ()
    SPAN_FIELDS = frozenset({"start", "end", "quote", "passage"})

    rule = models.CharField(
        _("rule"), max_length=60, blank=True, help_text=_("The rule that found this row.")
    )
    confidence = models.FloatField(_("confidence"), default=1.0)
    machine = models.JSONField(
        _("machine values"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("What the last run found, field by field; empty for a row made by a person."),
    )
    found = models.BooleanField(
        _("found by the last run"),
        default=True,
        editable=False,
        help_text=_("False when the machine no longer finds a row that a person decided on or edited."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_human(self) -> bool:
        """Whether a person decided on this row, edited any of its fields or made it."""
        return self.is_decided or bool(self.edited) or not self.machine

    def mark_edited(self, fields: Iterable[str], user: Any = None) -> None:
        super().mark_edited(["span" if name in self.SPAN_FIELDS else name for name in fields], user)
