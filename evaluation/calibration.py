"""How often each rule is right on the gold, and what a confidence is worth.

Only finds in covered sentences count.  A find is right when it matches a gold
object (:mod:`.scoring`): a place with its code, a figure with its value, a
practice with a sentence and a region.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from .annotations import KINDS, Annotation
from .scoring import Pair

# Lower ends of the confidence bins; each goes up to the next.
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Finds that share a rule or a confidence bin: how many, how many right, and
    their mean confidence."""

    kind: str
    label: str
    finds: int
    right: int
    confidence: float

    @property
    def precision(self) -> float:
        return self.right / self.finds

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the precision: few finds prove little."""
        n, p, z = self.finds, self.precision, 1.96
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    @property
    def is_off(self) -> bool:
        """Whether the mean confidence lies outside the interval."""
        low, high = self.interval
        return not low <= self.confidence <= high


def by_rule(
    finds: Mapping[str, Sequence[Annotation]], pairs: Mapping[str, Sequence[Pair]]
) -> list[Reliability]:
    """Each kind's rules, the most used first."""
    rows = _reliabilities(finds, pairs, lambda find: str(find.fields["rule"]))
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), -row.finds, row.label))


def by_confidence(
    finds: Mapping[str, Sequence[Annotation]], pairs: Mapping[str, Sequence[Pair]]
) -> list[Reliability]:
    """Each kind's confidence bins, the highest first."""
    rows = _reliabilities(finds, pairs, _bin)
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), -float(row.label.split("–")[0])))


def _bin(find: Annotation) -> str:
    number = max(n for n, low in enumerate(BINS) if find.fields["confidence"] >= low)
    high = BINS[number + 1] if number + 1 < len(BINS) else 1.0
    return f"{BINS[number]:.2f}–{high:.2f}"


def _reliabilities(
    finds: Mapping[str, Sequence[Annotation]],
    pairs: Mapping[str, Sequence[Pair]],
    label_of: Callable[[Annotation], str],
) -> list[Reliability]:
    groups: dict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for kind in KINDS:
        for find in finds[kind]:
            groups[kind, label_of(find)].append(find)
    right = {find for kind in KINDS for _gold, find in pairs[kind]}
    return [
        Reliability(
            kind,
            label,
            len(members),
            sum(find in right for find in members),
            sum(find.fields["confidence"] for find in members) / len(members),
        )
        for (kind, label), members in groups.items()
    ]
