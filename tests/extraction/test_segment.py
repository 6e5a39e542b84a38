"""Documents become articles, paragraphs and sentences that map back to the text."""

from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.extraction.clean import fold
from cases.extraction.document import Defect, PassageKind, SegmentedDocument
from cases.extraction.segment import segment

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
KIND = {"S": PassageKind.SENTENCE, "H": PassageKind.HEADING, "C": PassageKind.CONTENTS}
KIND |= {"B": PassageKind.BYLINE, "F": PassageKind.FURNITURE}


def units(document: SegmentedDocument) -> list[str]:
    """Kind and text of each unit: ``S 各地推行改革。``"""
    letters = {kind: letter for letter, kind in KIND.items()}
    return [
        f"{letters[unit.kind]} {document.clean.text[unit.start : unit.end]}" for unit in document.sentences
    ]


def assert_sound(text: str, document: SegmentedDocument) -> None:
    """What holds for the segmentation of any text."""
    clean, folded = document.clean, fold(text)
    for left, right in pairwise(document.sentences):
        assert left.end <= right.start
        assert left.paragraph <= right.paragraph
        assert left.article <= right.article
    for index, sentence in enumerate(document.sentences):
        assert sentence.index == index
        assert sentence.start < sentence.end
        article = document.articles[sentence.article]
        assert article.start <= sentence.start
        assert sentence.end <= article.end
        start, end = clean.raw_span(sentence.start, sentence.end)
        kept = [clean.raw_offset(at) for at in range(sentence.start, sentence.end)]
        assert kept[0] == start
        assert kept[-1] == end - 1
        assert "".join(folded[at] for at in kept) == clean.text[sentence.start : sentence.end]
    assert [article.index for article in document.articles] == list(range(len(document.articles)))
    for before, after in pairwise(document.articles):
        assert before.end <= after.start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "城南街道的实践\n\n城南街道推行改革。成效明显。",
            ["H 城南街道的实践", "S 城南街道推行改革。", "S 成效明显。"],
            id="title and text",
        ),
        pytest.param(
            "城南街道的实践\n\n全市围绕提升城市治理的能力和水平，广泛开展志愿服务活动，逐级建立调度通"
            "\n\n\n\n报制度。成效明显。",
            [
                "H 城南街道的实践",
                "S 全市围绕提升城市治理的能力和水平，广泛开展志愿服务活动，逐级建立调度通报制度。",
                "S 成效明显。",
            ],
            id="page break in mid-sentence",
        ),
        pytest.param(
            "城南实践\n全市围绕提升城市治理的能力和水平，广泛开展志愿服务活动，逐级建立调度通"
            "\n- 12 -\n报制度。",
            [
                "H 城南实践",
                "S 全市围绕提升城市治理的能力和水平，广泛开展志愿服务活动，逐级建立调度通报制度。",
            ],
            id="page number in mid-sentence",
        ),
        pytest.param(
            "城南街道的实践　　近年来，街道推行改革。　　强化统筹，建强堡垒　　街道成立党委。"
            "　　…………　　成效明显。",
            [
                "H 城南街道的实践",
                "S 近年来，街道推行改革。",
                "H 强化统筹，建强堡垒",
                "S 街道成立党委。",
                "F …………",
                "S 成效明显。",
            ],
            id="full-width spaces as paragraph marks in one line",
        ),
        pytest.param(
            "城南街道的实践\n一、主要做法\n明责，让街道去抓该抓的事。各地推行改革。\n"
            "一是建强组织。成立党委；二是做优服务。",
            [
                "H 城南街道的实践",
                "H 一、主要做法",
                "S 明责，让街道去抓该抓的事。",
                "S 各地推行改革。",
                "S 一是建强组织。",
                "S 成立党委；",
                "S 二是做优服务。",
            ],
            id="run-in headings stay sentences",
        ),
        pytest.param(
            "城南街道的实践\n2023-07-12 来源：求是网\n【摘要】街道有小区136个。\n【关键词】小区；党建\n"
            "【做法与经过】\n街道推行改革。",
            [
                "H 城南街道的实践",
                "B 2023-07-12 来源：求是网",
                "H 【摘要】",
                "S 街道有小区136个。",
                "B 【关键词】小区；党建",
                "H 【做法与经过】",
                "S 街道推行改革。",
            ],
            id="labels of a case write-up",
        ),
        pytest.param(
            "城南街道的实践\n新华社南京6月18日电（记者张三）近日，街道推行改革。（记者 张三）",
            [
                "H 城南街道的实践",
                "B 新华社南京6月18日电（记者张三）",
                "S 近日，街道推行改革。",
                "B （记者 张三）",
            ],
            id="dateline before and byline behind the text",
        ),
        pytest.param(
            "城南街道的实践\n街道推行改革。\n围绕责任落实，做好项目梳理。\n街道列出清单12项。\n"
            "围绕基层基础，深化队伍建设。\n街道选派书记。",
            [
                "H 城南街道的实践",
                "S 街道推行改革。",
                "H 围绕责任落实，做好项目梳理。",
                "S 街道列出清单12项。",
                "H 围绕基层基础，深化队伍建设。",
                "S 街道选派书记。",
            ],
            id="parallel sentences above text are headings",
        ),
        pytest.param("", [], id="empty"),
        pytest.param(" \n　\t\n", [], id="blank"),
        pytest.param("社\u200b区\ufeff治理。", ["S 社区治理。"], id="zero-width characters"),
    ],
)
def test_units(text, expected):
    document = segment(text)
    assert_sound(text, document)
    assert units(document) == expected


