"""What a figure measures, as a short phrase cut from its own sentence.

Forms: the noun counted, with what is said of it (``11.9万名快递员到社区报到`` →
到社区报到的快递员); the object before the number (``建立综合党组织 87 个`` →
建立的综合党组织); the subject of 达到, 为, 占 (``全市社区三项经费达到 1.6 亿元``);
for shares, a phrase that ends in 占比, 比重 or the rate's own name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from measures.numbers import Quantity
from measures.units import AGE_UNITS, AREA_UNITS, MONEY_UNITS, SHARE_UNITS, TIME_UNITS

from .metric_words import ACT, CUT, OBJECT_ACT, OBJECT_CUT, PREDICATE

MAX_LENGTH = 30
_COUNT_OF = {"年": "年数", "个月": "月数", "天": "天数", "周": "周数", "季度": "季度数"}
_OCCASIONS = frozenset(("次", "场", "轮", "回"))
_CLAUSE_END = re.compile(r"[，。；！？：!?;\n（(]")
_BRACKET = re.compile(r"(?<=[一-鿿])[（(][^（）()，。；]{1,8}[）)]")
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"[0-9０-９*＊]")
_NEXT_FIGURE = re.compile(
    r"(?:[、和与及]|以及)?\s?(?:近|约|超过?|逾|不少于|不低于|每[个名])?\s?[0-9０-９*＊]"
)
_LEADING = re.compile(
    r"^(?:[的了着过等和及、，\s’”」）)]|(?:在|截至|到|于)?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:底|末|初)?|以及|其中|目前|现在|截至目前|同时|并且?|共(?!同|建|享|产|青)|是|已经?(?!婚)|现(?=有)|也|还|都(?!市)|均|全部|普遍|分别|先后|累计|更|去年以来|今年以来|近年来|今年|去年)+"
)
_TRAILING = re.compile(
    r"(?:[了着过、，\s“‘「（(]|已经?|共(?:有|计)?|现有|约|近|达|分别|均|各|就|又|都|全部|普遍|更|有|在|为|超|超过|年均|月均|等|每年|目前|的(?=已|达|共|均)|已达|平均)+$"
)
_RATE_NAME = re.compile(
    r"(?:率|度|比重|占比|比例|权重|频次|增速|幅度|指数|得分|面积|人口|收入|报酬|工资|年龄|经费|资金|数量|总数|人数)$"
)
_CHANGE = re.compile(
    r"(?:同比|环比|平均)?(?P<verb>提高|提升|增长|增加|上升|上涨|下降|下跌|减少|降低|缩短|扩大|增幅|降幅|扩增)(?:了|约|近|超过)?$"
)
_SHARE_OF = re.compile(
    r"(?P<subject>[^，。；]*?)(?:约)?占(?:了|到)?(?:(?P<whole>[^，。；0-9*]{1,14}?)(?:的|比|比重|比例|总量)*)?(?:约|近|达到?|为|到|超过)?$"
)
_RATIO_NOUN = re.compile(r"占比(?:约|达到?|为|超过)?$")
_ALIGNED = re.compile(
    r"(?P<items>[^，。；]{2,60}?)(?:年均|月均|平均|人均)?分别(?:达到?|为|是|占|有|新增|(?P<verb>增长|增加|提高|提升|上升|上涨|下降|减少|降低)了?)?$"
)
_FROM_TO = re.compile(
    r"[由从](?:[^，。；]{0,12}?[0-9０-９*＊][^，。；]{0,8}(?:提高|提升|增长|增加|上升|下降|减少|降低|降|升|增|缩短|扩大|压减|调整|变)(?:到|至|为))?$"
)
_CHANGED_TO = re.compile(
    r"(?P<verb>提高|提升|增长|增加|上升|下降|减少|降低|缩短|扩大|压减|调整|精简|发展|扩展)(?:到了?|至|为)"
)
_ADVERB = re.compile(r"^(?:都|均|已经?|也|还|就(?!地))+")
_PLAN = re.compile(
    r"(?:制定|出台|印发|制订|编制|推行|实施)了?(?P<plan>[^，。；、]{2,14}(?:清单|办法|意见|方案|计划”?|规定|规范|细则|条例))(?=，)"
)
_REGROUPED = re.compile(
    r"[把将](?P<what>[^，。；]+?)(?:整合|精简|压减|调整|优化|合并|划分|细分|归并|分解)+(?:成|为|到)$"
)
_LIST_BREAK = re.compile(r"[0-9０-９*＊][^、和及与，]{0,6}[、和及与]")
_PREDICATES = re.compile(rf"(?!(?:{CUT.pattern})$)[^的0-9０-９*＊]+(?<![中上时])")  # may stand before 的
_PER = re.compile(
    r"\s?(?:左右|以上)?\s?(?:划分|划定|划|设立|设置|设|配备|配置|配|建立|建)\s?(?:1|一)\s?[个名支]\s?(?P<noun>[一-鿿]{2,8})"
)
_INCREASE = ("新增", "净增", "引进")
_SPENDS = re.compile(r"(?:投入|安排|拨付|筹集|出资|拿出)(?:了|资金)?$")
_FUND = re.compile(r"[一-鿿“”]{2,10}?(?:经费|资金|津贴|补贴|补助|报酬|工资)")
_BARE = frozenset(("面积", "年龄", "占比", "人口", "总面积", "建筑面积", "平均年龄"))
_COUNTED_NUMBER = re.compile(r"[0-9０-９*＊][0-9０-９*＊.．,]*[万亿千]?[多余]?[个名家户人项支处所]?")
_ITEM = re.compile(r"[、和与及]")
_TOTAL = re.compile(r"，?\s?(?:约)?占(?:全[省市区县国])?(?P<noun>[一-鿿“”]{1,10}?)(?:总数|总量|总人数)")


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause around a figure: what stands before it, after it, and its quantity."""

    before: str
    after: str
    sentence_before: str
    tail: str
    quantity: Quantity


