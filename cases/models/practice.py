"""What places do, and the sentences that show it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.querysets import PracticeQuerySet, ThemeQuerySet
from measures.curation import Curated


class Theme(models.Model):
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.TextField(_("description"), blank=True)
    flagship = models.BooleanField(_("flagship"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "slug"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="theme_name_not_empty")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme-detail", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Practice(Curated):
    """One measure that named places take (做法)."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")
        COUNTY = "county", _("county")
        TOWNSHIP = "township", _("street or town")
        COMMUNITY = "community", _("community")
        ZONE = "zone", _("zone")

    TRACKED_FIELDS = (
        "evidence",
        "title",
        "names",
        "regions",
        "sub",
        "level",
        "year",
        "themes",
        "section_spans",
    )

    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="practices", verbose_name=_("source")
    )
    article = models.ForeignKey(
        "cases.Article", models.RESTRICT, related_name="practices", verbose_name=_("article")
    )
    title = models.CharField(_("title"), max_length=120)
    names = models.JSONField(
        _("names"), default=list, blank=True, help_text=_("Names the text gives it in “ ”.")
    )
    regions = models.ManyToManyField(
        "regions.Region", related_name="practices", verbose_name=_("regions"), blank=True
    )
    sub = models.CharField(_("place below county level"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, db_index=True)
    themes = models.ManyToManyField(Theme, related_name="practices", verbose_name=_("themes"), blank=True)
    family = models.ForeignKey(
        "cases.Family",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("family"),
    )
    section_spans = models.JSONField(
        _("parts of the write-up"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Spans of the source by part: background, results, lessons, appendix."),
    )
    background = models.TextField(_("background"), blank=True)
    measures = models.TextField(_("measures"), blank=True)
    results = models.TextField(_("results"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    appendix = models.TextField(_("appendix"), blank=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["source_id", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="practice_title_not_empty"),
            models.CheckConstraint(
                condition=Q(status__in=["suggested", "accepted", "rejected"]), name="practice_status_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="practice_confidence_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1900, 2200)), name="practice_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practice-detail", args=[self.pk])

    def natural_key(self) -> tuple[str, int]:
        return (self.source.sha256, self.pk)

    natural_key.dependencies = ["cases.source"]  # type: ignore[attr-defined]


class Evidence(models.Model):
    """A practice's tie to one span of a source."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="evidence", verbose_name=_("practice")
    )
    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="evidence", verbose_name=_("source")
    )
    passage = models.ForeignKey(
        "cases.Passage", models.RESTRICT, related_name="evidence", verbose_name=_("sentence")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("quote"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["practice_id", "source_id", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="evidence_start_before_end"),
            models.CheckConstraint(condition=~Q(quote=""), name="evidence_quote_not_empty"),
            models.UniqueConstraint(
                fields=["practice", "source", "start", "end"], name="evidence_span_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:40]
