"""Which place a figure is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from .document import Sentence
from .governing import Group


class PlaceOf(Protocol):
    """Which places govern a text; :class:`~cases.extraction.governing.Governing` is one."""

    article_regions: Sequence[str | None]

    def at(self, sentence: int, offset: int) -> tuple[str, ...]: ...

    def groups(self, sentence: int) -> tuple[Group, ...]: ...


_LISTED = re.compile(r"\s?(?:等地?|共|这|分别是)?\s?")


def place_of(text: str, sentence: Sentence, offset: int, governing: PlaceOf) -> str | None:
    """Code of the region that the figure at clean ``offset`` of ``sentence`` is about, None if unknown.

    各地 in a report about one place are that place's parts.  Places that act
    together have no figure in common, but a figure that closes their list
    counts them (玄武、秦淮、鼓楼3个行政区) and so is about what contains them.
    """
    codes = governing.at(sentence.index, offset)
    if len(codes) == 1:
        return codes[0]
    if not codes:
        return governing.article_regions[sentence.article]
    groups = [group for group in governing.groups(sentence.index) if group.end <= offset]
    if groups and _LISTED.fullmatch(text, groups[-1].end, offset):
        return _common_parent(groups[-1].codes)
    return None


def _common_parent(codes: Sequence[str]) -> str | None:
    for digits in (4, 2):
        stems = {code[:digits] for code in codes}
        if len(stems) == 1 and all(code[digits:].strip("0") for code in codes):
            return stems.pop().ljust(6, "0")
    return None
