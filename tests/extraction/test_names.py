"""Which quoted strings name a practice."""

from __future__ import annotations

import pytest

from cases.extraction.names import find_names
from cases.extraction.segment import segment

NAMES = [
    ("全市推行“楼长制”管理模式。", "楼长制"),
    ("街道建立“红色议事厅”。", "红色议事厅"),
    ("开展“万名党员进万家”活动。", "万名党员进万家"),
    ("创新“点单、派单、接单”服务机制。", "点单、派单、接单"),
    ("探索“1+4+N”工作法。", "1+4+N"),
    ("打造“邻聚里”“邻享家”党建品牌。", "邻享家"),
    ("将科室精简整合为“六大办公室”。", "六大办公室"),
]
OTHERS = [
    ("打通服务群众“最后一公里”。", "最后一公里"),
    ("着力破解“停车难”问题。", "停车难"),
    ("推动工作从“单打独斗”转为合力。", "单打独斗"),
    ("居民说：“日子越过越好了。”", "日子越过越好了。"),
    ("当好服务群众的“店小二”。", "店小二"),
    ("召集“两委”班子成员开会。", "两委"),
]


def verdict(text: str, quoted: str) -> bool:
    [names] = find_names(segment(text)).values()
    return next(name.names_practice for name in names if name.text == quoted)


@pytest.mark.parametrize(("text", "quoted"), NAMES)
def test_names(text: str, quoted: str) -> None:
    assert verdict(text, quoted)


@pytest.mark.parametrize(("text", "quoted"), OTHERS)
def test_other_quotations(text: str, quoted: str) -> None:
    assert not verdict(text, quoted)


def test_spans_lie_inside_the_marks() -> None:
    doc = segment("社区设立“红管家”岗位。")
    [[name]] = find_names(doc).values()
    assert doc.clean.text[name.start : name.end] == name.text == "红管家"
