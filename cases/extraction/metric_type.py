"""Whether a figure is observed or set: a rule, a threshold or a target.

A figure is observed unless something says that it is set: its own modifier
(不少于), a threshold (35 岁以下, 1000 平方米以上的), what everybody gets or owes
(每个社区每年 10 万元, 每季度召开 1 次), an obligation (要求, 须, 力争到 … 达到) or a
measure to go by (按照 … 的标准, 考核权重).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from measures.numbers import AT_LEAST, AT_MOST, EXACT, OVER, RANGE, UNDER, Quantity
from measures.units import AGE_UNITS, AREA_UNITS, MONEY_UNITS, SHARE_UNITS, TIME_UNITS

from .document import MetricType, Qualifier


@dataclass(slots=True)
class Reading:
    """Type and qualifier of a figure in its sentence, and the rule that decided."""

    type: MetricType
    qualifier: Qualifier
    rule: str


@dataclass
class _Place:
    """A quantity where it stands: the text before it in the sentence and in the clause, and after it."""

    quantity: Quantity
    digits: str
    sentence: str
    clause: str
    after: str

    @property
    def small(self) -> bool:
        """A number such as rules set for one unit: up to ten, or one masked digit."""
        value = self.quantity.value
        return len(self.digits.strip()) == 1 if value is None else value <= 10

    @cached_property
    def outcome(self) -> bool:
        """Whether the clause reports what came about."""
        return _OUTCOME.search(self.clause) is not None

    @property
    def plain(self) -> bool:
        return self.quantity.qualifier not in (OVER, UNDER) or bool(self.quantity.bound)


_REACH = 200  # how far back a cue is looked for
_CLAUSE_ENDS = "，。；！？：\n"
_DIGITS = re.compile(r"[0-9０-９*＊.．,]+")

# An outcome, whatever else the clause says.
_OUTCOME = re.compile(
    r"(?:已经?|共计?|累计|总计|合计|先后|实际|平均|年均|月均|人均|现有|目前|截至|截止|增长了?|新增|实现了|进行了|开展了|达到?了|接受|受理|解决|化解|调处)"
    r"[^，。；]{0,18}$"
)
_OBLIGED = re.compile(
    r"(?:应当|应(?=[^对急用邀有]|$)|必须|须|不得|原则上|拟(?!定|订)|(?<![不只])要(?=达到|有|在|做到|保证|确保|配备|不)|"
    r"(?<![不许认])可(?:再|以)?[^，。；说见谓]{0,6}(?:设立|增设|配备|享受|申请|获得))[^，。；]{0,24}$"
)
_DEMANDED = re.compile(
    r"(?<![的、和项])要求(?![，。、的和])|规定(?![》的了，])|力争|争取(?:到|在)|确保|目标(?=是|为|在|[:：])|计划(?:到|用|在)|年底[^，。；]{0,3}(?:达到|实现|建成)|到\s?20[0-9*]{2}\s?年"
)
_DEMAND_HINTS = re.compile(r"求|定|争|确|目标|划|年底|到\s?20")
_REACHES = re.compile(r"(?:达到?|实现|不低于|建成|完成|保持在|控制在)[^，。；]{0,14}$")
_BY = re.compile(r"(?:按照?|依照|参照|以)[^，。；]{0,26}$")
_BY_EACH = re.compile(r"(?:按照?|以)每[^，。；]{0,26}$")
_MEASURE_AFTER = re.compile(
    r"[^，。；]{0,6}?(?:的?标准|为(?:基数|标准|底线)|的?比例|(?:确定|核定|计算|拨付|配备|配置|发放|补助|补贴|奖励|给予|设置|划分))"
)
_MEASURE_NOUN = re.compile(r"(?:权重|分值|标准(?![化体])|基数|定额|上限|下限|门槛)[^，。；、]{0,16}$")
_PRINCIPLE = re.compile(r"按照?[^。；]{1,30}(?:原则|要求)，[^。；]{0,40}(?:为|成|设|配备?)“?\s?$")
_EACH = re.compile(
    r"(?<!平均)每(?:个|名|位|人|户|家|所|支|条|处|栋|座|片|村|社区|街道|镇街|街镇|网格|小区|单位|支部|党支部|万)"
    r"(?!(?:季度|月|年|星期|周)[^，。；]{0,24}(?:已|共|累计))[^，。；]{0,30}$"
)
_PERIODIC = re.compile(
    r"(?:每(?:个?(?:年|月|周|季度?|半年|学期|星期|天|日)|两[年月周])|每人每[年月周天日])[^，。；]{0,26}$"
)
_SIZES = AREA_UNITS | AGE_UNITS | TIME_UNITS
_OCCASIONS = frozenset(
    ("次", "场", "天", "小时", "学时", "课时", "分钟", "期", "轮", "回", "个工作日", "工作日", "课", "堂")
)
_PAID = re.compile(r"(?:发放|给予|补助|补贴|奖励|拨付|津贴|不少于|安排)[^，。；]{0,8}$")
_ALLOTTED = re.compile(r"(?:配备|配强|配齐|配置|增选|增设|结对|推选)[^，。；]{0,30}$")
_SERVED = re.compile(r"(?:配备|覆盖|联系|包联?|服务|设置|划分|划定|管理|负责)[^，。；]{0,12}$")
_CONDITION = re.compile(r"[^，。；]{1,10}的(?:要|应|须|必须|可|单独)")  # 3名以上党员的要成立党组织
_DEADLINE = re.compile(
    r"\s?(?:必须|须|应|要|予以|作出|给予|办结|办理|答复|反馈|响应|回复|处理|处置|解决|整改)"
)
_SET_LENGTH = re.compile(
    r"(?:部署|启动|计划|决定|拟)[^，。；]{0,8}为期\s?$|(?:任期|试用期|服务期|有效期|聘期|届期|公示期?)[^，。；]{0,4}$"
)
_AHEAD_HINTS = re.compile(r"[至少于最不约]")
_AHEAD = {
    Qualifier.AT_LEAST: re.compile(r"(?:至少|不少于|不低于|最少)[^，。；：、0-9*]{1,10}$"),
    Qualifier.AT_MOST: re.compile(r"(?:至多|最多|最高|不超过)[^，。；：、0-9*]{1,10}$"),
    Qualifier.ABOUT: re.compile(r"约占[^，。；：、0-9*]{1,10}$"),
}


def _limit_word(p: _Place) -> bool:
    own = p.quantity.qualifier
    return own == AT_LEAST or (own == AT_MOST and not p.quantity.bound)


def _limit_ahead(p: _Place) -> bool:
    return any(_AHEAD[q].search(p.clause) for q in (Qualifier.AT_LEAST, Qualifier.AT_MOST))


def _attributive_limit(p: _Place) -> bool:
    """35 岁以下, 6000 户以下居民; 1000 平方米以上的中心, 驻守 5天以上 but not 80%以上."""
    q = p.quantity
    if not q.unit or q.unit in SHARE_UNITS or q.unit in MONEY_UNITS:
        return False
    if q.unit in AGE_UNITS and q.qualifier == RANGE:
        return True
    if q.qualifier == OVER and not q.bound and (q.unit in AREA_UNITS or q.unit in AGE_UNITS):
        return p.after.startswith("的")
    if q.unit in TIME_UNITS and q.bound in ("以内", "之内", "内"):
        return bool(_DEADLINE.match(p.after))
    if q.bound in ("以下", "以内", "之内"):
        return True
    if q.bound != "以上":
        return False
    if p.after.startswith("的") or _CONDITION.match(p.after):
        return True
    return q.unit in _SIZES and not p.outcome


def _demanded(p: _Place) -> bool:
    if _OBLIGED.search(p.clause):
        return True
    demands = _DEMANDED.findall(p.sentence) if _DEMAND_HINTS.search(p.sentence) else []
    if demands and demands[-1] == "目标":
        return True
    if not demands or p.outcome:
        return False
    if demands[-1] == "要求":
        return p.small or p.quantity.unit in SHARE_UNITS
    return bool(_REACHES.search(p.clause))


def _periodic(p: _Place) -> bool:
    if not _PERIODIC.search(p.clause) or not p.plain:
        return False
    if p.quantity.unit in MONEY_UNITS:
        return bool(_PAID.search(p.clause))
    return p.quantity.unit in _OCCASIONS and not p.outcome


def _range(p: _Place) -> bool:
    return p.quantity.qualifier == RANGE and bool(_SERVED.search(p.clause)) and not p.outcome


# Name, characters one of which the clause must contain ("" for any), test.
_RULES: tuple[tuple[str, frozenset[str], Callable[[_Place], bool]], ...] = tuple(
    (name, frozenset(hint), test)
    for name, hint, test in (
        ("limit.word", "", _limit_word),
        ("limit.ahead", "至少不低最多高", _limit_ahead),
        ("limit.attribute", "", _attributive_limit),
        ("measure.noun", "重值准数额限槛", lambda p: bool(_MEASURE_NOUN.search(p.clause)) and not p.outcome),
        ("measure.by", "按依参以", lambda p: bool(_BY.search(p.clause) and _MEASURE_AFTER.match(p.after))),
        ("measure.per", "每", lambda p: bool(_BY_EACH.search(p.clause))),
        ("principle", "", lambda p: p.small and bool(_PRINCIPLE.search(p.sentence))),
        ("demanded", "", _demanded),
        ("periodic", "每", _periodic),
        ("each", "每", lambda p: p.plain and bool(_EACH.search(p.clause)) and not p.outcome),
        ("range", "", _range),
        (
            "allotted",
            "配增结推",
            lambda p: p.small and p.plain and bool(_ALLOTTED.search(p.clause)) and not p.outcome,
        ),
        ("length", "期", lambda p: p.quantity.unit in TIME_UNITS and bool(_SET_LENGTH.search(p.clause))),
    )
)


def read_type(text: str, start: int, end: int, quantity: Quantity) -> Reading:
    """How ``quantity`` is meant in the sentence ``text[start:end]``."""
    place = _place(text, start, end, quantity)
    rule = _rule(place)
    type_ = MetricType.STANDARD if rule else MetricType.OBSERVED
    return Reading(type_, _qualifier(place, standard=bool(rule)), rule or "observed")


def _rule(place: _Place) -> str:
    """Name of the first rule that says that the figure is set, "" if none does."""
    characters = frozenset(place.clause)
    for name, hint, test in _RULES:
        if (not hint or not hint.isdisjoint(characters)) and test(place):
            return name
    return ""


def _place(text: str, start: int, end: int, quantity: Quantity) -> _Place:
    before = text[max(start, quantity.start - _REACH) : quantity.start]
    clause_start = max(map(before.rfind, _CLAUSE_ENDS)) + 1
    digits = _DIGITS.match(text, quantity.number)
    return _Place(
        quantity,
        digits[0] if digits else "",
        before,
        before[clause_start:],
        text[quantity.end : min(end, quantity.end + 24)],
    )


def _qualifier(place: _Place, *, standard: bool) -> Qualifier:
    own = place.quantity.qualifier
    if own == EXACT:
        if not _AHEAD_HINTS.search(place.clause):
            return Qualifier.EXACT
        return next((q for q, cue in _AHEAD.items() if cue.search(place.clause)), Qualifier.EXACT)
    if own == OVER and standard and place.quantity.bound == "以上":
        return Qualifier.AT_LEAST
    return Qualifier(own)
