"""The same figure and the same practice, printed in two copies of one text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .alignment import Block, opcodes
from .records import FigureRecord, PracticeRecord, SourceRecord, Span

_NEAR = 3  # letters between the places of two figures
_OVERLAP = 0.5  # of both practices' letters


@dataclass(frozen=True, slots=True)
class Witness:
    """``key`` in the copy is ``original`` in the other text."""

    key: int
    original: int
    score: float


class Projection:
    """Where letters of one text stand in the other, through the blocks they share."""

    def __init__(self, a: SourceRecord, b: SourceRecord, blocks: Iterable[Block]) -> None:
        self._a, self._b = a, b
        self._runs: list[tuple[int, int, int]] = []  # start in a, end in a, shift to b
        for block in blocks:
            left = a.letters.text[block.a_start : block.a_end]
            right = b.letters.text[block.b_start : block.b_end]
            for tag, start, end, other, _other_end in opcodes(left, right):
                if tag == "equal":
                    at = start + block.a_start
                    self._runs.append((at, at + end - start, other + block.b_start - at))
        self._runs.sort()
        self._starts = [run[0] for run in self._runs]

    def letters(self, span: Span) -> set[int]:
        """Positions in the other text's letters of those of the raw ``span`` that it has too."""
        first, last = self._a.letters.position(span[0]), self._a.letters.position(span[1])
        found: set[int] = set()
        at = max(0, bisect_right(self._starts, first) - 1)
        while at < len(self._runs) and self._runs[at][0] < last:
            start, end, shift = self._runs[at]
            found.update(range(max(start, first) + shift, min(end, last) + shift))
            at += 1
        return found

    def nearest(self, raw_offset: int) -> int | None:
        """Position in the other text's letters of the letter at ``raw_offset`` or just before it."""
        at = self._a.letters.position(raw_offset)
        i = bisect_right(self._starts, at) - 1
        if i < 0:
            return None
        start, end, shift = self._runs[i]
        if at <= end + _NEAR and start <= at:
            return at + shift
        return None

    @property
    def source(self) -> SourceRecord:
        return self._a

    @property
    def other(self) -> SourceRecord:
        return self._b


def figure_witnesses(
    copies: Iterable[FigureRecord], originals: Sequence[FigureRecord], projection: Projection
) -> Iterator[tuple[FigureRecord, FigureRecord]]:
    """Pairs of figures that stand at the same place of both texts and have the same unit."""
    letters = projection.other.letters
    free = {figure.key: figure for figure in originals}
    places = {figure.key: letters.position(figure.start) for figure in originals}
    for copy in copies:
        at = projection.nearest(copy.start)
        if at is None:
            continue
        near = [
            (abs(places[key] - at), key)
            for key, original in free.items()
            if abs(places[key] - at) <= _NEAR and original.unit == copy.unit
        ]
        if near:
            same = [pair for pair in near if free[pair[1]].value == copy.value]
            yield copy, free.pop(min(same or near)[1])


def practice_witnesses(
    copies: Iterable[PracticeRecord],
    originals: Sequence[PracticeRecord],
    projection: Projection,
    retold: bool = False,
) -> Iterator[Witness]:
    """Pairs of practices whose sentences are the same ones; each original once.

    Of a text that was ``retold``, not copied, the sentences of the shorter
    account have to be in the other, and both have to name a place in common.
    """
    letters = projection.other.letters
    taken = {
        original.key: {
            at
            for start, end in original.spans
            for at in range(letters.position(start), letters.position(end))
        }
        for original in originals
    }
    regions = {original.key: set(original.regions) for original in originals}
    own = projection.source.letters
    copies = list(copies)
    sizes = {
        copy.key: sum(own.position(end) - own.position(start) for start, end in copy.spans) for copy in copies
    }
    pairs = []
    for copy in copies:
        told: set[int] = (
            set().union(*(projection.letters(span) for span in copy.spans)) if copy.spans else set()
        )
        for key, positions in taken.items():
            common = len(told & positions)
            if retold and not regions[key] & set(copy.regions):
                continue
            size = min(sizes[copy.key], len(positions)) if retold else max(len(told), len(positions))
            if common >= max(1, _OVERLAP * size):
                pairs.append((min(1.0, common / size), copy.key, key))
    used: set[int] = set()
    done: set[int] = set()
    for score, copy_key, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if key not in used and copy_key not in done:
            used.add(key)
            done.add(copy_key)
            yield Witness(copy_key, key, round(score, 3))
