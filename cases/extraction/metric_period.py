"""The period a figure holds for, resolved to dates: as of a day, or over an interval.

Forms: 截至2021年底, 2022年5月, 2018—2020年, 2019年以来, 今年上半年, 去年以来,
近五年来, “十四五”期间, 目前.  What refers to the time of writing (今年, 目前, 近五年)
is resolved against the article's own date and marked as inferred; without that
date it stays unknown.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from .document import Period, PeriodKind
from .metric_year import governs

_S = r"\s?"
_YEAR = r"(?<![0-9*])(?P<{0}>(?:19|20)[0-9]{{2}}){1}年"
_PART = r"(?P<part>上半年|下半年|前三季度|第?[一二三四]季度|年?底|年?末|年?初)"
_COUNT = r"(?<![0-9])[0-9]{1,2}|[一二两三四五六七八九十]"
_WHEN = re.compile(
    "|".join(
        (
            rf"(?<![0-9*])(?P<first>(?:19|20)[0-9]{{2}}){_S}年?{_S}[-—–~～至到]{{1,2}}{_S}"
            rf"(?P<last>(?:19|20)[0-9]{{2}}){_S}年",
            rf"(?P<asof>截[至止]到?{_S})?"
            rf"(?:{_YEAR.format('year', _S)}|(?P<relative>今年|去年|前年|本年度?|上年))"
            rf"(?:{_S}(?P<month>1[0-2]|[1-9]){_S}月(?:份|{_S}(?P<day>[1-3]?[0-9]){_S}日)?|{_S}{_PART})?(?P<month_part>底|末)?"
            rf"(?P<since>{_S}(?:以来|起|至今))?",
            rf"截[至止]到?{_S}(?P<bare_month>1[0-2]|[1-9]){_S}月(?:{_S}(?P<bare_day>[1-3]?[0-9]){_S}日)?[底末]?",
            rf"(?:近|过去|最近)?{_S}(?P<years>{_COUNT}){_S}年(?:来|以来|间)",
            rf"(?:近|过去|最近){_S}(?P<past>{_COUNT}){_S}年",
            r"“?(?P<plan>十[一二三四五])五”?(?:期间|时期|以来|末)?",
            r"(?P<now>截至目前|目前|现在|现有|如今|截至今日)",
        )
    )
)
_CUE = re.compile(r"年|截[至止]|五”|五期|目前|现在|现有|如今")
_HAN = {han: value for value, han in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_FIRST_PLAN_YEAR = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}
_RELATIVE = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2}
_PARTS: dict[str, tuple[int, int]] = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "一季度": (1, 3), "二季度": (4, 6),
    "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip


def period_of(sentence: str, start: int, published: dt.date | None) -> Period | None:
    """Period of the figure at ``sentence[start:]``, None when the text gives none that can be resolved.

    It is that of the nearest expression before the figure that governs it.
    """
    if not _CUE.search(sentence, 0, start):
        return None
    last = None
    for match in _WHEN.finditer(sentence, 0, start):
        if governs(sentence, match.start(), match.end(), start):
            last = match
    if last is None:
        return None
    return next(read(last, published) for group, read in _READERS.items() if last[group])


def _span(first: dt.date, last: dt.date, quote: str, *, inferred: bool) -> Period:
    return Period(PeriodKind.INTERVAL, first, last, inferred, quote)


def _day(day: dt.date, quote: str, *, inferred: bool) -> Period:
    return Period(PeriodKind.AS_OF, day, day, inferred, quote)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _years(match: re.Match[str], published: dt.date | None) -> Period | None:
    first, last = int(match["first"]), int(match["last"])
    if first > last:
        return None
    return _span(dt.date(first, 1, 1), dt.date(last, 12, 31), match[0], inferred=False)


def _named_year(match: re.Match[str], published: dt.date | None) -> Period | None:
    return _within_year(match, int(match["year"]), published, inferred=False)


def _relative_year(match: re.Match[str], published: dt.date | None) -> Period | None:
    if published is None:
        return None
    return _within_year(match, published.year + _RELATIVE[match["relative"]], published, inferred=True)


def _within_year(
    match: re.Match[str], year: int, published: dt.date | None, *, inferred: bool
) -> Period | None:
    part, quote = (match["part"] or "").removeprefix("第"), match[0]
    months = (int(match["month"]),) * 2 if match["month"] else _PARTS.get(part, (1, 12))
    first, last = dt.date(year, months[0], 1), _month_end(year, months[1])
    if match["day"]:
        if int(match["day"]) > last.day or match["day"] == "0":
            return None
        first = last = first.replace(day=int(match["day"]))
    if part.endswith("初"):
        last = first
    if match["since"]:
        if published is None or published < first:
            return None
        return _span(first, published, quote, inferred=True)
    if match["asof"] or match["day"] or match["month_part"] or part.endswith(("底", "末", "初")):
        return _day(last, quote, inferred=inferred)
    if inferred and published is not None and first <= published < last:
        last = published  # 今年 ends, for the writer, with the day of writing
    return _span(first, last, quote, inferred=inferred)


def _bare_date(match: re.Match[str], published: dt.date | None) -> Period | None:
    """截至 6 月 30 日: of the year of writing, or the one before when that is still to come."""
    if published is None:
        return None
    month = int(match["bare_month"])
    year = published.year - (month > published.month)
    last = _month_end(year, month)
    day = int(match["bare_day"] or last.day)
    return _day(last.replace(day=day), match[0], inferred=True) if 0 < day <= last.day else None


def _past_years(match: re.Match[str], published: dt.date | None) -> Period | None:
    digits = match["years"] or match["past"]
    years = int(digits) if digits.isdecimal() else _HAN[digits]
    if published is None or not 0 < years < 100:
        return None
    first = dt.date(published.year - years, published.month, min(published.day, 28))
    return _span(first, published, match[0], inferred=True)


def _plan(match: re.Match[str], published: dt.date | None) -> Period | None:
    first = _FIRST_PLAN_YEAR[match["plan"]]
    return _span(dt.date(first, 1, 1), dt.date(first + 4, 12, 31), match[0], inferred=True)


def _now(match: re.Match[str], published: dt.date | None) -> Period | None:
    return _day(published, match[0], inferred=True) if published else None


_READERS: dict[str, Callable[[re.Match[str], dt.date | None], Period | None]] = {
    "first": _years, "year": _named_year, "relative": _relative_year, "bare_month": _bare_date,
    "years": _past_years, "past": _past_years, "plan": _plan, "now": _now,
}  # fmt: skip
