"""Headings: numbered, bracketed, or short lines without punctuation."""

from __future__ import annotations

import re
from enum import IntEnum

_NUMERAL = "一二三四五六七八九十百"


class Rank(IntEnum):
    """Level of a heading's number in an official text, the highest first."""

    CHAPTER = 1  # 第一章, 案例一
    TOP = 2  # 一、
    SECOND = 3  # （一）
    THIRD = 4  # 1. 1、 1 ①
    FOURTH = 5  # （1） 1）


_RANKED = re.compile(
    rf"(?P<CHAPTER>第[{_NUMERAL}\d]{{1,4}}[章节篇编](?![一-龥]*[，。])|(?:典型)?案例\s?[{_NUMERAL}\d]{{1,3}}\s?[:：、.\s])"
    rf"|(?P<TOP>[{_NUMERAL}]{{1,3}}\s?[、．.])"
    rf"|(?P<SECOND>[（(][{_NUMERAL}]{{1,3}}[）)])"
    r"|(?P<THIRD>\d{1,2}\s?(?:、|[.．](?!\d))|\d{1,2}\s+(?=[^\d\s年月日%％])|[①-⑳])"
    r"|(?P<FOURTH>[（(]?\d{1,2}[）)])"
)
# 【引言】 【做法与经过】 ［摘要］ before the text of a section or alone
BRACKET_LABEL = re.compile(r"^[【［〔\[](?:[\u4e00-\u9fff]{2,8})[】］〕\]]\s*(?=\S|$)")
_BOLD = re.compile(r"^\*\*(?P<inner>[^*]+)\*\*$")
_ENDS = re.compile(r"[。！？；!?]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_MARKED_LIMITS = {Rank.CHAPTER: 60, Rank.TOP: 60, Rank.SECOND: 60, Rank.THIRD: 45, Rank.FOURTH: 45}
# With a full stop at the end, a numbered line is a heading only while it is short.
_CLOSED_LIMITS = {Rank.CHAPTER: 60, Rank.TOP: 50, Rank.SECOND: 42, Rank.THIRD: 24, Rank.FOURTH: 24}
PLAIN_LIMIT = 42


def rank(text: str) -> Rank | None:
    """Level of the number that ``text`` starts with, None if there is none."""
    found = _RANKED.match(text.lstrip("*"))
    return Rank[found.lastgroup] if found and found.lastgroup else None


def number_length(text: str) -> int:
    """Length of the number that ``text`` starts with, 0 if there is none."""
    found = _RANKED.match(text)
    return found.end() if found else 0


def is_heading(text: str) -> bool:
    """Whether a whole paragraph is a heading.

    一、完善领导体制。 · （二）主要做法 · 1. **重心下移** · 【引言】 · 街道社区网格同发力，建强基层党建堡垒

    Not one: 明责，让街道去抓该抓的事。 (a sentence), 具体做法如下： (an introduction).
    """
    if len(text) > 60 or not _HANZI.search(text):
        return False
    bold = _BOLD.match(text)
    body = bold["inner"] if bold else text.replace("**", "")
    level = rank(body)
    inner = _ENDS.search(body)
    closed = inner is not None and not body[inner.end() :].strip("”’）)》】*")
    if level is not None:
        if inner is None:
            return len(body) <= _MARKED_LIMITS[level] and body[-1] not in "，、,"
        ends = "。" if level >= Rank.THIRD else "。？"
        return closed and body[inner.start()] in ends and len(body) <= _CLOSED_LIMITS[level]
    if BRACKET_LABEL.match(body) and BRACKET_LABEL.sub("", body) == "":
        return True
    return is_plain_heading(body)


def is_plain_heading(text: str) -> bool:
    """A short line without number that does not end as a sentence does."""
    if len(text) < 2 or len(text) > PLAIN_LIMIT or text[-1] in "，、,：:；;。.…":
        return False
    if text.count("，") + text.count(",") > 2 or "。" in text or "；" in text:
        return False
    return bool(_HANZI.search(text)) and not text.startswith(("*", "|"))


def strip_number(text: str) -> str:
    """``text`` without its number, bold marks and surrounding space."""
    plain = text.replace("**", "").strip()
    return plain[number_length(plain) :].strip()
