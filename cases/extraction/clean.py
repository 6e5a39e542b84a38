"""Cleaned text that remembers where each character came from.

Cleaning only ever *removes* runs of characters (a page break in mid-sentence)
or replaces a character by one character (full-width digits), so the map back
is a short list of breaks: ``raw = clean + shift``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CleanText:
    """``text`` and, for the clean offsets at which a removed run lies, its shift.

    ``breaks[i]`` is the clean offset from which on ``shifts[i]`` must be added
    to get the raw offset; ``breaks[0] == 0``.
    """

    text: str
    breaks: tuple[int, ...]
    shifts: tuple[int, ...]

    @classmethod
    def without(cls, raw: str, removed: Iterable[tuple[int, int]]) -> CleanText:
        """Clean ``raw`` of the sorted, disjoint half-open spans ``removed``."""
        parts: list[str] = []
        breaks, shifts = [0], [0]
        at = gone = 0
        for start, end in removed:
            if start >= end:
                continue
            parts.append(raw[at:start])
            gone += end - start
            clean_at = end - gone
            if clean_at == breaks[-1]:
                shifts[-1] = gone
            else:
                breaks.append(clean_at)
                shifts.append(gone)
            at = end
        parts.append(raw[at:])
        return cls("".join(parts), tuple(breaks), tuple(shifts))

    def raw_offset(self, offset: int) -> int:
        """Raw offset of the clean character at ``offset``."""
        return offset + self.shifts[bisect_right(self.breaks, offset) - 1]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span of the clean span ``[start, end)``, which must not be empty."""
        if start >= end:
            raise ValueError(f"empty span [{start}, {end})")
        return self.raw_offset(start), self.raw_offset(end - 1) + 1
