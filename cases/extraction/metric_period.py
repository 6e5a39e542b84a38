"""When a figure holds: the year by which the text itself dates it."""

from __future__ import annotations

import re

# 2015 年，… ; 2022年5月下旬，… ; 截至2021年底 ; not 2016年以来, 从2014年起, 2017-2021年, 比2020年增长.
_YEAR = re.compile(
    r"(?P<open>[从自比较]\s?)?(?<![0-9*])(?P<year>(?:19|20)[0-9]{2})\s?年"
    r"(?P<since>度?\s?(?:[0-9]{1,2}\s?月)?(?:以来|起|开始|之前|以前|至今))?"
)
_LIST = re.compile(r"[、和及与至到—–-]\s?$")
_BASIS = re.compile(r"的?基础上")
_CLAUSE_END = re.compile(r"[，。；：！？（）()]")
# What may precede a year that dates the whole sentence from there on.
_OPENING = re.compile(r"(?:^|[，。；：…”）)])\s?(?:在|于|到|至|截至|截止到?|早在|仅|其中|力争到?|就)?\s?$")
_OF = re.compile(r"\s?的\s?$")
_FOLLOWING = re.compile(r"\s?[（(](?:截至)?(?P<year>(?:19|20)[0-9]{2})\s?年[^）)]{0,8}[）)]")


def year_of(sentence: str, start: int, end: int, unit: str) -> int | None:
    """Year that dates the figure at ``sentence[start:end]``, None when the text gives none.

    The nearest year before the figure governs it if it opens its clause
    (2015 年，…; 截至2021年底，…) or stands in the figure's own clause.  It does not
    when it opens a period (以来), is one of several (2014 年、2015 年), is compared
    with (比2020年增长, 是2015年的3倍) or dates something already closed (在2013年 …
    的基础上，).
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
        return None if unit in ("倍", "%") else int(last["year"])
    if last["open"] or last["since"]:
        return None
    if previous is not None and _LIST.search(sentence, previous.end(), last.start()):
        return None
    if _BASIS.search(sentence, last.end(), start):
        return None
    opens = _OPENING.search(sentence, 0, last.start("year"))
    if not opens and _CLAUSE_END.search(sentence, last.end(), start):
        return None
    return int(last["year"])
