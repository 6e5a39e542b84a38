"""Standoff spans drawn over text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.marks import Mark, align, locate, mark_quote, render_marks, render_readable, segments

TAG = re.compile(r"<(/?)mark[^>]*>")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "abcdef"),
        ([Mark(1, 3, "a")], 'a<mark class="mark-a">bc</mark>def'),
        (
            [Mark(0, 6, "a"), Mark(2, 4, "b", depth=1)],
            '<mark class="mark-a">ab<mark class="mark-b">cd</mark>ef</mark>',
        ),
        (  # crossing spans: the inner one is closed and opened again
            [Mark(0, 4, "a"), Mark(2, 6, "b", depth=1)],
            '<mark class="mark-a">ab<mark class="mark-b">cd</mark></mark><mark class="mark-b">ef</mark>',
        ),
        (
            [Mark(-5, 2, "a"), Mark(4, 99, "b")],
            '<mark class="mark-a">ab</mark>cd<mark class="mark-b">ef</mark>',
        ),
        ([Mark(3, 3, "a")], "abcdef"),
    ],
)
def test_marks_nest_whatever_the_spans_do(marks, expected):
    assert render_marks("abcdef", marks) == expected


def test_text_and_titles_are_escaped():
    html = render_marks("<b>&", [Mark(0, 3, "a", title='"><script>')])
    assert html == '<mark class="mark-a" title="&quot;&gt;&lt;script&gt;">&lt;b&gt;</mark>&amp;'


spans = st.tuples(st.integers(-3, 25), st.integers(-3, 25), st.sampled_from("abc"), st.integers(0, 2))


@given(st.text(alphabet="甲乙<&\n", max_size=20), st.lists(spans, max_size=8))
def test_elements_balance_and_the_text_stays(text, drawn):
    marks = [Mark(start, end, kind, depth=depth) for start, end, kind, depth in drawn]
    assert "".join(piece.text for piece in segments(text, marks)) == text
    depth = 0
    for closing in TAG.findall(render_marks(text, marks)):
        depth += -1 if closing else 1
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("text", "quote", "near", "expected"),
    [
        ("5个和5个", "5个", 0, (0, 2)),
        ("5个和5个", "5个", 3, (3, 5)),
        ("共120 余项", "120 \n余项", 1, None),
        ("共120余项", "120 \n余项", 1, (1, 6)),
        ("没有", "5个", 0, None),
        ("没有", "", 0, None),
    ],
)
def test_a_quote_is_located_where_it_is_nearest(text, quote, near, expected):
    assert locate(text, quote, near) == expected


def test_a_quote_that_is_missing_leaves_the_sentence_unmarked():
    assert mark_quote("甲乙", "丙") == "甲乙"


def test_a_page_break_inside_a_sentence_is_left_out_and_marks_keep_their_place():
    raw, clean = "共有12\n\n0个社区", "共有120个社区"
    html = render_readable(raw, clean, [Mark(102, 108, "figure")], offset=100)
    assert html == '共有<mark class="mark-figure">120个</mark>社区'


def test_what_cleaning_dropped_is_shown_as_set_aside():
    html = render_readable("甲乙\n会员资料\n丙", "甲乙丙", [])
    assert html == '甲乙<mark class="mark-aside">\n会员资料\n</mark>丙'


@given(st.text(alphabet="甲乙丙12\n", max_size=30), st.sets(st.integers(0, 29)))
def test_alignment_keeps_as_many_characters_as_the_clean_text_has(raw, dropped):
    clean = "".join(c for i, c in enumerate(raw) if i not in dropped)
    kept = align(raw, clean)
    assert "".join(c for c, keep in zip(raw, kept, strict=True) if keep) == clean
