"""What two texts are to each other, judged by the blocks they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .alignment import Block
from .records import SourceRecord

_DENSE = 0.6  # of a block's letters agree: the same statement, not the same phrases
_VERBATIM = 0.85
_LONG_BLOCK = 150  # letters: running text, not a formula
_MOST_OF_IT = 0.6  # of the shorter text
_WHOLE = 0.4  # of the longer text: below, the shorter is only a part of it
_STATEMENTS = 5
_SHARED_STATEMENTS = 0.12  # of the shorter text


class Kinship(StrEnum):
    REPRINT = "reprint"
    EXCERPT = "excerpt"
    EARLIER = "earlier"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Kin:
    """``first`` is of ``type`` to the other: a reprint of it, an excerpt of it, an
    earlier version of it; ``SHARES`` when neither is known to be earlier.

    ``coverage`` is the share of ``first``'s letters that the other has too.
    """

    type: Kinship
    swapped: bool
    score: float
    coverage: float
    other_coverage: float
    longest: int
    statements: int

    @property
    def folds(self) -> bool:
        """Whether the two are one text for readers."""
        return self.type in (Kinship.REPRINT, Kinship.EXCERPT)


def dense(block: Block, share: float = _DENSE) -> bool:
    """Whether most letters of ``block`` agree, in both texts."""
    return block.matched >= share * max(block.a_end - block.a_start, block.b_end - block.b_start)


def kinship(
    a: SourceRecord, b: SourceRecord, blocks: Sequence[Block], is_common: Callable[[str], bool]
) -> Kin | None:
    """What ``a`` and ``b`` are to each other; None when they share only phrases.

    ``is_common(letters)`` tells whether a stretch stands in many independent
    texts: boilerplate, which relates nothing.
    """
    telling = [block for block in blocks if dense(block) and not is_common(_letters(a, block))]
    if not telling:
        return None
    shared = sum(block.matched for block in telling)
    verbatim = sum(b.matched for b in telling if b.matched >= _LONG_BLOCK and dense(b, _VERBATIM))
    covered = shared / max(1, len(a.letters)), shared / max(1, len(b.letters))
    copied = verbatim / max(1, min(len(a.letters), len(b.letters)))
    longest = max(block.matched for block in telling)
    if copied >= _MOST_OF_IT:
        swapped = _is_original(a, b)
        part = min(covered) < _WHOLE
        if part:
            swapped = len(a.letters) > len(b.letters)
        kind, score = (Kinship.EXCERPT if part else Kinship.REPRINT), min(1.0, copied)
    elif longest >= _LONG_BLOCK or (len(telling) >= _STATEMENTS and max(covered) >= _SHARED_STATEMENTS):
        kind, swapped = _by_date(a, b)
        score = min(1.0, max(covered) / (3 * _SHARED_STATEMENTS))
    else:
        return None
    first, second = (covered[1], covered[0]) if swapped else covered
    return Kin(
        kind,
        swapped,
        round(score, 3),
        round(min(first, 1.0), 3),
        round(min(second, 1.0), 3),
        longest,
        len(telling),
    )


def _letters(a: SourceRecord, block: Block) -> str:
    return a.letters.text[block.a_start : block.a_end]


def _is_original(a: SourceRecord, b: SourceRecord) -> bool:
    """Whether ``a`` is the better text: fewer defects, then longer, then loaded first."""
    return (len(a.defects), -len(a.letters), a.key) < (len(b.defects), -len(b.letters), b.key)


def _by_date(a: SourceRecord, b: SourceRecord) -> tuple[Kinship, bool]:
    if a.written is None or b.written is None or a.written == b.written:
        return Kinship.SHARES, a.key > b.key
    return Kinship.EARLIER, a.written > b.written
