"""Tables of contents: their lines, and the titles they announce."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .headings import Rank, number_length, rank, strip_number
from .lines import Line

_HEADER = re.compile(r"^(?:目\s*录|目\s*次|contents|CONTENTS)$")
_INLINE_HEADER = re.compile(r"^(?:目\s*录|目\s*次)[\s:：]+(?=\S)")
_ENTRY = re.compile(r"^(?P<title>\S.*?)(?P<leader>[\s.．·•…⋯—_-]*)[（(]?(?P<page>\d{1,4})[）)]?$")
_INLINE_PAGE = re.compile(r"\s+(?P<page>\d{1,3})(?=\s|$)")
_ENDS_WITH_PAGE = re.compile(r"\s\d{1,3}$")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_NOISE = re.compile(r"[\W_]+")
_SUBTITLE_MARKS = frozenset("— （(：:\u3000")
_TITLE_LIMIT = 120
_LOOK_AHEAD = 4
_WRAPPED_ENTRY = 16
_RUN_ON_LINES = 60
_FIRST_TITLES = 3
_HEADERLESS_ENTRIES = 4
_HEADERLESS_WITHIN = 400


@dataclass(frozen=True, slots=True)
class Contents:
    """``lines`` are the indices of its lines, ``within`` of lines that interrupt it
    (watermarks, page numbers), ``titles`` what it announces, in order."""

    lines: tuple[int, ...] = ()
    within: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleLines:
    """Where a title stands in the body: its first line, how many lines it takes,
    and its wording (the fuller one of body and table of contents)."""

    line: int
    count: int
    title: str


def title_key(text: str) -> str:
    """What two spellings of a title share: no number, punctuation or space."""
    return _NOISE.sub("", strip_number(text))


def find_contents(lines: Sequence[Line]) -> Contents:
    """The table of contents, an empty one when there is none."""
    for index, line in enumerate(lines):
        if _HEADER.match(line.text):
            return _after_header(lines, index)
        if _INLINE_HEADER.match(line.text):
            run_on = _run_on(lines, index)
            if len(run_on.titles) >= 2:
                return run_on
    return _without_header(lines)


def _after_header(lines: Sequence[Line], header: int) -> Contents:
    paged = any(_page(line) is not None for line in lines[header + 1 : header + 1 + _LOOK_AHEAD])
    taken, titles = [header], []
    within: list[int] = []
    pending: list[int] = []
    last_page = 0
    later = _keys_with_last_index(lines)
    for index in range(header + 1, len(lines)):
        text = lines[index].text
        page = _page(lines[index])
        if paged and page is not None and page >= last_page and len(text) <= _TITLE_LIMIT:
            entry = _ENTRY.match(text)
            head = "" if entry is None else entry["title"]
            if pending and _begins_entry(lines[pending[-1]].text, text):
                taken.append(pending.pop())
                head = lines[taken[-1]].text + head
            _settle(pending, lines, taken, within)
            titles.append(_tidy(head))
            taken.append(index)
            last_page = page
        elif any(title_key(text) == title_key(title) for title in titles[:_FIRST_TITLES]):
            break
        elif not paged and _recurs(lines[index], index, later):
            titles.append(_tidy(text))
            taken.append(index)
            _settle(pending, lines, taken, within)
        else:
            pending.append(index)
            if len(pending) >= _LOOK_AHEAD or len(text) > _TITLE_LIMIT:
                break
    return Contents(tuple(sorted(taken)), tuple(within), tuple(title for title in titles if title))


def _recurs(line: Line, index: int, later: dict[str, int]) -> bool:
    """Whether a line without a page number announces a title: it stands again below."""
    return (
        len(line.text) <= _TITLE_LIMIT and not line.complete and later.get(title_key(line.text), -1) > index
    )


def _settle(pending: list[int], lines: Sequence[Line], taken: list[int], within: list[int]) -> None:
    """Share out lines without a page number that turned out to lie between entries:
    the name of a part belongs to the table, anything else interrupts it."""
    for index in pending:
        (taken if rank(lines[index].text) is not None else within).append(index)
    pending.clear()


def _begins_entry(text: str, rest: str) -> bool:
    """Whether ``text`` is the first line of an entry whose last line is ``rest``."""
    if rest.startswith(("——", "--", "⸺")):
        return True
    return len(text) >= max(len(rest), _WRAPPED_ENTRY) and not number_length(rest)


def _keys_with_last_index(lines: Sequence[Line]) -> dict[str, int]:
    return {title_key(line.text): index for index, line in enumerate(lines) if len(line.text) <= _TITLE_LIMIT}


def _without_header(lines: Sequence[Line]) -> Contents:
    """A run of lines with rising page numbers, most of which stand again below
    without them: a table of figures has such lines too, but no such echo."""
    run: list[int] = []
    last_page = 0
    for index in range(min(len(lines), _HEADERLESS_WITHIN) + 1):
        page = _page(lines[index]) if index < len(lines) else None
        if page is not None and page >= last_page:
            run.append(index)
            last_page = page
            continue
        if len(run) >= _HEADERLESS_ENTRIES:
            break
        run, last_page = [], 0
    titles = [_tidy(entry["title"]) for index in run if (entry := _ENTRY.match(lines[index].text))]
    below = _keys_with_last_index(lines[run[-1] + 1 :]) if len(run) >= _HEADERLESS_ENTRIES else {}
    if 2 * sum(title_key(title) in below for title in titles) < len(titles) or not below:
        return Contents()
    return Contents(tuple(run), (), tuple(titles))


def _page(line: Line) -> int | None:
    if len(line.text) > _TITLE_LIMIT:
        return None
    entry = _ENTRY.match(line.text)
    if entry is None or not _HANZI.search(entry["title"]) or not entry["leader"]:
        return None
    return int(entry["page"])


def _run_on(lines: Sequence[Line], header: int) -> Contents:
    """A table of contents that runs on after its header, wrapped or in one line."""
    text = _INLINE_HEADER.sub("", lines[header].text)
    best, end = _run_on_titles(text), header
    for index in range(header + 1, min(len(lines), header + 1 + _RUN_ON_LINES)):
        if lines[index].complete or len(lines[index].text) > _TITLE_LIMIT:
            break
        longer = text + lines[index].text
        titles = _run_on_titles(longer)
        if len(titles) > len(best):
            best, end = titles, index
        elif _ENDS_WITH_PAGE.search(text):
            break
        text = longer
    return Contents(tuple(range(header, end + 1)), (), tuple(best))


def _run_on_titles(text: str) -> list[str]:
    """Titles of a table of contents that runs on in one line: 标题甲 1 标题乙 3."""
    titles: list[str] = []
    at = last_page = 0
    for found in _INLINE_PAGE.finditer(text):
        title, page = _tidy(text[at : found.start()]), int(found["page"])
        if page < last_page or len(title_key(title)) < 4 or len(title) > _TITLE_LIMIT:
            continue
        titles.append(title)
        at, last_page = found.end(), page
    return titles


def _tidy(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip(" .．·…⋯_-")


_OPENING = 3
_CANDIDATES = 60
_SHORTEST_PART = 5
_TITLE_LINES = 4


def locate_titles(lines: Sequence[Line], contents: Contents) -> list[TitleLines]:
    """Where the announced titles stand in the body, in the order of the body.

    A title may be split over up to four lines, lack its subtitle in either
    place, carry a number in either, or differ in punctuation.
    """
    if not contents.titles:
        return []
    first = max(contents.lines) + 1
    body = _Body(lines, first)
    found: dict[int, TitleLines] = {}
    at = first
    for title in contents.titles:
        match = body.find(title, at) or body.find(title, first)
        if match is not None and match.line not in found:
            found[match.line] = match
            at = match.line + match.count
    return [found[index] for index in sorted(found)]


class _Body:
    """The short lines after the table of contents, by what they begin with."""

    def __init__(self, lines: Sequence[Line], first: int) -> None:
        self.lines = lines
        self.keys: dict[int, str] = {}
        self.whole: dict[str, list[int]] = defaultdict(list)
        self.opening: dict[str, list[int]] = defaultdict(list)
        for index in range(first, len(lines)):
            if len(lines[index].text) <= _TITLE_LIMIT:
                key = self.keys[index] = title_key(lines[index].text)
                self.whole[key].append(index)
                self.opening[key[:_OPENING]].append(index)

    def find(self, title: str, after: int) -> TitleLines | None:
        """``title`` at or after line ``after``: on a line of its own rather than split."""
        wanted = title_key(title)
        for candidates in (self.whole.get(wanted, []), self.opening.get(wanted[:_OPENING], [])):
            start = bisect_left(candidates, after)
            for index in candidates[start : start + _CANDIDATES]:
                match = _match(self.keys, index, wanted, title, self.lines)
                if match is not None:
                    return match
        return None


def _match(
    keys: dict[int, str], index: int, wanted: str, title: str, lines: Sequence[Line]
) -> TitleLines | None:
    """The title at line ``index``, if it stands there."""
    if _numbers_section(title) and _numbers_section(lines[index].text):
        return None
    joined, parts = "", []
    for count in range(1, _TITLE_LINES + 1):
        key = keys.get(index + count - 1)
        if key is None:
            break
        joined += key
        parts.append(strip_number(lines[index + count - 1].text))
        if joined == wanted:
            return TitleLines(index, count, strip_number(title))
        if joined.startswith(wanted) and count == 1 and len(wanted) >= _SHORTEST_PART:
            # the body adds a subtitle: 标题——关于…
            tail = joined[len(wanted) :]
            return TitleLines(index, 1, parts[0]) if _is_subtitle(parts[0], tail) else None
        if not wanted.startswith(joined):
            break
    first = keys[index]
    if len(first) >= _SHORTEST_PART and wanted.startswith(first) and _ends_title_part(title, first):
        return TitleLines(index, 1, strip_number(title))
    return None


def _numbers_section(text: str) -> bool:
    """Whether ``text`` has a number by which a report counts its parts: 一、 （一） 第一章."""
    level = rank(text)
    return level in (Rank.TOP, Rank.SECOND) or (level is Rank.CHAPTER and text.startswith("第"))


def _is_subtitle(text: str, tail: str) -> bool:
    """Whether ``tail`` follows a dash, a space or a bracket in ``text``."""
    position = len(text) - len(tail) - 1
    return any(
        mark in text[max(0, position - 2) : position + 1] for mark in ("—", " ", "（", "(", "：", "\u3000")
    )


def _ends_title_part(title: str, key: str) -> bool:
    """Whether ``key`` is ``title`` up to a dash, colon or space in it."""
    parts = re.split(r"——|--|⸺|[：:\s]", strip_number(title))
    joined = ""
    for part in parts[:-1]:
        joined += title_key(part) if not joined else _NOISE.sub("", part)
        if joined == key:
            return True
    return False
