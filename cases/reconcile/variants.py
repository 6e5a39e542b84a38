"""Where two copies of a text differ in content.

A block is compared letter by letter, digits, masks and percent signs included and
punctuation left out; differences one letter apart are one; each is widened to whole
words, so that a reader sees 方式 / 方法 and not 式 / 法.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .alignment import Block, opcodes
from .normal import NormalText
from .records import SourceRecord, Span
from .surnames import starts_like_a_name
from .words import is_ordinary, word_ends

_WINDOW = 16  # letters on either side that decide where words end
_WIDEST = 4  # letters by which a difference is widened on a side
_JOINED = 1  # letters that agree between two differences of one reading
_LONGEST = 120  # letters of one difference; beyond, the texts just part

_DIGITS = re.compile(r"[\d%％‰*]")
_HAN_NUMERALS = re.compile(r"[一二三四五六七八九十百千万亿两]+")
_ROLE = re.compile(
    r"(?:书记|主任|委员|组长|队长|站长|会长|院长|校长|部长|市长|区长|县长|镇长|乡长|村长|局长|处长|科长|所长|厂长"
    r"|董事长|社长|团长|网格长|楼长|楼栋长|经理|干部|党员|居民|村民|老人|老师|教师|医生|护士|同志|记者|社工|网格员|志愿者"
    r"|代表|负责人|专员|助理|干事|民警|律师|队员|员工|职工|业主|住户|商户|骑手|快递员)$"
)
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2})?(?:花园|家园|小区|社区|街道|街区|商圈|园区|新城|广场|大厦|大楼|公寓|胡同|大街|开发区"
    r"|[省市区县旗镇乡村路街巷里苑弄])"
)

_NOT_IN_PLACES = re.compile(r"[好的了着过在把将被让使与和及或各每该本此其]")

Op = tuple[int, int, int, int]


class VariantClass(StrEnum):
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    WORD = "word"
    OMISSION = "omission"
    INSERTION = "insertion"


@dataclass(frozen=True, slots=True)
class VariantFind:
    """One difference: raw spans in both texts (an empty one is a place between
    characters); ``kind`` is seen from the first text, whose omission in the
    other is an ``OMISSION``."""

    span: Span
    other_span: Span
    kind: VariantClass


def find_variants(a: SourceRecord, b: SourceRecord, block: Block) -> Iterator[VariantFind]:
    """The differences in content inside ``block``, in its order."""
    left, left_from = _slice(a.content, a.letters.raw_span(block.a_start, block.a_end))
    right, right_from = _slice(b.content, b.letters.raw_span(block.b_start, block.b_end))
    for op in _joined(_differences(left, right)):
        if max(op[1] - op[0], op[3] - op[2]) > _LONGEST or _is_defect(a, b, left, right, op):
            continue
        kind = _kind(a, left, op, right, left_from)
        wide = _widened(left, right, op, kind)
        yield VariantFind(
            a.content.raw_span(wide[0] + left_from, wide[1] + left_from),
            b.content.raw_span(wide[2] + right_from, wide[3] + right_from),
            kind,
        )


def _slice(content: NormalText, raw: Span) -> tuple[str, int]:
    start, end = content.position(raw[0]), content.position(raw[1])
    return content.text[start:end], start


def _differences(left: str, right: str) -> Iterator[Op]:
    for tag, a_start, a_end, b_start, b_end in opcodes(left, right):
        if tag != "equal":
            yield a_start, a_end, b_start, b_end


def _joined(differences: Iterator[Op]) -> Iterator[Op]:
    """Differences that at most ``_JOINED`` letters part, as one."""
    current: Op | None = None
    for op in differences:
        if current is not None and op[0] - current[1] <= _JOINED and op[2] - current[3] <= _JOINED:
            current = (current[0], op[1], current[2], op[3])
            continue
        if current is not None:
            yield current
        current = op
    if current is not None:
        yield current


def _is_defect(a: SourceRecord, b: SourceRecord, left: str, right: str, op: Op) -> bool:
    """Whether only digits differ, and one text lost or masks its digits: no reading of its own."""
    mine, other = left[op[0] : op[1]], right[op[2] : op[3]]
    if "*" in mine or "*" in other:
        return True
    only_digits = not re.sub(r"[\d.%％‰]", "", mine + other)
    return only_digits and (a.digits_lost or b.digits_lost)


def _kind(a: SourceRecord, left: str, op: Op, right: str, left_from: int) -> VariantClass:
    mine, other = left[op[0] : op[1]], right[op[2] : op[3]]
    if _is_number(mine, other):
        return VariantClass.NUMBER
    if _is_person(left, right, op):
        return VariantClass.PERSON
    if _is_place(a, left, right, op, left_from):
        return VariantClass.PLACE
    if _within(other, mine):
        return VariantClass.OMISSION
    if _within(mine, other):
        return VariantClass.INSERTION
    return VariantClass.WORD


def _within(short: str, long: str) -> bool:
    """Whether ``short`` is what is left of ``long`` when letters are dropped."""
    rest = iter(long)
    return len(short) < len(long) and all(letter in rest for letter in short)


def _is_number(mine: str, other: str) -> bool:
    if _DIGITS.search(mine) or _DIGITS.search(other):
        return True
    both = mine + other
    return bool(both) and _HAN_NUMERALS.fullmatch(both) is not None


def _is_person(left: str, right: str, op: Op) -> bool:
    """Whether the difference lies in a name behind an office: 党委书记萧娜芬 / 陈娜芬."""
    return (
        any(
            _ROLE.search(left, 0, at) is not None
            and (starts_like_a_name(left[at : at + 3]) or starts_like_a_name(right[at - op[0] + op[2] :][:3]))
            and op[1] <= at + 3
            for at in range(max(0, op[0] - 2), op[0] + 1)
        )
        and 0 < op[1] - op[0] <= 3
        and 0 < op[3] - op[2] <= 3
    )


def _is_place(a: SourceRecord, left: str, right: str, op: Op, left_from: int) -> bool:
    """Whether the difference lies in a place found in the text, or in a rare word
    before a word for places: 江鹭花园 / 江湾花园."""
    if op[0] == op[1] or op[2] == op[3]:
        return False
    raw = a.content.raw_span(op[0] + left_from, op[1] + left_from)
    if any(start <= raw[0] and raw[1] <= end for start, end in a.places):
        return True
    wide = _widened(left, right, op, VariantClass.WORD)
    mine, other = left[wide[0] : wide[1]], right[wide[2] : wide[3]]
    if max(len(mine), len(other)) > 4 or (is_ordinary(mine) and is_ordinary(other)):
        return False
    if _NOT_IN_PLACES.search(mine + other):
        return False
    return _PLACE.match(left, wide[1]) is not None and left[wide[1] : wide[1] + 2] == right[wide[3] :][:2]


def _widened(left: str, right: str, op: Op, kind: VariantClass) -> Op:
    """The difference with the rest of the words, the name or the place it lies in."""
    before = max(_missing_before(left, op[0]), _missing_before(right, op[2]))
    behind = max(_missing_behind(left, op[1]), _missing_behind(right, op[3]))
    before, behind = min(before, op[0], op[2]), min(behind, len(left) - op[1], len(right) - op[3])
    if kind is VariantClass.PERSON:
        at = next(at for at in range(op[0], -1, -1) if _ROLE.search(left, 0, at))
        before, behind = op[0] - at, max(0, at + 3 - op[1])
        behind = min(behind, len(left) - op[1], len(right) - op[3])
    wide = (op[0] - before, op[1] + behind, op[2] - before, op[3] + behind)
    if kind is VariantClass.PLACE and (place := _PLACE.match(left, wide[1])):
        size = min(place.end() - place.start(), len(right) - wide[3])
        wide = (wide[0], wide[1] + size, wide[2], wide[3] + size)
    return wide


def _missing_before(text: str, at: int) -> int:
    """Letters from the beginning of the word that is cut at ``at``, no more than ``_WIDEST``."""
    start = max(0, at - _WINDOW)
    ends = word_ends(text[start : at + _WINDOW])
    return next((n for n in range(_WIDEST + 1) if at - n - start in ends), 0)


def _missing_behind(text: str, at: int) -> int:
    start = max(0, at - _WINDOW)
    ends = word_ends(text[start : at + _WINDOW])
    return next((n for n in range(_WIDEST + 1) if at + n - start in ends), 0)
