"""Numerals: the exact decimal that a written number stands for.

Accepts ``104``, ``１０４``, ``1,234.5``, ``三万五千``, ``两千零八``, ``十亿``,
``零点五`` and multipliers 百 千 万 亿 in any sensible nesting.
"""

from __future__ import annotations

from decimal import Decimal

HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
MULTIPLIERS = {
    "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip

_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.", ",， \u00a0")
# Bounds of the column that values are stored in: below LIMIT, to PLACES decimal places.
LIMIT = Decimal(10) ** 15
PLACES = 12


def quotient(over: Decimal, under: Decimal) -> Decimal:
    """``over / under`` to PLACES decimal places: 1/3 → 0.333333333333."""
    return round(over / under, PLACES).normalize()


def arabic(text: str) -> Decimal:
    """Decimal of an Arabic numeral, half or full width, with thousands separators."""
    return Decimal(text.translate(_HALF_WIDTH))


def han(text: str) -> Decimal | None:
    """Decimal of a Chinese numeral; None when ``text`` is not one (一二, 百万千).

    >>> han("三万五千"), han("十亿"), han("九十九点五")
    (Decimal('35000'), Decimal('1000000000'), Decimal('99.5'))
    """
    whole, _, fraction = text.partition("点")
    value = _han_integer(whole)
    if value is None:
        return None
    if not fraction:
        return Decimal(value) if "点" not in text else None
    if any(c not in HAN_DIGITS for c in fraction):
        return None
    return Decimal(f"{value}.{''.join(str(HAN_DIGITS[c]) for c in fraction)}")


def _han_integer(text: str) -> int | None:
    total = section = 0
    digit: int | None = None
    last_small, larger = 10**4, ["亿", "万"]  # multipliers still allowed
    for char in text:
        if char in HAN_DIGITS:
            if digit:  # two digits in a row: 一二
                return None
            digit = HAN_DIGITS[char]
        elif char in _SMALL:
            if _SMALL[char] >= last_small or (digit == 0 and char != "十"):
                return None
            last_small = _SMALL[char]
            section += (1 if digit is None else digit or 1) * last_small
            digit = None
        elif char in larger and (total or section or digit):
            larger = ["万"] if char == "亿" else [large for large in larger if large == "亿"]
            section += digit or 0
            total = (total + section) * _LARGE[char] if char == "亿" else total + section * _LARGE[char]
            section, digit, last_small = 0, None, 10**4
        else:
            return None
    if not text:
        return None
    if digit:  # 三万五 is 35000: a last digit without 零 counts in the next lower place
        section += digit * _tail_scale(text)
    return total + section


def _tail_scale(text: str) -> int:
    if len(text) < 2 or text[-2] not in "百千万亿":
        return 1
    return {"百": 10, "千": 100, "万": 1000, "亿": 10**7}[text[-2]]
