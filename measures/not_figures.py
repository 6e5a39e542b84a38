"""Digits that are not figures: dates, times, ordinals, labels, numbers of things.

Each pattern is anchored at the first digit (or mask) and says how far to skip.
"""

from __future__ import annotations

import re

from .quantity import Quantity, storable
from .units import TIME_UNITS

D = "0-9０-９"
M = "*＊"
_S = r"[ \t\u00a0\u3000]{0,2}"
_YEAR = rf"(?:(?:19|20|１９|２０)[{D}]{{2}}|(?:19|20)?[{M}]{{2,4}}(?<=[{D}{M}]{{4}}))"
_DAY = rf"[{D}{M}]{{1,2}}"
_SPAN = r"[-—–－~～〜至到]{1,2}"

# 2022年1月28日; 2017-2021年; 2014 年、2015 年; 2021/6/18 14:14; 9月; 6 月 30 日; *月**日;
# 90年代; 21世纪; 9时30分; 100周年
_DATE = re.compile(
    "|".join(
        (
            rf"{_YEAR}{_S}年?{_S}(?:{_SPAN}|[、和及与]){_S}{_YEAR}{_S}年度?",
            rf"{_YEAR}{_S}年(?:度|{_S}{_DAY}{_S}月(?:份|{_S}{_DAY}{_S}[日号])?)?",
            rf"(?:19|20)[{D}]{{2}}{_S}{_SPAN}{_S}(?:19|20)[{D}]{{2}}(?![{D}]){_S}(?:学年|财年|[）)])",
            rf"{_YEAR}(?P<mark>[-/.．])[{D}]{{1,2}}(?P=mark)[{D}]{{1,2}}(?:{_S}[{D}]{{1,2}}[:：][{D}]{{2}}(?:[:：][{D}]{{2}})?)?",
            rf"{_DAY}{_S}(?:(?:{_SPAN}|、){_S}{_DAY}{_S})?月(?![均报月])(?:份|{_S}{_DAY}{_S}(?:[日号]|(?:{_SPAN}){_S}{_DAY}{_S}[日号]))?",
            rf"{_DAY}{_S}(?:(?:{_SPAN}|、){_S}{_DAY}{_S})?日(?!均)(?!{_S}(?:以内|之内|内))",
            rf"{_DAY}{_S}(?:{_SPAN}{_S}{_DAY}{_S})?(?:年代|世纪)",
            rf"[{D}]{{1,2}}{_S}(?:[:：](?=[{D}]{{2}})[{D}]{{2}}(?:[:：][{D}]{{2}}|(?=[^{D}]|$))|时(?:[{D}]{{1,2}}分|整|半|许)?(?!间|长|段|效|代)|点(?:[{D}]{{1,2}}分|钟|整|半)(?!钟))",
            rf"[{D}{M}]{{1,3}}{_S}(?:周年|届|岁生日)",
        )
    )
)

# 12345热线, 110联动, 〔2019〕25号, 400-800-8888, 3.0版, 3号楼, 90后, 5G, 1+3+N
_NAME = re.compile(
    "|".join(
        (
            rf"[{D}]{{3,5}}[-—]?[{D}]{{6,8}}(?![{D}]|{_S}[元个名人户家万亿])",
            rf"[{D}{M}]+{_S}(?:号|后(?=[、，一的干青党]|”)|路公交|线地铁)",
            rf"[{D}{M}.]+(?:[A-Za-zＡ-Ｚａ-ｚ](?!m[²2]?(?![A-Za-z])|m²)|[+＋×&＆])[{D}{M}A-Za-z+＋×&＆]*",
            rf"[{D}]+(?:[.．][{D}]+){{2,}}",
            rf"[{D}{M}.]+{_S}[个]?一(?![{D}个])(?=[”’工])",
            rf"[{D}{M}]{{1,2}}{_S}小时{_S}(?:服务|自助)?(?:热线|电话|便利店|药店|专线|图书馆)",
            rf"24{_S}小时(?!{_S}(?:以?内|之内|以上|以下|后|前))",
            rf"[{D}]+(?:栋|幢|号楼|单元|座)(?=[{D}]+(?:单元|室|号|层|楼))|[{D}]+(?:单元|室|弄|巷)(?![{D}]*[个名家])",
            rf"[{D}{M}]{{1,3}}{_S}分钟[^，。；：、]{{0,12}}圈",
        )
    )
)

# What stands directly before a digit that numbers, labels or spells something.
_ORDINAL = re.compile(
    r"(?:第|No\.?|№|[A-Za-zＡ-Ｚａ-ｚ·•#][-—座]?|[+＋×&＆@]|[0-9０-９][.．:：/-]|最后|〔|“双)\s*$"
)
# (2), （3）, 1) and the like at the start of a line.
_MARKER = re.compile(rf"[{D}]{{1,2}}{_S}(?:[)）、]|[.．](?![{D}{M}]))")


_RANKED = re.compile(r"(?:(?:排名|排位|位次|名次|名列|位列|位居|跃居)[^，,。；;]{0,22}|[前后第])$")


def ranks(before: str, unit: str) -> bool:
    """Whether a number of ``unit`` after ``before`` is a rank: 排名从46位提升到31位."""
    return unit in ("位", "名") and _RANKED.search(before) is not None


# Characters after the first run of digits without which neither pattern can match.
_DATE_MARKS = frozenset("年月日世周届岁时点:：-—–－~～〜至到、和及与/.．学财")
_NAME_MARKS = frozenset("号后路地小分栋幢单座室弄巷个一-—+＋×&＆.．")


