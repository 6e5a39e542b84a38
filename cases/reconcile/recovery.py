"""Figures that one source lost or masks, and another prints in the same statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from .masks import mask_fits
from .records import FigureRecord, PassageRecord, SourceRecord, Span
from .wording import bigrams, head, letters_of

_BEHIND = 14  # letters behind the figure that are compared
_BEFORE = 10
_NEXT_BEFORE = 5  # letters just before the figure, when others stand behind it
_SEED = 3
_SHORTEST = 5  # letters of a statement on its telling side
_SAME_BEHIND = 0.6
_SAME_BEFORE = 0.5
_WHOLE_BEFORE = 0.8  # when the figure ends its sentence
_SAME_STATEMENT = 0.7
_PAUSE = re.compile(r"[，。；：、！？,;:!?\n]\s*$")
_FIGURES_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Recovery:
    """``figure`` printed elsewhere stands for what is missing at ``span`` of this source.

    ``span`` is empty where digits were deleted, and the masked figure's own
    where they were masked; ``before`` and ``behind`` are the shares of the
    neighbouring letters that agree.
    """

    span: Span
    figure: FigureRecord
    before: float
    behind: float
    score: float


def lost_figures(lost: SourceRecord, printed: SourceRecord) -> Iterator[Recovery]:
    """Figures of ``printed`` whose statement ``lost`` makes without its digits.

    The letters on both sides of the gap must agree, or the gap begins a clause;
    ``，的街道被赋予相应职权`` ← ``全国共有88.1%的街道被赋予相关职权``.
    """
    taken: set[Span] = set()
    for figure in printed.figures:
        passage = printed.passage_at(figure.start)
        if figure.value is None or passage is None:
            continue
        best = max(
            _gaps(lost, printed, figure, passage),
            key=lambda found: (found.score, -found.span[0]),
            default=None,
        )
        if best is not None and best.span not in taken:
            taken.add(best.span)
            yield best


def _gaps(
    lost: SourceRecord, printed: SourceRecord, figure: FigureRecord, passage: PassageRecord
) -> Iterator[Recovery]:
    """Places of ``lost`` at which ``figure`` may have stood."""
    stream, other = printed.letters, lost.letters
    at = stream.position(figure.start)
    before = stream.text[max(stream.position(passage.start), at - _BEFORE) : at]
    behind = stream.text[at : min(stream.position(passage.end), at + _BEHIND)]
    ends_it = len(behind) < _SEED
    if len(before if ends_it else behind) < _SHORTEST:
        return
    seed = before[-2 * _SEED :] if ends_it else behind[:_SEED]
    for found in _occurrences(other.text, seed):
        place = found + len(seed) if ends_it else found
        raw = other.raw_span(place, place)[0]
        if lost.text[raw : raw + 1].isdigit():
            continue
        near = before if ends_it else before[-_NEXT_BEFORE:]
        left = _same(near[::-1], other.text[max(0, place - len(near) - 2) : place][::-1])
        right = _same(behind, other.text[place : place + _BEHIND])
        if ends_it:
            fits = left >= _WHOLE_BEFORE and _PAUSE.search(lost.text[raw : raw + 1]) is not None
            score = left
        else:
            gap = lost.text[raw : other.offsets[place]]
            begins = _PAUSE.search(gap) is not None
            fits = right >= _SAME_BEHIND and (left >= _SAME_BEFORE or begins)
            score = (right + max(left, _SAME_BEFORE if begins else 0.0)) / 2
            if _PAUSE.search(gap):
                raw = other.offsets[place]
        if fits:
            yield Recovery((raw, raw), figure, round(left, 2), round(right, 2), round(score, 3))


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _same(a: str, b: str) -> float:
    """Share of ``a``'s letters that ``b`` has in the same order from its beginning on."""
    if not a:
        return 0.0
    return sum(op.src_end - op.src_start for op in Levenshtein.opcodes(a, b) if op.tag == "equal") / len(a)


def masked_figures(masked: Iterable[FigureRecord], printed: Sequence[FigureRecord]) -> Iterator[Recovery]:
    """Figures of the same region whose digits fit a mask and that count the same thing.

    Each mask gets one figure at most: when figures of different value fit, none is offered.
    """
    for mask in masked:
        fits = [
            (round(score, 3), figure)
            for figure in printed
            if (score := _says_the_same(mask, figure)) >= _SAME_STATEMENT
        ]
        if fits and len({(figure.value, figure.value_max) for _score, figure in fits}) == 1:
            score, figure = max(fits, key=lambda fit: (fit[0], -fit[1].key))
            yield Recovery((mask.start, mask.end), figure, score, score, score)


def _says_the_same(mask: FigureRecord, figure: FigureRecord) -> float:
    """How much of the masked figure's statement the other one's has; 0 when they cannot be one."""
    if (
        not mask.region
        or mask.region != figure.region
        or mask.unit != figure.unit
        or mask.type != figure.type
        or figure.value is None
        or not mask_fits(mask.quote, figure.quote)
        or head(mask.subject)[-2:] != head(figure.subject)[-2:]
    ):
        return 0.0
    words = frozenset[str]().union(*(bigrams(letters_of(part)) for part in mask.subject.split("的")))
    others = bigrams(letters_of(figure.subject + figure.sentence))
    return len(words & others) / max(1, len(words))
