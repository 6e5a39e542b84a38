"""A text as what survives bad copies: its letters, without punctuation, spaces and digits."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from cases.extraction.clean import fold

_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_AND_DIGITS = re.compile(r"(?:[^\W_]|[%％‰*]|(?<=\d)[.．](?=\d))+")


@dataclass(frozen=True, slots=True)
class NormalText:
    """``text`` is letters only; ``offsets[i]`` is the raw offset of ``text[i]``."""

    text: str
    offsets: array[int]

    @classmethod
    def letters(cls, raw: str, spans: Iterable[tuple[int, int]]) -> NormalText:
        """The letters of ``raw`` in the sorted, disjoint ``spans``.

        Full-width and disguised characters are folded one for one, so that an
        offset is that of one character.
        """
        return cls._of(raw, spans, _LETTERS)

    @classmethod
    def content(cls, raw: str, spans: Iterable[tuple[int, int]]) -> NormalText:
        """Letters, digits, decimal points, masks and percent signs: what a reading consists of."""
        return cls._of(raw, spans, _LETTERS_AND_DIGITS)

    @classmethod
    def _of(cls, raw: str, spans: Iterable[tuple[int, int]], pattern: re.Pattern[str]) -> NormalText:
        parts: list[str] = []
        offsets = array("I")
        folded = fold(raw)
        for start, end in spans:
            for found in pattern.finditer(folded, start, end):
                parts.append(found[0])
                offsets.extend(range(found.start(), found.end()))
        return cls("".join(parts), offsets)

    def __len__(self) -> int:
        return len(self.text)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span of ``text[start:end]``; an empty one lies behind the character before it."""
        if start < end:
            return self.offsets[start], self.offsets[end - 1] + 1
        at = self.offsets[start - 1] + 1 if start else (self.offsets[0] if self.offsets else 0)
        return at, at

    def position(self, raw_offset: int) -> int:
        """Index of the first letter at or behind ``raw_offset``."""
        return bisect_left(self.offsets, raw_offset)
