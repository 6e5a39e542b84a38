"""Places found in the text, linked, ambiguous or unlinked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.querysets import MentionQuerySet
from measures.curation import Curated


class RegionMention(Curated):
    class Outcome(models.TextChoices):
        LINKED = "linked", _("linked")
        AMBIGUOUS = "ambiguous", _("ambiguous")
        UNLINKED = "unlinked", _("unlinked")

    TRACKED_FIELDS = ("span", "region", "sub", "outcome", "candidates")
    COUPLED_FIELDS = ("region", "sub", "outcome", "candidates")

    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="mentions", verbose_name=_("source")
    )
    passage = models.ForeignKey(
        "cases.Passage", models.RESTRICT, related_name="mentions", verbose_name=_("sentence")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("original wording"))
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("region"),
        help_text=_("The deepest place that is meant, below county level too."),
    )
    sub = models.CharField(_("place below county level"), max_length=60, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    candidates = models.JSONField(
        _("candidates"), default=list, blank=True, help_text=_("Codes, best first.")
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region mention")
        verbose_name_plural = _("region mentions")
        ordering = ["source_id", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_start_before_end"),
            models.CheckConstraint(condition=~Q(quote=""), name="mention_quote_not_empty"),
            models.CheckConstraint(
                condition=Q(outcome="linked", region__isnull=False)
                | Q(outcome__in=["ambiguous", "unlinked"], region__isnull=True),
                name="mention_linked_has_region",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["suggested", "accepted", "rejected"]), name="mention_status_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="mention_confidence_0_to_1"
            ),
            models.UniqueConstraint(fields=["source", "start", "end"], name="mention_source_span_unique"),
        ]

    def __str__(self) -> str:
        return self.quote

    def natural_key(self) -> tuple[str, int, int]:
        return (self.source.sha256, self.start, self.end)

    natural_key.dependencies = ["cases.source"]  # type: ignore[attr-defined]
