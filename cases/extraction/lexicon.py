"""Lexicons: general words of the field, kept as versioned data files.

A lexicon is scanned in one pass over the text; matches are the longest at each
place.  ``version`` goes into every run, so that a changed lexicon is visible.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_FOLDER = Path(__file__).parent / "lexicons"
CUES = (
    "institution",
    "object",
    "action",
    "establish",
    "exhort",
    "authority",
    "background",
    "problem",
    "result",
)


class Lexicon:
    """Terms in named classes, e.g. ``{"action": [...], "institution": [...]}``;
    ``classes[i]`` are those of ``terms[i]``."""

    def __init__(self, classes: Mapping[str, Sequence[str]]) -> None:
        terms: dict[str, list[str]] = {}
        for name, members in classes.items():
            for term in members:
                terms.setdefault(term, []).append(name)
        self.terms = list(terms)
        self.classes = [tuple(terms[term]) for term in self.terms]
        self._automaton = AhoCorasick(
            self.terms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def matches(self, text: str) -> list[tuple[int, int, int]]:
        """(index into ``terms``, start, end) of the longest matches, left to right."""
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text)
        return found

    def scan(self, text: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
        """Yield (start, end, term, classes) of the longest matches, left to right."""
        for index, start, end in self.matches(text):
            yield start, end, self.terms[index], self.classes[index]


def _read(name: str) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return entries


@cache
def practice_lexicon() -> Lexicon:
    """Cues for what a sentence does: institutions, actions, exhortation, …"""
    data = _read("practice")
    return Lexicon({name: data[name] for name in CUES})


@cache
def general_quotes() -> frozenset[str]:
    """Words often set in quotation marks that name no practice."""
    return frozenset(_read("practice")["general_quotes"])


@cache
def theme_lexicon() -> Lexicon:
    """Theme terms; the class is ``slug:strong``, ``slug:medium`` or ``slug:weak``."""
    themes = _read("themes")["themes"]
    return Lexicon(
        {
            f"{slug}:{kind}": theme[kind]
            for slug, theme in themes.items()
            for kind in ("strong", "medium", "weak")
            if kind in theme
        }
    )


@cache
def listed_weights() -> dict[str, float]:
    """By theme, what a term weighs as one item of an enumeration; a theme that is
    itself told in enumerations (市、区、街道、社区) says so."""
    return {slug: theme.get("listed", 0.4) for slug, theme in _read("themes")["themes"].items()}


@cache
def lexicon_version() -> str:
    """Twelve hexadecimal digits that change with any lexicon file."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
