"""Stretches of two texts that say the same, found from the runs of letters they share.

Seeds (six letters, few of their kind in either text) on one diagonal make runs;
runs that follow each other closely in both texts make a block; a block's ends are
pushed outwards letter by letter while more agrees than differs.  Time and memory
grow with the length of the texts, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

SEED = 6  # letters
_MOST_REPEATS = 4  # seeds that occur more often in a text are phrases of the field
_GAP = 40  # letters between two runs of one block
_REACH = 30  # letters by which the end of a block is pushed outwards at a time
_SHORTEST = 10  # letters matched in a block

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """``a[a_start:a_end]`` says what ``b[b_start:b_end]`` says; ``matched`` letters agree."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    matched: int


@dataclass(slots=True)
class _Run:
    a_start: int
    a_end: int
    b_start: int
    b_end: int


Seeds = Mapping[str, Sequence[int]]


def align(a: str, b: str, a_seeds: Seeds | None = None, b_seeds: Seeds | None = None) -> list[Block]:
    """Blocks in the order of ``a``; of blocks that overlap in ``a`` the longest stays.

    ``a_seeds`` and ``b_seeds`` are what :func:`seeds` says of the texts, for one
    who compares a text with many.
    """
    chains = _chains(_runs(a_seeds or seeds(a), b_seeds or seeds(b)))
    blocks = [_pushed_out(a, b, chain) for chain in chains]
    return _disjoint([block for block in blocks if block.matched >= _SHORTEST])


def seeds(text: str) -> dict[str, list[int]]:
    """Where each run of six letters begins that occurs a few times at most."""
    found: dict[str, list[int]] = defaultdict(list)
    for at in range(len(text) - SEED + 1):
        found[text[at : at + SEED]].append(at)
    return {seed: places for seed, places in found.items() if len(places) <= _MOST_REPEATS}


def _runs(a: Seeds, b: Seeds) -> list[_Run]:
    """Maximal common runs that hold a seed."""
    hits = sorted((at, other) for seed in a.keys() & b.keys() for at in a[seed] for other in b[seed])
    runs: list[_Run] = []
    open_runs: dict[int, _Run] = {}
    for at, other in hits:
        run = open_runs.get(other - at)
        if run is not None and run.a_end >= at:
            run.a_end, run.b_end = at + SEED, other + SEED
            continue
        run = open_runs[other - at] = _Run(at, at + SEED, other, other + SEED)
        runs.append(run)
    return runs


def _chains(runs: list[_Run]) -> list[_Run]:
    """Runs joined with the nearest run that ends shortly before them in both texts."""
    chains: list[_Run] = []
    recent: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.a_start, run.b_start)):
        recent = [chain for chain in recent if run.a_start - chain.a_end <= _GAP]
        near = [chain for chain in recent if _follows(run, chain)]
        if near:
            chain = min(near, key=lambda chain: abs(run.b_start - chain.b_end) + run.a_start - chain.a_end)
            chain.a_end, chain.b_end = max(chain.a_end, run.a_end), max(chain.b_end, run.b_end)
        else:
            recent.append(run)
            chains.append(run)
    return chains


def _follows(run: _Run, chain: _Run) -> bool:
    """Whether ``run`` continues ``chain``; the two may overlap by less than a seed."""
    return (
        run.a_end > chain.a_end
        and run.b_end > chain.b_end
        and -SEED < run.a_start - chain.a_end <= _GAP
        and -SEED < run.b_start - chain.b_end <= _GAP
    )


def _pushed_out(a: str, b: str, run: _Run) -> Block:
    before = _reach(
        a[max(0, run.a_start - _REACH) : run.a_start][::-1],
        b[max(0, run.b_start - _REACH) : run.b_start][::-1],
    )
    behind = _reach(a[run.a_end : run.a_end + _REACH], b[run.b_end : run.b_end + _REACH])
    a_start, b_start = run.a_start - before[0], run.b_start - before[1]
    a_end, b_end = run.a_end + behind[0], run.b_end + behind[1]
    matched = sum(
        size
        for tag, size in ((op[0], op[2] - op[1]) for op in opcodes(a[a_start:a_end], b[b_start:b_end]))
        if tag == "equal"
    )
    return Block(a_start, a_end, b_start, b_end, matched)


def _reach(a: str, b: str) -> Pair:
    """How far into ``a`` and ``b`` more agrees than differs (a letter that agrees
    counts one, a letter that differs minus one; the best sum)."""
    best, score, reach = 0, 0, (0, 0)
    for tag, a_start, a_end, b_start, b_end in opcodes(a, b):
        if tag == "equal":
            score += a_end - a_start
            if score > best:
                best, reach = score, (a_end, b_end)
        else:
            score -= max(a_end - a_start, b_end - b_start)
    return reach


def opcodes(a: str, b: str) -> Iterator[tuple[str, int, int, int, int]]:
    """Edit operations that turn ``a`` into ``b``, cut at long common runs to bound memory.

    Yields ``(tag, a_start, a_end, b_start, b_end)`` with the tags of
    :mod:`difflib`; adjacent ones of the same tag may follow each other.
    """
    for a_at, a_stop, b_at, b_stop in _slices(a, b):
        for op in Levenshtein.opcodes(a[a_at:a_stop], b[b_at:b_stop]):
            yield (
                op.tag,
                op.src_start + a_at,
                op.src_end + a_at,
                op.dest_start + b_at,
                op.dest_end + b_at,
            )


_SLICE = 3000  # letters compared at once
_ANCHOR = 24  # letters of a run at which slices may be cut


def _slices(a: str, b: str) -> Iterator[tuple[int, int, int, int]]:
    a_at = b_at = 0
    while max(len(a) - a_at, len(b) - b_at) > _SLICE:
        cut = _cut(a, b, a_at, b_at)
        if cut is None:
            break
        yield a_at, cut[0], b_at, cut[1]
        a_at, b_at = cut
    yield a_at, len(a), b_at, len(b)


def _cut(a: str, b: str, a_at: int, b_at: int) -> Pair | None:
    """A place between half a slice and a slice from here at which both texts run on alike."""
    for at in range(a_at + _SLICE // 2, min(a_at + 2 * _SLICE, len(a) - _ANCHOR), _ANCHOR):
        found = b.find(a[at : at + _ANCHOR], b_at, b_at + 3 * _SLICE)
        if found > b_at:
            return at, found
    return None


def _disjoint(blocks: list[Block]) -> list[Block]:
    """The longest blocks that do not lie inside others in either text."""
    kept: list[Block] = []
    for block in sorted(blocks, key=lambda block: (-block.matched, block.a_start, block.b_start)):
        if not any(_overlaps(block, other) for other in kept):
            kept.append(block)
    return sorted(kept, key=lambda block: block.a_start)


def _overlaps(block: Block, other: Block) -> bool:
    """Whether most of ``block`` is in ``other`` already, in one text or the other."""
    in_a = min(block.a_end, other.a_end) - max(block.a_start, other.a_start)
    in_b = min(block.b_end, other.b_end) - max(block.b_start, other.b_start)
    return 2 * in_a > block.a_end - block.a_start or 2 * in_b > block.b_end - block.b_start