def not_figure_end(text: str, at: int, following: str) -> int:
    """End of the date, time, name or label that starts at the digit ``text[at]``; 0 if none does.

    ``following`` is the first character after the digits, blanks aside.
    """
    if following in _DATE_MARKS and (found := _DATE.match(text, at)):
        return found.end()
    if (following in _NAME_MARKS or (following.isalpha() and following.isascii())) and (
        found := _NAME.match(text, at)
    ):
        return found.end()
    return 0


_ORDINAL_ENDS = frozenset("第.．№·•#-—座+＋×&＆@:：/后〔双Oo")


def numbers_something(before: str) -> bool:
    """Whether ``before``, the text up to a digit, makes it an ordinal or a label."""
    last = before.rstrip()[-1:]
    return (last in _ORDINAL_ENDS or last.isascii()) and _ORDINAL.search(before) is not None


# A length of time that only places something in time: 5年来, 近3年来, 3天后, 过去5年, 前3个月, 10年规划.
_DATING_AFTER = re.compile(r"\s?(?:多|余)?(?:来|以来|前|之前|以前|后|之后|以后|间(?!隔)|之间|初|末|底)")
_DATING_BEFORE = re.compile(r"(?:过去|未来|最近|今后|此后|往后|下|上|前|头|这|那|近|后)\s?$")
_PLAN = re.compile(r"\s?(?:期|行动|规划|计划|攻坚|滚动|发展|改造|提升|建设|整治)")
# What makes years the content of a statement: 连续 3 年, 为期1年, 任期5年, 工作满3年, 每3年, 3年一届,
# 5年以上党龄.
_LASTING_BEFORE = re.compile(
    r"(?:连续|为期|历时|历经|持续|延续|长达|达到?|任期|届期|聘期|期限|周期|有效期|保修期|合同期|服务期|试用期|"
    r"坚持|坚守|坚持了|从事|从业|从警|从教|从医|任职|任教|任期为|工作|服务|参军|入伍|入党|入职|党龄|工龄|社龄|成立|运行|运营|"
    r"居住|驻村|挂职|累计|缩短|延长|保存|保管|已有|用了|花了|用时|耗时|等了|每|每隔|平均|不少于|不低于|至少|不得少于|不超过|不得超过|满)"
    r"[了已经过为时间期至到的]{0,2}\s{0,2}$"
)
_LASTING_AFTER = re.compile(
    r"\s?(?:的)?(?:党龄|工龄|教龄|社龄|工作经历|工作经验|任职经历|从业经历|经历|经验|任期|合同|服务期|聘期|一届|一次|一轮|一聘|一换|一评|制|有效)"
)


def only_dates(text: str, start: int, end: int, unit: str, *, bounded: bool) -> bool:
    """Whether the length of time at ``text[start:end]`` merely dates something.

    Years are taken for dating unless something says that they last; other
    lengths count unless something says that they date.  ``bounded`` says that
    the quantity closes with 以上, 以内 … and so is a threshold.
    """
    if _DATING_AFTER.match(text, end):
        return True
    before = text[max(0, start - 8) : start]
    lasting = _LASTING_BEFORE.search(before) is not None
    if _DATING_BEFORE.search(before) and not lasting:
        return True
    if unit != "年" or bounded:
        return False
    if _PLAN.match(text, end):
        return True
    return not (lasting or _LASTING_AFTER.match(text, end))


_LABEL_WIDTH = 24


def in_label(text: str, start: int, end: int, *, lasts: bool) -> bool:
    """Whether ``text[start:end]`` is part of a formula-like label in “ ” or of a title in 《 》.

    “*岗**级”, “1个平台+3支队伍”, “3个一”, “15分钟响应” are labels; a quoted count
    of things (“8 个办公室”) is not.  ``lasts``: the quantity is a length of time.
    """
    left = text[max(0, start - _LABEL_WIDTH) : start]
    if "“" not in left and "《" not in left and "「" not in left:
        return False
    if (title := left.rfind("《")) > left.rfind("》") and title >= 0:
        return True
    opening = max(left.rfind("“"), left.rfind("「"))
    if opening <= max(left.rfind("”"), left.rfind("」")) or opening < 0:
        return False
    right = text[end : end + _LABEL_WIDTH]
    closing = min((i for i in (right.find("”"), right.find("」")) if i >= 0), default=-1)
    if closing < 0:
        return False
    inside_left, inside_right = left[opening + 1 :], right[:closing]
    if _FORMULA_BEFORE.search(inside_left) or _FORMULA_AFTER.search(inside_right):
        return True
    if not inside_right.strip() or text[end - 1] == "条":  # “108名”, “稳经济41条”, “30条举措”
        return True
    return (lasts and len(inside_left) + len(inside_right) <= 8) or inside_right.startswith("一")


# + or a second number without punctuation between makes a formula: 1个平台+3支队伍, 3岗18级.
_FORMULA_AFTER = re.compile(rf"[+＋×]|^[^，、；：。,;]*[{D}{M}]")
_FORMULA_BEFORE = re.compile(rf"[+＋×]|[{D}{M}][^，、；：。,;]*$")


def is_no_figure(text: str, quantity: Quantity) -> bool:
    """Whether a quantity of ``text`` is too large to store, only dates something or stands in a label."""
    if not storable(quantity):
        return True
    lasts = quantity.unit in TIME_UNITS
    if lasts and only_dates(text, quantity.start, quantity.end, quantity.unit, bounded=bool(quantity.bound)):
        return True
    return in_label(text, quantity.start, quantity.end, lasts=lasts)
