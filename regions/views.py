"""The list of regions.  A region's own page joins all applications and is in ``cases``."""

from __future__ import annotations

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from pages.exports import Column
from pages.lists import FilteredList

from .counts import metric_counts, practice_counts
from .filters import RegionFilterSet
from .models import Region


class RegionList(FilteredList):
    """Without a filter, the regions that hold records; with one, every region that fits."""

    template_name = "regions/region_list.html"
    filterset_class = RegionFilterSet
    name = "regions"
    page_size = 100

    practice_counts = cached_property(lambda self: practice_counts())
    metric_counts = cached_property(lambda self: metric_counts())

    @cached_property
    def is_filtered(self) -> bool:
        return any(self.request.GET.get(name) for name in self.filterset_class.base_filters if name != "sort")

    def get_queryset(self):
        regions = Region.objects.select_related("parent")
        if self.is_filtered:
            return regions
        return regions.filter(code__in={*self.practice_counts, *self.metric_counts})

    @property
    def export_columns(self):
        return [
            Column("code", _("Code"), lambda region: region.code),
            Column("url", _("Address"), lambda region: region.get_absolute_url()),
            Column("name", _("Name"), lambda region: region.name),
            Column("level", _("Level"), lambda region: region.get_level_display()),
            Column("parent", _("Parent"), lambda region: region.parent and str(region.parent)),
            Column("status", _("Standing"), lambda region: region.get_status_display()),
            Column("practices", _("Practices"), lambda region: self.practice_counts.get(region.code, 0)),
            Column("metrics", _("Figures"), lambda region: self.metric_counts.get(region.code, 0)),
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(is_filtered=self.is_filtered, **kwargs)
        for region in context["page"].object_list:
            region.practice_count = self.practice_counts.get(region.code, 0)
            region.metric_count = self.metric_counts.get(region.code, 0)
            region.depth = region.path.count("/") - 1
        return context
