"""What became of each gold object and which finds are false, now and at the last commit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .annotations import KINDS, Annotation
from .gold import Gold
from .scoring import FIGURE_FIELDS, Pair, Scores, agrees

COMMITTED = Path(__file__).parent / "scores.json"
# What may not drop unnoticed.
HEADLINES = (
    ("region", "f1"),
    ("region", "span_f1"),
    ("metric", "f1"),
    ("metric", "complete_f1"),
    ("practice", "f1"),
    ("practice", "jaccard"),
    ("practice", "regions_exact"),
    ("practice", "theme_macro_f1"),
    ("practice", "name_recall"),
)

MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """``faults``: by kind and key of a gold object, '' when it was found right,
    ``missed``, or the fields that are wrong; ``false``: by kind, keys of false finds."""

    scores: dict[str, Scores]
    faults: dict[str, dict[str, str]]
    false: dict[str, list[str]]

    def write(self, path: Path, versions: Mapping[str, str]) -> None:
        record = {
            "versions": dict(versions),
            "scores": self.scores,
            "faults": self.faults,
            "false": self.false,
        }
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Outcomes:
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(record["scores"], record["faults"], record["false"])


@dataclass(frozen=True, slots=True)
class Change:
    """One object that is better (``gain``) or worse than it was."""

    gain: bool
    kind: str
    what: str


def outcomes_of(
    gold: Gold,
    finds: Mapping[str, Sequence[Annotation]],
    pairs: Mapping[str, Sequence[Pair]],
    scores: dict[str, Scores],
) -> Outcomes:
    faults: dict[str, dict[str, str]] = {}
    false: dict[str, list[str]] = {}
    for kind in KINDS:
        matched = dict(pairs[kind])
        faults[kind] = {}
        for wanted in gold.objects[kind]:
            find = matched.get(wanted)
            key = _unused(wanted.key, faults[kind])
            faults[kind][key] = MISSED if find is None else " ".join(_wrong(wanted, find))
        right = {find for _wanted, find in pairs[kind]}
        false[kind] = sorted(find.key for find in finds[kind] if find not in right)
    return Outcomes(scores, faults, false)


def _unused(key: str, taken: Mapping[str, Any]) -> str:
    """Two practices of one sentence may bear one title."""
    number, name = 1, key
    while name in taken:
        number += 1
        name = f"{key} ({number})"
    return name


def _wrong(gold: Annotation, find: Annotation) -> Iterator[str]:
    """Names of the fields of a matched find that the gold object has otherwise."""
    if gold.kind == "metric":
        yield from (name for name in FIGURE_FIELDS if not agrees(gold, find, name))
    elif gold.kind == "practice":
        if gold.sids != find.sids:
            yield "sentences"
        if set(gold.fields["regions"]) != set(find.regions):
            yield "regions"
        if set(gold.fields["themes"]) != set(find.fields["themes"]):
            yield "themes"
        if not set(gold.fields.get("names", [])) <= set(find.fields["names"]):
            yield "names"


def changes(before: Outcomes, now: Outcomes) -> Iterator[Change]:
    """Gains and losses, object by object; objects that the gold did not hold before are none."""
    for kind in KINDS:
        earlier = before.faults.get(kind, {})
        for key, fault in now.faults[kind].items():
            if key in earlier and earlier[key] != fault:
                yield from _object_changes(kind, key, earlier[key], fault)
        known, current = set(before.false.get(kind, [])), set(now.false[kind])
        yield from (Change(False, kind, f"new false find   {key}") for key in sorted(current - known))
        yield from (Change(True, kind, f"false find gone  {key}") for key in sorted(known - current))


def _object_changes(kind: str, key: str, before: str, now: str) -> Iterator[Change]:
    if now == MISSED:
        yield Change(False, kind, f"now missed       {key}")
    elif before == MISSED:
        rest = f"  (wrong: {now})" if now else ""
        yield Change(True, kind, f"now found        {key}{rest}")
    else:
        old, new = set(before.split()), set(now.split())
        yield from (Change(False, kind, f"now wrong        {key}: {name}") for name in sorted(new - old))
        yield from (Change(True, kind, f"now right        {key}: {name}") for name in sorted(old - new))


def drops(before: Outcomes, now: Outcomes) -> list[str]:
    """Headline scores that are lower than they were, as readable lines."""
    lower = []
    for kind, name in HEADLINES:
        old, new = before.scores[kind][name], now.scores[kind][name]
        if new < old:
            lower.append(f"{kind} {name} dropped from {old:.4f} to {new:.4f}")
    return lower