def subject_of(text: str, start: int, end: int, quantity: Quantity) -> str:
    """Subject of ``quantity`` in the sentence ``text[start:end]``, at most 30 characters; "" if none."""
    clause = _clause_around(text, start, end, quantity)
    unit = quantity.unit
    if unit in SHARE_UNITS or (not unit and quantity.rule.startswith(("fraction", "half"))):
        phrase = _share(clause)
    elif unit in MONEY_UNITS:
        phrase = _money(clause)
    elif unit in TIME_UNITS:
        phrase = _length_of_time(clause)
    elif unit in AREA_UNITS:
        phrase = _with_head(_amount(clause), "面积")
    elif unit in AGE_UNITS:
        phrase = _age(clause)
    elif unit == "倍":
        phrase = _multiple(clause)
    elif unit in _OCCASIONS:
        phrase = _occasions(clause)
    else:
        phrase = _counted(clause)
    phrase = _polished(phrase) or _polished(_anything(clause))
    if phrase in _BARE:
        phrase = _polished(_topic(clause) + phrase)
    return phrase + _side_of_change(clause)


def _clause_around(text: str, start: int, end: int, quantity: Quantity) -> _Clause:
    before = text[start : quantity.start]
    cut = 0
    for mark in _CLAUSE_END.finditer(before):
        cut = mark.end()
    tail = _BRACKET.sub("", text[quantity.end : end])
    stop = _CLAUSE_END.search(tail)
    return _Clause(before[cut:], tail[: stop.start()] if stop else tail, before, tail, quantity)


def _topic(clause: _Clause) -> str:
    """What the sentence opens with: *街道成立不到**年，面积 … → 街道."""
    opening = _CLAUSE_END.split(_SPACE.sub("", clause.sentence_before))[0].lstrip("*＊")
    cut = CUT.search(opening, 2)
    topic = _LEADING.sub("", opening[: cut.start()] if cut else "")
    return topic if topic not in _BARE and 2 <= len(topic) <= 12 and not _DIGIT.search(topic) else ""


def _side_of_change(clause: _Clause) -> str:
    """（提高前） and （提高后） for the two ends of 由 … 提高到 …"""
    before, after = _SPACE.sub("", clause.before), _SPACE.sub("", clause.after)
    if (verb := _CHANGED_TO.match(after)) and re.search(r"[由从][^，。；0-9*]{0,8}$", before):
        return f"（{verb['verb']}前）"
    if (verb := _CHANGED_TO.search(before)) and verb.end() >= len(before) - 2 and _FROM_TO.search(before):
        return f"（{verb['verb']}后）"
    return ""


# --- Kinds of figures ---------------------------------------------------------


