"""Figures: what is measured (Indicator) and each observed or set value (Metric)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .curation import Curated
from .querysets import IndicatorQuerySet, MetricQuerySet
from .suggestions import Suggestion, suggestion_constraints


class Indicator(models.Model):
    """What a figure measures, comparable across places and years."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    population = models.CharField(
        _("population"), max_length=120, blank=True, help_text=_("What the figure counts or is a share of.")
    )
    key = models.CharField(
        _("key"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("What the machine finds it by; empty when a person made it."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="indicator_slug_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="indicator_name_not_empty"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="indicator_key_unique"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="indicator_not_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator-detail", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Metric(Curated):
    """One figure, tied to the characters it was read from.

    ``value`` is an exact decimal in the plain unit; it is empty exactly when
    the source masks the digits (``masked``).  An empty ``region`` or ``year``
    means that the text does not state it.
    """

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        OVER = "over", _("over")
        UNDER = "under", _("under")
        ABOUT = "about", _("about")
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")
        RANGE = "range", _("range")

    class Type(models.TextChoices):
        OBSERVED = "observed", _("observed")
        STANDARD = "standard", _("standard or target")

    class PeriodKind(models.TextChoices):
        AS_OF = "as_of", _("as of a day")
        INTERVAL = "interval", _("over an interval")

    TRACKED_FIELDS = (
        "span",
        "value",
        "value_max",
        "unit",
        "qualifier",
        "masked",
        "type",
        "region",
        "year",
        "period",
        "subject",
        "practice",
    )
    COUPLED_FIELDS = ("value", "value_max", "qualifier", "masked")

    source = models.ForeignKey(
        "cases.Source", models.CASCADE, related_name="metrics", verbose_name=_("source")
    )
    passage = models.ForeignKey(
        "cases.Passage", models.RESTRICT, related_name="metrics", verbose_name=_("sentence")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("original wording"))
    value = models.DecimalField(_("value"), max_digits=27, decimal_places=12, null=True, blank=True)
    value_max = models.DecimalField(_("upper value"), max_digits=27, decimal_places=12, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=8, choices=Qualifier, default=Qualifier.EXACT)
    masked = models.BooleanField(
        _("masked"), default=False, help_text=_("The source prints * instead of digits.")
    )
    type = models.CharField(_("type"), max_length=8, choices=Type, default=Type.OBSERVED)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="metrics",
        verbose_name=_("region"),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, db_index=True)
    period_kind = models.CharField(_("period"), max_length=8, choices=PeriodKind, blank=True)
    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_end = models.DateField(_("period to"), null=True, blank=True)
    period_inferred = models.BooleanField(
        _("period inferred"),
        default=False,
        help_text=_("Resolved against the date of the article (今年, 目前), not printed."),
    )
    period_quote = models.CharField(_("wording of the period"), max_length=60, blank=True)
    practice = models.ForeignKey(
        "cases.Practice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="metrics",
        verbose_name=_("practice"),
    )
    indicator = models.ForeignKey(
        Indicator, models.SET_NULL, null=True, blank=True, related_name="metrics", verbose_name=_("indicator")
    )

    objects = MetricQuerySet.as_manager()

    class Meta:
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        ordering = ["source_id", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="metric_start_before_end"),
            models.CheckConstraint(condition=~Q(quote=""), name="metric_quote_not_empty"),
            models.CheckConstraint(
                condition=Q(masked=True, value__isnull=True) | Q(masked=False, value__isnull=False),
                name="metric_masked_or_value",
            ),
            models.CheckConstraint(
                condition=Q(value_max__isnull=True) | Q(qualifier="range", value_max__gte=F("value")),
                name="metric_upper_value_of_range",
            ),
            models.CheckConstraint(
                condition=~Q(qualifier="range") | Q(masked=True) | Q(value_max__isnull=False),
                name="metric_range_has_upper_value",
            ),
            models.CheckConstraint(
                condition=Q(
                    qualifier__in=["exact", "over", "under", "about", "at_least", "at_most", "range"]
                ),
                name="metric_qualifier_known",
            ),
            models.CheckConstraint(condition=Q(type__in=["observed", "standard"]), name="metric_type_known"),
            models.CheckConstraint(
                condition=Q(status__in=["suggested", "accepted", "rejected"]), name="metric_status_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="metric_confidence_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1900, 2200)), name="metric_year_plausible"
            ),
            models.CheckConstraint(
                condition=Q(period_kind="", period_start__isnull=True, period_end__isnull=True)
                | Q(
                    period_kind__in=["as_of", "interval"],
                    period_start__isnull=False,
                    period_end__isnull=False,
                    period_start__lte=F("period_end"),
                ),
                name="metric_period_whole_or_none",
            ),
            models.UniqueConstraint(fields=["source", "start", "end"], name="metric_source_span_unique"),
        ]
        indexes = [
            models.Index(fields=["region", "year"], name="metric_region_year"),
            models.Index(fields=["unit"], name="metric_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.quote}".strip()

    def natural_key(self) -> tuple[str, int, int]:
        return (self.source.sha256, self.start, self.end)

    natural_key.dependencies = ["cases.source"]  # type: ignore[attr-defined]


class MetricLink(Suggestion):
    """Two figures about one thing.

    A ``witness`` is the same figure in a copy of the same text: readers see it
    under the other.  ``same`` and ``conflict`` tie independent statements; of a
    conflict ``preferred`` is the figure that an editor ranks first.
    """

    class Type(models.TextChoices):
        WITNESS = "witness", _("printed again")
        SAME = "same", _("same figure")
        CONFLICT = "conflict", _("conflicting figure")

    metric = models.ForeignKey(Metric, models.CASCADE, related_name="links_out", verbose_name=_("figure"))
    other = models.ForeignKey(Metric, models.CASCADE, related_name="links_in", verbose_name=_("other figure"))
    type = models.CharField(_("type"), max_length=8, choices=Type)
    preferred = models.ForeignKey(
        Metric,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("preferred figure"),
    )
    link = models.ForeignKey(
        "cases.SourceLink",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("link of sources"),
    )

    class Meta:
        verbose_name = _("link of figures")
        verbose_name_plural = _("links of figures")
        ordering = ["metric_id", "other_id"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "other"], name="metriclink_unique"),
            models.CheckConstraint(condition=~Q(metric=F("other")), name="metriclink_two_figures"),
            models.CheckConstraint(
                condition=Q(type__in=["witness", "same", "conflict"]), name="metriclink_type_known"
            ),
            *suggestion_constraints("metriclink"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} / {self.other}"


class IndicatorMember(Suggestion):
    """A figure that an indicator is suggested for; accepting it sets the figure's indicator."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="members", verbose_name=_("indicator")
    )
    metric = models.ForeignKey(Metric, models.CASCADE, related_name="memberships", verbose_name=_("figure"))

    class Meta:
        verbose_name = _("figure of an indicator")
        verbose_name_plural = _("figures of an indicator")
        ordering = ["indicator_id", "metric_id"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "metric"], name="indicatormember_unique"),
            *suggestion_constraints("indicatormember"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.metric}"


class MetricKey(models.Model):
    """What a figure counts, as the key of an indicator."""

    metric = models.OneToOneField(
        Metric, models.CASCADE, related_name="indicator_key", verbose_name=_("figure")
    )
    key = models.CharField(_("key"), max_length=200, db_index=True)

    class Meta:
        verbose_name = _("key of a figure")
        verbose_name_plural = _("keys of figures")

    def __str__(self) -> str:
        return self.key
