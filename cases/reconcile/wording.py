"""What a subject or a title is about: its letters, its pairs of letters, its head."""

from __future__ import annotations

import re
from functools import lru_cache

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_SHARE = re.compile(r"(?:占[^占]{0,12}总[数量]的?)?(?:占比|比重|比例|比率)$|占$")
_NOTE = re.compile(r"（[^）]*）$")


def letters_of(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


@lru_cache(maxsize=20_000)
def bigrams(letters: str) -> frozenset[str]:
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of pairs that two texts have in common, 0 to 1."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


@lru_cache(maxsize=20_000)
def head(subject: str) -> str:
    """What is counted: 建立的网格党支部 → 网格党支部; of a share, what it is a share of."""
    bare = _SHARE.sub("", _NOTE.sub("", subject.strip()))
    parts = [part for part in re.split("的", bare) if part]
    return letters_of(parts[-1]) if parts else letters_of(bare)
