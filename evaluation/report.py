"""The evaluation as plain text: scores, gains and losses, misses and false finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from .annotations import Annotation
from .calibration import Reliability
from .gold import Gold
from .outcomes import Change, Outcomes
from .scoring import Pair, Scores

_NAMES = {"region": "Places", "metric": "Figures", "practice": "Practices"}


def score_lines(scores: Mapping[str, Scores], before: Mapping[str, Scores] | None) -> Iterator[str]:
    """One line a score; with the committed value beside it where that differs."""
    for kind, values in scores.items():
        counts = f"{values['gold']} in the gold, {values['system']} found, {values['matched']} matched"
        yield f"{_NAMES[kind]} ({counts})"
        earlier = dict(_flat(before[kind])) if before else {}
        for name, value in _flat(values):
            change = value - earlier.get(name, value)
            note = f"   {change:+.4f}" if round(change, 4) else ""
            yield f"  {name:<38} {value:.4f}{note}"
        yield ""


def _flat(values: Scores) -> Iterator[tuple[str, float]]:
    for name, value in values.items():
        if name in ("gold", "system", "matched"):
            continue
        label = name.replace("_", " ").replace("f1", "F1")
        if isinstance(value, dict):
            yield from ((f"{label}: {part}", number) for part, number in value.items())
        else:
            yield label, value


def change_lines(found: Sequence[Change]) -> Iterator[str]:
    if not found:
        yield "No object is better or worse than at the last committed scores."
    for title, gain in (("Gains", True), ("Losses", False)):
        members = [change for change in found if change.gain is gain]
        if members:
            yield f"{title} against the last committed scores ({len(members)})"
            sign = "+" if gain else "-"
            yield from (f"  {sign} {change.kind:<8} {change.what}" for change in members)


def detail_lines(
    kind: str, gold: Gold, finds: Sequence[Annotation], pairs: Sequence[Pair], outcomes: Outcomes
) -> Iterator[str]:
    """Misses, finds with a wrong field and false finds of a kind, whole."""
    matched = dict(pairs)
    for wanted, fault in zip(gold.objects[kind], outcomes.faults[kind].values(), strict=True):
        if wanted not in matched:
            yield f"MISSED  {_json(wanted)}"
        elif fault:
            yield f"WRONG   {fault}\n  gold  {_json(wanted)}\n  found {_json(matched[wanted])}"
    right = set(matched.values())
    yield from (f"FALSE   {_json(find)}" for find in finds if find not in right)


def _json(annotation: Annotation) -> str:
    return json.dumps(annotation.fields, ensure_ascii=False)


def reliability_table(rows: Sequence[Reliability], head: str) -> Iterator[str]:
    """A Markdown table of how often finds are right."""
    yield f"| Kind | {head} | Finds | Right | Precision | 95 % interval | Mean confidence | |"
    yield "|---|---|--:|--:|--:|---|--:|---|"
    for row in rows:
        low, high = row.interval
        remark = "" if not row.is_off else "too low" if row.confidence < row.precision else "too high"
        yield (
            f"| {row.kind} | `{row.label}` | {row.finds} | {row.right} | {row.precision:.3f} | "
            f"{low:.2f}–{high:.2f} | {row.confidence:.2f} | {remark} |"
        )
