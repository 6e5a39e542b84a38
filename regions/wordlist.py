"""General words with their frequencies, to tell a place name from words that
merely look like one: 示范县 is 示范 + 县, not 示 + 范县.

``fixtures/words.tsv`` (word, frequency, part of speech) is an excerpt of the
jieba dictionary (MIT licence), made by ``manage.py build_wordlist``: every word
that could contain a place name or straddle its border, and the common words.
Plain Python, no Django import.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "words.tsv"
LONGEST = 4
# Jieba's counts add up to this; a word's probability is its count over it.
_CORPUS = 60_000_000
_UNSEEN = 0.5


@dataclass(frozen=True, slots=True)
class WordList:
    """``cost`` is the negative log probability of each word, ``kind`` jieba's part of
    speech, ``pairs`` all neighbours inside words: where two characters are none,
    no word runs across."""

    cost: dict[str, float]
    kind: dict[str, str]
    pairs: frozenset[str]

    def cuts_start(self, text: str, start: int, end: int) -> bool:
        """Whether some word runs across ``start``, the beginning of a name."""
        if start == 0 or text[start - 1 : start + 1] not in self.pairs:
            return False
        cost = self.cost
        last = min(len(text), end + LONGEST - 1)
        for left in range(max(0, start - LONGEST + 1), start):
            for right in range(start + 1, min(left + LONGEST, last) + 1):
                if text[left:right] in cost:
                    return True
        return False

    def cuts_through(self, text: str, start: int, end: int) -> bool:
        """Whether some word runs across a border of ``text[start:end]`` or contains
        it: the cheap test before :meth:`reads_as`."""
        if self.cuts_start(text, start, end):
            return True
        if text[end - 1 : end + 1] not in self.pairs:
            return False
        cost = self.cost
        last = min(len(text), end + LONGEST - 1)
        for left in range(start, end):
            for right in range(end + 1, min(left + LONGEST, last) + 1):
                if text[left:right] in cost:
                    return True
        return False

    def reads_as(self, text: str, start: int, end: int, count: float) -> bool:
        """Whether the likeliest reading of the surroundings has ``text[start:end]``
        as one word, given how often (``count``) it is met as a name."""
        low, high = max(0, start - 5), min(len(text), end + 5)
        low = max([low, *(i + 1 for i in range(low, start) if not is_han(text[i]))])
        high = min([high, *(i for i in range(end, high) if not is_han(text[i]))])
        name = min(self.cost.get(text[start:end], 99.0), -math.log(count / _CORPUS))
        firm = (start == 0 or not is_han(text[start - 1])) and not any(
            text[start:right] in self.cost for right in range(end + 1, min(start + LONGEST, high) + 1)
        )
        free = self._best(text, low, high, start, end, name)
        bound = (
            self._best(text, low, start, start, end, name)
            + name
            + self._best(text, end, high, start, end, name)
        )
        return bound <= free + (_FIRM_MARGIN if firm else 1e-9)

    def words(self, text: str) -> list[str]:
        """``text`` cut into its likeliest words."""
        best = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            lefts = range(max(0, end - LONGEST), end)
            best.append(min((best[left][0] + self._cost(text[left:end]), left) for left in lefts))
        out: list[str] = []
        at = len(text)
        while at:
            out.append(text[best[at][1] : at])
            at = best[at][1]
        return out[::-1]

    def _best(self, text: str, low: int, high: int, start: int, end: int, name: float) -> float:
        """Cost of the likeliest reading of ``text[low:high]``, where the span may be one word."""
        cost = [0.0] * (high - low + 1)
        for right in range(low + 1, high + 1):
            here = 1e9
            for left in range(max(low, right - LONGEST), right):
                here = min(here, cost[left - low] + self._cost(text[left:right]))
            if right == end and low <= start:
                here = min(here, cost[start - low] + name)
            cost[right - low] = here
        return cost[-1]

    def _cost(self, word: str) -> float:
        known = self.cost.get(word)
        if known is not None:
            return known
        return _UNSEEN_COST if len(word) == 1 else 99.0


# A name at the head of a clause is far likelier than the accident of its characters.
_FIRM_MARGIN = 5.0
_UNSEEN_COST = -math.log(_UNSEEN / _CORPUS)


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@cache
def load_wordlist(path: Path = WORDS_FILE) -> WordList:
    fields = path.read_text(encoding="utf-8").split()  # no field is empty or has a blank
    words, counts, tags = fields[::3], fields[1::3], fields[2::3]
    costs = {count: -math.log(int(count) / _CORPUS) for count in set(counts)}
    cost = dict(zip(words, map(costs.__getitem__, counts), strict=True))
    kind = dict(zip(words, tags, strict=True))
    pairs = {word[i : i + 2] for i in range(LONGEST - 1) for word in words if len(word) > i + 1}
    return WordList(cost, kind, frozenset(pairs))


@dataclass(frozen=True, slots=True)
class Selection:
    """What decides which words of a general dictionary are kept.

    ``names`` are all short forms of places, ``safe`` those that need no context.
    Of the words that begin with a safe name only idioms and ``false_friends``
    (三明治, 新乡贤) are kept: 江苏网 or 北京高校 would hide a place.  The field's own
    words and verbs are those that a general dictionary lacks, counts too low, or
    tags as nouns though they are what authorities do.
    """

    names: Collection[str]
    safe: Collection[str]
    false_friends: Collection[str]
    field_words: Collection[str]
    field_verbs: Collection[str]


def select_words(dictionary: Iterable[tuple[str, int, str]], choice: Selection) -> list[tuple[str, int, str]]:
    """The part of a general dictionary (word, count, part of speech) that bears on
    names of places: words containing one or sharing a border with one, and the
    common words.  Names of persons are left out."""
    heads = {name[:i] for name in choice.names for i in range(1, len(name))}
    tails = {name[i:] for name in choice.names for i in range(1, len(name))}
    kept: dict[str, tuple[int, str]] = {}
    for word, count, tag in dictionary:
        if len(word) > LONGEST or not all(map(is_han, word)):
            continue
        if word in choice.names:
            keep = count >= 3 and not word.endswith("城市")  # 对应|城市, not 对|应城市
        elif (
            tag.startswith("nr")
            or _is_name_with_suffix(word, choice.names)
            or _hides_a_name(word, tag, choice)
        ):
            keep = False
        elif len(word) == 1:
            keep = count >= 50
        else:
            keep = (
                count >= 100
                or _contains(word, choice.names)
                or (count >= 40 and _touches(word, heads, tails))
            )
        if keep:
            kept[word] = (max(1, count), tag)
    for word in choice.false_friends:
        kept[word] = (max(kept.get(word, (0, ""))[0], 100), "nz")
    for word in choice.field_words:
        count, tag = kept.get(word, (0, "n"))
        kept[word] = (max(count, 500), tag)
    for word in choice.field_verbs:
        kept[word] = (max(kept.get(word, (0, ""))[0], 500), "v")
    return [(word, *kept[word]) for word in sorted(kept)]


def _hides_a_name(word: str, tag: str, choice: Selection) -> bool:
    if _is_name_with_suffix(word, choice.names):
        return True
    return tag[:1] not in "ilmvs" and any(word[:i] in choice.safe for i in (2, 3) if i < len(word))


def _contains(word: str, names: Collection[str]) -> bool:
    return any(word[i:j] in names for i in range(len(word)) for j in range(i + 2, len(word) + 1))


def _is_name_with_suffix(word: str, names: Collection[str]) -> bool:
    """上海人, 临川市: a name with what makes it a division or its people is still the name."""
    return any(
        word.endswith(suffix) and word[: -len(suffix)] in names
        for suffix in ("人", "市", "县", "区", "市委", "地区")
    )


def _touches(word: str, heads: Collection[str], tails: Collection[str]) -> bool:
    return any(word[:i] in tails or word[i:] in heads for i in range(1, len(word)))