def _counted(clause: _Clause) -> str:
    """The things counted: the noun after the measure word, else the object or subject before it."""
    if clause.quantity.unit == "人" and clause.after.startswith("口"):
        return "人口"
    if clause.before.endswith("每") and (each := _PER.match(clause.after)):
        return f"每个{each['noun']}的{clause.quantity.unit}数"
    noun, rest = _noun_after(clause.after)
    if noun:
        return _described(clause, _in_plan(clause, noun), rest)
    if clause.quantity.rule == "count.noun":
        return _described(clause, _in_plan(clause, clause.quantity.unit), clause.after.strip())
    total = _TOTAL.match(clause.tail)
    measured = _measured(clause)
    if measured.endswith("的"):
        return measured + (total["noun"] if total else "数量")
    verb = CUT.fullmatch(measured.rpartition("、")[2])
    return f"{verb[0]}的{clause.quantity.unit}数" if verb else measured


def _described(clause: _Clause, noun: str, rest: str, limit: int = 16) -> str:
    """``noun`` with the act that brought it about or that it takes part in."""
    if noun.endswith("、"):  # what follows is another act
        rest = ""
    noun = noun.strip("的、")
    act = re.search(rf"(?P<act>{ACT})(?:了|起|着)?$", clause.before.rstrip())
    helped = re.search(r"(?:为|向|给|对|把|将|使|让)\s?$", clause.before)
    rest = _ADVERB.sub("", rest.strip())
    if (
        not helped
        and 3 <= len(rest) <= limit
        and _PREDICATES.fullmatch(rest)
        and CUT.search(rest.lstrip("与"))
    ):
        return f"{rest.replace('了', '', 1)}的{noun}"
    if act and len(noun) <= 20:
        return f"{act['act']}的{noun}"
    return noun


def _in_plan(clause: _Clause, noun: str) -> str:
    """A bare noun (职责, 任务) with the document of the sentence that lays it down: 职责清单的职责."""
    plan = _PLAN.search(_SPACE.sub("", clause.sentence_before)) if len(noun) <= 4 else None
    return f"{plan['plan']}的{noun}" if plan else noun


def _measured(clause: _Clause) -> str:
    """The subject of 达到, 为 … or the object before the number."""
    before = _SPACE.sub("", clause.before)
    aligned = _aligned_item(clause, before)
    if aligned:
        return aligned
    if before.endswith("的"):
        return _whole_subject(before).removesuffix("的") + "的"
    before = _FROM_TO.sub("", before)
    regrouped = _REGROUPED.search(before)
    if regrouped:
        return regrouped["what"]
    predicate = PREDICATE.search(before)
    if predicate and predicate.start() >= 2:
        return _whole_subject(before[: predicate.start()])
    return _object(before)


def _whole_subject(phrase: str) -> str:
    phrase = _LEADING.sub("", _TRAILING.sub("", phrase))
    if len(phrase) <= MAX_LENGTH:
        return phrase
    return _object(phrase)


def _object(before: str) -> str:
    """The noun phrase at the end of ``before``, with its verb turned into an attribute."""
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
    if re.fullmatch(OBJECT_ACT, last[0]):
        return f"{last[0]}的{noun.lstrip('了的')}"
    return noun


def _aligned_item(clause: _Clause, before: str) -> str:
    """The item that belongs to this figure in A、B和C分别达到1、2和3."""
    parts = list(_DIGIT.finditer(before))
    head = before[: parts[0].start()] if parts else before
    found = _ALIGNED.search(head)
    if not found:
        return ""
    items = [item for item in _ITEM.split(found["items"]) if item]
    position = len(re.findall(r"[0-9０-９*＊][0-9０-９*＊.．,]*", before))
    item = items[position] if position < len(items) else found["items"]
    return f"{item}{found['verb']}幅度" if found["verb"] else item


def _share(clause: _Clause) -> str:
    before = _SPACE.sub("", clause.before)
    if aligned := _aligned_item(clause, before):
        return aligned if _RATE_NAME.search(aligned) else aligned + "占比"
    change = _CHANGE.search(before)
    if change:
        return _whole_subject(before[: change.start()]) + f"{change['verb']}幅度"
    after = clause.after.lstrip()
    if after.startswith("的") or (clause.quantity.bound and not PREDICATE.search(before)):
        noun, rest = _noun_after(after.removeprefix("的"))
        if noun and not _STANDARD_TAIL.match(noun):
            return _described(clause, noun, rest, 20) + "占比"
    if found := _IS.match(after):
        noun, _ = _noun_after(after[found.end() :])
        return noun + "占比" if noun else ""
    if _RATIO_NOUN.search(before):
        return (_whole_subject(_RATIO_NOUN.sub("", before)) or _previous(clause)) + "占比"
    of = _SHARE_OF.fullmatch(before)
    if of and "占" in before:
        subject = _whole_subject(of["subject"]) or _previous(clause)
        whole = (of["whole"] or "").removesuffix("的")
        return f"{subject}占{whole}的比重" if whole else f"{subject}占比"
    measured = _measured(clause)
    if measured:
        phrase = measured.removesuffix("的") if _RATE_NAME.search(measured.removesuffix("的")) else measured
        if re.match(r"[一-鿿]{2,4}$", clause.after) and not _RATE_NAME.search(phrase):
            return phrase + clause.after + "比例"
        return phrase if _RATE_NAME.search(phrase) else phrase + "占比"
    noun, _ = _noun_after(after)
    return noun + "占比" if noun else ""


