"""Lists of figures and indicators, and the page of one indicator."""

from __future__ import annotations

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from pages.exports import Column
from pages.lists import FilteredList

from .figures import in_words, period_in_words
from .filters import READER_STATUSES, IndicatorFilterSet, MetricFilterSet
from .models import Indicator, Metric

METRIC_COLUMNS = [
    Column("id", _("No."), lambda metric: metric.pk),
    Column("url", _("Address"), lambda metric: metric.passage.get_absolute_url()),
    Column("quote", _("Original wording"), lambda metric: metric.quote),
    Column("value", _("Value"), lambda metric: metric.value),
    Column("value_max", _("Upper value"), lambda metric: metric.value_max),
    Column("unit", _("Unit"), lambda metric: metric.unit),
    Column("qualifier", _("Qualifier"), lambda metric: metric.get_qualifier_display()),
    Column("reading", _("Reading"), in_words),
    Column("subject", _("Subject"), lambda metric: metric.subject),
    Column("region_code", _("Region code"), lambda metric: metric.region and metric.region.code),
    Column("region", _("Region"), lambda metric: metric.region and metric.region.name),
    Column("year", _("Year"), lambda metric: metric.year),
    Column("period", _("Period"), period_in_words),
    Column("type", _("Kind of figure"), lambda metric: metric.get_type_display()),
    Column("indicator", _("Indicator"), lambda metric: metric.indicator and metric.indicator.name),
    Column("practice", _("Practice"), lambda metric: metric.practice and metric.practice.title),
    Column("sentence", _("Sentence"), lambda metric: metric.passage.text),
    Column("source", _("Source"), lambda metric: str(metric.source)),
    Column("status", _("Status"), lambda metric: metric.get_status_display()),
]


class MetricList(FilteredList):
    template_name = "measures/metric_list.html"
    filterset_class = MetricFilterSet
    export_columns = METRIC_COLUMNS
    name = "metrics"

    def get_queryset(self):
        return Metric.objects.visible().for_list().defer("source__text")


def counted_indicators():
    """Indicators with ``metric_count`` and ``region_count`` of what readers see."""
    seen = Q(
        metrics__status__in=[status for status, _label in READER_STATUSES], metrics__source__state="current"
    )
    return Indicator.objects.annotate(
        metric_count=Count("metrics", filter=seen),
        region_count=Count("metrics__region", filter=seen, distinct=True),
    ).order_by("name", "pk")


class IndicatorList(FilteredList):
    template_name = "measures/indicator_list.html"
    filterset_class = IndicatorFilterSet
    name = "indicators"
    export_columns = [
        Column("id", _("No."), lambda indicator: indicator.pk),
        Column("url", _("Address"), lambda indicator: indicator.get_absolute_url()),
        Column("name", _("Name"), lambda indicator: indicator.name),
        Column("unit", _("Unit"), lambda indicator: indicator.unit),
        Column("population", _("Population"), lambda indicator: indicator.population),
        Column("definition", _("Definition"), lambda indicator: indicator.definition),
        Column("metrics", _("Figures"), lambda indicator: indicator.metric_count),
        Column("regions", _("Regions"), lambda indicator: indicator.region_count),
    ]

    def get_queryset(self):
        return counted_indicators()


MOST_FIGURES = 300


def indicator_detail(request, slug):
    """What the indicator measures, and its figures by region and year."""
    indicator = get_object_or_404(counted_indicators(), slug=slug)
    figures = (
        Metric.objects.visible().for_list().defer("source__text").filter(indicator=indicator)
        .order_by("region__code", "year", "pk")
    )  # fmt: skip
    shown = list(figures[:MOST_FIGURES])
    units = sorted({figure.unit for figure in shown} - {indicator.unit})
    return render(
        request,
        "measures/indicator_detail.html",
        {"indicator": indicator, "figures": shown, "other_units": units},
    )
