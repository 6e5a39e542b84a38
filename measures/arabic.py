"""Quantities written in Arabic digits or masked with asterisks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .not_figures import D, M, is_no_figure, not_figure_end, numbers_something, ranks
from .numerals import HAN_DIGITS, MULTIPLIERS, arabic, han, quotient
from .quantity import AFTER_PATTERN, EXACT, Amount, Quantity, modifier_before, qualified
from .units import COUNTED_NOUN_PATTERN, SHARE_UNITS, TIME_UNITS, UNIT_PATTERN, canonical_unit

_S = r"[ \t\u00a0\u3000]{0,2}"
_SPACED = r"[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?![0-9])"  # 1 256
_PLAIN = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[０-９]{{1,3}}(?:，[０-９]{{3}})+(?![０-９])|[{D}{M}]+)"
    rf"(?:[.．][{D}{M}]+)?"
)
# Blanks group digits only after a word: elsewhere the first of them may number a line.
_NUM = rf"(?:(?:(?<=[一-鿿])|(?<=[一-鿿][ \u00a0])){_SPACED}|{_PLAIN})"
# 千米, 千克, 百分 are units; 百姓, 百货 … are words.
_MULTIPLIER = r"(?:[百千]万|[十百千万]?亿|万|千(?![米克瓦])|百(?![分姓货强年日花]))"
_MORE = "[多余几来]"
_REST = rf"(?:{_SPACED}|{_PLAIN}){_MULTIPLIER}"  # 3000万 of 10亿3000万
_AMOUNT = rf"{_NUM}(?:{_S}{_MORE}?{_S}{_MULTIPLIER}{_MORE}?(?:{_REST})?|{_S}{_MORE})?"
_TO = r"(?:[-—–－~～〜]{1,2}|至|到)"
_AFTER = rf"(?:{_S}{AFTER_PATTERN})?"

# 16—18名, 1000元至2000元, 1 至 1.4 倍, 6大板块, 5700 多万元, 80%以上
_FIGURE = re.compile(
    rf"(?P<first>{_AMOUNT})"
    rf"(?:(?:{_S}(?P<first_unit>{UNIT_PATTERN}))?{_S}(?P<to>{_TO}){_S}(?P<second>{_AMOUNT}))?"
    rf"(?:{_S}(?P<big>大)?(?P<unit>(?(big){COUNTED_NOUN_PATTERN}|(?:{UNIT_PATTERN}|(?P<noun>{COUNTED_NOUN_PATTERN})))))?"
    rf"{_AFTER}"
)
_ALONE = re.compile(rf"(?P<first>{_AMOUNT})(?:{_S}(?P<unit>{UNIT_PATTERN}))?{_AFTER}")
_PARTS = re.compile(
    rf"(?P<n>{_SPACED}|{_PLAIN}){_S}(?P<more0>{_MORE})?{_S}(?P<mult>{_MULTIPLIER})?(?P<more1>{_MORE})?(?P<rest>{_REST})?"
)
_FRACTION = re.compile(
    rf"(?P<a>[{D}{M}]{{1,3}})(?P<mark>[/／]|分之)(?P<b>[{D}{M}]{{1,3}})(?![{D}{M}/／.．%％]){_AFTER}"
)
_RATIO = re.compile(
    rf"(?P<a>[{D}{M}]{{1,5}}){_S}[:：∶比]{_S}(?P<b>[{D}{M}]{{1,5}}(?:[.．][{D}]+)?)(?![{D}{M}:：])"
)
_RATIO_CUE = re.compile(r"比例|比率|配比|之比|配备|按照?|标准|达到?|不低于")
_HAN_HEAD = re.compile(rf"[{''.join(HAN_DIGITS)}十百千]{{1,8}}[亿万]$")
_RUN = re.compile(rf"[{D}{M}.．,，]*[{D}{M}]{_S}")
_DIGIT = re.compile(rf"[{D}{M}]")
_COUNT_CUE = re.compile(
    r"(?:达到?|共计?|合计|总计|累计|总数为?|增至|升至|降至|增加到|提高到|下降到|减少到)\s?$"
)
_SHARED_POINTS = re.compile(rf"[、和及]{_S}{_NUM}{_S}个百分点")  # 高于全国、全省1个、0.2个百分点
_MARKUP = re.compile(r"(?P<bold>\*\*(?=[0-9０-９]))|\*[ \t]")  # asterisks of Markdown, not masks
_LINE_START = re.compile(r"(?:^|[\n。！？])[\s#*]*$")
_FROM = re.compile(r"[从由自][^，。；、]{0,4}$")
_MASKED_NOUN_CUE = re.compile(r"[等共余、]$")


def arabic_quantities(text: str) -> Iterator[Quantity]:
    """Quantities in digits or masks, in order; dates, names and labels left out."""
    at = 0
    while digit := _DIGIT.search(text, at):
        found, at = _read(text, digit.start())
        yield from found


def _read(text: str, at: int) -> tuple[list[Quantity], int]:
    """Quantities that begin at the digit or mask ``text[at]``, and where to go on."""
    before = text[max(0, at - 12) : at]
    if text[at] == "*" and (mark := _MARKUP.match(text, at)) and (mark["bold"] or _LINE_START.search(before)):
        return [], mark.end()
    run = _RUN.match(text, at)
    assert run is not None  # ``text[at]`` is a digit or mask
    following = text[run.end() : run.end() + 1]  # decides which forms are worth trying
    if following in ":：∶比" and (ratio := _ratio(text, at, before)):
        return [ratio], ratio.end
    if end := not_figure_end(text, at, following):
        return [], end
    figure = _FIGURE.match(text, at)
    assert figure is not None  # every digit or mask begins an amount
    if numbers_something(before):
        return [], figure.end()
    if following in "/／分" and (fraction := _fraction(text, at)):
        return [fraction], fraction.end
    found = _figures(text, figure, before)
    on = max((q.end for q in found), default=figure.end("first"))
    return [q for q in found if not _refused(text, q)], on


def _figures(text: str, figure: re.Match[str], before: str) -> list[Quantity]:
    """One quantity, or the two ends of 由…到…; none where the digits count nothing."""
    at, surface = figure.start(), figure["unit"] or ""
    first = _amount(figure["first"])
    if figure["second"]:
        second = _amount(figure["second"])
        if not surface:
            return []
        if _is_range(figure, first, second, before):
            return [_with_unit(text, figure, at, _same_scale(first, second), surface, "range", second)]
        alone = _ALONE.match(text, at)
        assert alone is not None  # it is the beginning of ``figure``
        return [_with_unit(text, alone, at, first, alone["unit"] or surface, "from-to")]
    if before.endswith("百分之"):
        return [qualified(text, at - 3, figure.end("first"), first, "%", "percent.words")]
    if not surface and not _stands_alone(text, at, first, figure["first"], before):
        return []
    if figure["noun"] and not _counts_noun(text, at, first, before):
        return []
    if head := _HAN_HEAD.search(before):
        thousands = han(head[0])
        if thousands is not None and first.value is not None:
            at, first = at - len(head[0]), replace(first, value=first.value + thousands)
    return [_with_unit(text, figure, at, first, surface, _rule(figure))]


def _rule(figure: re.Match[str]) -> str:
    if not figure["unit"]:
        return "count.no-unit"
    if figure["noun"] or figure["big"]:
        return "count.noun"
    if figure["unit"] == "成":
        return "tenths"
    return "share" if canonical_unit(figure["unit"]) in SHARE_UNITS else "count"


def _with_unit(
    text: str,
    figure: re.Match[str],
    at: int,
    first: Amount,
    surface: str,
    rule: str,
    second: Amount | None = None,
) -> Quantity:
    unit, after, end = canonical_unit(surface), figure["after"] or "", figure.end()
    if after == "内" and unit not in TIME_UNITS:  # 10个内设机构
        after, end = "", max(figure.end(name) for name in figure.groupdict() if name != "after")
    if "多" in surface[1:] or "余" in surface[1:]:  # 3个多月
        first = replace(first, over=True)
    if unit == "个" and _SHARED_POINTS.match(text, end):
        unit = "百分点"
    scale = 1
    if unit == "成":
        unit, scale = "%", 10
    return qualified(text, at, end, first, unit, rule, second=second, after=after, scale=scale)


def _amount(surface: str) -> Amount:
    parts = _PARTS.fullmatch(surface)
    assert parts is not None  # ``surface`` was matched by the pattern that _PARTS divides
    masked = any(c in M for c in surface)
    over = bool(parts["more0"] or parts["more1"])
    multiplier = MULTIPLIERS.get(parts["mult"] or "", 1)
    if masked:
        return Amount(None, True, over, multiplier)
    value = arabic(parts["n"]) * multiplier
    if rest := parts["rest"]:
        value += _amount(rest).value or 0
    return Amount(value, False, over, multiplier)


def _is_range(figure: re.Match[str], first: Amount, second: Amount, before: str) -> bool:
    first_unit = canonical_unit(figure["first_unit"] or "")
    if first_unit and first_unit != canonical_unit(figure["unit"]):
        return False
    if figure["to"] in "至到" and _FROM.search(before):
        return False  # from … to …: two figures
    if first.value is None or second.value is None:
        return True
    return first.value <= second.value


def _same_scale(first: Amount, second: Amount) -> Amount:
    """3—5万: the multiplier of the upper end holds for the lower one too."""
    if first.value is None or second.value is None or first.multiplier > 1:
        return first
    shared = first.value * second.multiplier
    return replace(first, value=shared) if shared <= second.value else first


def _stands_alone(text: str, at: int, first: Amount, surface: str, before: str) -> bool:
    """Whether a number without a unit is a count all the same: 超过30万, 共3000余."""
    if first.multiplier > 1 or surface.endswith("余"):
        return True
    if first.value is None or first.value < 10:
        return False
    return modifier_before(text, at)[1] != EXACT or _COUNT_CUE.search(before) is not None


def _counts_noun(text: str, at: int, first: Amount, before: str) -> bool:
    """Whether digits directly before a noun count it (等5部门) or number or mask something (*街道)."""
    if first.masked and first.multiplier == 1 and not first.over:
        return _MASKED_NOUN_CUE.search(before) is not None
    return first.over or not _LINE_START.search(before)


def _fraction(text: str, at: int) -> Quantity | None:
    found = _FRACTION.match(text, at)
    if not found:
        return None
    denominator, numerator = (found["b"], found["a"]) if found["mark"] in "/／" else (found["a"], found["b"])
    if any(c in M for c in found[0]):
        part = Amount(None, True, False, 1)
    else:
        over, under = arabic(numerator), arabic(denominator)
        if not 0 < over < under or (found["mark"] in "/／" and under > 20):
            return None
        part = Amount(quotient(over, under), False, False, 1)
    return qualified(text, at, found.end(), part, "", "fraction", after=found["after"] or "")


def _ratio(text: str, at: int, before: str) -> Quantity | None:
    found = _RATIO.match(text, at)
    if not found:
        return None
    cue = _RATIO_CUE.search(before) or _RATIO_CUE.match(
        text, found.end() + text.startswith("的", found.end())
    )
    if any(c in M for c in found[0]):
        return qualified(text, at, found.end(), Amount(None, True, False, 1), "", "ratio") if cue else None
    first, second = arabic(found["a"]), arabic(found["b"])
    if not second or not (cue or second >= 100):
        return None
    part = Amount(quotient(first, second), False, False, 1)
    return qualified(text, at, found.end(), part, "", "ratio")


def _refused(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.start - 28) : quantity.start]
    return is_no_figure(text, quantity) or ranks(before, quantity.unit)
