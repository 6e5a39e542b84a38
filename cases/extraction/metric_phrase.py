"""Phrases around a figure: the clause it stands in and the noun phrases beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from measures.numbers import Quantity

from .metric_words import CUT, OBJECT_ACT, OBJECT_CUT, PREDICATE

MAX_LENGTH = 30
# How far a phrase is looked for, so that a line without punctuation costs no more than another.
_REACH_BEFORE, _REACH_AFTER = 200, 80

DIGIT = re.compile(r"[0-9０-９*＊]")
COUNTED_NUMBER = re.compile(
    r"[0-9０-９*＊][0-9０-９*＊.．,]*[万亿千]?[多余]?(?:[人户场件]次|平方米|[个名家户人项支处所元%])?"
)
_CLAUSE_ENDS = "，。；！？：（"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_BRACKET = re.compile(r"(?<=[一-鿿])（[^（），。；]{1,8}）")
_NEXT_FIGURE = re.compile(
    r"(?:[、和与及]|以及)?(?:近|约|超过?|逾|不少于|不低于|每[个名])?"
    r"(?:[0-9０-９*＊]|[一二两三四五六七八九]成(?![立员为果效])|百分之|[二三四五十]分之|半数)"
)
_LEADING = re.compile(
    r"^(?:[的了着过等和及、，’”」）)]|按照?|(?:在|截至|到|于)?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?[底末初]?|以及|其中|"
    r"截至目前|目前|现在|同时|并且?|共(?!同|建|享|产|青)|是|已经?(?!婚)|现(?=有)|也|还|都(?!市)|均|全部|普遍|分别|"
    r"先后|累计|更|去年以来|今年以来|近年来|今年|去年)+"
)
_TRAILING = re.compile(
    r"(?:[了着过、，“‘「（(]|已经?|共(?:有|计)?|现有|约|近|已?达|分别|均|各|就|又|都|全部|普遍|更|有|在|为|超过?|"
    r"年均|月均|等|每年|目前|平均|的(?=已|达|共|均))+$"
)
_LIST_BREAK = re.compile(r"[0-9０-９*＊][^、和及与，]{0,6}[、和及与]")
_REGROUPED = re.compile(
    r"[把将](?P<what>[^，。；]+?)(?:整合|精简|压减|调整|优化|合并|划分|细分|归并|分解)+[成为到]$"
)
_CHANGE_VERBS = "提高|提升|增长|增加|上升|上涨|下降|下跌|减少|降低|缩短|扩大"
DATED = re.compile(r"(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?[底末初]?的$")
_FROM_TO = re.compile(
    r"[由从](?:每月|每年|原来的?|最初的?|平均)*(?:[^，。；]{0,12}?[0-9０-９*＊][^，。；]{0,8}"
    rf"(?:{_CHANGE_VERBS}|降|升|增|压减|调整|变)[到至为])?$"
)
_ALIGNED = re.compile(
    r"(?P<items>[^，。；]{2,60}?)(?:年均|月均|平均|人均)?分别"
    rf"(?:达到?|为|是|占|有|新增|(?P<verb>{_CHANGE_VERBS})了?)?$"
)
_ITEM = re.compile(r"[、和与及]")
_NUMBER = re.compile(r"[0-9０-９*＊][0-9０-９*＊.．,]*")
_INCREASE = ("新增", "净增", "引进")
_PHRASE_START = re.compile(r"[一-鿿“‘「A-Za-z]")
_ATTRIBUTE_AHEAD = re.compile(r"[^，、]{0,14}的[一-鿿]{2}|[一-鿿]{2}")
_EARLIER = re.compile(r"[，；：]")
_WHOLE = re.compile(r"占(?:全[省市区县国])?(?P<noun>[一-鿿“”]{1,10}?)(?:总数|总量|总人数)")
_JOINT = re.compile(r"[、，的和与及]|以及")
_RIGHT_JOINT = re.compile(r"[、和与并及]")
_PAIRED = re.compile(r"[“”（）《》‘’]")
_PLACE_NOUNS = frozenset("省市区县镇乡村")


@dataclass(slots=True)
class Clause:
    """The clause around a figure, blanks removed: what stands before and after it.

    ``sentence_before`` and ``sentence_after`` reach over the clause's ends.
    """

    before: str
    after: str
    sentence_before: str
    sentence_after: str
    quantity: Quantity


def clause_around(text: str, start: int, end: int, quantity: Quantity) -> Clause:
    """The clause of ``quantity`` in the sentence ``text[start:end]``."""
    sentence_before = _plain(text[max(start, quantity.start - _REACH_BEFORE) : quantity.start])
    sentence_after = _plain(text[quantity.end : min(end, quantity.end + _REACH_AFTER)]).removeprefix("不等")
    begin = max(map(sentence_before.rfind, _CLAUSE_ENDS)) + 1
    stop = _CLAUSE_END.search(sentence_after)
    after = sentence_after[: stop.start()] if stop else sentence_after
    return Clause(sentence_before[begin:], after, sentence_before, sentence_after, quantity)


def _plain(text: str) -> str:
    """``text`` without blanks and short brackets."""
    text = "".join(text.split())
    return _BRACKET.sub("", text) if "（" in text else text


def noun_after(after: str) -> tuple[str, str]:
    """The noun phrase that ``after`` begins with, and the rest of the clause; ("", after) if none."""
    following = _NEXT_FIGURE.search(after)
    if following:
        after = after[: following.start()]
    if not _PHRASE_START.match(after):
        return "", after
    closing = after.find("”")
    if closing > 0 and "“" not in after[:closing]:
        after = after[:closing]
    least = 1 if after[0] in _PLACE_NOUNS else 2
    cut = len(after)
    for found in CUT.finditer(after):
        if found.start() >= least and not _inside_quotes(after, found.start()):
            cut = found.start()
            break
    first = CUT.match(after)
    # 贴近群众的服务, 下沉党员: a verb in front is an attribute when a noun follows.
    if first and (len(first[0]) == 1 or not _ATTRIBUTE_AHEAD.match(after, first.end())):
        return "", after
    return after[:cut], after[cut:]


def _inside_quotes(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)


def measured(clause: Clause) -> str:
    """What is measured, as named before the figure: the subject of 达到 or 为, or the object of a verb."""
    before = clause.before
    if item := aligned_item(before):
        return item
    before = DATED.sub("", before)
    if before.endswith("的"):
        return whole_subject(before).removesuffix("的") + "的"
    before = _FROM_TO.sub("", before)
    if regrouped := _REGROUPED.search(before):
        return regrouped["what"]
    predicate = PREDICATE.search(before)
    if predicate and predicate.start() >= 2:
        return whole_subject(before[: predicate.start()])
    return object_at_end(before)


def whole_subject(phrase: str) -> str:
    """``phrase`` as a subject; its last noun phrase when it is too long."""
    phrase = _LEADING.sub("", _TRAILING.sub("", phrase))
    return phrase if len(phrase) <= MAX_LENGTH else object_at_end(phrase)


def object_at_end(before: str) -> str:
    """The noun phrase at the end of ``before``, with its verb as an attribute: 建立的综合党组织."""
    before = _TRAILING.sub("", _LIST_BREAK.split(before)[-1])
    cuts = list(OBJECT_CUT.finditer(before))
    if not cuts:
        return before
    if len(cuts) > 1 and cuts[-2][0] in _INCREASE and cuts[-2].end() == cuts[-1].start():
        del cuts[-1]  # 新增孵化载体: the second verb belongs to the noun
    last = cuts[-1]
    noun = before[last.end() :]
    if len(noun.strip("的了")) < 2:
        return before[cuts[-2].end() :] if len(cuts) > 1 else before
    if noun.startswith(("及", "和", "、")):
        return last[0] + noun
    return f"{last[0]}的{noun.lstrip('了的')}" if OBJECT_ACT.fullmatch(last[0]) else noun


def aligned_item(before: str) -> str:
    """The item of A、B和C分别达到1、2和 that belongs to the figure behind ``before``; "" if none."""
    if "分别" not in before:
        return ""
    first = DIGIT.search(before)
    found = _ALIGNED.search(before[: first.start()] if first else before)
    if not found:
        return ""
    items = [item for item in _ITEM.split(found["items"]) if item]
    position = len(_NUMBER.findall(before))
    item = items[position] if position < len(items) else found["items"]
    return f"{item}{found['verb']}幅度" if found["verb"] else item


def previous(clause: Clause) -> str:
    """What the clause before this one counts: 全省实行“大工委”的433个，占 …; "" if none."""
    earlier = [part for part in _EARLIER.split(clause.sentence_before) if part and part != clause.before]
    if not earlier:
        return ""
    figures = list(COUNTED_NUMBER.finditer(earlier[-1]))
    if not figures:
        return object_at_end(earlier[-1])
    before = whole_subject(earlier[-1][: figures[-1].start()])
    if before.endswith("的"):
        whole = _WHOLE.search(clause.before)
        return before + (whole["noun"] if whole else "")
    noun, rest = noun_after(earlier[-1][figures[-1].end() :])
    if noun:
        return f"{rest}的{noun}" if 2 <= len(rest) <= 12 else noun
    return object_at_end(before)


def topic(clause: Clause) -> str:
    """What the sentence opens with: *街道成立不到**年，面积 … → 街道; "" when that is no short noun."""
    opening = _CLAUSE_END.split(clause.sentence_before, maxsplit=1)[0].lstrip("*＊")
    cut = CUT.search(opening, 2)
    noun = _LEADING.sub("", opening[: cut.start()] if cut else "")
    return noun if 2 <= len(noun) <= 12 and not DIGIT.search(noun) else ""


def whole_counted(clause: Clause) -> str:
    """The noun of a following 占街道总数, which is what an elliptic 433个 counts; "" if none."""
    found = _WHOLE.match(clause.sentence_after.lstrip("，约"))
    return found["noun"] if found else ""


def with_head(phrase: str, head: str) -> str:
    """``phrase`` with the attribute's name, unless it ends in one."""
    phrase = _TRAILING.sub("", phrase)
    if not phrase or phrase.endswith(("时间", "时长", "期限", "任期")):
        return phrase
    if head in phrase:
        return phrase[: phrase.index(head) + len(head)]
    return phrase.removesuffix("的") + head


