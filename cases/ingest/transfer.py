"""Where a span of one version of a document stands in another, if that is certain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from cases.ingest.matching import Span
from cases.models import Source

ALIKE = 0.7
"""Share of neighbouring characters that two wordings of one passage have in common at least."""


def bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


class PassageFinder:
    """Finds the passage of a text that a passage of another version became."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self.text = text
        self._spans = list(spans)
        self._bigrams = [bigrams(text[start:end]) for start, end in self._spans]
        self._by_text: dict[str, list[int]] = defaultdict(list)
        self._by_bigram: dict[str, list[int]] = defaultdict(list)
        for i, (start, end) in enumerate(self._spans):
            self._by_text[text[start:end]].append(i)
            for pair in self._bigrams[i]:
                self._by_bigram[pair].append(i)

    @classmethod
    def of(cls, source: Source) -> PassageFinder:
        spans = source.passages.found().order_by("start").values_list("start", "end")
        return cls(source.text, spans)

    def find(self, wording: str) -> Span | None:
        """The one passage with this wording, or the one that is most alike; None if in doubt."""
        same = self._by_text.get(wording, [])
        if same:
            return self._spans[same[0]] if len(same) == 1 else None
        wanted = bigrams(wording)
        shared = Counter(i for pair in wanted for i in self._by_bigram.get(pair, ()))
        scored = sorted(
            ((2 * n / (len(wanted) + len(self._bigrams[i])), i) for i, n in shared.items()), reverse=True
        )[:2]
        if not scored or scored[0][0] < ALIKE or (len(scored) == 2 and scored[0][0] == scored[1][0]):
            return None
        return self._spans[scored[0][1]]

    def locate(self, wording: str, quote: str, at: int) -> Span | None:
        """Where the ``quote`` that stands at ``at`` in the passage ``wording`` stands here.

        None unless the passage is certain and says the quote, and says it as
        often as it did: the second of two stays the second of two.
        """
        passage = self.find(wording)
        if passage is None:
            return None
        before = occurrences(wording, quote)
        now = occurrences(self.text[passage[0] : passage[1]], quote)
        if len(before) != len(now) or at not in before:
            return None
        start = passage[0] + now[before.index(at)]
        return start, start + len(quote)


def occurrences(text: str, quote: str) -> list[int]:
    """Offsets of every occurrence of ``quote`` in ``text``, overlapping ones too."""
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found
