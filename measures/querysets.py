"""Questions that readers ask of figures."""

from __future__ import annotations

from django.db import models

from .curation import CuratedQuerySet


class IndicatorQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)


class MetricQuerySet(CuratedQuerySet):
    def get_by_natural_key(self, sha256: str, start: int, end: int):
        return self.get(source__sha256=sha256, start=start, end=end)

    def visible(self):
        """Figures of current sources that were not rejected."""
        return super().visible().filter(source__state="current")

    def within(self, region):
        return self.filter(region__path__startswith=region.path)

    def for_list(self):
        return self.select_related("region__parent", "source", "passage", "practice", "indicator")
