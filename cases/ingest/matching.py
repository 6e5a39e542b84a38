"""Which stored row a new find is: identity across runs, without a database.

A text never changes, so a find keeps its place even when a rule changes its
reading.  Figures and places are aligned by span; practices by the characters
they share, then by title, names and places.  Every alignment is one to one and
depends only on its arguments.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

Span = tuple[int, int]

TOMBSTONE_OVERLAP = 0.5
"""Share of the characters of either span that a find must have in common with a
rejected row to count as the same find."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stored row stands: ``machine`` as last found, ``actual`` in the row.

    ``machine`` is None for a row that a person made."""

    machine: Span | None
    actual: Span
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """``rows[i]`` is the index of the row that find ``i`` is; ``absorbed`` finds
    have no row of their own and must not get one: a person's row stands there."""

    rows: dict[int, int] = field(default_factory=dict)
    absorbed: frozenset[int] = frozenset()


def align_spans(finds: Sequence[Span], anchors: Sequence[Anchor]) -> Alignment:
    """Align by the exact span first, then by the greatest overlap."""
    by_machine: dict[Span, int] = {}
    by_actual: dict[Span, int] = {}
    for row, anchor in enumerate(anchors):
        if anchor.machine is not None:
            by_machine.setdefault(anchor.machine, row)
        by_actual.setdefault(anchor.actual, row)

    rows: dict[int, int] = {}
    taken: set[int] = set()
    absorbed: set[int] = set()
    for place in (by_machine, by_actual):
        for index, span in enumerate(finds):
            at = place.get(span)
            if at is None or index in rows or index in absorbed:
                continue
            if at not in taken:
                rows[index] = at
                taken.add(at)
            elif place is by_actual:
                absorbed.add(index)

    free = [index for index in range(len(finds)) if index not in rows and index not in absorbed]
    left = [row for row in range(len(anchors)) if row not in taken]
    overlaps = []
    for index, row in _overlapping([finds[i] for i in free], [anchors[r] for r in left]):
        anchor = anchors[left[row]]
        shared = _overlap(finds[free[index]], anchor)
        if not anchor.rejected or shared >= TOMBSTONE_OVERLAP:
            overlaps.append((-shared, free[index], left[row]))
    _take_best(overlaps, rows, taken)
    return Alignment(rows, frozenset(absorbed))


@dataclass(frozen=True, slots=True)
class Portrait:
    """What identifies a practice: sorted spans, title, names, codes of its regions."""

    spans: tuple[Span, ...]
    title: str
    names: frozenset[str]
    regions: frozenset[str]
    decided: bool = False


def align_practices(finds: Sequence[Portrait], rows: Sequence[Portrait]) -> Alignment:
    """Align what is the same in everything, then by :func:`likeness`, the best pairs first."""
    by_portrait: dict[Portrait, int] = {}
    for row, portrait in enumerate(rows):
        by_portrait.setdefault(replace(portrait, decided=False), row)
    aligned: dict[int, int] = {}
    for find, portrait in enumerate(finds):
        same = by_portrait.pop(portrait, None)
        if same is not None:
            aligned[find] = same
    taken = set(aligned.values())
    free = [find for find in range(len(finds)) if find not in aligned]
    left = [row for row in range(len(rows)) if row not in taken]
    scored = []
    for i, j in _alike([finds[find] for find in free], [rows[row] for row in left]):
        score = likeness(finds[free[i]], rows[left[j]])
        if score > 0:
            scored.append((-score, free[i], left[j]))
    _take_best(scored, aligned, taken)
    return Alignment(aligned)


def likeness(find: Portrait, row: Portrait) -> float:
    """How surely both are one practice; 0 when they are not.

    Shared characters weigh most.  One sentence may tell of several places, each
    with a practice of its own, so shared characters alone do not make a decided
    row the same: its place, title or a name must agree as well.
    """
    shared = span_jaccard(find.spans, row.spans)
    title = _dice(find.title, row.title)
    named = bool(find.names & row.names)
    placed = _nearness(find.regions, row.regions)
    alike = title >= 0.3 or named
    same = (
        (shared >= 0.5 and (placed > 0 or alike))
        or (shared > 0 and placed > 0 and alike)
        or (shared >= 0.8 and not row.decided)
        or (title == 1 and placed == 1)
    )
    return 2 * shared + title + 0.5 * named + 0.5 * placed if same else 0.0


