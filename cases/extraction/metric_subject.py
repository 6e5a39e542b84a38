"""What a figure measures, as a short phrase cut from its own sentence.

Forms: the noun counted, with what is said of it (``11.9万名快递员到社区报到`` →
到社区报到的快递员); the object before the number (``建立综合党组织 87 个`` →
建立的综合党组织); the subject of 达到, 为, 占 (``全市社区三项经费达到 1.6 亿元``);
for shares, a phrase that ends in 占比, 比重 or the rate's own name.
"""

from __future__ import annotations

import re

from measures.numbers import Quantity
from measures.units import AGE_UNITS, AREA_UNITS, MONEY_UNITS, SHARE_UNITS, TIME_UNITS

from .metric_phrase import (
    COUNTED_NUMBER,
    DATED,
    Clause,
    aligned_item,
    clause_around,
    measured,
    noun_after,
    object_at_end,
    polished,
    previous,
    shortened,
    shortened_left,
    topic,
    trimmed,
    whole_counted,
    whole_subject,
    with_head,
)
from .metric_words import ACT, CUT, PREDICATE

_COUNT_OF = {"年": "年数", "个月": "月数", "天": "天数", "周": "周数", "季度": "季度数"}
_OCCASIONS = {"次": "次数", "场": "场次", "轮": "轮次", "回": "次数"}
_BARE = frozenset(("面积", "年龄", "占比", "人口", "总面积", "建筑面积", "平均年龄"))

_ACT_BEFORE = re.compile(rf"(?P<act>{ACT.pattern})[了起着]?$")
_HELPED = re.compile(r"[为向给对把将使让]$")
_ADVERBS = re.compile(r"^(?:都|均|已经?|也|还|就(?!地))+")
_PREDICATES = re.compile(rf"(?!(?:{CUT.pattern})$)[^的0-9０-９*＊]+(?<![中上时])")  # may stand before 的
_INTRANSITIVE = re.compile(r"进编|下沉|报到|入驻|当选|持证|参训|参会|在编|驻村|返乡|签约")
_PLAN = re.compile(
    r"(?:制定|出台|印发|制订|编制|推行|实施)了?"
    r"(?P<plan>[^，。；、]{2,14}(?:清单|办法|意见|方案|计划”?|规定|规范|细则|条例))(?=，)"
)
_PER = re.compile(
    r"(?:左右|以上)?(?:划分|划定|划|设立|设置|设|配备|配置|配|建立|建)[1一][个名支](?P<noun>[一-鿿]{2,8})"
)
_RATE_NAME = re.compile(
    r"(?:率|度|比重|占比|比例|权重|频次|增速|指数|得分|面积|人口|收入|报酬|工资|年龄|经费|资金|数量|总数|人数)$"
)
_CHANGE_VERB = "提高|提升|增长|增加|上升|上涨|下降|下跌|减少|降低|缩短|扩大|扩增"
_CHANGE = re.compile(rf"(?:同比|环比|平均)?(?P<verb>{_CHANGE_VERB}|增幅|降幅)(?:了|约|近|超过)?$")
_CHANGED_TO = re.compile(rf"(?P<verb>{_CHANGE_VERB}|压减|调整|精简|发展|扩展)(?:到了?|至|为)")
_CHANGED_FROM = re.compile(r"[由从][^，。；0-9*]{0,8}$")
_CHANGED_FROM_FIGURE = re.compile(r"[由从][^，。；]{0,20}[0-9０-９*＊][^，。；]{0,14}$")
_SHARE_OF = re.compile(
    r"(?P<subject>[^，。；]*?)约?占[了到]?(?:(?P<whole>[^，。；0-9*]{1,14}?)(?:的|比|比重|比例|总量)*)?"
    r"(?:约|近|达到?|为|到|超过)?$"
)
_RATIO_NOUN = re.compile(r"占比(?:约|达到?|为|超过)?$")
_IS = re.compile(r"(?:是|为(?=[^，。；]{1,10}$)|属于|系)")
_SHORT_PREDICATE = re.compile(r"[一-鿿]{2,4}$")
_STANDARD = re.compile(r"标准|比例|基础|水平|速度|幅度|目标")
_SPENDS = re.compile(r"(?:投入|安排|拨付|筹集|出资|拿出)(?:了|资金)?$")
_FUND = re.compile(r"[一-鿿“”]{2,10}?(?:经费|资金|津贴|补贴|补助|报酬|工资)")
_EACH = re.compile(r"每[个名位户人家]")
_AGE_NAME = re.compile(r"(?:年龄|年满|岁数|平均)[为在约是]?$")
_PERIODIC = re.compile(r"每[^，。；]{1,16}$")


