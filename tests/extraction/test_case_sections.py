"""Headings of case write-ups, in the forms that calls for cases use."""

from __future__ import annotations

import pytest

from cases.extraction.case_sections import section_of

FORMS = {
    "background": ["背景与起因", "一、背景情况", "【背景】", "1.案例背景", "（一）基本情况", "问题的提出"],
    "measures": ["做法与经过", "二、主要做法", "（二）具体举措", "实践探索", "创新做法"],
    "results": ["成效与反响", "三、工作成效", "取得的成效", "主要成效："],
    "lessons": ["探讨与评论", "四、经验启示", "几点启示", "经验与启示", "思考"],
    "appendix": ["重要资料附录", "附录", "参与撰写人员"],
}
OTHERS = ["健全工作机制", "三、坚持资源共享", "主要做法是建立机制", "", "打造服务阵地"]


@pytest.mark.parametrize(("heading", "section"), [(h, s) for s, forms in FORMS.items() for h in forms])
def test_headings_of_parts(heading: str, section: str) -> None:
    assert section_of(heading) == section


@pytest.mark.parametrize("heading", OTHERS)
def test_other_headings(heading: str) -> None:
    assert section_of(heading) is None
