"""Questions that readers ask of regions."""

from __future__ import annotations

from django.db import models


class RegionQuerySet(models.QuerySet):
    def get_by_natural_key(self, code: str):
        return self.get(code=code)

    def within(self, region):
        """``region`` and everything below it."""
        return self.filter(path__startswith=region.path)

    def at_level(self, *levels: str):
        return self.filter(level__in=levels)

    def current(self):
        return self.filter(status="current")