def subject_of(text: str, start: int, end: int, quantity: Quantity) -> str:
    """Subject of ``quantity`` in the sentence ``text[start:end]``, about 30 characters at most.

    Empty when the sentence names nothing that is measured.
    """
    clause = clause_around(text, start, end, quantity)
    phrase = polished(_phrase(clause)) or polished(_anything(clause))
    if phrase in _BARE:
        named = topic(clause)
        phrase = polished(named + phrase) if named not in _BARE else phrase
    return phrase + _side_of_change(clause)


def _phrase(clause: Clause) -> str:
    unit, rule = clause.quantity.unit, clause.quantity.rule
    if unit in SHARE_UNITS or (not unit and rule.startswith(("fraction", "half"))):
        return _share(clause)
    if unit in MONEY_UNITS:
        return _money(clause)
    if unit in TIME_UNITS:
        return _length_of_time(clause)
    if unit in AREA_UNITS:
        return with_head(_amount(clause), "面积")
    if unit in AGE_UNITS:
        return _age(clause)
    if unit == "倍":
        return _multiple(clause)
    if unit in _OCCASIONS:
        return _occasions(clause)
    return _counted(clause)


def _side_of_change(clause: Clause) -> str:
    """（提高前） and （提高后） for the two ends of 由 … 提高到 …"""
    before = DATED.sub("", clause.before)
    verb = _CHANGED_TO.match(clause.after)
    if verb and _CHANGED_FROM.search(before):
        return f"（{verb['verb']}前）"
    verb = _CHANGED_TO.search(before)
    if verb and verb.end() >= len(before) - 2 and _CHANGED_FROM_FIGURE.search(before):
        return f"（{verb['verb']}后）"
    return ""


def _counted(clause: Clause) -> str:
    """The things counted: the noun after the measure word, else the object or subject before it."""
    unit = clause.quantity.unit
    if unit == "人" and clause.after.startswith("口"):
        return "人口"
    if clause.before.endswith("每") and (each := _PER.match(clause.after)):
        return f"每个{each['noun']}的{unit}数"
    noun, rest = noun_after(clause.after)
    if noun:
        return _described(clause, _in_plan(clause, noun), rest)
    if clause.quantity.rule == "count.noun":
        return _described(clause, _in_plan(clause, unit), clause.after)
    phrase = measured(clause)
    if phrase.endswith("的"):
        return phrase + (whole_counted(clause) or "数量")
    verb = CUT.fullmatch(phrase.rpartition("、")[2])
    return f"{verb[0]}的{unit}数" if verb else phrase


def _described(clause: Clause, noun: str, rest: str, limit: int = 16) -> str:
    """``noun`` with the act that it takes part in or that brought it about."""
    if noun.endswith("、"):  # what follows is another act
        rest = ""
    noun, rest = noun.strip("的、"), _ADVERBS.sub("", rest)
    if len(noun) > 3 and noun[-1] in "中上里":  # 在20个项目中, 在19个点位上
        noun = noun[:-1]
    told = _INTRANSITIVE.fullmatch(rest) or (
        3 <= len(rest) <= limit and _PREDICATES.fullmatch(rest) and CUT.search(rest.lstrip("与"))
    )
    if told and not _HELPED.search(clause.before):
        return f"{rest.replace('了', '', 1)}的{noun}"
    act = _ACT_BEFORE.search(clause.before)
    return f"{act['act']}的{noun}" if act and len(noun) <= 20 else noun


def _in_plan(clause: Clause, noun: str) -> str:
    """A bare noun (职责, 任务) with the document that lays it down: 职责清单的职责."""
    plan = _PLAN.search(clause.sentence_before) if len(noun) <= 4 else None
    return f"{plan['plan']}的{noun}" if plan else noun


