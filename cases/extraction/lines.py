"""The lines of a document: what stands between line ends or paragraph marks.

A line is the smallest piece that the layout gives.  Everything after this
module reasons about lines: which are page furniture, which are headings, and
which continue the paragraph of the line before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

_RUN = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
# Two full-width spaces inside a line mark a new paragraph in texts that lost their line ends.
_INDENT = re.compile(r"\u3000{2,}")
_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028]")
_BLANK = " \t\u3000\xa0\ufeff\u200b\u2002\u2003\u2009\x00\x1f"

# A line that ends so is complete; a colon introduces what follows.
_COMPLETE = re.compile(r"(?:[。！？；…：!?;:]|\.{3})[”’」』》）)\]】\"'*]*$")
_INNER_END = re.compile(r"[。；](?=.{3})")

_PAGE_GAP = 3


@dataclass
class Line:
    """Raw span and text without surrounding white space.

    ``new_page`` tells a form feed before it, or three line ends or more where
    that is unusual; ``indented`` a paragraph mark.
    """

    start: int
    end: int
    text: str
    new_page: bool = False
    indented: bool = False

    @cached_property
    def complete(self) -> bool:
        """Whether the line ends as a sentence or an introduction ends."""
        return bool(_COMPLETE.search(self.text[-6:]))

    @cached_property
    def has_inner_end(self) -> bool:
        """Whether a sentence ends before the end of the line."""
        return bool(_INNER_END.search(self.text))


def split_lines(raw: str) -> list[Line]:
    """Non-blank lines of ``raw`` in order."""
    spans = [
        (start + len(piece) - len(piece.lstrip(_BLANK)), start + len(piece.rstrip(_BLANK)), start, marked)
        for run in _RUN.finditer(raw)
        for start, end, marked in _paragraph_marks(raw, *run.span())
        if (piece := raw[start:end]).strip(_BLANK)
    ]
    between = [raw[left[1] : right[0]] for left, right in pairwise([(0, 0, 0, False), *spans])]
    gaps = [len(_LINE_END.findall(blank)) for blank in between]
    page_gap = max(_PAGE_GAP, median(gaps) + 1) if gaps else _PAGE_GAP
    return [
        Line(start, end, raw[start:end], gap >= page_gap or "\f" in blank, marked or start - begin >= 2)
        for (start, end, begin, marked), blank, gap in zip(spans, between, gaps, strict=True)
    ]


def _paragraph_marks(raw: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """``[start, end)`` cut at full-width indents: (start, end, begins with a mark)."""
    if raw.find("\u3000\u3000", start, end) < 0:
        return [(start, end, False)]
    pieces, at, marked = [], start, False
    for mark in _INDENT.finditer(raw, start, end):
        if mark.start() > at:
            pieces.append((at, mark.start(), marked))
        at, marked = mark.end(), True
    pieces.append((at, end, marked))
    return pieces


def wrap_width(lines: Sequence[Line]) -> int | None:
    """Characters at which lines were broken by a page layout, None if they were not.

    Lines are wrapped when about half of them or more have one length, give or
    take a few characters, and most of these end in mid-sentence.
    """
    lengths = Counter(len(line.text) for line in lines if len(line.text) > 12)
    if lengths.total() < 6:
        return None
    width = max(lengths, key=lambda length: (lengths[length], length))
    full = [line for line in lines if width - 4 <= len(line.text) <= width + 8]
    broken = sum(not line.complete for line in full)
    wrapped = len(full) >= 0.45 * lengths.total() and broken >= 0.6 * len(full)
    return width if wrapped and 16 <= width <= 90 else None
