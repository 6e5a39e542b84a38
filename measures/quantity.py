"""A quantity found in a text, and the modifiers around it (近, 不少于, 以上, 左右)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .numerals import LIMIT, PLACES

EXACT: Final = "exact"
OVER: Final = "over"
UNDER: Final = "under"
ABOUT: Final = "about"
AT_LEAST: Final = "at_least"
AT_MOST: Final = "at_most"
RANGE: Final = "range"


@dataclass(slots=True)
class Quantity:
    """One quantity at ``text[start:end]``, modifiers and unit included.

    ``value`` is exact and in the plain unit (104万 → 1040000), None when masked;
    ``value_max`` is the upper end of a range.  ``number`` is where the digits
    begin.  ``bound`` is ``以上``, ``以下`` … when the text closes with one: the
    same word is a threshold in a rule and an estimate in an observation.
    """

    start: int
    end: int
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    qualifier: str
    masked: bool
    rule: str
    number: int
    bound: str = ""


WIDTH = 60  # of the longest quantity; a longer run of digits or asterisks is a rule or a code


def storable(quantity: Quantity) -> bool:
    """Whether the wording and the value have a size that figures have."""
    if quantity.end - quantity.start > WIDTH:
        return False
    return max(quantity.value or 0, quantity.value_max or 0) < LIMIT


@dataclass(slots=True)
class Amount:
    """A number without its unit: 104万余, *.*万, 10亿3000万."""

    value: Decimal | None
    masked: bool
    over: bool  # 余, 多, 几 follows
    multiplier: int  # 10000 in 3.2万, 1 without one


# Words directly before the digits.  A lookbehind rejects words that merely end so (最近, 节约, 赶超).
_BEFORE_WORDS: dict[str, tuple[str, ...]] = {
    AT_LEAST: (
        "不得少于", "不得低于", "不应少于", "不应低于", "不能少于", "不能低于", "不少于", "不低于", "不小于",
        "不下于", "不下", "至少", "最少", "起码", "(?<![超未不圆美丰])满",
    ),
    AT_MOST: (
        "不得超过", "不得高于", "不得多于", "不应超过", "不能超过", "不超过", "不多于", "不高于", "不大于",
        "最多", "至多", "最高",
    ),
    OVER: ("超过", "突破", "高于", "多于", "大于", "(?<![高赶反])超", "逾"),
    UNDER: (
        "不足", "不到", "未达到", "未达", "未满", "不满", "低于", "少于", "小于", "接近", "将近", "近乎",
        "(?<![附最邻临靠就相亲贴新晚远走拉])近",
    ),
    ABOUT: ("大约", "大概", "(?<![节集签预条公合履违解制契特邀简])约"),
}  # fmt: skip
_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in _BEFORE_WORDS.items())
    + r")[了至为过有]?[ \t\u00a0\u3000]{0,2}$"
)
_BEFORE_WIDTH = 9
_BEFORE_ENDS = frozenset(
    "于下少码满过多高破超逾足到达近乎约概了至为有"
)  # characters that a modifier can end in

AFTER_PATTERN = (
    r"(?P<after>[及或含]?(?:以上|以下)|以内|之内|以外|左右|上下|之多|有余"
    r"|多(?=[，。；、的时）),;]|$)|内(?![部外容地涵设阁]))"
)
_AFTER_QUALIFIER = {
    "以上": OVER, "以外": OVER, "有余": OVER, "多": OVER, "之多": EXACT, "以下": AT_MOST,
    "以内": AT_MOST, "之内": AT_MOST, "内": AT_MOST, "左右": ABOUT, "上下": ABOUT,
}  # fmt: skip


def modifier_before(text: str, number: int) -> tuple[int, str]:
    """Start of the modifier that ends at ``number``, and its qualifier; ``(number, exact)`` without one."""
    low = max(0, number - _BEFORE_WIDTH)
    before = text[low:number]
    if before.rstrip()[-1:] not in _BEFORE_ENDS:
        return number, EXACT
    found = _BEFORE.search(before)
    if not found:
        return number, EXACT
    return low + found.start(), found.lastgroup or EXACT


def qualified(
    text: str,
    number: int,
    end: int,
    first: Amount,
    unit: str,
    rule: str,
    *,
    second: Amount | None = None,
    after: str = "",
    scale: int = 1,
) -> Quantity:
    """The quantity whose digits begin at ``number``, with its modifiers read.

    A modifier behind decides over one before, and both over 余 and 多; 不少于 and
    不超过 hold whatever follows; a range is a range.
    """
    start, before = modifier_before(text, number)
    closing = _AFTER_QUALIFIER.get(after.lstrip("及或含"), EXACT)
    over = OVER if (second or first).over else EXACT
    masked = first.masked or (second is not None and second.masked)
    if second is not None:
        qualifier = RANGE
    elif before in (AT_LEAST, AT_MOST):
        qualifier = before
    else:
        qualifier = next((q for q in (closing, before, over) if q != EXACT), EXACT)

    def scaled(amount: Amount | None) -> Decimal | None:
        if amount is None or masked or amount.value is None:
            return None
        return _trimmed(amount.value * scale)

    return Quantity(
        start,
        end,
        scaled(first),
        scaled(second),
        unit,
        qualifier,
        masked,
        rule,
        number,
        after.lstrip("及或含"),
    )


def _trimmed(value: Decimal) -> Decimal:
    """``value`` without trailing zeros after the point and without an exponent, to twelve places."""
    if value >= LIMIT:
        return value
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return round(value, PLACES).normalize()
