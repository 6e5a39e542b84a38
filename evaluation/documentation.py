"""The generated tables of docs/extraction.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from .annotations import Annotation
from .calibration import by_confidence, by_rule
from .report import reliability_table
from .scoring import Pair

PAGE = Path(__file__).resolve().parent.parent / "docs" / "extraction.md"
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_tables(
    page: str, finds: Mapping[str, Sequence[Annotation]], pairs: Mapping[str, Sequence[Pair]]
) -> str:
    """``page`` with each marked block filled with the table of its name."""
    tables = {
        "rules": "\n".join(reliability_table(by_rule(finds, pairs), "Rule")),
        "confidence": "\n".join(reliability_table(by_confidence(finds, pairs), "Confidence")),
    }
    return _BLOCK.sub(lambda block: f"{block[1]}\n{tables[block['name']]}\n\n{block[3]}", page)


def write(finds: Mapping[str, Sequence[Annotation]], pairs: Mapping[str, Sequence[Pair]]) -> None:
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), finds, pairs), encoding="utf-8")
