"""Paragraphs: lines labelled by kind, with those that continue one another joined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .bylines import is_byline
from .document import PassageKind
from .furniture import JUMP, is_furniture, is_jump, running_heads
from .headings import BRACKET_LABEL, is_heading, is_plain_heading, rank
from .lines import Line, wrap_width

_SHORT = 40
_TITLE_LIMIT = 110
_TITLE_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines read as one run of text."""

    kind: PassageKind
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def text(self) -> str:
        return self.lines[0].text if len(self.lines) == 1 else "".join(line.text for line in self.lines)

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Raw spans between its lines."""
        for left, right in pairwise(self.lines):
            yield left.end, right.start


def cut_at_jumps(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with newspaper jumps that stand at either end of one made lines of their own."""
    cut: list[Line] = []
    for line in lines:
        jump = JUMP.search(line.text) if "上接" in line.text or "下转" in line.text else None
        if jump is None or not is_jump(jump[0]) or jump[0] == line.text:
            cut.append(line)
        elif jump.start() == 0 or jump.end() == len(line.text):
            middle = jump.end() if jump.start() == 0 else jump.start()
            cut.append(_piece(line, 0, middle))
            cut.append(replace(_piece(line, middle, len(line.text)), new_page=False))
        else:
            cut.append(line)
    return [line for line in cut if line.text]


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    at = line.start + start + len(text) - len(text.lstrip())
    text = text.strip()
    return replace(line, start=at, end=at + len(text), text=text)


def is_title(text: str) -> bool:
    """Whether the opening line of an article can be its title."""
    return (
        4 <= len(text) <= _TITLE_LIMIT
        and text[-1] not in "。；，、,:：;"
        and "。" not in text
        and "；" not in text
        and text.count("，") <= _TITLE_CLAUSES
        and any("\u4e00" <= char <= "\u9fff" for char in text)
    )


def read_paragraphs(
    lines: Sequence[Line], contents: Collection[int], furniture: Collection[int], titles: Collection[int]
) -> list[Paragraph]:
    """Group ``lines`` into paragraphs of one kind each, in order.

    ``contents``, ``furniture`` and ``titles`` are indices of lines already known
    for what they are.  A line that ends in mid-sentence goes on in the next
    text line, past page furniture; furniture in between belongs to no
    paragraph.
    """
    width = wrap_width(lines)
    indents = sum(line.indented for line in lines) >= 3
    running = running_heads(lines)
    paragraphs: list[Paragraph] = []
    open_lines: list[Line] = []
    held: list[Paragraph] = []

    def close() -> None:
        if open_lines:
            paragraphs.append(_text_paragraph(open_lines))
            open_lines.clear()
        paragraphs.extend(held)
        held.clear()

    text_seen = False
    for index, line in enumerate(lines):
        if index in contents:
            close()
            paragraphs.append(Paragraph(PassageKind.CONTENTS, (line,)))
        elif index in titles:
            close()
            paragraphs.append(Paragraph(PassageKind.HEADING, (line,)))
            text_seen = True
        elif index in furniture or index in running or is_furniture(line.text):
            piece = Paragraph(PassageKind.FURNITURE, (line,))
            if is_jump(line.text):
                close()
                paragraphs.append(piece)
            elif open_lines:
                held.append(piece)
            else:
                paragraphs.append(piece)
        elif open_lines and _goes_on(open_lines[-1], line, width, indents):
            held.clear()
            open_lines.append(line)
        elif is_byline(line.text):
            close()
            paragraphs.append(Paragraph(PassageKind.BYLINE, (line,)))
        elif not text_seen and is_title(line.text) and not _fills(line, width):
            close()
            paragraphs.append(Paragraph(PassageKind.HEADING, (line,)))
            text_seen = True
        else:
            close()
            open_lines.append(line)
            text_seen = True
            before_page = index + 1 < len(lines) and lines[index + 1].new_page
            if not _is_open(line, width, indents) and not (before_page and _is_cut_by_page(line)):
                close()
    close()
    return paragraphs


def _fills(line: Line, width: int | None) -> bool:
    return width is not None and len(line.text) >= width - 4


def _is_open(line: Line, width: int | None, indents: bool) -> bool:
    """Whether the paragraph may go on in the next line."""
    if _fills(line, width):
        return indents or not line.complete
    if line.complete:
        return False
    return (
        line.text[-1] in "，、,"
        or line.has_inner_end
        or (len(line.text) > _SHORT and not is_heading(line.text))
    )


def _is_cut_by_page(line: Line) -> bool:
    """Whether a short line at the foot of a page is text: a heading is not set
    there, and has no clauses of such length."""
    return not line.complete and "，" in line.text and rank(line.text) is None


def _goes_on(last: Line, line: Line, width: int | None, indents: bool) -> bool:
    """Whether ``line`` continues the open paragraph that ends with ``last``."""
    if not _is_open(last, width, indents) and not (line.new_page and _is_cut_by_page(last)):
        return False
    filled = _fills(last, width)
    if filled and indents and line.indented:
        return False
    if last.text[-1] in "，、,（(“‘":
        return True
    if rank(line.text) is not None and not line.text[0].isdigit():
        return False
    if BRACKET_LABEL.match(line.text) or is_byline(line.text) or line.text.startswith("——"):
        return False
    if rank(line.text) is not None and is_heading(line.text):
        return False
    return filled or not is_plain_heading(line.text)


def _text_paragraph(lines: Sequence[Line]) -> Paragraph:
    paragraph = Paragraph(PassageKind.SENTENCE, tuple(lines))
    kind = PassageKind.HEADING if is_heading(paragraph.text) else PassageKind.SENTENCE
    return replace(paragraph, kind=kind)
