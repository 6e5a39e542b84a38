"""Filters of the lists of practices, sources and families."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence, Family, Practice, Source, Theme
from measures.filters import READER_STATUSES
from measures.models import Metric
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

NAMES_SEARCHED = 6  # of a practice; the list is JSON, where SQLite escapes Han characters


def told(word: str) -> Q:
    """Practices whose title, names, place or evidence holds ``word``."""
    condition = Q(title__icontains=word) | Q(sub__icontains=word)
    for position in range(NAMES_SEARCHED):
        condition |= Q(**{f"names__{position}__icontains": word})
    regions = Practice.regions.through.objects.filter(region__name__icontains=word)
    sentences = Evidence.objects.filter(Q(passage__text__icontains=word) | Q(quote__icontains=word))
    return condition | Q(pk__in=regions.values("practice_id")) | Q(pk__in=sentences.values("practice_id"))


def within(practices, region):
    tied = Practice.regions.through.objects.filter(region__path__startswith=region.path)
    return practices.filter(pk__in=tied.values("practice_id"))


def with_figures(practices, answer: bool):
    tied = Q(pk__in=Metric.objects.visible().filter(practice__isnull=False).values("practice_id"))
    return practices.filter(tied if answer else ~tied)


def current_sources(request):
    return Source.objects.current().defer("text")


class PracticeFilterSet(ReaderFilterSet):
    q = TextFilter(condition=told)
    theme = OneOfRows(
        field_name="themes", to_field_name="slug", queryset=Theme.objects.all(), label=_("Theme")
    )
    region = RegionFilter(queryset=Region.objects.all, narrow=within)
    level = OneOf(field_name="level", choices=Practice.Level, label=_("Level"))
    year = YearFilter(field_name="year")
    source = OneOfRows(field_name="source", queryset=current_sources, label=_("Source"))
    status = OneOf(field_name="status", choices=READER_STATUSES, label=_("Status"))
    family = OneOfRows(
        field_name="family", to_field_name="slug", queryset=Family.objects.all(), label=_("Family")
    )
    has_metrics = YesNoFilter(narrow=with_figures, label=_("With figures"))
    sort = SortFilter(
        orders={
            "-year": (_("latest year first"), "-year"),
            "year": (_("earliest year first"), "year"),
            "title": (_("title"), "title"),
            "-id": (_("newest first"), "-pk"),
        }
    )

    class Meta:
        model = Practice
        fields: list = []


def named(word: str) -> Q:
    """Sources whose title, file name, publisher or article titles hold ``word``."""
    return (
        Q(title__icontains=word)
        | Q(name__icontains=word)
        | Q(publisher__icontains=word)
        | Q(pk__in=Source.objects.filter(articles__title__icontains=word).values("pk"))
    )


def flawed(sources, answer: bool):
    return sources.exclude(defects=[]) if answer else sources.filter(defects=[])


class SourceFilterSet(ReaderFilterSet):
    q = TextFilter(condition=named)
    year = YearFilter(field_name="published__year")
    has_defects = YesNoFilter(narrow=flawed, label=_("With defects"))
    sort = SortFilter(
        orders={
            "-published": (_("latest first"), "-published"),
            "title": (_("title"), "title"),
            "-id": (_("newest first"), "-pk"),
        },
        empty_label=_("file name"),
    )

    class Meta:
        model = Source
        fields: list = []


class FamilyFilterSet(ReaderFilterSet):
    q = TextFilter(condition=lambda word: Q(name__icontains=word) | Q(description__icontains=word))
    sort = SortFilter(
        orders={"-practices": (_("most practices first"), "-practice_count")}, empty_label=_("name")
    )

    class Meta:
        model = Family
        fields: list = []
