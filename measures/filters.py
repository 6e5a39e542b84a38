"""Filters of the lists of figures and indicators."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pages.filters import (
    OneOf,
    OneOfRows,
    ReaderFilterSet,
    RegionFilter,
    SortFilter,
    TextFilter,
    YearFilter,
    YesNoFilter,
)
from regions.models import Region

from .curation import CurationStatus
from .models import Indicator, Metric

# What readers see was suggested or accepted; a rejected row is nobody's choice.
READER_STATUSES = [choice for choice in CurationStatus.choices if choice[0] != CurationStatus.REJECTED]


def mentions(word: str) -> Q:
    """Figures whose subject, wording, sentence or region holds ``word``."""
    return (
        Q(subject__icontains=word)
        | Q(quote__icontains=word)
        | Q(passage__text__icontains=word)
        | Q(region__name__icontains=word)
    )


def themes(request):
    return apps.get_model("cases", "Theme").objects.all()


def sources(request):
    return apps.get_model("cases", "Source").objects.current().defer("text")


class MetricFilterSet(ReaderFilterSet):
    q = TextFilter(condition=mentions)
    theme = OneOfRows(field_name="practice__themes", to_field_name="slug", queryset=themes, label=_("Theme"))
    region = RegionFilter(queryset=Region.objects.all)
    level = OneOf(field_name="region__level", choices=Region.Level, label=_("Level"))
    year = YearFilter(field_name="year")
    type = OneOf(field_name="type", choices=Metric.Type, label=_("Kind of figure"))
    indicator = OneOfRows(
        field_name="indicator", to_field_name="slug", queryset=Indicator.objects.all(), label=_("Indicator")
    )
    source = OneOfRows(field_name="source", queryset=sources, label=_("Source"))
    status = OneOf(field_name="status", choices=READER_STATUSES, label=_("Status"))
    masked = YesNoFilter(narrow=lambda rows, answer: rows.filter(masked=answer), label=_("Digits masked"))
    sort = SortFilter(
        orders={
            "-value": (_("greatest value first"), "-value"),
            "value": (_("smallest value first"), "value"),
            "-year": (_("latest year first"), "-year"),
            "year": (_("earliest year first"), "year"),
            "unit": (_("unit"), "unit", "-value"),
            "region": (_("region"), "region__code"),
        }
    )

    class Meta:
        model = Metric
        fields: list = []


def described(word: str) -> Q:
    """Indicators whose name, definition or population holds ``word``."""
    return Q(name__icontains=word) | Q(definition__icontains=word) | Q(population__icontains=word)


class IndicatorFilterSet(ReaderFilterSet):
    q = TextFilter(condition=described)
    sort = SortFilter(
        orders={"-metrics": (_("most figures first"), "-metric_count"), "unit": (_("unit"), "unit", "name")},
        empty_label=_("name"),
    )

    class Meta:
        model = Indicator
        fields: list = []
