"""Codes and slugs of finds as keys of the database, each looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from cases.models import Theme
from regions.loading import place_below
from regions.models import Region

NAME_LENGTH = Region._meta.get_field("name").max_length or 60
BATCH = 500


class References:
    """The regions and themes that one document names.

    ``unknown`` collects codes and slugs that the reference data lacks; a find
    is stored without them, and the load warns of them.
    """

    def __init__(self, codes: Iterable[str] = ()) -> None:
        self.unknown: set[str] = set()
        self._regions: dict[str, int] = {}
        self._below: dict[tuple[str, str], str] = {}
        self._themes = dict(Theme.objects.values_list("slug", "pk"))
        wanted = iter(sorted(set(codes)))
        while batch := list(islice(wanted, BATCH)):
            self._regions |= dict(Region.objects.filter(code__in=batch).values_list("code", "pk"))

    def region_id(self, code: str | None) -> int | None:
        """Primary key of the region with ``code``; raises KeyError for an unknown one."""
        if code is None:
            return None
        if code not in self._regions:
            self._regions |= dict(Region.objects.filter(code=code).values_list("code", "pk"))
        return self._regions[code]

    def theme_id(self, slug: str) -> int:
        return self._themes[slug]

    def code(self, code: str | None) -> str | None:
        """``code`` when the gazetteer has it, else None."""
        if code is None:
            return None
        try:
            self.region_id(code)
        except KeyError:
            self.unknown.add(code)
            return None
        return code

    def code_below(self, code: str | None, sub: str) -> str | None:
        """Code of the place ``sub`` below the division ``code``, made when it is new."""
        code = self.code(code)
        if code is None or not sub or len(sub) > NAME_LENGTH:
            return code
        if (code, sub) not in self._below:
            place = place_below(code, sub)
            self._below[code, sub] = place.code
            self._regions[place.code] = place.pk
        return self._below[code, sub]

    def slugs(self, slugs: Iterable[str]) -> list[str]:
        """The known ones among ``slugs``, sorted."""
        wanted = set(slugs)
        self.unknown |= wanted - self._themes.keys()
        return sorted(wanted & self._themes.keys())
