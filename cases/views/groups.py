"""Themes and families: what many places do, each in its way."""

from __future__ import annotations

from collections import defaultdict

from django.shortcuts import get_object_or_404, render

from cases.filters import FamilyFilterSet
from cases.rows import FAMILY_COLUMNS, family_rows, practice_rows
from cases.views.home import counted_themes
from measures.models import Metric
from pages.lists import FilteredList
from regions.models import Region

MOST_PRACTICES = 200  # on one page; the filtered list shows the rest
MOST_FIGURES = 30


def theme_list(request):
    return render(request, "cases/theme_list.html", {"themes": counted_themes()})


def theme_detail(request, slug):
    """The practices of a theme by province, and figures tied to them."""
    theme = get_object_or_404(counted_themes(), slug=slug)
    practices = practice_rows().filter(themes=theme)[:MOST_PRACTICES]
    figures = Metric.objects.visible().for_list().defer("source__text").filter(practice__themes=theme)
    return render(
        request,
        "cases/theme_detail.html",
        {
            "theme": theme,
            "provinces": by_province(practices),
            "shown": len(practices),
            "figures": figures[:MOST_FIGURES],
        },
    )


def by_province(practices) -> list[tuple[Region | None, list]]:
    """(province, practices) in the order of the codes; practices without a province come last,
    and one that several provinces share stands with each."""
    grouped = defaultdict(list)
    for practice in practices:
        codes = {code for region in practice.regions.all() for code in region.codes_on_path[1:2]}
        for code in codes or {""}:
            grouped[code].append(practice)
    provinces = {region.code: region for region in Region.objects.filter(code__in=grouped)}
    return [
        (provinces.get(code), grouped[code]) for code in sorted(grouped, key=lambda code: (code == "", code))
    ]


class FamilyList(FilteredList):
    template_name = "cases/family_list.html"
    filterset_class = FamilyFilterSet
    export_columns = FAMILY_COLUMNS
    name = "families"

    def get_queryset(self):
        return family_rows()


def family_detail(request, slug):
    """The places of a family in the order of their dates, each with its own wording."""
    family = get_object_or_404(family_rows(), slug=slug)
    practices = practice_rows().filter(family=family).order_by("year", "pk")[:MOST_PRACTICES]
    figures = Metric.objects.visible().for_list().defer("source__text").filter(practice__family=family)
    return render(
        request,
        "cases/family_detail.html",
        {"family": family, "practices": practices, "figures": figures[:MOST_FIGURES]},
    )
