"""When a figure holds: the year by which the text itself dates it."""

from __future__ import annotations

import re

# 2015 年，… ; 2022年5月下旬，… ; 截至2021年底 ; not 2016年以来, 从2014年起, 2017-2021年.
_YEAR = re.compile(
    r"(?P<open>[从自](?:\s?))?(?<![0-9*])(?P<year>(?:19|20)[0-9]{2})\s?年(?P<since>度?\s?(?:[0-9]{1,2}\s?月)?(?:以来|起|开始|之前|以前|至今))?"
)
_LIST = re.compile(r"[、和及与至到—–-]\s?$")
_BASIS = re.compile(r"的?基础上")
_FOLLOWING = re.compile(r"\s?[（(](?:截至)?(?P<year>(?:19|20)[0-9]{2})\s?年[^）)]{0,8}[）)]")


def year_of(sentence: str, start: int, end: int) -> int | None:
    """Year that dates the figure at ``sentence[start:end]``, None when the text gives none.

    The nearest year before the figure governs it, unless it opens a period
    (以来), is one of several (2014 年、2015 年) or dates something already closed
    (在2013年 … 的基础上，).
    """
    following = _FOLLOWING.match(sentence, end)
    if following:
        return int(following["year"])
    last = previous = None
    for match in _YEAR.finditer(sentence, 0, start):
        previous, last = last, match
    if last is None or last["open"] or last["since"]:
        return None
    if previous is not None and _LIST.search(sentence, previous.end(), last.start()):
        return None
    if _BASIS.search(sentence, last.end(), start):
        return None
    return int(last["year"])