_IS = re.compile(r"(?:是|为(?=[^，。；]{1,10}$)|属于|系)")
_STANDARD_TAIL = re.compile(r"标准|比例|基础|水平|速度|幅度|目标")


def _amount(clause: _Clause) -> str:
    """Money and areas: the fund named after the sum, else what reaches or receives it."""
    before = _SPACE.sub("", clause.before)
    change = _CHANGE.search(before)
    if change:
        return _whole_subject(before[: change.start()]) + f"{change['verb']}额"
    noun, _ = _noun_after(clause.after.lstrip().removeprefix("的"))
    if noun.startswith("基础"):
        return _measured(clause)
    if noun and _STANDARD_TAIL.match(noun):
        return _object(before) + noun
    spent = clause.after.strip()
    if _SPENDS.search(before) and 2 <= len(spent) <= 16 and CUT.match(spent):
        return f"{spent}的投入"
    if noun and not PREDICATE.search(before):
        return noun
    return _measured(clause)


def _money(clause: _Clause) -> str:
    """As :func:`_amount`; 每个社区 10 万元 is completed by the fund that the sentence names."""
    phrase = _amount(clause)
    if not re.match(r"每[个名位户人家]", phrase) or _FUND.search(phrase):
        return phrase
    fund = _FUND.search(CUT.sub("，", clause.after)) or _FUND.search(CUT.sub("，", clause.sentence_before))
    return (
        phrase.removesuffix("标准") + fund[0] + ("标准" if phrase.endswith("标准") else "")
        if fund
        else phrase
    )


def _age(clause: _Clause) -> str:
    """年龄 35 岁以下, 82岁的老党员, **岁以上老人."""
    before = _SPACE.sub("", clause.before)
    if re.search(r"(?:年龄|年满|岁数|平均)(?:为|在|约|是)?$", before):
        own = _with_head(_measured(clause), "年龄")
        return _previous(clause) + own if own in ("年龄", "平均年龄") else own
    noun, _ = _noun_after(clause.after.lstrip().removeprefix("的"))
    return _with_head(noun or _measured(clause), "年龄")


def _length_of_time(clause: _Clause) -> str:
    after = clause.after.lstrip()
    if after.startswith("的"):
        noun, _ = _noun_after(after[1:])
        if noun:
            return _with_head(noun, "时长")
    if re.search(r"连续\s?$", clause.before):
        rest = after.strip()
        unit = _COUNT_OF.get(clause.quantity.unit, "时长")
        return f"连续{_shortened(rest, 22)}的{unit}" if rest else ""
    if clause.quantity.bound in ("内", "以内", "之内") and 2 <= len(after.strip()) <= 16:
        return f"{after.strip()}的时限"
    before = _COUNTED_NUMBER.sub("", _LEADING.sub("", _SPACE.sub("", clause.before)))
    return _with_head(_TRAILING.sub("", _shortened_left(before, 22)), "时间")


def _occasions(clause: _Clause) -> str:
    """每季度召开1次例会 → 每季度召开例会的次数; 进行了*次工作调度 → 工作调度次数."""
    noun, _ = _noun_after(clause.after)
    unit = {"次": "次数", "场": "场次"}.get(clause.quantity.unit, "轮次")
    before = _TRAILING.sub("", _LEADING.sub("", _SPACE.sub("", clause.before)))
    periodic = re.search(r"每[^，。；]{1,16}$", before)
    if noun:
        return f"{periodic[0]}{noun}的{unit}" if periodic and len(periodic[0] + noun) <= 26 else noun + unit
    return _shortened_left(before, 24) + f"的{unit}" if before else ""


def _multiple(clause: _Clause) -> str:
    before = _SPACE.sub("", clause.before)
    change = _CHANGE.search(before)
    if change:
        return _whole_subject(before[: change.start()]) + f"{change['verb']}倍数"
    return _with_head(_measured(clause).removesuffix("的"), "的倍数")