WRAPPED = """                 城南街道2022年工作总结

    2022年，在区委、区政府的坚强领导下，街道党工委深入
学习贯彻党的二十大精神，坚持以党建引领基层治理，统筹推
进疫情防控和经济社会发展，各项工作取得新成效。
    一、主要工作完成情况
    街道党工委开展学习181场次，组织1508名党员重温入党
誓词。循环展播162场，覆盖党员群众1万余人次。街道年初列
为民办实事清单。
                        — 1 —
城南街道党工委文件
    街道组建守望先锋队、应急消防队等4支骨干队伍，大大
提振党员干部干事创业的热情，推动各项任务落地见效，群众
                        — 2 —
城南街道党工委文件
满意度持续提升，平安建设考核位居全区各街道和乡镇的前列
                        — 3 —
城南街道党工委文件
位置。
"""


def test_hard_wrapped_lines_are_joined_past_page_numbers_and_running_heads():
    document = segment(WRAPPED)
    assert_sound(WRAPPED, document)
    assert units(document) == [
        "H 城南街道2022年工作总结",
        "S 2022年，在区委、区政府的坚强领导下，街道党工委深入学习贯彻党的二十大精神，"
        "坚持以党建引领基层治理，统筹推进疫情防控和经济社会发展，各项工作取得新成效。",
        "H 一、主要工作完成情况",
        "S 街道党工委开展学习181场次，组织1508名党员重温入党誓词。",
        "S 循环展播162场，覆盖党员群众1万余人次。",
        "S 街道年初列为民办实事清单。",
        "F — 1 —",
        "F 城南街道党工委文件",
        "S 街道组建守望先锋队、应急消防队等4支骨干队伍，大大提振党员干部干事创业的热情，"
        "推动各项任务落地见效，群众满意度持续提升，平安建设考核位居全区各街道和乡镇的前列位置。",
    ]


def test_a_heading_that_recurs_in_every_article_is_no_running_head():
    text = "".join(
        f"案例{n}：{name}社区的实践\n主要做法\n社区推行改革。\n"
        for n, name in zip("一二三四", ["甲", "乙", "丙", "丁"], strict=True)
    )
    document = segment(text)
    assert units(document).count("H 主要做法") == 4
    assert len(document.articles) == 4


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_seeds_are_segmented_soundly(path):
    text = path.read_bytes().decode("utf-8")
    document = segment(text)
    assert_sound(text, document)
    inside = sum(len("".join(document.clean.text[s.start : s.end].split())) for s in document.sentences)
    assert inside == len("".join(fold(text).split()))


@pytest.mark.parametrize(
    ("seed", "kinds", "defects"),
    [
        ("000", {"article": 1}, ()),
        ("001", {"article": 1}, (Defect.DIGITS_LOST, Defect.PUNCTUATION_LOST)),
        (
            "002",
            {"article": 1, "unrelated": 2},
            (Defect.OCR_NOISE, Defect.CUT_OFF, Defect.UNRELATED_CONTENT),
        ),
        ("003", {"front": 1, "article": 20}, ()),
        ("004", {"front": 1, "article": 8}, (Defect.DIGITS_MASKED,)),
    ],
)
def test_articles_and_defects_of_the_seeds(seed, kinds, defects):
    path = next(path for path in SEEDS if path.name.startswith(seed))
    document = segment(path.read_text(encoding="utf-8"))
    found = [article.kind.value for article in document.articles]
    assert {kind: found.count(kind) for kind in found} == kinds
    assert document.defects == defects


PIECES = st.sampled_from(
    [
        "一、", "（一）", "目录", "1 标题 3", "案例一：", "社区", "治理，", "推行改革。", "”", "“", "。",
        "；", "……", "　　", "\n", "\n\n\n\n", "\r\n", "\t", "\f", "（上接1版）", "12", "**", "*.*万名", "——",
        "（记者 张三）", "2021年6月18日", "\u200b", "\x00", "ａ１", "⻔", "𠮷",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
def test_any_text_is_segmented_soundly(text):
    document = segment(text)
    assert_sound(text, document)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_mutilated_seeds_are_segmented_soundly(data):
    text = data.draw(st.sampled_from(SEEDS)).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text) - 1))
    text = text[start : start + 3000]
    for _ in range(data.draw(st.integers(1, 20))):
        at = data.draw(st.integers(0, len(text)))
        end = min(len(text), at + data.draw(st.integers(0, 40)))
        text = text[:at] + data.draw(PIECES | st.just(text[at:end] * 2)) + text[end:]
    assert_sound(text, segment(text))


@pytest.mark.parametrize(
    "piece",
    [
        "基层党建引领社区治理", "街道社区\n", "　　社", "a", "*", "。", "”", "目录 标题甲乙 1 ", "（记者张",
        "（上接1版）社区", "1、", "新华社京", "社\u200b区", "楼盘户型交付精装\n标题\n",
        "坚持党建引领，推动治理重心下移，健全工作机制，完善服务体系，提升\n",
    ],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = process_time()
        segment(text)
        return process_time() - started

    small = min(seconds(5_000) for _ in range(3))
    assert seconds(80_000) < 16 * 3 * small + 0.05
