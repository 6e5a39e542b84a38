"""What is a heading, and what is a sentence that looks like one."""

import pytest

from cases.extraction.headings import Rank, is_heading, rank, strip_number


@pytest.mark.parametrize(
    "text",
    [
        "一、坚持统揽全局、顶层布局，不断完善领导体制。",
        "（一）主要做法",
        "（三）抓服务，让居民有“获得感”。",
        "1. 重心下移、做实基层",
        "1. **重心下移、做实基层**",
        "**主要做法**",
        "2 把城市基层党建工作放在更加突出的位置",
        "第一章 总则",
        "案例一：“板凳会”议出和谐邻里",
        "【做法与经过】",
        "背景与起因",
        "街道社区网格同发力，建强基层党建堡垒",
        "如何破解停车难？城南街道这样做",
    ],
)
def test_headings(text):
    assert is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "明责，让街道去抓该抓的事。",
        "一是充分发挥党组织战斗堡垒作用。",
        "一、坚持资源共享，深度推进互联互通。建立联系制度。",
        "（二）聚合力。签订协议56份。",
        "1.建立街道党工委牵头、各部门参加的联席会议制度，每季度召开一次会议。",
        "1.如何破解老旧小区物业管理难题？",
        "具体做法如下：",
        "推动治理重心下移，健全工作机制，",
        "第一，从主体上讲，党建引领首先是党组织的领导。",
        "12",
        "- 3 -",
        "",
    ],
)
def test_not_headings(text):
    assert not is_heading(text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第三章 组织领导", Rank.CHAPTER),
        ("典型案例2：红色物业", Rank.CHAPTER),
        ("十二、保障措施", Rank.TOP),
        ("（十一）强化督导", Rank.SECOND),
        ("3. 强化督导", Rank.THIRD),
        ("③强化督导", Rank.THIRD),
        ("4 以党建引领创新", Rank.THIRD),
        ("（2）强化督导", Rank.FOURTH),
        ("1.6亿元投入基层", None),
        ("20 %的社区", None),
        ("12 月底前完成", None),
        ("一是强化督导", None),
        ("强化督导", None),
    ],
)
def test_ranks_of_numbers(text, level):
    assert rank(text) is level


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1. **重心下移**", "重心下移"),
        ("（一）主要做法", "主要做法"),
        ("14 商南“3456”工作法", "商南“3456”工作法"),
    ],
)
def test_numbers_and_bold_marks_are_stripped(text, plain):
    assert strip_number(text) == plain
