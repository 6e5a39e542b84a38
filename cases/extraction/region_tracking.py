"""Links the chains of a document one after the other, remembering the places
named so far in the sentence, the article and the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from regions.gazetteer import FormKind, Gazetteer

from .document import Sentence
from .region_chains import Chain
from .region_linking import Context, Link, link
from .region_locals import ZONE_SUFFIXES

_LIST_GAPS = frozenset("、和与及")
_AHEAD = 8  # chains looked at after one, in its sentence
# The divisions that a masked *市, *省 may stand for.
_MASKED_LEVELS = {"省": ("province",), "市": ("province", "prefecture"), "区": ("county",), "县": ("county",)}


@dataclass(slots=True)
class Located:
    chain: Chain
    sentence: Sentence


class Tracker:
    def __init__(self, text: str, gazetteer: Gazetteer, located: Sequence[Located]) -> None:
        self.text, self.gazetteer, self.located = text, gazetteer, located
        self._certain = [self._certain_code(item.chain) for item in located]

    def links(self, homes: Sequence[str | None]) -> list[Link | None]:
        """What each chain denotes when ``homes`` are the articles' places; None for no place."""
        context = Context(document=Counter(code for code in self._certain if code))
        out: list[Link | None] = []
        sentence = article = -1
        before: Chain | None = None
        for i, item in enumerate(self.located):
            if item.sentence.article != article:
                article = item.sentence.article
                context.article, context.sentence, context.subs = [], [], {}
                context.home = homes[article]
            if item.sentence.index != sentence:
                sentence = item.sentence.index
                context.article += context.sentence
                context.sentence = []
            certain = self._certain[i]
            if certain is not None:
                found: Link | None = Link(certain)
            else:
                context.following = self._following(i)
                context.listed = self._stands_in_list(i, before)
                found = self._link(item.chain, context)
            out.append(found)
            if found is None:
                continue
            before = item.chain
            if found.code:
                context.sentence.append(found.code)
                if item.chain.sub:
                    context.subs[item.chain.sub] = found.code
        return out

    def _certain_code(self, chain: Chain) -> str | None:
        """What the chain denotes whatever the context, if anything."""
        if chain.town or chain.doubtful or not chain.codes:
            return None
        if len(chain.codes) == 1:
            return chain.codes[0]
        found = link(chain, Context(), self.gazetteer)
        return found.code if found and found.factor == 1.0 else None

    def _following(self, i: int) -> list[str]:
        """Certain places named after chain ``i`` in its sentence."""
        out = []
        for j in range(i + 1, min(i + _AHEAD, len(self.located))):
            if self.located[j].sentence is not self.located[i].sentence:
                break
            code = self._certain[j]
            if code:
                out.append(code)
        return out

    def _stands_in_list(self, i: int, before: Chain | None) -> bool:
        """Whether only 、 or 和 parts chain ``i`` from the place before or the next chain."""
        chain = self.located[i].chain
        if before is not None and self.text[before.end : chain.start] in _LIST_GAPS:
            return True
        if i + 1 == len(self.located):
            return False
        after = self.located[i + 1].chain
        if self.text[chain.end : after.start] not in _LIST_GAPS:
            return False
        return not after.doubtful or self._are_siblings(chain, after)

    def _are_siblings(self, one: Chain, other: Chain) -> bool:
        parents = {self.gazetteer.places[code].parent for code in one.codes}
        return any(self.gazetteer.places[code].parent in parents for code in other.codes)

    def _link(self, chain: Chain, context: Context) -> Link | None:
        if chain.rule == "place.masked.local":
            return Link(context.home)
        if chain.rule == "place.masked":
            return self._link_masked(chain, context)
        if chain.form.kind is FormKind.LOCAL:
            return self._link_local(chain, context)
        return link(chain, context, self.gazetteer)

    def _link_masked(self, chain: Chain, context: Context) -> Link:
        """The article's place at the masked level; no code, yet a mention, if it has none."""
        level = self.text[chain.end - 1]
        path = self.gazetteer.places[context.home].path if context.home else ()
        for code in path:
            place = self.gazetteer.places[code]
            if place.level in _MASKED_LEVELS[level] and place.name.endswith(level):
                return Link(code)
        return Link(None)

    def _link_local(self, chain: Chain, context: Context) -> Link | None:
        """A local name alone lies where it lay before, else in the nearest place before
        it; a zone listed beside counties lies in what contains them."""
        if chain.sub in context.subs:
            return Link(context.subs[chain.sub])
        for code, where in context.by_nearness():
            place = self.gazetteer.places[code]
            if context.listed and chain.sub.endswith(ZONE_SUFFIXES) and place.level == "county":
                code = place.parent
            return Link(code, factor=0.9 if where == "article" else 1.0)
        return None
