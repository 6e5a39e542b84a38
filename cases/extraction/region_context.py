"""What stands around a name and decides whether it names the place.

A name is part of something else when a longer name swallows it (重庆路,
北京冬奥会, 南京中医药大学, 中山装), when the characters belong to other words
(适应|城市), or when it is a brand in quotation marks (“深圳先锋”).
"""

from __future__ import annotations

import re

from regions.gazetteer import place_words
from regions.wordlist import WordList, is_han

from .region_words import place_lexicon

# After a short name: roads, waters, mountains and the like are not the place.
# Accepted: 上海路径, 重庆港口建设, 南京街道; refused: 重庆路, 延安大桥, 上海港.
_ROAD = re.compile(
    r"[东西南北中]?(?:[一二三四五六七]?路(?![径线演长子由牌灯网口段边])|街(?![道镇乡区社坊巷头面])|大道|大街|大桥)"
    r"|高速|公路|铁路|机场|[东西南北]?火车?站(?!位)|地铁|门(?=外|内|大街)"
)
_WATERS = "山江河湖海桥港岛峡湾泉洲岭"
# Events, documents and ideas called after a place.
_EVENT = re.compile(
    r"20\d\d|冬奥|冬残奥|残奥|奥运|亚运|世博|进博|大运会|全运会|青奥|园博|世园会|峰会|论坛|宣言|合作组织|共识(?!度)|起义|事变|会战|战役|保卫战|"
    r"精神(?!文明|障碍|病|卫生|状态)|时间(?!银行|储蓄)|条约|公约|协定|议定书|大屠杀|年鉴|中心(?![城区地位商学小街镇村])|植物园|马拉松|烤鸭|话(?=[，。、])"
)


def _alternatives(name: str) -> str:
    return "|".join(sorted(place_lexicon(name), key=lambda word: (-len(word), word)))


# Universities, firms, newspapers, buildings.  After a full name some words must stand
# between: 南京医院 is one hospital, 南京市医院 may be all of them.
_MODIFIERS, _HEADS = _alternatives("institution_modifiers"), _alternatives("institution_heads")
_INSTITUTION = re.compile(rf"(?:{_MODIFIERS}){{0,5}}(?:{_HEADS})")
_QUALIFIED_INSTITUTION = re.compile(rf"(?:{_MODIFIERS}){{1,5}}(?:{_HEADS})|分行|支行|分公司")
_EVENTS_AND_PLACES_FIRST = frozenset(
    "中2冬残奥亚世进大全青园峰论宣合共起事会战保精时条公协议年植马烤话高铁机火地门路街胡里东西南北一二三四五六七"
)

# What can follow a name that is also an ordinary word, when it is the name.
_AFTER = place_lexicon("after_a_name")
_VERBS = frozenset(place_words("field_verbs"))
_AFTER_HEADS = frozenset(word[0] for word in _AFTER)
_AFTER_RE = re.compile("|".join(sorted(map(re.escape, _AFTER), key=len, reverse=True)))
_BEFORE = re.compile(
    r"(?:[在和与及或从到对由以是向按如比像为让使把将据给赴往等是市省属辖含有]|来自|位于|来到|走进|前往|例如|比如|包括|涉及|学习|借鉴|属地|近年来|今年|去年|目前|同时|其中)$"
)
_SURNAMES = place_lexicon("surnames")
_TITLE_ENDS = frozenset("记任长员民者授师士友志工人家属")
_OF_A_PERSON = re.compile(
    r"$|[^\u4e00-\u9fff]|说|介绍|表示|告诉|认为|坦言|感慨|回忆|笑着|看到|同志|书记|主任|先生|女士|老人|大爷|阿姨|带领|带着|的|是|家|等"
)
# A brand or title in quotation marks; what speaks of the place itself is let through.
_OF_THE_PLACE = re.compile(r"(?:经验|模式|样本|样板|方案|速度|实践|探索|做法|案例|现象|答卷|路径|名片)")


def is_part_of_longer_name(text: str, end: int, words: WordList, short: bool) -> bool:
    """Whether a name ending at ``end`` only begins the name of a road, river, event
    or institution.  ``short``: the name lacks its 市, 区, 县 (重庆路, but 重庆市路网)."""
    if end >= len(text):
        return False
    char = text[end]
    if not is_han(char) and char != "2":
        return False
    if short:
        if char in _WATERS and not begins_word(text, end, words):
            return True
        if char in _EVENTS_AND_PLACES_FIRST and (_ROAD.match(text, end) or _EVENT.match(text, end)):
            return True
    return begins_institution(text, end, short)


def begins_institution(text: str, end: int, short: bool) -> bool:
    """Whether a name ending at ``end`` opens the name of a university, a firm, …"""
    pattern = _INSTITUTION if short else _QUALIFIED_INSTITUTION
    return pattern.match(text, end) is not None


def begins_word(text: str, at: int, words: WordList) -> bool:
    """Whether a word of two or three characters begins at ``at``."""
    return text[at : at + 2] in words.cost or text[at : at + 3] in words.cost


def stands_free_after(text: str, end: int) -> bool:
    """Whether what follows lets a name that is also a word be a name: 资源、兴安…, not 资源整合."""
    if end >= len(text) or not is_han(text[end]):
        return True
    return text[end] in _AFTER_HEADS and _AFTER_RE.match(text, end) is not None


def stands_free_before(text: str, start: int) -> bool:
    """Whether a clause, a list item or a preposition's object begins at ``start``."""
    return (
        start == 0
        or not is_han(text[start - 1])
        or _BEFORE.search(text, max(0, start - 4), start) is not None
    )


def follows_verb(text: str, start: int) -> bool:
    """Whether what authorities do has what begins at ``start`` as its object: 支持昆山."""
    return text[start - 2 : start] in _VERBS


def is_person(text: str, start: int, end: int, words: WordList) -> bool:
    """Whether a surname makes the name a person's: 书记刘金华介绍, 赵长春说."""
    if start == 0 or text[start - 1] not in _SURNAMES or text[start - 2 : start] in words.cost:
        return False
    headed = start == 1 or not is_han(text[start - 2]) or text[start - 2] in _TITLE_ENDS
    return headed and _OF_A_PERSON.match(text, end) is not None


def is_brand(text: str, start: int, end: int) -> bool:
    """Whether the name stands in a short quoted name of something else: “云岭先锋”."""
    opening = text.rfind("“", max(0, start - 6), start)
    if opening < 0:
        return False
    closing = text.find("”", end, opening + 14)
    if closing < 0 or any(not (is_han(c) or c in "·—") for c in text[opening + 1 : closing]):
        return False
    return not (opening + 1 == start and (closing == end or _OF_THE_PLACE.match(text, end)))
