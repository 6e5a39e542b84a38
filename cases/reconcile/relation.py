"""Two sources and how they relate, as the comparison of their texts gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .alignment import Block, align
from .kinship import Kin, dense, kinship
from .records import SourceRecord


@dataclass(frozen=True, slots=True)
class Relation:
    """``first`` is of ``kin.type`` to ``second``; ``blocks`` run from the first to the second."""

    first: SourceRecord
    second: SourceRecord
    kin: Kin
    blocks: tuple[Block, ...]

    def seen_from(self, key: int) -> Relation:
        """The same relation with the source ``key`` first."""
        if self.first.key == key:
            return self
        return replace(self, first=self.second, second=self.first, blocks=_flipped(self.blocks))


def _flipped(blocks: Iterable[Block]) -> tuple[Block, ...]:
    flipped = (Block(b.b_start, b.b_end, b.a_start, b.a_end, b.matched) for b in blocks)
    return tuple(sorted(flipped, key=lambda block: block.a_start))


def compare(record: SourceRecord, other: SourceRecord, is_common: Callable[[str], bool]) -> Relation | None:
    """How two sources relate; None when they share only phrases or boilerplate.

    The answer does not depend on which of them is given first.

    ``is_common(letters)`` tells whether a stretch stands in many independent texts.
    """
    if other.key < record.key:
        record, other = other, record
    blocks = align(record.letters.text, other.letters.text, record.seeds, other.seeds)
    kin = kinship(record, other, blocks, is_common)
    if kin is None:
        return None
    telling = tuple(block for block in blocks if dense(block))
    if kin.swapped:
        return Relation(other, record, kin, _flipped(telling))
    return Relation(record, other, kin, telling)