# --- Phrases ------------------------------------------------------------------


def _noun_after(after: str) -> tuple[str, str]:
    """The noun phrase that ``after`` begins with, and the rest of the clause."""
    after = after.strip()
    following = _NEXT_FIGURE.search(after)
    if following and following.start() > 0:
        after = after[: following.start()]
    elif following:
        return "", after
    if not after or not re.match(r"[一-鿿“‘「A-Za-z]", after):
        return "", after
    if closing := _unmatched_closing(after):
        after = after[:closing]
    least = 1 if after[:1] in "省市区县镇乡村" else 2
    cut = next(
        (m for m in CUT.finditer(after) if m.start() >= least and not _inside_quotes(after, m.start())), None
    )
    first = CUT.match(after)
    if first:
        # 贴近群众的服务, 下沉党员: a verb in front is an attribute when a noun follows.
        if first.end() - first.start() == 1 or not re.match(
            r"[^，、]{0,14}的[一-鿿]{2}|[一-鿿]{2}", after[first.end() :]
        ):
            return "", after
        if "的" in after[: cut.start() if cut else None]:
            return after[: cut.start() if cut else None], after[cut.start() :] if cut else ""
    if cut is None:
        return after, ""
    return after[: cut.start()], after[cut.start() :]


def _unmatched_closing(text: str) -> int:
    """Offset of the first closing quotation mark without an opening one, 0 if none."""
    closing = text.find("”")
    return closing if closing > 0 and "“" not in text[:closing] else 0


def _inside_quotes(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)


def _previous(clause: _Clause) -> str:
    """The object of the clause before this one: 全省实行“大工委”的433个，占 …"""
    earlier = re.split(r"[，；：]", _SPACE.sub("", clause.sentence_before).rstrip("，"))
    own = _SPACE.sub("", clause.before)
    earlier = [part for part in earlier if part and part != own]
    if not earlier:
        return ""
    part = earlier[-1]
    figures = list(_COUNTED_NUMBER.finditer(part))
    if not figures:
        return _object(part)
    figure = figures[-1]
    total = _TOTAL.match("，" + own + clause.quantity.unit) or re.search(
        r"占(?:全[省市区县])?(?P<noun>[一-鿿]{2,8}?)总", own
    )
    before = _whole_subject(part[: figure.start()])
    if before.endswith("的"):
        return before + (total["noun"] if total else "")
    noun, rest = _noun_after(part[figure.end() :])
    if noun:
        return f"{rest}的{noun}" if 2 <= len(rest) <= 12 else noun
    return _object(before)


def _with_head(phrase: str, head: str) -> str:
    """``phrase`` with the attribute's name, unless it ends in one."""
    phrase = _TRAILING.sub("", phrase)
    if not phrase or phrase.endswith(("面积", "年龄", "时间", "时长", "期限", "任期")):
        return phrase
    return phrase.removesuffix("的") + head


def _anything(clause: _Clause) -> str:
    noun, _ = _noun_after(clause.after)
    return noun or _object(_SPACE.sub("", clause.before)) or _previous(clause)


def _shortened(phrase: str, limit: int) -> str:
    """``phrase`` up to a joint before ``limit`` characters."""
    if len(phrase) <= limit:
        return phrase
    joints = [m.start() for m in re.finditer("[、和与并及]", phrase) if m.start() <= limit]
    return phrase[: joints[-1]] if joints else phrase[:limit]


def _shortened_left(phrase: str, limit: int) -> str:
    """``phrase`` without leading parts, from a joint on, at most ``limit`` characters."""
    while len(phrase) > limit:
        joint = re.search(r"[、，的和与及]|以及", phrase)
        if not joint:
            return phrase[-limit:]
        phrase = phrase[joint.end() :]
    return phrase


def _polished(phrase: str) -> str:
    phrase = _SPACE.sub("", phrase)
    phrase = _balanced(_LEADING.sub("", phrase))
    phrase = _balanced(_shortened_left(phrase, MAX_LENGTH))
    phrase = _TRAILING.sub("", phrase).rstrip("、")
    return phrase if len(phrase) >= 2 or phrase in tuple("省市区县镇乡村") else ""


def _balanced(phrase: str) -> str:
    """``phrase`` without a quotation mark or bracket that lacks its partner."""
    for opening, closing in ("“”", "（）", "《》", "‘’"):
        if phrase.count(opening) != phrase.count(closing):
            phrase = phrase.replace(opening, "").replace(closing, "")
    return phrase
