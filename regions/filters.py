"""Filters of the list of regions."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pages.filters import OneOf, ReaderFilterSet, RegionFilter, SortFilter, TextFilter

from .models import Region, RegionName


def named(word: str) -> Q:
    """Regions of which some name, the pinyin or the code holds ``word``."""
    names = RegionName.objects.filter(form__icontains=word).values("region_id")
    # Pinyin is kept in syllables; people type it with and without the spaces.
    return Q(name__icontains=word) | Q(pk__in=names) | Q(pinyin__icontains=word.lower()) | Q(code=word)


class RegionFilterSet(ReaderFilterSet):
    q = TextFilter(condition=named)
    region = RegionFilter(queryset=Region.objects.all)
    level = OneOf(field_name="level", choices=Region.Level, label=_("Level"))
    status = OneOf(field_name="status", choices=Region.Status, label=_("Standing"))
    sort = SortFilter(
        orders={"name": (_("pinyin"), "pinyin"), "level": (_("level"), "level", "code")},
        empty_label=_("code"),
    )

    class Meta:
        model = Region
        fields: list = []
