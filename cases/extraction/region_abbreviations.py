"""One-character names of places, only where nothing else can be meant: 援沪, 在京, 留汉.

Refused: 京津冀, 在京东 (the firm), 来汉语, 存在; a single character is a place
only after a verb of coming, staying or aiding, and where no word begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regions.gazetteer import Form, FormKind, Gazetteer, Trust
from regions.wordlist import is_han

from .region_chains import Chain
from .region_words import place_lexicon

_PLACES = dict(pair.split("=") for pair in sorted(place_lexicon("abbreviations")))
_AIDED = re.compile(rf"(?:援|驰援)(?P<place>[{''.join(_PLACES)}])(?![{''.join(_PLACES)}东西南北中港澳台苏])")
_STAYING = re.compile(
    rf"(?P<verb>[在来返赴驻留离进抵])(?P<place>[京津沪鄂汉粤穗渝蓉杭甬浙皖闽赣鲁豫湘黔滇])(?![{''.join(_PLACES)}东西南北中港澳台苏江])"
)
# After another character only these verbs are sure; 存在, 未来, 先进, 距离 are no verbs of going.
_SURE_VERBS = frozenset("来返赴驻留")
_FORM = Form("", FormKind.SHORT, Trust.PLAIN, ())


def abbreviated(text: str, gazetteer: Gazetteer) -> Iterator[Chain]:
    """Chains of one character each, for the places that ``text`` abbreviates safely."""
    known = gazetteer.words.cost
    for pattern in (_AIDED, _STAYING):
        for match in pattern.finditer(text):
            start, verb = match.start("place"), match.start()
            bound = pattern is _STAYING and verb and is_han(text[verb - 1])
            if bound and (match["verb"] not in _SURE_VERBS or text[verb - 1 : verb + 1] in known):
                continue
            if any(text[start : start + length] in known for length in (2, 3, 4)):
                continue
            yield Chain(start, start + 1, (_PLACES[match["place"]],), _FORM, "place.abbreviation", 0.8)
