"""Places that a source masks (``*省委``) and that another source names for the same wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_MASKED = re.compile(r"(?<![*\d])\*{1,3}(?P<kind>省|市(?![场民])|区(?![域别分间])|县|街道|镇|乡(?!村)|社区)")
_LEVEL = {
    "省": "province",
    "市": "prefecture",
    "区": "county",
    "县": "county",
    "街道": "township",
    "镇": "township",
    "乡": "township",
    "社区": "community",
}
LEAST, MOST = 8, 20  # letters of a wording that identifies a place
_LEAST_IN_ALL = 12
_MOST_PRACTICES = 3
_ENOUGH = 16  # letters of such wordings that leave no doubt


@dataclass(frozen=True, slots=True)
class MaskedPlace:
    """Where asterisks stand for a place's name, its kind included, and the level it must have."""

    start: int
    end: int
    level: str


@dataclass(frozen=True, slots=True)
class PlaceOffer:
    """A region that others name for wordings of the masked article; ``passage`` holds the longest."""

    region: int
    passage: int
    wordings: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Wording:
    """A practice's name or title elsewhere, and its region at the level that is looked for."""

    letters: str
    region: int | None
    passage: int


def masked_places(text: str, start: int, end: int) -> Iterator[MaskedPlace]:
    """Masked places of ``text[start:end]``; asterisks for digits before 区域 or 市场 are none."""
    for found in _MASKED.finditer(text, start, end):
        yield MaskedPlace(found.start(), found.end("kind"), _LEVEL[found["kind"]])


class KnownWordings:
    """Titles and names of practices, looked up in a text by the letters they begin with.

    One that more than a few practices have says nothing of a place and is left out.
    """

    def __init__(self, practices: Mapping[str, Sequence[int]]) -> None:
        self._practices = practices
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for wording in (w for w, known in practices.items() if len(known) <= _MOST_PRACTICES):
            self._by_start[wording[:LEAST]].append(wording)

    def practices_in(self, letters: str) -> dict[int, str]:
        """The practices whose title or name stands in ``letters``, with the wording."""
        return {
            practice: wording
            for at in range(len(letters) - LEAST + 1)
            for wording in self._by_start.get(letters[at : at + LEAST], ())
            if letters.startswith(wording, at)
            for practice in self._practices[wording]
        }


def identified(wordings: Iterable[Wording]) -> PlaceOffer | None:
    """The one region that ``wordings`` are known from; None when they disagree or say too little."""
    regions: dict[int, list[Wording]] = defaultdict(list)
    for wording in wordings:
        if wording.region is not None:
            regions[wording.region].append(wording)
    if len(regions) != 1:
        return None
    [(region, known)] = regions.items()
    if sum(len(letters) for letters in {wording.letters for wording in known}) < _LEAST_IN_ALL:
        return None
    longest = max(known, key=lambda wording: (len(wording.letters), -wording.passage))
    names = tuple(sorted({wording.letters for wording in known}))
    return PlaceOffer(region, longest.passage, names, round(min(1.0, sum(map(len, names)) / _ENOUGH), 3))
