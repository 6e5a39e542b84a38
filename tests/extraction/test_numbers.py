"""The number grammar on its public list, form by form, and on arbitrary text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.numbers import find_quantities
from measures.numerals import han
from measures.units import canonical_unit
from tests.extraction.number_cases import ACCEPTED, NOT_FIGURES, Expected


def _read(text: str) -> list[Expected]:
    return [
        (
            text[q.start : q.end],
            None if q.value is None else str(q.value),
            None if q.value_max is None else str(q.value_max),
            q.unit,
            q.qualifier,
        )
        for q in find_quantities(text)
    ]


@pytest.mark.parametrize(("text", "expected"), ACCEPTED, ids=[case[0] for case in ACCEPTED])
def test_reads_form(text: str, expected: tuple[Expected, ...]) -> None:
    assert _read(text) == list(expected)


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_leaves_alone_what_is_not_a_figure(text: str) -> None:
    assert _read(text) == []


def test_public_list_is_long_enough_and_has_no_doubles() -> None:
    texts = [text for text, _ in ACCEPTED] + list(NOT_FIGURES)
    assert len(texts) >= 150
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三万五千", "35000"), ("两千零八", "2008"), ("十亿", "1000000000"), ("一百二", "120"),
        ("十二", "12"), ("九十九点五", "99.5"), ("三万五", "35000"), ("一亿零三十万", "100300000"),
        ("一万亿", "1000000000000"), ("一二", None), ("百千", None), ("点五", None), ("", None), ("万", None),
    ],
)  # fmt: skip
def test_chinese_numeral(numeral: str, value: str | None) -> None:
    assert han(numeral) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("surface", "unit"),
    [
        ("％", "%"),
        ("个百分点", "百分点"),
        ("个多月", "个月"),
        ("个小时", "小时"),
        ("元人民币", "元"),
        ("名", "名"),
        ("个", "个"),
    ],
)
def test_canonical_unit(surface: str, unit: str) -> None:
    assert canonical_unit(surface) == unit


def test_masked_and_value_exclude_each_other() -> None:
    for text, _ in ACCEPTED:
        for quantity in find_quantities(text):
            assert quantity.masked == (quantity.value is None)


_CHARACTERS = (
    "0123456789*＊％%万亿千百十一二三四五六七八九两半成倍番年月日个名户元至到—-~/:：.，、（）“”《》+ \n"
    "第近约超不余多几以上下内"
)
_WORDS = [
    "百分之",
    "分之",
    "以上",
    "左右",
    "不少于",
    "个百分点",
    "翻一番",
    "2022年",
    "1.5",
    "**",
    "社区",
    "连续",
]
_PIECES = st.sampled_from([*_CHARACTERS, *_WORDS])


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=120).map("".join)))
def test_any_text_gives_valid_disjoint_spans(text: str) -> None:
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start <= quantity.number < quantity.end <= len(text)
        assert quantity.start < quantity.end
        assert quantity.masked == (quantity.value is None)
        if quantity.value is not None and quantity.value_max is not None:
            assert quantity.value <= quantity.value_max
        last = quantity.end


@pytest.mark.parametrize("digits", [15, 16, 40, 5000])
def test_number_too_long_to_store_is_left_alone(digits: int) -> None:
    assert bool(find_quantities("共" + "9" * digits + "个")) == (digits <= 15)
    assert bool(find_quantities("共" + "*" * digits + "个")) == (digits <= 40)


def test_value_is_kept_to_twelve_places() -> None:
    (share,) = find_quantities("占0.12345678901234567%")
    assert share.value == Decimal("0.123456789012")


@pytest.mark.parametrize(
    "piece", ["9", "*", "1-", "1.", "3万", "一", "百", "1/", "1:", "**", "5个", "第1", "“1", "12月", "近"]
)
def test_a_very_long_run_of_number_like_text_is_read(piece: str) -> None:
    text = piece * 8000  # a pattern that backtracks would not come back from this
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
