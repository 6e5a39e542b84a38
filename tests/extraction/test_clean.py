"""Clean text remembers where its characters came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.extraction.clean import CleanText, fold, invisible_runs, merge_spans


@st.composite
def texts_with_spans(draw):
    text = draw(st.text(alphabet="社区党建。\n 12", max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    return text, merge_spans(zip(cuts[::2], cuts[1::2], strict=False))


@given(texts_with_spans())
def test_every_clean_character_maps_back_to_itself(case):
    text, removed = case
    clean = CleanText.without(text, removed)
    assert all(clean.text[i] == text[clean.raw_offset(i)] for i in range(len(clean.text)))
    kept = [i for i in range(len(text)) if not any(start <= i < end for start, end in removed)]
    assert [clean.raw_offset(i) for i in range(len(clean.text))] == kept
    assert [clean.clean_offset(i) for i in kept] == list(range(len(kept)))


@given(texts_with_spans())
def test_a_raw_span_covers_its_clean_span_and_no_more(case):
    text, removed = case
    clean = CleanText.without(text, removed)
    for start in range(len(clean.text)):
        left, right = clean.raw_span(start, len(clean.text))
        assert text[left] == clean.text[start]
        assert text[right - 1] == clean.text[-1]


def test_a_removed_character_maps_to_the_next_one_kept():
    clean = CleanText.without("党\n\n建", [(1, 3)])
    assert clean.text == "党建"
    assert [clean.clean_offset(i) for i in range(5)] == [0, 1, 1, 1, 2]


def test_an_empty_span_has_no_place():
    with pytest.raises(ValueError, match="empty span"):
        CleanText.without("党建", []).raw_span(1, 1)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("２０２３年８０．５％", "2023年80.5%"),
        ("＊＊万名", "**万名"),
        ("标题\xa01\t页", "标题 1 页"),
        ("部⻔⼯作⺠⽣", "部门工作民生"),
        ("商⼾", "商户"),
        ("社区，党建。“”（）、；：", "社区，党建。“”（）、；："),
        ("　　段落", "　　段落"),
    ],
)
def test_look_alikes_are_folded_one_for_one(raw, folded):
    assert fold(raw) == folded
    assert len(folded) == len(raw)


@given(st.text(max_size=50))
def test_folding_never_moves_an_offset(raw):
    assert len(fold(raw)) == len(raw)


def test_invisible_characters_are_found_and_line_ends_are_not():
    assert invisible_runs("社\u200b\ufeff区\r\n党\x00建\x0c") == [(1, 3), (7, 8)]


def test_merged_spans_are_sorted_and_disjoint():
    assert merge_spans([(5, 7), (1, 3), (2, 4), (9, 9), (7, 8)]) == [(1, 4), (5, 8)]


FOLDED_MARKS = [
    ("2017年,全市投入1,200万元;共3项:", "2017年，全市投入1,200万元；共3项："),
    ("占98.6%,46人", "占98.6%，46人"),
    ("(一)组织", "（一）组织"),
    ("8:30-17:30, AI+5G", "8:30-17:30, AI+5G"),
]


@pytest.mark.parametrize(("raw", "folded"), FOLDED_MARKS)
def test_ascii_marks_beside_chinese_become_chinese(raw, folded):
    assert fold(raw) == folded
