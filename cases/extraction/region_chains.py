"""From the names in a text to chains of nested places, each one mention.

广西柳州市柳南区 is one chain; 浙江重庆江苏陕西河北 are five.  A chain is kept
with all the places it may mean; which one is decided in context later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regions.gazetteer import Form, FormKind, Gazetteer, Trust
from regions.wordlist import is_han

from .region_context import (
    begins_institution,
    begins_word,
    follows_verb,
    is_brand,
    is_part_of_longer_name,
    is_person,
    stands_free_after,
    stands_free_before,
)
from .region_words import place_lexicon

# 区域, 区块, 区位, 区划, 市场, 县域: what looks like a name's 区, 市 or 县 is the next word's.
_NOUN_TAILS = frozenset(("区域", "区块", "区位", "区划", "市场", "市域", "县域", "县区"))
# What only authorities do.
_OFFICIAL_ACTS = tuple(sorted(place_lexicon("official_acts")))


@dataclass(slots=True)
class Chain:
    """A mention in the making; ``codes`` are what it may denote, best first.

    ``doubtful``: an ordinary word that counts only if the context names its
    parent.  ``town``: the mention is a street or town alone, ``codes`` its
    possible parents.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    form: Form
    rule: str
    confidence: float
    doubtful: bool = False
    town: bool = False
    sub: str = ""
    links: int = 1
    swallowed: bool = False  # 江苏|南京大学: the chain belongs to an institution's name


@dataclass(frozen=True, slots=True)
class Names:
    """The names found in a text by one pass, and where local suffixes stand."""

    by_start: tuple[tuple[int, list[tuple[int, Form]]], ...]
    local_ends: tuple[tuple[int, int], ...]  # (start, end) of 社区, 街道, …
    full_codes: frozenset[str]  # places whose full name occurs
    codes: frozenset[str]  # places that some safe name may denote


def spot(text: str, gazetteer: Gazetteer) -> Names:
    """All names in ``text``, the longest first at each place; none is judged yet."""
    forms = gazetteer.forms
    starts: dict[int, list[tuple[int, Form]]] = {}
    local_ends: list[tuple[int, int]] = []
    seen: set[int] = set()
    for index, start, end in gazetteer.scan(text):
        form = forms[index]
        if form.local:
            local_ends.append((start, end))
            if form.kind is FormKind.LOCAL:
                continue
        seen.add(index)
        known = starts.get(start)
        if known is None:
            starts[start] = [(end, form)]
        else:
            known.insert(0, (end, form))  # the scan gives longer names later
    full: set[str] = set()
    safe: set[str] = set()
    for index in seen:
        form = forms[index]
        if form.trust is Trust.PLAIN:
            safe.update(form.codes)
            if form.kind is FormKind.FULL and len(form.codes) == 1:
                full.update(form.codes)
    local_ends.sort()
    return Names(tuple(sorted(starts.items())), tuple(local_ends), frozenset(full), frozenset(safe))


def is_common_noun(form: Form) -> bool:
    """Whether a full name is first of all a noun: 城区, 市中区, 开发区."""
    full = form.kind is FormKind.FULL and form.trust is Trust.CHAINED
    return full and (len(form.text) > 2 or form.text[-1] == "区")


