"""Decides which place a chain denotes, from the places named around it.

鼓楼区 is Nanjing's after 南京.  Context is weighed in a fixed order: the same
sentence, then the article backwards, then the article's own place, then the
document.  What stays open is ambiguous, with its candidates ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from regions.gazetteer import FormKind, Gazetteer

from .region_chains import Chain, is_common_noun


@dataclass(slots=True)
class Link:
    """``code`` is None while several places remain possible; ``candidates`` then rank them."""

    code: str | None
    candidates: tuple[str, ...] = ()
    rule: str = ""
    factor: float = 1.0


@dataclass(slots=True)
class Context:
    """Places known so far, nearest last, and those that follow in the sentence."""

    sentence: list[str] = field(default_factory=list)
    following: list[str] = field(default_factory=list)
    article: list[str] = field(default_factory=list)
    home: str | None = None
    listed: bool = False  # the chain stands beside another place in a list: 玄武、秦淮
    document: Counter[str] = field(default_factory=Counter)
    subs: dict[str, str] = field(default_factory=dict)  # local names met before, with their places

    def by_nearness(self) -> Iterable[tuple[str, str]]:
        for code in reversed(self.sentence[-_REMEMBERED:]):
            yield code, "sentence"
        for code in self.following:
            yield code, "sentence"
        if self.home:
            yield self.home, "home"
        for code in reversed(self.article[-_REMEMBERED:]):
            yield code, "article"


# Places of the article that are looked back at, so that time stays linear.
_REMEMBERED = 200
_FACTOR = {"sentence": 1.0, "home": 0.98, "article": 0.96, "document": 0.9}


def link(chain: Chain, context: Context, gazetteer: Gazetteer) -> Link | None:
    """The place of ``chain``; None when it is no place here (a doubtful word
    without its parent near)."""
    if chain.town:
        return _link_town(chain, context, gazetteer)
    if chain.doubtful:
        return _link_doubtful(chain, context, gazetteer)
    codes = chain.codes
    if len(codes) == 1:
        return Link(codes[0])
    places = gazetteer.places
    top = places[codes[0]].level
    highest = tuple(code for code in codes if places[code].level == top)
    if len(highest) == 1 and (chain.form.kind is FormKind.SHORT or chain.links > 1):
        return Link(highest[0])  # 吉林 alone is the province, not the city in it
    found = _by_context(codes, context, gazetteer)
    if found:
        return found
    current = tuple(code for code in codes if places[code].current)
    if len(current) == 1:
        return Link(current[0], factor=0.9)
    return Link(None, _ranked(codes, context, gazetteer), "place.ambiguous", 0.5)


def _link_doubtful(chain: Chain, context: Context, gazetteer: Gazetteer) -> Link | None:
    """Only where the parent, a sibling or the full name is near."""
    if is_common_noun(chain.form):
        return _link_common_noun(chain, context, gazetteer)
    near = {code for code, _ in context.by_nearness()}
    for code in chain.codes:
        if code in near:
            return Link(code, rule="place.short.full-name-near")
    general = gazetteer.words.kind.get(chain.form.text, "ns") != "ns"
    if general and chain.form.kind is FormKind.SHORT and not context.listed:
        return None  # 人才、资源、资金 beside 桂林 is no county
    byname = chain.form.kind is FormKind.BYNAME
    found = _by_context(chain.codes, context, gazetteer, direct=not (byname or context.listed))
    if found and found.factor >= _FACTOR["article"]:
        return found
    if context.listed and gazetteer.places[chain.codes[0]].level == "prefecture":
        return Link(chain.codes[0], rule="place.listed", factor=_FACTOR["article"])
    return None


def _link_common_noun(chain: Chain, context: Context, gazetteer: Gazetteer) -> Link | None:
    """槐荫区、市中区: only in a list right after a place of the same parent."""
    if not (context.listed and context.sentence):
        return None
    parent = gazetteer.places[context.sentence[-1]].parent
    fitting = [code for code in chain.codes if gazetteer.places[code].parent == parent]
    return Link(fitting[0], rule="place.listed") if len(fitting) == 1 else None


def _link_town(chain: Chain, context: Context, gazetteer: Gazetteer) -> Link | None:
    """A street or town alone belongs to the deepest place named near it that
    contains one of that name."""
    known = context.subs.get(chain.form.text)
    if known:
        return Link(known)
    for codes in (
        context.sentence[: -_REMEMBERED - 1 : -1] + context.following,
        [context.home] if context.home else [],
        context.article[: -_REMEMBERED - 1 : -1],
    ):
        fitting = [near for near in codes if any(gazetteer.contains(near, parent) for parent in chain.codes)]
        if fitting:
            return Link(max(fitting, key=lambda code: len(gazetteer.places[code].path)))
    if (
        len(chain.codes) == 1
        and len(chain.form.text) >= 4
        and gazetteer.words.kind.get(chain.form.text[:-2]) is None
    ):
        return Link(chain.codes[0], rule="place.town.unique", factor=0.75)
    return None


def _by_context(
    codes: Sequence[str], context: Context, gazetteer: Gazetteer, direct: bool = False
) -> Link | None:
    places = gazetteer.places
    for near, where in context.by_nearness():
        fitting = [
            code for code in codes if (places[code].parent == near if direct else near in places[code].path)
        ]
        if not fitting and near in places:
            fitting = [
                code
                for code in codes
                if places[code].parent == places[near].parent and places[near].level == "county"
            ]
        if not fitting and context.listed and where == "sentence":
            fitting = [code for code in codes if places[code].path[0] == places[near].path[0]]
        if len(fitting) == 1:
            return Link(fitting[0], rule="place.in-context", factor=_FACTOR[where])
    return None


def _ranked(codes: Sequence[str], context: Context, gazetteer: Gazetteer) -> tuple[str, ...]:
    def weight(code: str) -> tuple[int, str]:
        return (-sum(context.document[part] for part in gazetteer.places[code].path), code)

    return tuple(sorted(codes, key=weight))