def span_jaccard(first: Sequence[Span], second: Sequence[Span]) -> float:
    """Characters in both of two sorted, disjoint lists of spans, over those in either."""
    both = i = j = 0
    while i < len(first) and j < len(second):
        both += max(0, min(first[i][1], second[j][1]) - max(first[i][0], second[j][0]))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    either = _length(first) + _length(second) - both
    return both / either if either else 0.0


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _overlap(find: Span, anchor: Anchor) -> float:
    """Jaccard of the characters of ``find`` and of the row, where it fits better."""
    spans = [anchor.actual] if anchor.machine is None else [anchor.machine, anchor.actual]
    return max(span_jaccard([find], [span]) for span in spans)


def _overlapping(finds: Sequence[Span], anchors: Sequence[Anchor]) -> Iterator[tuple[int, int]]:
    """Pairs (find, row) whose spans share a character; near-linear for short spans."""
    spans = sorted(
        {
            (*span, row)
            for row, anchor in enumerate(anchors)
            for span in (anchor.machine, anchor.actual)
            if span is not None
        }
    )
    starts = [start for start, _end, _row in spans]
    longest = max((end - start for start, end, _row in spans), default=0)
    seen: set[tuple[int, int]] = set()
    for find, (start, end) in enumerate(finds):
        for at in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            _start, row_end, row = spans[at]
            if row_end > start and (find, row) not in seen:
                seen.add((find, row))
                yield find, row


def _alike(finds: Sequence[Portrait], rows: Sequence[Portrait]) -> set[tuple[int, int]]:
    """Pairs (find, row) that may be one practice: they share characters or the title."""
    return {*_sharing_characters(finds, rows), *_sharing_titles(finds, rows)}


def _sharing_characters(finds: Sequence[Portrait], rows: Sequence[Portrait]) -> Iterator[tuple[int, int]]:
    owners = [row for row, portrait in enumerate(rows) for _span in portrait.spans]
    anchors = [Anchor(None, span) for portrait in rows for span in portrait.spans]
    find_owners = [find for find, portrait in enumerate(finds) for _span in portrait.spans]
    spans = [span for portrait in finds for span in portrait.spans]
    for find, row in _overlapping(spans, anchors):
        yield find_owners[find], owners[row]


def _sharing_titles(finds: Sequence[Portrait], rows: Sequence[Portrait]) -> Iterator[tuple[int, int]]:
    by_title: Mapping[str, list[int]] = defaultdict(list)
    for row, portrait in enumerate(rows):
        by_title[portrait.title].append(row)
    for find, portrait in enumerate(finds):
        for row in by_title.get(portrait.title, ()):
            yield find, row


def _take_best(scored: list[tuple[float, int, int]], rows: dict[int, int], taken: set[int]) -> None:
    """Fill ``rows`` from (negative score, find, row), each find and row once."""
    for _score, find, row in sorted(scored):
        if find not in rows and row not in taken:
            rows[find] = row
            taken.add(row)


def _nearness(first: frozenset[str], second: frozenset[str]) -> float:
    """Share of the places of either that are, hold or lie in one of the other's."""
    if not first and not second:
        return 1.0
    stems = [{_stem(code) for code in codes} for codes in (first, second)]
    near = sum(
        any(one.startswith(other) or other.startswith(one) for other in others)
        for ones, others in (stems, stems[::-1])
        for one in ones
    )
    return near / (len(stems[0]) + len(stems[1]))


def _stem(code: str) -> str:
    """What the codes of all places in a place begin with: ``530100`` → ``5301``."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def _dice(first: str, second: str) -> float:
    """Share of the pairs of neighbouring characters that two titles have in common."""
    if first == second:
        return 1.0
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (first, second)]
    total = len(pairs[0]) + len(pairs[1])
    return 2 * len(pairs[0] & pairs[1]) / total if total else 0.0