class Chainer:
    """Builds the chains of one text from left to right."""

    def __init__(self, text: str, gazetteer: Gazetteer, names: Names) -> None:
        self.text, self.gazetteer, self.names = text, gazetteer, names
        self._starting = dict(names.by_start)

    def chains(self) -> Iterator[Chain]:
        """The chains in text order; those that turn out to belong to an institution left out."""
        return (chain for chain in self._all() if not chain.swallowed)

    def _all(self) -> Iterator[Chain]:
        open_chain: Chain | None = None
        free_from = 0
        for start, found in self.names.by_start:
            if open_chain is not None and start >= open_chain.end:
                if start == open_chain.end and self._extend(open_chain, found):
                    free_from = open_chain.end
                    continue
                if start > open_chain.end:
                    yield open_chain
                    open_chain = None
            if start < free_from:
                if open_chain is not None and start == open_chain.end - 1:
                    self._reread(open_chain, start, found)
                    free_from = open_chain.end
                continue
            chain = self._begin(start, found)
            if chain is not None:
                if open_chain is not None:
                    yield open_chain
                open_chain, free_from = chain, chain.end
        if open_chain is not None:
            yield open_chain

    def _begin(self, start: int, found: Sequence[tuple[int, Form]]) -> Chain | None:
        """The longest name at ``start`` that can stand at the head of a chain."""
        for end, form in found:
            chain = self._head(start, end, form)
            if chain is not None:
                return chain
        return None

    def _head(self, start: int, end: int, form: Form) -> Chain | None:
        """A chain that begins with ``form``, unless the text around says it is no name."""
        text, words = self.text, self.gazetteer.words
        if form.kind is FormKind.FULL and form.trust is not Trust.PLAIN:
            return self._short_full_name(start, end, form)
        if form.trust is Trust.WORD and form.kind is FormKind.SHORT:
            if not self._word_may_be_name(start, end, form):
                return None
        elif form.trust is Trust.NAME and not self._name_stands_free(start, end):
            return None
        if not self._is_word(start, end, form):
            return None
        short = form.kind in (FormKind.SHORT, FormKind.BYNAME)
        if not self._leads_on(end, form, surely=True) and is_part_of_longer_name(text, end, words, short):
            return None
        if short and (is_brand(text, start, end) or is_person(text, start, end, words)):
            return None
        if form.kind is FormKind.TOWN and not self._town_may_be_named(start, form):
            return None
        return self._chain_of(start, end, form)

    def _chain_of(self, start: int, end: int, form: Form) -> Chain:
        if form.kind is FormKind.TOWN:
            return Chain(start, end, form.codes, form, "place.town", 0.9, town=True, sub=form.text)
        if form.kind is FormKind.ZONE:
            return Chain(start, end, form.codes, form, "place.zone", 0.95, sub=self._zone_name(form))
        certain = self._leads_on(end, form) or self._acts(start, end, form)
        doubtful = form.trust is Trust.WORD and not certain
        if form.kind is FormKind.BYNAME:
            return Chain(start, end, form.codes, form, "place.byname", 0.85, doubtful)
        if form.trust is Trust.WORD:
            return Chain(start, end, form.codes, form, "place.short.in-parent", 0.85, doubtful)
        if form.trust is Trust.NAME:
            return Chain(start, end, form.codes, form, "place.short.county", 0.9)
        rule = "place.full" if form.kind is FormKind.FULL else "place.short"
        return Chain(start, end, form.codes, form, rule, 0.98)

    def _acts(self, start: int, end: int, form: Form) -> bool:
        """来宾推行…, 和县推行…: at the head of a clause, before what only authorities
        do, a prefecture's or a full name that is also a word is the name."""
        heads = start == 0 or not (is_han(self.text[start - 1]) or self.text[start - 1] == "、")
        safe = form.kind is FormKind.FULL or self.gazetteer.places[form.codes[0]].level == "prefecture"
        return heads and safe and self.text.startswith(_OFFICIAL_ACTS, end)

    def _name_stands_free(self, start: int, end: int) -> bool:
        """A county's short name must stand clear of its neighbours: 昆山把…, 支持昆山发展; not 张北辰."""
        if stands_free_after(self.text, end):
            return True
        before = stands_free_before(self.text, start) or follows_verb(self.text, start)
        return before and begins_word(self.text, end, self.gazetteer.words)

    def _is_word(self, start: int, end: int, form: Form) -> bool:
        """Whether the characters are the name and not parts of other words."""
        text, words = self.text, self.gazetteer.words
        if form.kind is FormKind.FULL:
            # 山东省|委 and 昆山市|民 still name the place; 大同|区域 does not.
            if text[end - 1 : end + 1] in _NOUN_TAILS and not self._leads_on(end, form):
                return False
            return not words.cuts_start(text, start, end) or words.reads_as(text, start, end, form.count)
        if not words.cuts_through(text, start, end):
            return True
        if self._leads_on(end, form) and not words.cuts_start(text, start, end):
            return True
        return words.reads_as(text, start, end, form.count)

    def _leads_on(self, end: int, form: Form, surely: bool = False) -> bool:
        """Whether a place inside this one follows at once: 云南|昆明, 深圳|大学城.
        ``surely``: one that is no ordinary word."""
        if self.text.startswith("大学城", end):
            return True
        following = self._starting.get(end)
        return following is not None and any(
            (self._inside(form.codes, inner) and not (surely and inner.trust is Trust.WORD))
            or (form.kind is FormKind.BYNAME and inner.codes == form.codes)
            for _, inner in following
        )

    def _town_may_be_named(self, start: int, form: Form) -> bool:
        """西安街道 is Xi'an's streets unless a place with a street of that name occurs too."""
        if all(other.trust is not Trust.PLAIN or other is form for _, other in self._starting[start]):
            return True
        places, named = self.gazetteer.places, self.names.codes
        return any(code in named for parent in form.codes for code in places[parent].path)

    def _word_may_be_name(self, start: int, end: int, form: Form) -> bool:
        kind = self.gazetteer.words.kind.get(form.text, "ns")
        if self._leads_on(end, form):
            return True
        before, after = stands_free_before(self.text, start), stands_free_after(self.text, end)
        if kind == "ns":
            return before or after or any(code in self.names.full_codes for code in form.codes)
        return before and after

    def _short_full_name(self, start: int, end: int, form: Form) -> Chain | None:
        """范县, 城区: names that need a parent near; 沛县 does not at the head of a clause."""
        text, words = self.text, self.gazetteer.words
        if not stands_free_before(text, start):
            return None
        if is_common_noun(form) and not stands_free_after(text, end):
            return None
        if words.cuts_through(text, start, end) and not words.reads_as(text, start, end, form.count):
            return None
        sure = form.trust is Trust.NAME and stands_free_after(text, end)
        if sure or (self._acts(start, end, form) and not is_common_noun(form)):
            return Chain(start, end, form.codes, form, "place.full", 0.9)
        return Chain(start, end, form.codes, form, "place.full.in-parent", 0.85, doubtful=True)

    def _extend(self, chain: Chain, found: Sequence[tuple[int, Form]]) -> bool:
        """Lengthen ``chain`` by the longest name at its end that lies inside it."""
        if chain.town or chain.sub:
            return False
        for end, form in found:
            if chain.form.kind is FormKind.BYNAME and form.codes[:1] == chain.codes:
                chain.end, chain.form = end, form  # 首都北京 names one place twice
                return True
            codes = self._inside(chain.codes, form)
            if not codes or not self._may_follow(chain, codes, end, form):
                continue
            if form.kind in (FormKind.TOWN, FormKind.ZONE):
                # The text gives the town; the division stays the one it names.
                chain.codes = tuple(
                    c for c in chain.codes if any(self.gazetteer.contains(c, k) for k in codes)
                )
                chain.sub = form.text
                if form.kind is FormKind.ZONE:
                    chain.codes, chain.form, chain.sub = codes, form, self._zone_name(form)
            else:
                chain.codes = codes
                chain.form = form
            chain.end, chain.links = end, chain.links + 1
            chain.rule, chain.confidence, chain.doubtful = "place.chain", 0.99, False
            return True
        return False

    def _zone_name(self, form: Form) -> str:
        """The part of a zone's name after its city's: 高新区 of 成都高新区."""
        place = self.gazetteer.places[form.codes[0]]
        for name in (place.name, place.short_name):
            if form.text.startswith(name):
                return form.text[len(name) :]
        return form.text

    def _inside(self, outer: Sequence[str], form: Form) -> tuple[str, ...]:
        """Codes of ``form`` that lie strictly inside one of ``outer``."""
        places = self.gazetteer.places
        if form.kind in (FormKind.TOWN, FormKind.ZONE):
            return tuple(code for code in form.codes if any(o in places[code].path for o in outer)) or (
                tuple(
                    o
                    for o in outer
                    if form.kind is FormKind.ZONE and any(c in places[o].path for c in form.codes)
                )
            )
        return tuple(code for code in form.codes if any(o in places[code].path[:-1] for o in outer))

    def _may_follow(self, chain: Chain, codes: Sequence[str], end: int, form: Form) -> bool:
        text, words = self.text, self.gazetteer.words
        if form.kind is FormKind.BYNAME:
            return False
        start = chain.end
        if form.kind is not FormKind.SHORT:
            full_before = chain.form.kind is FormKind.FULL
            return full_before or self._reads(start, end, form)
        if not self._reads(start, end, form):
            return False
        if is_part_of_longer_name(text, end, words, short=True):
            chain.swallowed = begins_institution(text, end, short=True)
            return False
        if form.trust is not Trust.WORD:
            return True
        if not stands_free_after(text, end):
            return False
        direct = any(self.gazetteer.places[code].parent in chain.codes for code in codes)
        general = words.kind.get(form.text, "ns") != "ns"
        return direct or not general or (end >= len(text) or not is_han(text[end]))

    def _reads(self, start: int, end: int, form: Form) -> bool:
        """Whether a name that follows its parent at once is not the beginning of other words."""
        words, rest = self.gazetteer.words, self.text[start : end + 5]
        length = end - start
        return not words.cuts_through(rest, 0, length) or words.reads_as(rest, 0, length, form.count * 10)

    def _reread(self, chain: Chain, start: int, found: Sequence[tuple[int, Form]]) -> None:
        """济南市中区 is 济南 + 市中区: the last character of the chain begins the next name."""
        if chain.form.kind is not FormKind.FULL or chain.sub:
            return
        for end, form in found:
            if form.kind is not FormKind.FULL or form.text[0] != "市":
                continue
            codes = self._inside(chain.codes, form)
            if codes:
                chain.codes, chain.form, chain.end, chain.links = codes, form, end, chain.links + 1
                chain.rule, chain.confidence = "place.chain", 0.99
                return
