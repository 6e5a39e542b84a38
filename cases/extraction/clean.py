"""Cleaned text that remembers where each character came from.

Cleaning only ever *removes* runs of characters (a page break in mid-sentence,
zero-width characters) or replaces a character by one character (full-width
digits, no-break spaces), so the map back is a short list of breaks:
``raw = clean + shift``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from .ideographs import DISGUISED, UNIFIED

_SPACES = "\t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_FULL_WIDTH = (
    "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))) + "％＋．＊"
)
_FOLDED = UNIFIED | dict.fromkeys(_SPACES, " ")
_FOLDED |= {char: unicodedata.normalize("NFKC", char) for char in _FULL_WIDTH}
_FOLDABLE = re.compile(rf"[{_SPACES}％＊＋．０-９Ａ-Ｚａ-ｚ{DISGUISED}]")
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_ASCII_MARK = re.compile(r"[,;:?!()](?:(?<=[\u4e00-\u9fff”’）】》%].)|(?=[\u4e00-\u9fff“‘（【《]))")
_CONTROLS = r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
_INVISIBLE = re.compile(f"{_CONTROLS}{_CONTROLS}*")  # the engine leaps to a set, not to a repeated one


def fold(raw: str) -> str:
    """``raw`` with look-alikes replaced one for one; the length stays the same.

    Full-width digits, letters, ％ ＋ ． ＊ become ASCII, tabs and no-break
    spaces become a space, radicals become ideographs; ASCII marks beside Chinese
    ones (2017年,全街道…;) become the marks of Chinese text.
    """
    folded = _FOLDABLE.sub(lambda found: _FOLDED.get(found[0], found[0]), raw)
    return _ASCII_MARK.sub(lambda found: _MARKS[found[0]], folded)


def invisible_runs(raw: str) -> list[tuple[int, int]]:
    """Spans of control and zero-width characters (line ends excluded)."""
    return [found.span() for found in _INVISIBLE.finditer(raw)]


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters as sorted, disjoint, non-empty spans."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


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

    def clean_offset(self, raw_offset: int) -> int:
        """Clean offset of the raw character at ``raw_offset``; inside a removed
        run, that of the first character after it."""
        low, high = 0, len(self.breaks)
        while low < high:
            middle = (low + high) // 2
            if self.breaks[middle] + self.shifts[middle] <= raw_offset:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return 0
        offset = raw_offset - self.shifts[low - 1]
        return min(offset, self.breaks[low]) if low < len(self.breaks) else offset
