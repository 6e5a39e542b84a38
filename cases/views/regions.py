"""The page of one region, and regions side by side."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from cases.filters import within
from cases.models import Theme
from cases.rows import practice_rows
from measures.models import Metric
from pages.filters import RegionField, shorten
from regions.counts import metric_counts, practice_counts
from regions.models import Region

MOST_ROWS = 50  # of each kind on a region's page; the filtered lists show the rest
MOST_COMPARED = 4
MOST_COMPARED_ROWS = 20


def figures_within(region):
    return Metric.objects.visible().for_list().defer("source__text").within(region)


def region_detail(request, code):
    """A region with its divisions, and what is told of it and everything below it."""
    region = get_object_or_404(
        Region.objects.prefetch_related("names", "successors", "predecessors"), code=code
    )
    practices, metrics = practice_counts(), metric_counts()
    children = [
        child
        for child in region.children.order_by("code")
        if child.code in practices or child.code in metrics
    ]
    for child in children:
        child.practice_count = practices.get(child.code, 0)
        child.metric_count = metrics.get(child.code, 0)
    ancestors = Region.objects.filter(code__in=region.codes_on_path[:-1]).order_by("path")
    return render(
        request,
        "cases/region_detail.html",
        {
            "region": region,
            "ancestors": ancestors,
            "children": children,
            "practice_count": practices.get(code, 0),
            "metric_count": metrics.get(code, 0),
            "practices": within(practice_rows(), region)[:MOST_ROWS],
            "figures": figures_within(region)[:MOST_ROWS],
        },
    )


def compare(request):
    """Up to four regions side by side: practices by theme, and figures."""
    chosen, problems = chosen_regions(request.GET.getlist("region"))
    problems += [
        _("Unknown filter “%(name)s”. This list knows: %(known)s.")
        % {"name": shorten(name), "known": "region"}
        for name in request.GET
        if name != "region"
    ]
    practices, metrics = practice_counts(), metric_counts()
    columns = [column(region, practices, metrics) for region in chosen]
    themes = [theme for theme in Theme.objects.all() if any(theme.pk in c["by_theme"] for c in columns)]
    return render(
        request,
        "cases/compare.html",
        {
            "columns": columns,
            "rows": [(theme, [c["by_theme"].get(theme.pk, []) for c in columns]) for theme in themes],
            "problems": problems,
            "asked": [shorten(value) for value in request.GET.getlist("region") if value][:MOST_COMPARED],
            "blank": range(max(2, len(chosen)) - len(chosen)),
            "most": MOST_COMPARED,
        },
    )


def chosen_regions(values: list[str]) -> tuple[list[Region], list[str]]:
    """The regions that codes or names stand for, and a message for each that stands for none."""
    field = RegionField(queryset=Region.objects.all(), max_length=60, required=False)
    chosen, problems = [], []
    asked = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    if len(asked) > MOST_COMPARED:
        problems.append(_("At most %(most)d regions stand side by side.") % {"most": MOST_COMPARED})
    for value in asked[:MOST_COMPARED]:
        try:
            chosen.append(field.clean(value))
        except ValidationError as error:
            problems += [f"{shorten(value)}：{message}" for message in error.messages]
    return list(dict.fromkeys(chosen)), problems


def column(region: Region, practice_count: dict[str, int], metric_count: dict[str, int]) -> dict:
    """What the table shows of one region: the first practices and figures, and how many there are."""
    practices = list(within(practice_rows(), region)[:MOST_ROWS])
    by_theme: dict[int, list] = {}
    for practice in practices:
        for theme in practice.themes.all():
            by_theme.setdefault(theme.pk, []).append(practice)
    figures = list(figures_within(region)[:MOST_COMPARED_ROWS])
    levels = Counter(str(practice.get_level_display()) for practice in practices if practice.level)
    return {
        "region": region,
        "practice_count": practice_count.get(region.code, 0),
        "metric_count": metric_count.get(region.code, 0),
        "by_theme": by_theme,
        "figures": figures,
        "levels": dict(levels),
    }
