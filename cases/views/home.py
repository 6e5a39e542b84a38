"""The first page: what the casebook holds, and the ways in."""

from __future__ import annotations

from django.shortcuts import render

from cases.models import Practice, Source, Theme
from cases.rows import count_of, source_rows
from measures.models import Metric
from regions.counts import practice_counts
from regions.models import Region

NEWEST_SOURCES = 6


def counted_themes():
    """Themes with ``practice_count``."""
    return Theme.objects.annotate(practice_count=count_of(Practice.objects.visible(), "themes"))


def home(request):
    themes = list(counted_themes())
    practices = practice_counts()
    provinces = [region for region in Region.objects.at_level("province") if region.code in practices]
    for province in provinces:
        province.practice_count = practices[province.code]
    return render(
        request,
        "cases/home.html",
        {
            "practice_count": Practice.objects.visible().count(),
            "metric_count": Metric.objects.visible().count(),
            "source_count": Source.objects.current().count(),
            "flagship": [theme for theme in themes if theme.flagship],
            "themes": [theme for theme in themes if not theme.flagship],
            "provinces": provinces,
            "sources": source_rows().order_by("-pk")[:NEWEST_SOURCES],
        },
    )
