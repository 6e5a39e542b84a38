"""Places below county level: streets, communities, business districts, parks.

新村社区 after 吉林市, 新街口商圈 after 南京; or alone at the head of a clause
(智苑社区组织…).  A local name is a proper name and a suffix: 老旧社区, 各街道 and
建立社区 are no names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from regions.gazetteer import FormKind, Gazetteer
from regions.wordlist import is_han

from .region_words import place_lexicon

_LONGEST = 10
_LONGEST_ALONE = 6
# What a local name follows when no place stands before it.
_CUE = re.compile("[在由从]|来到|走进|走访|位于|地处|涌现出|覆盖|包括|选取|前往|家住|例如|比如")
# Words that describe a kind of community, street or park instead of naming one.
_GENERIC = place_lexicon("generic_before_local")
# Kinds of words that no proper name is made of, in jieba's tags.
_FUNCTION_TAGS = ("v", "d", "p", "c", "r", "u", "y", "m", "q", "z", "a", "i", "l")
# Characters that no local name contains; that none begins with; that none ends with.
_FUNCTION_CHARS = frozenset("各每某该此其这那把将从由让为向的及或并使被给按据所了过也都很最更两几多余全不")
_NEVER_FIRST = frozenset("到进入在以对内和与是就集需个处家类年月项名栋")
_NEVER_LAST = frozenset("到进入在以对内和与是就集需出驻区市")
# Words of other kinds that communities are named with.
_NAME_WORDS = place_lexicon("words_in_local_names")
_ONE_CHAR_SUFFIXES = frozenset("镇乡村")
ZONE_SUFFIXES = tuple(sorted(place_lexicon("zone_suffixes")))
# These may follow a city with no name between: 成都高新区.
_BARE = place_lexicon("bare_zone_suffixes")
_ORDINAL = re.compile(r"第[一二三四五六七八九十]+")


class LocalNames:
    """Finds local names in one text, from the positions of local suffixes."""

    def __init__(self, text: str, gazetteer: Gazetteer, suffixes: Sequence[tuple[int, int]]) -> None:
        self.text, self.gazetteer = text, gazetteer
        self.suffixes = suffixes
        self._starts = [start for start, _ in suffixes]

    def after(self, end: int, in_city: bool) -> int:
        """End of the local name that follows a place ending at ``end``; ``end`` if none."""
        text = self.text
        limit = end
        while limit < len(text) and limit - end < _LONGEST + 4 and is_han(text[limit]):
            limit += 1
        best = end
        at = bisect_left(self._starts, end)
        while at < len(self.suffixes) and self._starts[at] < limit:
            start, stop = self.suffixes[at]
            at += 1
            if stop > limit or start < best:
                continue
            if start == best and best > end:
                break
            if self._names(best, start, stop, first=best == end, in_city=in_city):
                best = stop
            elif best == end and stop - start > 1 and start - end > 1:
                break
        return best

    def alone(self) -> list[tuple[int, int]]:
        """Spans of local names at the head of a clause or after a cue, with no place before."""
        out = []
        text = self.text
        for start, stop in self.suffixes:
            if start < 2 or stop - start < 2:
                continue
            previous = text[start - 2 : start]
            zone = text[start:stop] in ZONE_SUFFIXES
            if text[start - 1] in _NEVER_LAST or (previous in _GENERIC and not zone):
                continue
            left = self._head(start)
            if left is None:
                continue
            if (
                start - left >= 2
                and self._is_proper(text[left:start], strict=True)
                and not self._runs_on(start, stop)
            ):
                out.append((left, stop))
        return out

    def _head(self, start: int) -> int | None:
        """Where the name before the suffix at ``start`` begins: after a cue (在, 走进),
        or at the head of the clause; None when that is too far away."""
        text = self.text
        left = start
        while left > 0 and start - left < _LONGEST_ALONE and is_han(text[left - 1]):
            left -= 1
        cues = [cue.end() for cue in _CUE.finditer(text, max(0, left - 1), start)]
        if cues:
            return cues[-1]
        return None if left > 0 and is_han(text[left - 1]) else left

    def _names(self, left: int, start: int, stop: int, *, first: bool, in_city: bool) -> bool:
        text = self.text
        name, suffix = text[left:start], text[start:stop]
        if self._runs_on(start, stop):
            return False
        known = self.gazetteer.by_text.get(text[left:stop])
        if known is not None and known.kind is FormKind.TOWN:
            return name not in _GENERIC
        if not name:
            return first and in_city and suffix in _BARE
        if suffix in _ONE_CHAR_SUFFIXES and (
            suffix != "村" or text[start - 1 : stop] in self.gazetteer.words.cost
        ):
            return False
        if suffix in _BARE and name in (
            "经济",
            "经济技术",
            "高新技术产业",
            "高新技术",
            "高新",
            "国家级",
            "国家高新技术产业",
        ):
            return first and in_city
        rest = _ORDINAL.sub("", name)
        return len(name) <= 8 and (not rest or self._is_proper(rest, strict=False))

    def _runs_on(self, start: int, stop: int) -> bool:
        """Whether the suffix is only the beginning of a word: 社区|工作者 is not, 镇|江 is."""
        words = self.gazetteer.words.cost
        text = self.text
        if stop - start == 1:
            return text[start : start + 2] in words or text[start : start + 3] in words
        return False

    def _is_proper(self, name: str, strict: bool) -> bool:
        """Whether ``name`` reads as a proper name.  ``strict``: some part of it must
        not be a general word (智苑, 重庆路东, but not 新村)."""
        words = self.gazetteer.words
        if (
            name in _GENERIC
            or name[0] in _NEVER_FIRST
            or name[-1] in _NEVER_LAST
            or not _FUNCTION_CHARS.isdisjoint(name)
            or (strict and words.kind.get(name, "ns") != "ns" and len(name) > 1)
        ):
            return False
        proper, verbs = False, 0
        pieces = words.words(name)
        for word in pieces:
            kind = words.kind.get(word, "")
            if len(word) > 1 and word in _GENERIC and not proper:
                return False
            if word in _NAME_WORDS or (proper and word in _GENERIC):
                continue
            if (len(word) == 4 and kind not in ("ns", "nz")) or (len(word) > 2 and word[-1] == "化"):
                return False
            if kind[:1] in _FUNCTION_TAGS:
                if len(word) > 1 or len(name) == 1 or (strict and kind != "zg"):
                    return False
                verbs += kind[:1] == "v"
            elif kind in ("ns", "nz", "nt", "") or len(word) == 1:
                proper = True
        return (proper or not strict) and verbs < len(pieces)
