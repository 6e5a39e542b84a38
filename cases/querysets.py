"""Questions that readers and editors ask of the casebook."""

from __future__ import annotations

from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Prefetch

from measures.curation import CuratedQuerySet
from regions.models import Region


class SourceQuerySet(models.QuerySet):
    def get_by_natural_key(self, sha256: str):
        return self.get(sha256=sha256)

    def current(self):
        return self.filter(state="current")


class PassageQuerySet(models.QuerySet):
    def get_by_natural_key(self, sha256: str, start: int, end: int):
        return self.get(source__sha256=sha256, start=start, end=end)

    def found(self) -> Self:
        """The passages of the reading view: disjoint, each character once."""
        return self.filter(found=True)

    def at(self, source_id: int, offset: int):
        """The passage of the reading view that holds ``offset``, or else the next or last one."""
        passages = self.found().filter(source=source_id).order_by("start")
        return passages.filter(end__gt=offset).first() or passages.last()


class DisagreementQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decision="open")

    def about(self, row: models.Model):
        """The questions about one row of any model."""
        content_type = ContentType.objects.get_for_model(row)
        return self.filter(content_type=content_type, object_id=row.pk)


class ThemeQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug: str):
        return self.get(slug=slug)

    def flagship(self):
        return self.filter(flagship=True)


class MentionQuerySet(CuratedQuerySet):
    def get_by_natural_key(self, sha256: str, start: int, end: int):
        return self.get(source__sha256=sha256, start=start, end=end)


class PracticeQuerySet(CuratedQuerySet):
    def get_by_natural_key(self, sha256: str, pk: int):
        return self.get(source__sha256=sha256, pk=pk)

    def visible(self):
        """Practices of current sources that were not rejected."""
        return super().visible().filter(source__state="current")

    def about(self, theme):
        return self.filter(themes=theme)

    def within(self, region):
        return self.filter(regions__path__startswith=region.path).distinct()

    def for_list(self):
        from cases.models import Evidence

        # A source's whole text must not come along with each row.
        return (
            self.select_related("source", "article", "family")
            .defer("source__text")
            .prefetch_related(
                Prefetch("regions", Region.objects.select_related("parent")),
                "themes",
                Prefetch("evidence", Evidence.objects.select_related("passage")),
            )
        )
