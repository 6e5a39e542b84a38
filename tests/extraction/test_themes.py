"""Themes of invented measures."""

from __future__ import annotations

import pytest

from cases.extraction.themes import Themes

CASES = [
    ("构建市、区、街道、社区四级联动工作体系，逐级压实责任。", "four-level-linkage"),
    ("推行“红色物业”，选派党员担任业委会主任。", "red-property"),
    ("把辖区划分为120个网格，每个网格配备专职网格员。", "grid"),
    ("推行街道吹哨、部门报到，赋予街道综合执法权。", "street-empowerment"),
    ("建立社区工作者岗位等级序列。", "community-workers"),
    ("建成党群服务中心300个。", "service-centres"),
    ("为快递员、外卖员设立暖心驿站。", "new-employment-groups"),
    ("在商务楼宇和园区建立联合党委。", "buildings-and-business-districts"),
    ("组织机关干部下沉社区，开展双报到。", "cadres-to-communities"),
    ("建立党建联席会议制度，与驻区单位共建。", "joint-building"),
    ("实行社区工作准入制度，为社区减负。", "burden-reduction"),
    ("社区党建工作经费纳入财政预算。", "funding"),
    ("开发智慧党建信息平台。", "digital"),
    ("订立居民公约，组织居民协商议事。", "self-governance"),
    ("疫情防控期间设立应急专班。", "emergency"),
    ("把党建工作纳入述职评议考核。", "accountability"),
    ("开展主题党日活动，加强党员教育。", "member-education"),
]


@pytest.mark.parametrize(("text", "slug"), CASES)
def test_a_measure_has_its_theme(text: str, slug: str) -> None:
    assert slug in Themes(text).of([(0, len(text))], [], [])


def test_what_is_named_in_passing_is_no_theme() -> None:
    text = "吸纳社区民警、物业、学校、医院负责人担任兼职委员。"
    assert "red-property" not in Themes(text).of([(0, len(text))], [], [])


def test_a_heading_alone_makes_no_theme() -> None:
    text = "健全四级联动体系。组织居民协商议事。"
    assert Themes(text).of([(9, len(text))], [(0, 9)], []) == ("self-governance",)


def test_what_a_semicolon_joins_lends_its_theme() -> None:
    text = "甲地开展网格党组织覆盖行动；乙地推行“近邻工程”。"
    assert "grid" in Themes(text).of([(14, len(text))], [], [(0, 13)])
