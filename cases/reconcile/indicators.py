"""Indicators: figures that count the same thing in several places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import jieba

from .observations import plain_unit
from .records import FigureRecord
from .wording import head, letters_of

_QUOTED = re.compile(r"“([^“”]+)”")
_LEAST = 4  # letters of what is counted: 网格党支部, not 问题
_LONGEST_CONDITION = 9  # letters before the last 的: beyond, a part of what is counted is meant
_TOO_VAGUE = re.compile(r"^以[上下]")
_SHARE = "%"
LARGEST = 2000  # figures; more count something that everybody counts


@dataclass(frozen=True, slots=True)
class IndicatorKey:
    """What a figure counts, in which unit; of a share, also the names its statement quotes."""

    unit: str
    counted: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "|".join((self.unit, self.counted, *self.names))


@dataclass(frozen=True, slots=True)
class IndicatorFind:
    """Figures of two or more places that count the same thing in the same unit."""

    key: IndicatorKey
    name: str
    members: tuple[FigureRecord, ...]


def indicator_key(figure: FigureRecord) -> IndicatorKey | None:
    """What ``figure`` counts: the last two words of its subject's head; None when that says too little."""
    if not figure.unit or "非" in figure.subject:
        return None
    words = list(jieba.cut(head(figure.subject)))[-2:]
    counted = "".join(words)
    names = tuple(sorted(set(_QUOTED.findall(figure.subject)))) if figure.unit == _SHARE else ()
    if names and counted:
        return IndicatorKey(figure.unit, counted, names)
    condition = letters_of(figure.subject.rpartition("的")[0])
    says_enough = len(words) == 2 and len(counted) >= _LEAST and not _TOO_VAGUE.search(counted)
    if says_enough and len(condition) <= _LONGEST_CONDITION:
        return IndicatorKey(plain_unit(figure.unit), counted)
    return None


def find_indicators(figures: Iterable[FigureRecord]) -> list[IndicatorFind]:
    """Indicators with figures of two or more places, in the order of their keys."""
    groups: dict[IndicatorKey, list[FigureRecord]] = defaultdict(list)
    for figure in figures:
        if figure.region and (key := indicator_key(figure)):
            groups[key].append(figure)
    return [
        IndicatorFind(key, _name(key, members), tuple(members))
        for key, members in sorted(groups.items(), key=lambda item: str(item[0]))
        if len({figure.region for figure in members}) > 1 and len(members) <= LARGEST
    ]


def _name(key: IndicatorKey, members: list[FigureRecord]) -> str:
    """The shortest subject that a member gives, which adds least to what is counted."""
    if key.names:
        return min((figure.subject for figure in members), key=lambda subject: (len(subject), subject))
    return key.counted
