"""Places whose names a document masks, and the one clue that may be left to them.

An authority (*省委) and a place below county level that acts (*街道成立…) are
mentions without a name.  Where an article's own place is masked so, the names
of the institutions that take part in it (南京中医药大学, 绵阳市人民医院) tell its
city, if they agree; editors see it with low confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regions.gazetteer import FormKind, Gazetteer

# (Both look back from behind the asterisk, so that the engine can leap to it.)
# *市委, *省: the name of the place was masked; **市 counts cities only before 个 and the like.
AUTHORITY = re.compile(
    r"\*(?<![*\d.．]\*)\*{0,2}[省市区县](?=委|政府|人大|政协|运行|各|的|在|组织|直|[，。])"
)
# *街道成立于…, *社区党委: a masked place below county level, where it acts.
LOCAL = re.compile(
    r"\*(?<![^\s。；！？]\*)\*{0,2}(?:街道|社区|镇|乡|新区)"
    r"(?=党工委|党委|党组织|办事处|成立|是|位于|地处|[，、坚把从以积创])"
)
_INSTITUTION = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:大学|学院|医院|中学|小学|日报|晚报|博物馆|图书馆|科技馆|地铁)"
)


def city_of_institutions(text: str, start: int, end: int, gazetteer: Gazetteer) -> str | None:
    """The city that all institutions named in ``text[start:end]`` carry in their names."""
    cities = set(_cities(text[start:end], gazetteer))
    return cities.pop() if len(cities) == 1 else None


def _cities(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    for index, start, end in gazetteer.scan(text):
        form = gazetteer.forms[index]
        if form.kind > FormKind.SHORT or not _INSTITUTION.match(text, end):
            continue
        if gazetteer.words.cuts_through(text, start, end):
            continue
        places = [code for code in form.codes if gazetteer.places[code].level != "county"]
        if places and gazetteer.is_city(places[-1]):
            yield places[-1]
