"""How sources relate, and what is told or printed in more than one of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.reconcile.kinship import Kinship
from measures.suggestions import Suggestion, suggestion_constraints


class SourceLink(Suggestion):
    """``source`` is a reprint of, an excerpt of or an earlier version of ``other``.

    Reprints and excerpts fold what they repeat for readers at once, until an
    editor refuses the link; the rest is a suggestion.
    """

    class Type(models.TextChoices):
        REPRINT = Kinship.REPRINT.value, _("reprint of")
        EXCERPT = Kinship.EXCERPT.value, _("excerpt of")
        EARLIER = Kinship.EARLIER.value, _("earlier version of")
        SHARES = Kinship.SHARES.value, _("shares statements with")

    FOLDING = (Type.REPRINT, Type.EXCERPT)

    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="links_out", verbose_name=_("source")
    )
    other = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="links_in", verbose_name=_("other source")
    )
    type = models.CharField(_("type"), max_length=8, choices=Type)
    coverage = models.FloatField(_("share of the source that the other has"), default=0)
    other_coverage = models.FloatField(_("share of the other that the source has"), default=0)

    class Meta:
        verbose_name = _("link of sources")
        verbose_name_plural = _("links of sources")
        ordering = ["source_id", "other_id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "other"], name="sourcelink_unique"),
            models.CheckConstraint(condition=~Q(source=F("other")), name="sourcelink_two_sources"),
            models.CheckConstraint(
                condition=Q(type__in=[kind.value for kind in Kinship]), name="sourcelink_type_known"
            ),
            *suggestion_constraints("sourcelink"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_type_display()} {self.other}"


class AlignedSpan(models.Model):
    """A stretch of a source that the other source of a link has too; follows from the texts."""

    link = models.ForeignKey(
        SourceLink, models.CASCADE, related_name="spans", verbose_name=_("link of sources")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    other_start = models.PositiveIntegerField(_("other start"))
    other_end = models.PositiveIntegerField(_("other end"))
    matched = models.PositiveIntegerField(_("letters that agree"))

    class Meta:
        verbose_name = _("aligned stretch")
        verbose_name_plural = _("aligned stretches")
        ordering = ["link_id", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="alignedspan_start_before_end"),
            models.CheckConstraint(
                condition=Q(other_start__lt=F("other_end")), name="alignedspan_other_start_before_end"
            ),
            models.UniqueConstraint(
                fields=["link", "start", "end", "other_start", "other_end"], name="alignedspan_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end} / {self.other_start}–{self.other_end}"


class PracticeWitness(Suggestion):
    """A practice of a reprint that is ``original`` told again; readers see it under the original."""

    link = models.ForeignKey(
        SourceLink,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("link of sources"),
    )
    practice = models.ForeignKey(
        "cases.Practice", models.CASCADE, related_name="witness_of", verbose_name=_("practice")
    )
    original = models.ForeignKey(
        "cases.Practice", models.CASCADE, related_name="witnesses", verbose_name=_("original")
    )

    class Meta:
        verbose_name = _("practice told again")
        verbose_name_plural = _("practices told again")
        ordering = ["practice_id", "original_id"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "original"], name="practicewitness_unique"),
            models.CheckConstraint(
                condition=~Q(practice=F("original")), name="practicewitness_two_practices"
            ),
            *suggestion_constraints("practicewitness"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} = {self.original}"


class Recovery(Suggestion):
    """What another source prints where this one lost or masks a figure or a place.

    ``start`` equals ``end`` where characters were deleted.  It is never what
    the source itself says: readers see it beside the gap, with both sentences.
    """

    class Kind(models.TextChoices):
        LOST_FIGURE = "lost", _("lost figure")
        MASKED_FIGURE = "masked", _("masked figure")
        MASKED_PLACE = "place", _("masked place")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="recoveries", verbose_name=_("source")
    )
    passage = models.ForeignKey(
        "cases.Passage", models.CASCADE, related_name="recoveries", verbose_name=_("sentence")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.CharField(_("original wording"), max_length=120, blank=True)
    other = models.ForeignKey(
        "cases.Passage", models.CASCADE, related_name="recovers", verbose_name=_("other sentence")
    )
    metric = models.ForeignKey(
        "measures.Metric",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recovers",
        verbose_name=_("figure"),
    )
    region = models.ForeignKey(
        "regions.Region",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recovers",
        verbose_name=_("region"),
    )
    months_apart = models.IntegerField(
        _("months between the sources"),
        null=True,
        blank=True,
        help_text=_("Positive when the other source is later; empty when a date is not known."),
    )

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        ordering = ["source_id", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="recovery_start_before_end"),
            models.CheckConstraint(
                condition=Q(kind__in=["lost", "masked"], metric__isnull=False, region__isnull=True)
                | Q(kind="place", metric__isnull=True, region__isnull=False),
                name="recovery_of_figure_or_place",
            ),
            models.UniqueConstraint(
                fields=["source", "start", "end", "metric"],
                condition=Q(metric__isnull=False),
                name="recovery_figure_unique",
            ),
            models.UniqueConstraint(
                fields=["source", "start", "end", "region"],
                condition=Q(region__isnull=False),
                name="recovery_place_unique",
            ),
            *suggestion_constraints("recovery"),
        ]

    def __str__(self) -> str:
        return f"{self.quote or '…'} ← {self.metric or self.region}"


class Reconciled(models.Model):
    """The state of a source when it was last compared with the others."""

    source = models.OneToOneField(
        "cases.Source", models.CASCADE, related_name="reconciled", verbose_name=_("source")
    )
    written = models.DateField(
        _("written"), null=True, blank=True, help_text=_("Published, or else the latest date it speaks of.")
    )
    version = models.CharField(_("version"), max_length=20, blank=True)
    run = models.PositiveBigIntegerField(_("last load"), default=0)

    class Meta:
        verbose_name = _("reconciled source")
        verbose_name_plural = _("reconciled sources")

    def __str__(self) -> str:
        return str(self.source)


class Shingle(models.Model):
    """A sampled run of letters of a source that no source it is a copy of has."""

    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="shingles", verbose_name=_("source")
    )
    hash = models.PositiveBigIntegerField(_("hash"))

    class Meta:
        verbose_name = _("shingle")
        verbose_name_plural = _("shingles")
        constraints = [models.UniqueConstraint(fields=["hash", "source"], name="shingle_unique")]

    def __str__(self) -> str:
        return f"{self.hash:08x}"
