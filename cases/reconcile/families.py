"""Families: one idea under local names, found by the terms that practices share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .records import PracticeRecord
from .terms import folded, terms_of

_COHERENT = 0.6  # of a term's practices have one theme in common
_SAME_MEMBERS = 0.5
LARGEST = 200  # practices; a term of more is a word of the field
_NAMES_MOST = 0.3  # of the members say the longer term


@dataclass(frozen=True, slots=True)
class FamilyFind:
    """Practices of two or more places that share the term ``key``.

    ``name`` is how most of them put it; ``score`` the share that has the ``theme``.
    """

    key: str
    name: str
    theme: str
    score: float
    members: tuple[PracticeRecord, ...]


def find_families(
    practices: Iterable[PracticeRecord], terms: Collection[str] | None = None
) -> list[FamilyFind]:
    """Families among ``practices``, largest first; of terms for the same practices one stands.

    With ``terms``, families of these terms only.
    """
    holders: dict[str, list[PracticeRecord]] = defaultdict(list)
    for practice in practices:
        for term in terms_of(practice.title, practice.names):
            holders[term].append(practice)
    wanted = holders.keys() if terms is None else holders.keys() & set(terms)
    found = [family for term in wanted if (family := _family(term, holders[term]))]
    found.sort(
        key=lambda family: (-_places(family.members), -len(family.members), len(family.key), family.key)
    )
    kept: list[FamilyFind] = []
    for family in found:
        if not any(_is_same(family, other) for other in kept):
            kept.append(family)
    return kept


def _family(term: str, members: list[PracticeRecord]) -> FamilyFind | None:
    texts = {(practice.source, practice.article) for practice in members}
    if _places(members) < 2 or len(texts) < 2 or len(members) > LARGEST:
        return None
    themes = Counter(theme for practice in members for theme in practice.themes)
    theme, most = min(themes.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    if most < _COHERENT * len(members):
        return None
    members = sorted(members, key=lambda practice: practice.key)
    return FamilyFind(term, _name(term, members), theme, round(most / len(members), 3), tuple(members))


def _places(members: Iterable[PracticeRecord]) -> int:
    return len({region for practice in members for region in practice.regions})


def _name(term: str, members: list[PracticeRecord]) -> str:
    """The longest wording that many members use, or the wordings 三级联动 / 四级联动."""
    said = Counter(other for practice in members for other in terms_of(practice.title, practice.names))
    longer = [other for other, n in said.items() if term in other and n >= max(2, _NAMES_MOST * len(members))]
    best = max(longer, key=lambda other: (len(other), other), default=term)
    return " / ".join(wordings(best, members))


def wordings(term: str, members: Iterable[PracticeRecord]) -> list[str]:
    """How ``members`` word a folded term, the most frequent first."""
    pattern = re.compile(re.escape(term).replace("几级", "[两二三四五几]级"))
    said = Counter(
        wording
        for practice in members
        for wording in {
            found[0] for text in (practice.title, *practice.names) for found in pattern.finditer(text)
        }
    )
    return [wording for wording, _n in sorted(said.items(), key=lambda item: (-item[1], item[0]))] or [term]


def _is_same(family: FamilyFind, other: FamilyFind) -> bool:
    """Whether two terms stand for one family: one holds the other, or they share most practices."""
    if family.key in other.key or other.key in family.key:
        return True
    keys, others = ({practice.key for practice in f.members} for f in (family, other))
    return len(keys & others) >= _SAME_MEMBERS * min(len(keys), len(others))


def wording_of(practice: PracticeRecord, key: str) -> str:
    """How one practice words the family's term."""
    said = wordings(key, [practice])
    return said[0] if said[0] != folded(said[0]) or said[0] == key else key
