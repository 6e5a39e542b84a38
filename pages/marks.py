"""Standoff spans drawn over text: markup is made when a page is shown, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_CLOSING = SafeString("</mark>")  # a constant of ours, in which no text stands


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open span ``[start, end)`` in the offsets of the text it is drawn over.

    ``kind`` becomes the CSS class ``mark-<kind>``, ``title`` the hover text.
    Of marks that overlap, the one with the lower ``depth`` is drawn outside.
    """

    start: int
    end: int
    kind: str
    title: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same marks, the outermost first."""

    text: str
    marks: tuple[Mark, ...]


def segments(text: str, marks: Iterable[Mark], offset: int = 0) -> Iterator[Segment]:
    """Cut ``text``, whose first character stands at ``offset``, where marks begin and end.

    Marks may overlap, nest and reach beyond the text; empty ones are dropped.
    The texts of the segments add up to ``text``.
    """
    end = offset + len(text)
    inside = [mark for mark in marks if mark.start < end and mark.end > offset and mark.start < mark.end]
    cuts = {offset, end}
    for mark in inside:
        cuts.update((max(mark.start, offset), min(mark.end, end)))
    edges = sorted(cuts)
    # The wider of two marks of one depth goes outside, so that nested spans nest in the page too.
    inside.sort(key=lambda mark: (mark.depth, mark.start, -mark.end, mark.kind))
    for left, right in pairwise(edges):
        covering = tuple(mark for mark in inside if mark.start <= left and mark.end >= right)
        yield Segment(text[left - offset : right - offset], covering)


def render_marks(text: str, marks: Iterable[Mark], offset: int = 0) -> SafeString:
    """``text`` escaped, with nested ``<mark>`` elements around the spans.

    Spans that cross are closed and opened again at the crossing, so the
    elements nest whatever the spans do.
    """
    return render_segments(segments(text, marks, offset))


def render_segments(pieces: Iterable[Segment]) -> SafeString:
    """Segments as nested ``<mark>`` elements, each opened as late and closed as late as nesting allows."""
    parts: list[str] = []
    opened: list[Mark] = []
    for piece in pieces:
        kept = _common_prefix(opened, piece.marks)
        parts.extend([_CLOSING] * (len(opened) - kept))
        parts.extend(_opening(mark) for mark in piece.marks[kept:])
        parts.append(piece.text)
        opened = list(piece.marks)
    parts.extend([_CLOSING] * len(opened))
    return format_html_join("", "{}", ((part,) for part in parts))  # escapes all but the tags


def locate(text: str, quote: str, near: int) -> tuple[int, int] | None:
    """Span of the occurrence of ``quote`` in ``text`` that is nearest to offset ``near``.

    White space in the quote (a page break inside a figure) need not be in the
    text.  None when the quote does not occur.
    """
    for form in dict.fromkeys((quote, "".join(quote.split()))):
        starts = _occurrences(text, form)
        if starts:
            start = min(starts, key=lambda at: abs(at - near))
            return start, start + len(form)
    return None


def mark_quote(text: str, quote: str, near: int = 0, kind: str = "figure") -> SafeString:
    """A sentence escaped, with the occurrence of ``quote`` nearest to ``near`` marked."""
    span = locate(text, quote, near)
    return render_marks(text, [Mark(*span, kind)] if span else [])


def align(raw: str, clean: str) -> list[bool]:
    """Which characters of ``raw`` stand in ``clean``, its readable form.

    Cleaning removes runs of characters and replaces single ones, so ``clean``
    is matched from left to right; a character that was replaced counts as kept.
    """
    if len(raw) == len(clean):
        return [True] * len(raw)
    kept, at, spare = [], 0, len(raw) - len(clean)
    for character in raw:
        same = at < len(clean) and (character == clean[at] or (spare == 0))
        kept.append(same)
        at += same
        spare -= not same
    return kept


def render_readable(raw: str, clean: str, marks: Sequence[Mark], offset: int = 0) -> SafeString:
    """``raw`` with its marks; what cleaning removed is left out when blank, else shown as set aside."""
    kept = align(raw, clean)
    if all(kept):
        return render_marks(raw, marks, offset)
    aside = [
        Mark(offset + start, offset + end, "aside", depth=99)
        for start, end in _runs_of(kept, False)
        if raw[start:end].strip()
    ]
    pieces = []
    at = offset
    for piece in segments(raw, [*marks, *aside], offset):
        text = piece.text
        if not any(mark.kind == "aside" for mark in piece.marks):
            text = "".join(c for i, c in enumerate(text, at - offset) if kept[i])
        at += len(piece.text)
        pieces.append(Segment(text, piece.marks))
    return render_segments(pieces)


def _opening(mark: Mark) -> SafeString:
    attributes = [("class", f"mark-{mark.kind}")]
    if mark.title:
        attributes.append(("title", mark.title))
    return format_html("<mark{}>", format_html_join("", ' {}="{}"', attributes))


def _common_prefix(first: Sequence[Mark], second: Sequence[Mark]) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one is not other:
            break
        length += 1
    return length


def _occurrences(text: str, form: str) -> list[int]:
    starts, at = [], text.find(form) if form else -1
    while at >= 0:
        starts.append(at)
        at = text.find(form, at + 1)
    return starts


def _runs_of(flags: Sequence[bool], wanted: bool) -> Iterator[tuple[int, int]]:
    start = None
    for index, flag in enumerate([*flags, not wanted]):
        if flag == wanted and start is None:
            start = index
        elif flag != wanted and start is not None:
            yield start, index
            start = None
