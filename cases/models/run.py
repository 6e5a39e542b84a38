"""What each load did, and where it disagreed with an editor."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import DisagreementQuerySet


class ExtractionRun(models.Model):
    """One load of one source that changed something."""

    source = models.ForeignKey("cases.Source", models.CASCADE, related_name="runs", verbose_name=_("source"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    versions = models.JSONField(_("versions"), default=dict, help_text=_("Extractor, lexicon, gazetteer."))
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    deleted = models.PositiveIntegerField(_("deleted"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    seconds = models.FloatField(_("seconds"), default=0)

    class Meta:
        verbose_name = _("extraction run")
        verbose_name_plural = _("extraction runs")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source} {self.at:%Y-%m-%d %H:%M}"


class Disagreement(models.Model):
    """A question for editors that a load or a new version of a source raised.

    ``field``: the machine's new answer differs from its old one and from the
    editor's.  ``gone``: the machine no longer finds a row that a person decided
    on or edited.  ``left``: a row of the earlier version of ``source`` has no
    certain counterpart in the adopted one."""

    class Kind(models.TextChoices):
        FIELD = "field", _("field")
        GONE = "gone", _("no longer found")
        LEFT = "left", _("left on the earlier version")

    class Decision(models.TextChoices):
        OPEN = "open", _("open")
        KEEP = "keep", _("editor's value kept")
        TAKE = "take", _("machine's value taken")
        MOOT = "moot", _("settled by a later run")

    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="disagreements", verbose_name=_("source")
    )
    run = models.ForeignKey(
        ExtractionRun,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="disagreements",
        verbose_name=_("run"),
        help_text=_("Empty when it came from adopting a new version."),
    )
    content_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name=_("type"))
    object_id = models.PositiveBigIntegerField(_("row"))
    row = GenericForeignKey()
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    field = models.CharField(_("field"), max_length=40, blank=True)
    machine_before = models.JSONField(_("machine before"), null=True)
    machine_now = models.JSONField(_("machine now"), null=True)
    human = models.JSONField(_("editor"), null=True)
    decision = models.CharField(_("decision"), max_length=4, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = DisagreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("disagreement")
        verbose_name_plural = _("disagreements")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind", "field"],
                condition=Q(decision="open"),
                name="disagreement_one_open_per_field",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["field", "gone", "left"]), name="disagreement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["open", "keep", "take", "moot"]), name="disagreement_decision_known"
            ),
        ]
        indexes = [models.Index(fields=["decision", "id"], name="disagreement_queue")]

    def __str__(self) -> str:
        return f"{self.row}: {self.field or self.get_kind_display()}"
