"""Which practices belong to others: the same idea one level down, or a part of a larger account."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from .families import FamilyFind
from .records import PracticeRecord
from .terms import terms_of

BORROWS = "按照|参照|仿照|借鉴|学习|复制|引进"
"""What a sentence that borrows has, as a pattern that the databases can search too."""
_BORROWS = re.compile(rf"(?:学习借鉴|{BORROWS})了?")
_ITS_OWN = re.compile(
    r"(?:市|省|区|县|街道|等地)?(?:率先)?(?:推行|推广|实行|探索|首创|创立|创新|成功|先进|的)"
)

Pair = tuple[PracticeRecord, PracticeRecord]
_LEAST_NAME = 4  # letters


def carried_out(family: FamilyFind) -> Iterator[Pair]:
    """Each practice of ``family`` with the one that the level above has under the same name.

    上海的“班长工程” → 长宁区推进“班长工程”建设; nearest level above, first told.
    The two have the family's term for a name, or words beyond it in common.
    """
    for lower in family.members:
        above = [
            upper
            for upper in family.members
            if _is_inside(lower, upper) and _is_one_name(family.key, lower, upper)
        ]
        if above:
            yield lower, max(above, key=lambda upper: (max(map(len, upper.regions)), -upper.key))


def _is_one_name(term: str, first: PracticeRecord, second: PracticeRecord) -> bool:
    common = terms_of(first.title, first.names) & terms_of(second.title, second.names)
    named = all(f"“{term}" in practice.title or term in practice.names for practice in (first, second))
    return named or any(term in other and len(other) > len(term) for other in common)


def _is_inside(lower: PracticeRecord, upper: PracticeRecord) -> bool:
    """Whether every region of ``lower`` lies strictly inside one of ``upper``, told in another article."""
    return (
        bool(lower.regions)
        and (lower.source, lower.article) != (upper.source, upper.article)
        and all(
            any(region != other and region.startswith(other) for other in upper.regions)
            for region in lower.regions
        )
    )


def borrowed_from(quote: str) -> Iterator[int]:
    """Where in ``quote`` the place must be named that a practice is borrowed from.

    按照昆明推行的“吹哨报到”做法, 借鉴上海的经验; not 借鉴抓经济工作的方法, since no
    place is named there.
    """
    for found in _BORROWS.finditer(quote):
        yield found.end()


def is_its_own(text: str) -> bool:
    """Whether ``text``, which follows a place, says that the place has or began what is borrowed."""
    return _ITS_OWN.match(text) is not None


def parts(practices: Iterable[PracticeRecord]) -> Iterator[Pair]:
    """Practices told in some of the sentences of a larger one of the same article."""
    articles: dict[tuple[int, int], list[PracticeRecord]] = defaultdict(list)
    for practice in practices:
        articles[practice.source, practice.article].append(practice)
    for told in articles.values():
        for part in told:
            wholes = [whole for whole in told if set(part.spans) < set(whole.spans) and part.spans]
            if wholes:
                yield part, min(wholes, key=lambda whole: (len(whole.spans), whole.key))


def near_names(
    practices: Iterable[PracticeRecord],
) -> Iterator[tuple[PracticeRecord, str, PracticeRecord, str]]:
    """Names of one place's practices that differ in one letter: “三岗十八级”, “三档十八级”."""
    named = [
        (practice, name) for practice in practices for name in practice.names if len(name) >= _LEAST_NAME
    ]
    places: dict[tuple[str, int], list[tuple[PracticeRecord, str]]] = defaultdict(list)
    for practice, name in named:
        for region in practice.regions:
            places[region, len(name)].append((practice, name))
    for members in places.values():
        for (first, name), (second, other) in combinations(members, 2):
            apart = (first.source, first.article) != (second.source, second.article)
            if apart and sum(a != b for a, b in zip(name, other, strict=True)) == 1:
                yield first, name, second, other
