"""Matches finds with gold objects and scores them.

A place matches when the spans overlap by half or more of the shorter one and
the code is the same; a figure when they overlap so and value, range end and
masking agree; a practice when the two share a sentence and a region (the same
code, or one containing the other).  Matching is one to one, best first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .annotations import Annotation
from .gold import Gold

FLAGSHIP = ("four-level-linkage", "red-property", "grid")
FIGURE_FIELDS = ("unit", "approx", "type", "year", "region")
_TOLERANCE = 1e-9  # relative; values are decimals written as floats
_LEAST_OVERLAP = 0.5

Pair = tuple[Annotation, Annotation]
Scores = dict[str, Any]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared characters as a share of the shorter span's."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / max(1, min(a[1] - a[0], b[1] - b[0])) if shared > 0 else 0.0


def related(a: str | None, b: str | None) -> bool:
    """Whether two codes are of one division, or of one and a division inside it."""

    def stem(code: str | None) -> str:
        code = (code or "")[:6]
        while len(code) > 2 and code.endswith("00"):
            code = code[:-2]
        return code

    left, right = stem(a), stem(b)
    return bool(left and right) and (left.startswith(right) or right.startswith(left))


def same_value(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return abs(float(a) - float(b)) <= _TOLERANCE * max(1.0, abs(float(a)))


def agrees(gold: Annotation, find: Annotation, name: str) -> bool:
    """Whether a figure's field is the same; missing, empty and null are one."""
    if name == "region":
        return (gold.fields.get("region") or None) == find.region
    return (gold.fields.get(name) or None) == (find.fields.get(name) or None)


def span_weight(gold: Annotation, find: Annotation) -> float:
    weight = overlap(gold.span, find.span)
    return weight if weight >= _LEAST_OVERLAP else 0.0


def place_weight(gold: Annotation, find: Annotation) -> float:
    return span_weight(gold, find) if gold.fields["code"] == (find.region or "") else 0.0


def figure_weight(gold: Annotation, find: Annotation) -> float:
    same = (
        bool(gold.fields["masked"]) == bool(find.fields.get("masked"))
        and same_value(gold.fields["value"], find.fields.get("value"))
        and same_value(gold.fields.get("value_max"), find.fields.get("value_max"))
    )
    return span_weight(gold, find) if same else 0.0


def practice_weight(gold: Annotation, find: Annotation) -> float:
    """Jaccard index of the sentences; 0 without a shared region.  A practice of the
    whole country matches any region, a find without one any practice."""
    shared = gold.sids & find.sids
    regions = gold.fields["regions"]
    places = find.fields.get("regions") or ["000000"]
    if not shared or not (regions == ["000000"] or any(related(x, y) for x in regions for y in places)):
        return 0.0
    return len(shared) / len(gold.sids | find.sids)


def match(
    gold: Sequence[Annotation],
    finds: Sequence[Annotation],
    weight: Callable[[Annotation, Annotation], float],
) -> list[Pair]:
    """One-to-one pairs inside each document, the heaviest first."""
    by_doc: dict[str, list[Annotation]] = defaultdict(list)
    for find in finds:
        by_doc[find.doc].append(find)
    weighed = [(w, g, f) for g in gold for f in by_doc[g.doc] if (w := weight(g, f)) > 0]
    weighed.sort(key=lambda triple: -triple[0])
    taken: set[Annotation] = set()
    pairs: list[Pair] = []
    for _weight, wanted, find in weighed:
        if wanted not in taken and find not in taken:
            taken.update((wanted, find))
            pairs.append((wanted, find))
    return pairs


def pairs_of(gold: Gold, finds: Mapping[str, Sequence[Annotation]]) -> dict[str, list[Pair]]:
    """Matched (gold object, find) by kind."""
    weights = {"region": place_weight, "metric": figure_weight, "practice": practice_weight}
    return {kind: match(gold.objects[kind], finds[kind], weight) for kind, weight in weights.items()}


def score(
    gold: Gold, finds: Mapping[str, Sequence[Annotation]], pairs: Mapping[str, Sequence[Pair]]
) -> dict[str, Scores]:
    """All scores by kind, rounded to four digits."""
    scores = {kind: _common(gold.objects[kind], finds[kind], pairs[kind]) for kind in pairs}
    for kind in ("region", "metric"):
        spans = match(gold.objects[kind], finds[kind], span_weight)
        scores[kind]["span_f1"] = _f1(len(spans), len(finds[kind]), len(gold.objects[kind]))
    scores["metric"] |= _figure_scores(gold.objects["metric"], finds["metric"], pairs["metric"])
    scores["practice"] |= _practice_scores(gold.objects["practice"], finds["practice"], pairs["practice"])
    return scores


def ratios(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def _f1(right: int, found: int, wanted: int) -> float:
    return round(ratios(right, found, wanted)[2], 4)


def _share(count: float, total: int) -> float:
    return round(count / max(1, total), 4)


def _common(gold: Sequence[Annotation], finds: Sequence[Annotation], pairs: Sequence[Pair]) -> Scores:
    precision, recall, f1 = ratios(len(pairs), len(finds), len(gold))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for column, members in enumerate(([g for g, _f in pairs], finds, gold)):
        for annotation in members:
            counts[annotation.doc][column] += 1
    return {
        "gold": len(gold),
        "system": len(finds),
        "matched": len(pairs),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "f1_by_doc": {doc: _f1(*counts[doc]) for doc in sorted(counts)},
    }


def _figure_scores(gold: Sequence[Annotation], finds: Sequence[Annotation], pairs: Sequence[Pair]) -> Scores:
    """``agree``: the share of matched figures whose field is right; complete: unit and region are."""
    complete = sum(agrees(g, f, "unit") and agrees(g, f, "region") for g, f in pairs)
    agreeing = {name: sum(agrees(g, f, name) for g, f in pairs) for name in FIGURE_FIELDS}
    return {
        "agree": {name: _share(count, len(pairs)) for name, count in agreeing.items()},
        "complete_f1": _f1(complete, len(finds), len(gold)),
    }


def _practice_scores(
    gold: Sequence[Annotation], finds: Sequence[Annotation], pairs: Sequence[Pair]
) -> Scores:
    def theme_f1(theme: str) -> float:
        tagged = [(theme in g.fields["themes"], theme in (f.fields.get("themes") or [])) for g, f in pairs]
        both = sum(wanted and found for wanted, found in tagged)
        return ratios(both, sum(found for _w, found in tagged), sum(wanted for wanted, _f in tagged))[2]

    themes = sorted({theme for g in gold for theme in g.fields["themes"]})
    named = sum(len(g.fields.get("names", [])) for g in gold)
    exact = sum(set(g.fields["regions"]) == set(f.regions) for g, f in pairs)
    hits = sum(name in (f.fields.get("names") or []) for g, f in pairs for name in g.fields.get("names", []))
    return {
        "jaccard": _share(sum(practice_weight(g, f) for g, f in pairs), len(pairs)),
        "regions_exact": _share(exact, len(pairs)),
        "flagship_theme_f1": {theme: round(theme_f1(theme), 4) for theme in FLAGSHIP},
        "theme_macro_f1": _share(sum(map(theme_f1, themes)), len(themes)),
        "name_recall": _share(hits, named),
        "per_gold": round(len(finds) / max(1, len(gold)), 2),
    }