def _share(clause: Clause) -> str:
    before, after = clause.before, clause.after
    if item := aligned_item(before):
        return _rated(item)
    if change := _CHANGE.search(before):
        changed = whole_subject(before[: change.start()]) or previous(clause)
        return f"{changed}{change['verb'].removesuffix('幅')}幅度"
    if after.startswith("的") or (clause.quantity.bound and not PREDICATE.search(before)):
        noun, rest = noun_after(after.removeprefix("的"))
        if noun and not _STANDARD.match(noun):
            return _described(clause, noun, rest, 20) + "占比"
    if found := _IS.match(after):
        noun, _ = noun_after(after[found.end() :])
        return noun + "占比" if noun else ""
    if _RATIO_NOUN.search(before):
        return (whole_subject(_RATIO_NOUN.sub("", before)) or previous(clause)) + "占比"
    if "占" in before and (of := _SHARE_OF.fullmatch(before)):
        subject = whole_subject(of["subject"]) or previous(clause)
        whole = (of["whole"] or "").removesuffix("的")
        return f"{subject}占{whole}的比重" if whole else f"{subject}占比"
    if phrase := measured(clause):
        if _SHORT_PREDICATE.fullmatch(after) and not _RATE_NAME.search(phrase):
            return f"{phrase}{after}比例"  # 候选人 100%当选
        return _rated(phrase)
    noun, _ = noun_after(after)
    return noun + "占比" if noun else ""


def _rated(phrase: str) -> str:
    """``phrase`` as the name of a rate."""
    named = phrase.removesuffix("的")
    return named if _RATE_NAME.search(named) or named.endswith("幅度") else phrase + "占比"


def _amount(clause: Clause) -> str:
    """Money and areas: what is named after the sum, else what reaches or receives it."""
    before, after = clause.before, clause.after
    if change := _CHANGE.search(before):
        return whole_subject(before[: change.start()]) + f"{change['verb']}额"
    if _SPENDS.search(before) and 2 <= len(after) <= 16 and CUT.match(after):
        return f"{after}的投入"
    noun, _ = noun_after(after.removeprefix("的"))
    if (head := _STANDARD.match(noun)) and head[0] != "基础":
        return object_at_end(before) + head[0]
    if noun and not noun.startswith("基础") and not PREDICATE.search(before):
        return noun
    return measured(clause) or previous(clause)


def _money(clause: Clause) -> str:
    """As :func:`_amount`; 每个社区 10 万元 is completed by the fund that the sentence names."""
    phrase = _amount(clause)
    if not _EACH.match(phrase) or _FUND.search(phrase):
        return phrase
    fund = _FUND.search(CUT.sub("，", clause.after)) or _FUND.search(CUT.sub("，", clause.sentence_before))
    if not fund:
        return phrase
    return phrase.removesuffix("标准") + fund[0] + ("标准" if phrase.endswith("标准") else "")


def _age(clause: Clause) -> str:
    """年龄 35 岁以下, 82岁的老党员, **岁以上老人; 平均年龄下降 3 岁."""
    if change := _CHANGE.search(clause.before):
        return whole_subject(clause.before[: change.start()]) + f"{change['verb']}幅度"
    if _AGE_NAME.search(clause.before):
        own = with_head(measured(clause), "年龄")
        return previous(clause) + own if own in _BARE else own
    noun, _ = noun_after(clause.after.removeprefix("的"))
    return with_head(noun or measured(clause), "年龄")


def _length_of_time(clause: Clause) -> str:
    after = clause.after
    if after.startswith("的"):
        noun, _ = noun_after(after[1:])
        if noun:
            return with_head(noun, "时长")
    if clause.before.endswith("连续"):
        unit = _COUNT_OF.get(clause.quantity.unit, "时长")
        return f"连续{shortened(after, 22)}的{unit}" if after else ""
    if clause.quantity.bound in ("内", "以内", "之内") and 2 <= len(after) <= 16:
        return f"{after}的时限"
    before = COUNTED_NUMBER.sub("", trimmed(clause.before))
    return with_head(shortened_left(before, 22), "时间")


def _occasions(clause: Clause) -> str:
    """每季度召开1次例会 → 每季度召开例会的次数; 进行了*次工作调度 → 工作调度次数."""
    noun, _ = noun_after(clause.after)
    unit, before = _OCCASIONS[clause.quantity.unit], trimmed(clause.before)
    periodic = _PERIODIC.search(before)
    if noun:
        return f"{periodic[0]}{noun}的{unit}" if periodic and len(periodic[0] + noun) <= 26 else noun + unit
    return shortened_left(before, 24) + f"的{unit}" if before else ""


def _multiple(clause: Clause) -> str:
    if change := _CHANGE.search(clause.before):
        return whole_subject(clause.before[: change.start()]) + f"{change['verb']}倍数"
    return with_head(measured(clause).removesuffix("的"), "的倍数")


def _anything(clause: Clause) -> str:
    noun, _ = noun_after(clause.after)
    return noun or object_at_end(clause.before) or previous(clause)
