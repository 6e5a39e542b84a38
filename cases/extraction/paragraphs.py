"""Paragraphs: lines labelled by kind, with those that continue one another joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .bylines import is_byline
from .document import PassageKind
from .furniture import JUMP, is_furniture, is_jump, running_heads
from .headings import BRACKET_LABEL, is_heading, is_plain_heading, rank
from .lines import Line, wrap_width

_SHORT = 40
_INDENTS = 3
_MOST_LINES = 0.9  # when more are indented, indents tell nothing
# One sentence of two clauses without figures.
_CLOSED_HEADING = re.compile(r"^[\u4e00-\u9fff][^。！？；，\d*]{4,16}，[^。！？；，\d*]{4,20}。$")
_HEADING_DISTANCE = 20
_OPEN_ENDS = "，、,（(“‘"
_TITLE_LIMIT = 110
_PLAIN_TITLE_LIMIT = 60
_TITLE_CLAUSES = 3


@dataclass(slots=True)
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
    """Whether the opening line of an article can be its title: no full stop, few
    clauses, and long only with a subtitle or a column name; not 近年来，…"""
    limit = _TITLE_LIMIT if "——" in text or "（" in text else _PLAIN_TITLE_LIMIT
    return (
        4 <= len(text) <= limit
        and text[-1] not in "。；，、,:：;"
        and "。" not in text
        and "；" not in text
        and text.count("，") <= _TITLE_CLAUSES
        and "，" not in text[:5]
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
    indented = sum(line.indented for line in lines)
    layout = Layout(wrap_width(lines), _INDENTS <= indented <= _MOST_LINES * len(lines))
    furniture = running_heads(lines).union(furniture)
    assembly = _Assembly()
    for index, line in enumerate(lines):
        if index in contents:
            assembly.add(PassageKind.CONTENTS, line)
        elif index in titles:
            assembly.add(PassageKind.HEADING, line)
        elif index in furniture or is_furniture(line.text):
            assembly.add_furniture(line)
        elif assembly.open and layout.goes_on(assembly.open, line, line.new_page or assembly.page_turned):
            assembly.go_on(line)
        elif is_byline(line.text):
            assembly.add(PassageKind.BYLINE, line)
        elif not assembly.text_seen and is_title(line.text) and not layout.fills(line):
            assembly.add(PassageKind.HEADING, line)
        else:
            assembly.begin(line)
    assembly.close()
    return _with_parallel_headings(assembly.paragraphs)


def _with_parallel_headings(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Mark short sentences that stand alone above text and begin alike as headings:
    围绕任务责任落实，认真做好项目对表梳理。 … 围绕夯实基层基础，深化推进“班长工程”建设。"""
    alike: dict[str, list[int]] = defaultdict(list)
    for i, (paragraph, below) in enumerate(pairwise(paragraphs)):
        if paragraph.kind is below.kind is PassageKind.SENTENCE and _CLOSED_HEADING.match(paragraph.text):
            alike[paragraph.text[:2]].append(i)
    for indices in alike.values():
        near = any(right - left <= _HEADING_DISTANCE for left, right in pairwise(indices))
        for i in indices if near else ():
            paragraphs[i] = replace(paragraphs[i], kind=PassageKind.HEADING)
    return paragraphs


class _Assembly:
    """Paragraphs so far, the lines of the one that is still open, and the page
    furniture met since: it is dropped when the paragraph goes on behind it."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.open: list[Line] = []
        self.text_seen = False
        self._opens_text = False
        self._held: list[Paragraph] = []

    def add(self, kind: PassageKind, line: Line) -> None:
        self.close()
        self.paragraphs.append(Paragraph(kind, (line,)))
        self.text_seen = self.text_seen or kind is PassageKind.HEADING

    def add_furniture(self, line: Line) -> None:
        if is_jump(line.text):
            self.close()
        self._held.append(Paragraph(PassageKind.FURNITURE, (line,)))

    def begin(self, line: Line) -> None:
        self.close()
        self.open = [line]
        self._opens_text, self.text_seen = not self.text_seen, True

    @property
    def page_turned(self) -> bool:
        return bool(self._held)

    def go_on(self, line: Line) -> None:
        self._held.clear()
        self.open.append(line)

    def close(self) -> None:
        if self.open:
            paragraph = Paragraph(PassageKind.SENTENCE, tuple(self.open))
            heading = is_heading(paragraph.text) or (self._opens_text and is_title(paragraph.text))
            kind = PassageKind.HEADING if heading else PassageKind.SENTENCE
            self.paragraphs.append(replace(paragraph, kind=kind))
            self.open = []
        self.paragraphs.extend(self._held)
        self._held = []


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document sets paragraphs: the width at which lines are broken, if they
    are, and whether first lines are indented."""

    width: int | None
    indents: bool

    def fills(self, line: Line) -> bool:
        """Whether the line is as long as lines get, so that it may have been broken."""
        return self.width is not None and len(line.text) >= self.width - 4

    def goes_on(self, paragraph: Sequence[Line], line: Line, new_page: bool) -> bool:
        """Whether ``line``, which may stand on a new page, continues ``paragraph``."""
        last = paragraph[-1]
        if last.text[-1] in _OPEN_ENDS:
            return True
        if self.indents and not line.indented and self.fills(last):
            return not (last.complete and _starts_anew(line))
        if self.indents and line.indented and not _is_prose(paragraph):
            return False
        if last.complete or not self._is_cut(paragraph, line, new_page):
            return False
        if last.text[-1].isdigit() and line.text[0].isdigit():
            return True
        return not _starts_anew(line) and (self.fills(last) or not is_plain_heading(line.text))

    def _is_cut(self, paragraph: Sequence[Line], line: Line, new_page: bool) -> bool:
        """Whether a paragraph that lacks its full stop is text cut off before
        ``line``, not a heading."""
        last = paragraph[-1]
        if len(paragraph) > 1 or last.has_inner_end or self.fills(last):
            return True
        if new_page and "，" in last.text and rank(last.text) is None:
            # Headings are kept with the text below them, so this is text.
            return True
        return len(last.text) > _SHORT and not is_heading(last.text)


def _is_prose(paragraph: Sequence[Line]) -> bool:
    """Whether lines are too many, or say too much, for a title that lacks a full stop."""
    return len(paragraph) > 2 or not is_title("".join(line.text for line in paragraph))


def _starts_anew(line: Line) -> bool:
    """Whether a line opens a paragraph whatever stands before it."""
    if BRACKET_LABEL.match(line.text) or line.text.startswith("——") or is_byline(line.text):
        return True
    return rank(line.text) is not None and (not line.text[0].isdigit() or is_heading(line.text))
