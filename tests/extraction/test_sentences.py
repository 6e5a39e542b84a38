"""Where sentences end, and where they do not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.extraction.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["各地推行改革。", "全国有80.8%的街道取消了招商引资。"],
        ["山东开展行动；", "福建推行“近邻党建”；", "江苏打造“根系工程”。"],
        ["“被人惦记着的感觉真好。", "我很感激。”", "一名快递员说。"],
        ["内涵是什么？", "这是首先要搞清楚的！"],
        ["苏州打造“根系工程”……各地整合成“一张网”。"],
        ["开展“你点我检！”活动，受到欢迎。"],
        ["“怎么办？”的追问从未停止。"],
        ["（见附件。）", "目前已经建成。"],
        ["网格化管理已经推广。[1]", "实践表明，成效显著。[2,3]"],
        ["真的吗？！", "真的。"],
        ["投入1.6亿元, 建成12个中心"],
        ["没有标点的一行"],
    ],
)
def test_sentences_end_after_their_marks_and_closing_quotes(sentences):
    text = "".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_white_space_around_sentences_belongs_to_none():
    text = "  第一句。 　第二句。\n"
    assert [text[start:end] for start, end in split_sentences(text)] == ["第一句。", "第二句。"]


@given(st.text(alphabet="社区。！？；”“…（） \n1", max_size=60))
def test_sentences_are_disjoint_and_leave_only_space_out(text):
    spans = list(split_sentences(text))
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())
