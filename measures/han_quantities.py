"""Quantities in Chinese numerals: 百分之八十, 三分之一, 近四成, 半数以上, 翻一番, 三万五千名.

Small counts (三级, 四个平台) are words rather than figures and are left out;
so are indefinite ones (数百个, 近百名, 上千户).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from .not_figures import is_no_figure, numbers_something
from .numerals import han, quotient
from .quantity import AFTER_PATTERN, EXACT, Amount, Quantity, modifier_before, qualified
from .units import TIME_UNITS, UNIT_PATTERN, canonical_unit

_DIGIT = "一二两三四五六七八九"
_HAN = f"零〇{_DIGIT}十百千万亿"
_NUMERAL = rf"[{_HAN}]{{1,12}}(?:点[零〇{_DIGIT}]{{1,6}})?"
_AFTER = rf"(?:{AFTER_PATTERN})?"

# Every form is found by a literal that it contains; begins with plain literals so that the search is quick.
_CUE = re.compile(
    rf"分之(?=[{_HAN}])|成(?<=[{_DIGIT}十]成)|半(?=数)|半(?<=[过一]半)|倍(?<=[{_HAN}]倍)|番(?<=翻[{_DIGIT}]番)|番(?<=翻了[{_DIGIT}]番)|番(?<=翻番)"
    rf"|百分点(?<=[{_HAN}]个百分点)|百(?<=[{_DIGIT}]百)|千(?<=[{_DIGIT}]千)|万(?<=[{_DIGIT}十百千]万)|亿(?<=[{_DIGIT}十百千万]亿)"
)
_REACH = 14

_TENTHS = re.compile(rf"(?:(?P<low>[{_DIGIT}])(?:[到至、])?)?(?P<high>[{_DIGIT}十])$")
_NOT_TENTHS = re.compile("[立员为果效功就长本熟型品绩人不都因分套形了]|群(?!众)")
_ENDS_NUMERAL = re.compile(rf"(?P<number>{_NUMERAL})$")
_PARTS_OF = re.compile(rf"(?P<under>[{_HAN}]{{1,4}})$")
_NUMERAL_HERE = re.compile(_NUMERAL)
_AFTER_HERE = re.compile(_AFTER)
_COUNT = re.compile(
    rf"(?P<first>{_NUMERAL})(?P<more>[多余])?(?:[到至—-](?P<second>{_NUMERAL})(?P<more2>[多余])?)?(?P<unit>{UNIT_PATTERN}){_AFTER}"
)
_COUNT_BEGIN = re.compile(rf"[{_HAN}]{{1,12}}$")
_MIN_COUNT = 100  # below, a Chinese numeral is a word of the sentence


def han_quantities(text: str) -> Iterator[Quantity]:
    """Quantities in Chinese numerals, in order; they may overlap those in digits."""
    at = 0
    while cue := _CUE.search(text, at):
        quantity = _READERS[cue[0]](text, cue.start())
        at = cue.end()
        if quantity is not None:
            if not is_no_figure(text, quantity):
                yield quantity
            at = max(at, quantity.end)


def _plain(value: Decimal) -> Amount:
    return Amount(value, False, False, 1)


def _closing(text: str, end: int) -> tuple[int, str]:
    found = _AFTER_HERE.match(text, end)
    after = (found["after"] if found else "") or ""
    if after == "内":
        return end, ""
    return end + len(after), after


def _part(text: str, at: int) -> Quantity | None:
    """百分之八十, 三分之一, 千分之三."""
    under_found = _PARTS_OF.search(text, max(0, at - 4), at)
    over_found = _NUMERAL_HERE.match(text, at + 2)
    if not under_found or not over_found:
        return None
    under, over = han(under_found["under"].lstrip("一") or "一"), han(over_found[0])
    start = under_found.start("under")
    if over is None or not under or under < 2:
        return None
    end, after = _closing(text, over_found.end())
    if under == 100:
        return qualified(text, start, end, _plain(over), "%", "percent.words", after=after)
    if under == 1000:
        return qualified(text, start, end, _plain(over), "‰", "percent.words", after=after)
    value = quotient(over, under)
    return qualified(text, start, end, _plain(value), "", "fraction.words", after=after)


def _tenths(text: str, at: int) -> Quantity | None:
    """四成 is 40 %; 七八成 a range."""
    found = _TENTHS.search(text, max(0, at - 3), at)
    if (
        not found
        or _NOT_TENTHS.match(text, at + 1)
        or numbers_something(text[max(0, at - 6) : found.start()])
    ):
        return None
    high, low = han(found["high"]), han(found["low"]) if found["low"] else None
    if high is None or (low is not None and low >= high):
        return None
    if high == 1 and (text[max(0, found.start() - 1) : found.start()] or " ") in "统同合唯逐专单如归连不":
        return None
    end, after = _closing(text, at + 1)
    if low is not None:
        return qualified(
            text, found.start(), end, _plain(low), "%", "tenths", second=_plain(high), after=after, scale=10
        )
    return qualified(text, found.start("high"), end, _plain(high), "%", "tenths", after=after, scale=10)


def _half(text: str, at: int) -> Quantity | None:
    """半数以上, 过半数, 超过一半; a bare 一半 is a word."""
    half = _plain(Decimal("0.5"))
    if text.startswith("数", at + 1):
        end, after = _closing(text, at + 2)
        start = at - 1 if at and text[at - 1] == "过" else at
        quantity = qualified(text, at, end, half, "", "half", after=after or ("以上" if start < at else ""))
        return replace(quantity, start=min(start, quantity.start), bound=after)
    if text[at - 1] == "过":
        if re.match("[个年月百天路夜]", text[at + 1 : at + 2]):
            return None
        return replace(qualified(text, at, at + 1, half, "", "half", after="以上"), start=at - 1, bound="")
    end, after = _closing(text, at + 1)
    start = at - 1
    if not after and modifier_before(text, start)[1] == EXACT and text[start - 1 : start] not in ("占", "达"):
        return None
    return qualified(text, start, end, half, "", "half", after=after)


def _times(text: str, at: int) -> Quantity | None:
    """三倍, 一点五倍; 百倍 and 加倍 are words."""
    found = _ENDS_NUMERAL.search(text, max(0, at - _REACH), at)
    value = han(found["number"]) if found else None
    if found is None or value is None or found["number"][0] in "百千万亿零〇":
        return None
    end, after = _closing(text, at + 1)
    return qualified(text, found.start(), end, _plain(value), "倍", "multiple", after=after)


def _doubling(text: str, at: int) -> Quantity | None:
    """翻番 and 翻了一番 are 2 倍, 翻两番 4 倍."""
    start = text.rindex("翻", 0, at)
    count = han(text[start + 1 : at].lstrip("了") or "一")
    assert count is not None
    return qualified(text, start, at + 1, _plain(Decimal(2 ** int(count))), "倍", "multiple.doubling")


def _points(text: str, at: int) -> Quantity | None:
    """两个百分点."""
    found = _ENDS_NUMERAL.search(text, max(0, at - 1 - _REACH), at - 1)
    value = han(found["number"]) if found else None
    if found is None or value is None:
        return None
    end, after = _closing(text, at + 3)
    return qualified(text, found.start(), end, _plain(value), "百分点", "share", after=after)


def _count(text: str, at: int) -> Quantity | None:
    """三万五千名, 两百多户, 十亿元: a hundred and more with a unit."""
    begin = _COUNT_BEGIN.search(text, max(0, at - _REACH), at)
    found = _COUNT.match(text, begin.start()) if begin else None
    if not found or found["first"][0] in "零〇百千万亿" or found.end("first") <= at:
        return None
    first, second = han(found["first"]), han(found["second"]) if found["second"] else None
    if first is None or first < _MIN_COUNT or (found["second"] and (second is None or second < first)):
        return None
    if numbers_something(text[max(0, found.start() - 6) : found.start()]):
        return None
    unit, after, end = canonical_unit(found["unit"]), found["after"] or "", found.end()
    if after == "内" and unit not in TIME_UNITS:
        after, end = "", found.end("unit")
    upper = Amount(second, False, bool(found["more2"]), 1) if second is not None else None
    amount = Amount(first, False, bool(found["more"]), 1)
    return qualified(text, found.start(), end, amount, unit, "count.words", second=upper, after=after)


_READERS = {
    "分之": _part, "成": _tenths, "半": _half, "倍": _times, "番": _doubling, "百分点": _points,
    "百": _count, "千": _count, "万": _count, "亿": _count,
}  # fmt: skip