def trimmed(phrase: str) -> str:
    """``phrase`` without words that belong to the sentence rather than to what is measured."""
    return _TRAILING.sub("", _LEADING.sub("", phrase))


def shortened(phrase: str, limit: int) -> str:
    """``phrase`` up to a joint before ``limit`` characters."""
    if len(phrase) <= limit:
        return phrase
    joints = [m.start() for m in _RIGHT_JOINT.finditer(phrase) if m.start() <= limit]
    return phrase[: joints[-1]] if joints else phrase[:limit]


def shortened_left(phrase: str, limit: int) -> str:
    """``phrase`` from a joint on, at most ``limit`` characters."""
    while len(phrase) > limit:
        joint = _JOINT.search(phrase)
        if not joint:
            return phrase[-limit:]
        phrase = phrase[joint.end() :]
    return phrase


def polished(phrase: str) -> str:
    """``phrase`` at most 30 characters long, with quotation marks in pairs; "" when nothing is left."""
    phrase = _balanced(_LEADING.sub("", phrase))
    phrase = _balanced(shortened_left(phrase, MAX_LENGTH))
    phrase = _TRAILING.sub("", phrase)
    return phrase if len(phrase) >= 2 or phrase in _PLACE_NOUNS else ""


def _balanced(phrase: str) -> str:
    if not _PAIRED.search(phrase):
        return phrase
    for opening, closing in ("“”", "（）", "《》", "‘’"):
        if phrase.count(opening) != phrase.count(closing):
            phrase = phrase.replace(opening, "").replace(closing, "")
    return phrase
