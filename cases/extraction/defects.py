"""Flaws of a document as received, each measured by what it leaves in the text."""

from __future__ import annotations

from collections.abc import Sequence

from .document import Article, Defect, Sentence


def find_defects(text: str, articles: Sequence[Article], sentences: Sequence[Sentence]) -> tuple[Defect, ...]:
    return ()
