"""Themes of a piece of text, from a versioned lexicon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from .lexicon import listed_weights, theme_lexicon

_THRESHOLD = 1.4
_WEIGHT = {"strong": 2.0, "medium": 1.2, "weak": 0.6}
_PLACES = (1.0, 0.85, 0.65)  # what a term weighs in the first, second and later sentences
_AGAIN = 0.5  # … and when it occurs again
_CONTEXT = 0.5  # … and in a heading above,
_CONTEXT_LIMIT = 0.6  # which alone never makes a theme
_SIBLING = 0.8
_ITEM_REACH = 31
_EDGE = re.compile("[、，。；：“”（）\n]")
_LAST_EDGE = re.compile(f".*({_EDGE.pattern})", re.DOTALL)


@cache
def _weights() -> list[tuple[tuple[str, float, float], ...]]:
    """By term of the lexicon: slug, weight and weight as one of a list, for each class
    ``slug:kind``.  A term that is itself a list weighs the same in one."""
    table = []
    for term, classes in zip(theme_lexicon().terms, theme_lexicon().classes, strict=True):
        pairs = [name.split(":") for name in classes]
        listed = {slug: 1.0 if "、" in term else listed_weights()[slug] for slug, _kind in pairs}
        table.append(tuple((slug, _WEIGHT[kind], _WEIGHT[kind] * listed[slug]) for slug, kind in pairs))
    return table


class Themes:
    """Finds the themes of spans of one text; the text is scanned once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._hits = theme_lexicon().matches(text)
        self._starts = [start for _term, start, _end in self._hits]
        self._listed: dict[int, bool] = {}  # by start: headings are read again with each unit below them

    def of(
        self,
        spans: Sequence[tuple[int, int]],
        context: Sequence[tuple[int, int]],
        siblings: Sequence[tuple[int, int]],
    ) -> tuple[str, ...]:
        """Slugs whose terms stand in ``spans`` with enough weight, best first.
        ``context`` are headings above, ``siblings`` what a semicolon joins to it:
        山东开展小区网格党组织覆盖行动；福建推行“近邻党建”；…"""
        score: dict[str, float] = defaultdict(float)
        seen: set[int] = set()  # terms
        for number, span in enumerate(spans):
            self._add(score, seen, span, _PLACES[min(number, 2)])
        for span in siblings:
            self._add(score, seen, span, _SIBLING)
        above: dict[str, float] = defaultdict(float)
        for span in context:
            self._add(above, seen, span, _CONTEXT)
        for slug, value in above.items():
            score[slug] += min(value, _CONTEXT_LIMIT)
        found = [slug for slug, value in score.items() if value >= _THRESHOLD]
        return tuple(sorted(found, key=lambda slug: (-score[slug], slug)))

    def _add(self, score: dict[str, float], seen: set[int], span: tuple[int, int], weight: float) -> None:
        first, last = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        weights = _weights()
        for term, start, end in self._hits[first:last]:
            factor = weight * (_AGAIN if term in seen else 1.0)
            seen.add(term)
            # One of a list (业委会、物业、专职党群工作者) is named in passing.
            is_listed = self._listed.get(start)
            if is_listed is None:
                is_listed = self._listed[start] = self._is_listed(start, end)
            for slug, alone, listed in weights[term]:
                score[slug] += factor * (listed if is_listed else alone)

    def _is_listed(self, start: int, end: int) -> bool:
        """Whether the term stands in one item of an enumeration with 、."""
        text, first, last = self._text, max(0, start - _ITEM_REACH), end + _ITEM_REACH
        if text.find("、", first, last) < 0:
            return False
        before, after = _LAST_EDGE.match(text, first, start), _EDGE.search(text, end, last)
        edges = (before[1] if before else "") + (after[0] if after else "")
        return "、" in edges and "“" not in edges and "”" not in edges
