"""The list of practices, and the page of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from cases.filters import PracticeFilterSet
from cases.models import Passage, PracticeLink
from cases.rows import PRACTICE_COLUMNS, practice_rows, sentences
from measures.models import Metric
from pages.lists import FilteredList
from regions.models import Region

# The accepted headings of a case, in their order.
CASE_SECTIONS = (
    ("background", _("Background")),
    ("measures", _("What was done")),
    ("results", _("Results")),
    ("lessons", _("Lessons")),
    ("appendix", _("Appendix")),
)


class PracticeList(FilteredList):
    template_name = "cases/practice_list.html"
    filterset_class = PracticeFilterSet
    export_columns = PRACTICE_COLUMNS
    name = "practices"

    def get_queryset(self):
        return practice_rows()


def practice_detail(request, pk):
    """What a place does, in the words of its sources."""
    practice = get_object_or_404(practice_rows(), pk=pk)
    figures = (
        Metric.objects.visible()
        .filter(practice=practice)
        .select_related("region__parent", "passage", "indicator")
    )
    return render(
        request,
        "cases/practice_detail.html",
        {
            "practice": practice,
            "places": with_ancestors(practice.regions.all()),
            "evidence": sentences(practice),
            "figures": figures.order_by("start"),
            "sections": list(case_sections(practice)),
            "links": visible_links(practice),
        },
    )


def case_sections(practice) -> Iterator[tuple[Any, str, list[Passage]]]:
    """(label, an editor's text, sentences of the source) of each part of the case that exists."""
    starts = {start for spans in practice.section_spans.values() for start, _end in spans}
    passages = {p.start: p for p in Passage.objects.filter(source=practice.source_id, start__in=starts)}
    for name, label in CASE_SECTIONS:
        quoted = [
            passages[start] for start, _end in practice.section_spans.get(name, ()) if start in passages
        ]
        if getattr(practice, name) or quoted:
            yield label, getattr(practice, name), quoted


def with_ancestors(regions) -> list[list[Region]]:
    """For each region its chain of divisions below the country, the region itself last."""
    codes = {code for region in regions for code in region.codes_on_path[1:]}
    known = {region.code: region for region in Region.objects.filter(code__in=codes)}
    return [
        [known[code] for code in region.codes_on_path[1:] or region.codes_on_path if code in known]
        for region in regions
    ]


def visible_links(practice) -> list[tuple]:
    """(type, other practice, evidence, note) of the links whose other end readers may see."""
    links = (
        PracticeLink.objects.filter(Q(from_practice=practice) | Q(to_practice=practice))
        .select_related("from_practice__source", "to_practice__source", "passage")
        .defer("from_practice__source__text", "to_practice__source__text")
    )
    found = []
    for link in links:
        other = link.to_practice if link.from_practice_id == practice.pk else link.from_practice
        if other.status != "rejected" and other.source.state == "current":
            found.append((link, other))
    return found
