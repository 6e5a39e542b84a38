"""General words that the place finder weighs, from lexicons/places.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "lexicons" / "places.json"


@cache
def place_lexicon(name: str) -> frozenset[str]:
    """The words of one class; some are regular expressions (第[一二三]+)."""
    lines = json.loads(_FILE.read_text(encoding="utf-8"))[name]
    return frozenset(word for line in lines for word in line.split())
