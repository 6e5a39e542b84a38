"""The year by which a text itself dates a figure, and when a date governs a figure at all."""

from __future__ import annotations

import re

# 2015 年，… ; 2022年5月下旬，… ; 截至2021年底 ; not 2016年以来, 从2014年起, 2017-2021年, 比2020年增长.
_YEAR = re.compile(
    r"(?P<open>[从自]\s?)?(?<![0-9*])(?P<year>(?:19|20)[0-9]{2})\s?年"
    r"(?P<since>度?\s?(?:[0-9]{1,2}\s?月)?(?:以来|起|开始|之前|以前|至今))?"
)
_LIST = re.compile(r"\s?[、和及与至到—–-]\s?")
_BASIS = re.compile(r"的?基础上")
_COMPARED = re.compile(r"[比较]\s?$")
_EQUALLED = re.compile(r"(?:是|为|相当于|达到?)\s?$")
_CLAUSE_END = re.compile(r"[，。；：！？（）]")
# What may precede a date that holds for the rest of its sentence.
_OPENING = re.compile(r"(?:^|[，。；：…”）])\s?(?:在|于|到|至|截至|截止到?|早在|仅|其中|力争到?|就)?\s?$")
_OF = re.compile(r"[底末初]?\s?的\s?")
_FOLLOWING = re.compile(r"\s?（(?:截至)?(?P<year>(?:19|20)[0-9]{2})\s?年[^）]{0,8}）")


def year_of(sentence: str, start: int, end: int, unit: str) -> int | None:
    """Year that dates the figure at ``sentence[start:end]``, None when the text gives none.

    It is the nearest year before the figure, if that governs it.  A year does
    not date a figure when it opens a period (以来), is one of several (2014 年、
    2015 年) or is compared with (比2020年增长, 是2015年的3倍).
    """
    following = _FOLLOWING.match(sentence, end)
    if following:
        return int(following["year"])
    if "年" not in sentence[:start]:
        return None
    last = previous = None
    for match in _YEAR.finditer(sentence, 0, start):
        previous, last = last, match
    if last is None:
        return None
    if _OF.fullmatch(sentence, last.end(), start):  # 由2018年的3.2万人增加到 …
        compared = unit == "倍" or _EQUALLED.search(sentence, 0, last.start())
        return None if compared else int(last["year"])
    if last["open"] or last["since"]:
        return None
    if previous is not None and _LIST.fullmatch(sentence, previous.end(), last.start()):
        return None
    return int(last["year"]) if governs(sentence, last.start("year"), last.end(), start) else None


def governs(sentence: str, date_start: int, date_end: int, figure: int) -> bool:
    """Whether the date at ``sentence[date_start:date_end]`` holds for the figure at ``figure``.

    It does if it opens its clause (2015 年，…) or stands in the figure's own,
    unless it is compared with or dates something already closed (在2013年 …
    的基础上，…).
    """
    if _COMPARED.search(sentence, 0, date_start) or _BASIS.search(sentence, date_end, figure):
        return False
    return bool(
        _OPENING.search(sentence, 0, date_start) or not _CLAUSE_END.search(sentence, date_end, figure)
    )
