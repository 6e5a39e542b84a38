"""Which articles a document holds, what they are called, and which do not belong to it."""

import pytest

from cases.extraction.clean import fold
from cases.extraction.contents import find_contents
from cases.extraction.document import ArticleKind, PassageKind
from cases.extraction.furniture import is_furniture, is_jump
from cases.extraction.lines import split_lines, wrap_width
from cases.extraction.segment import segment
from cases.extraction.topic import governance_density, is_advertisement

GOVERNANCE = (
    "街道党工委坚持党建引领基层治理，推动社区党组织、物业企业和居民共商共治，组织党员干部下沉网格服务群众，"
    "建立社区协商议事制度，解决小区停车难、加装电梯等民生问题。"
)
DIPLOMACY = (
    "第三，我们要坚持开拓创新，激发合作潜能和活力。要推动完善全球科技体系，让科技成果为更多人所及所享。"
    "五国应当加快新工业革命伙伴关系建设，发布制造业数字化转型倡议，为加强产业对接开辟新航路。"
)
SELLING = (
    "阳光花苑择址新城正对门，以精装户型和轻奢入户大堂兑现品质。现场成交客户过半为老业主推荐，口碑有目共睹。"
    "园林泳池盛大开放，限时优惠，售楼热线恭候您的光临。"
)


STREETS = ["城南街道", "城北街道", "城东街道", "城西街道"]
ENTRIES = "\n".join(f"{street}\t{page}" for page, street in enumerate(STREETS, 3))
BODIES = "\n".join(f"{street}\n推行改革。" for street in STREETS)


def titles(text: str) -> list[tuple[str, str]]:
    return [(article.kind.value, article.title) for article in segment(text).articles]


ANNOUNCED = "城南街道的实践\n城北街道的实践"
REPORTS = "城南街道的实践\n主要做法\n推行改革。\n城北街道的实践\n主要做法\n推行改革。"


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ("目录\n1\t城南街道的实践\t3\n2\t城北街道的实践\t5\n", ["1 城南街道的实践", "2 城北街道的实践"]),
        ("目  录\n城南街道的实践……3\n城北街道的实践 ………（12）\n", ["城南街道的实践", "城北街道的实践"]),
        ("目录 城南街道的实践 1 城北街道 先行先试 13", ["城南街道的实践", "城北街道 先行先试"]),
        ("目录 城南街道的实践 1 城北街\n道的实践 13\n", ["城南街道的实践", "城北街道的实践"]),
        (f"目录\n{ANNOUNCED}\n\n{REPORTS}", ["城南街道的实践", "城北街道的实践"]),
        (f"{ENTRIES}\n{BODIES}", STREETS),
        (ENTRIES, []),
        ("城南街道的实践\n推行改革3项。", []),
    ],
)
def test_tables_of_contents(contents, expected):
    assert list(find_contents(split_lines(fold(contents))).titles) == expected


COMPILATION = """基层治理案例集
某市民政局
2022年10月

目  录

前言……………………………1
一、党建引领篇
1 统筹推进 融合发展 不断增强整体效应……………3

某某资料库

2 “邻里议事厅”解民忧
——幸福社区的协商实践………………12
3 以城市党建引领社会治理创新——关于某市的调研报告 20

前言

为总结经验，编印本案例集，收录案例3个。

1 统筹推进 融合发展

不断增强整体效应

东湖街道划分微网格620个。

“邻里议事厅”解民忧

——幸福社区的协商实践

一、主要做法
幸福社区建立“邻里议事厅”，议定事项73件。

3.以城市党建引领社会治理创新
某市选派书记128名。
"""


def test_titles_of_the_contents_start_articles_however_they_are_set():
    document = segment(COMPILATION)
    assert [(a.kind.value, a.title, a.subtitle) for a in document.articles] == [
        ("front", "基层治理案例集", ""),
        ("front", "前言", ""),
        ("article", "统筹推进 融合发展 不断增强整体效应", ""),
        ("article", "“邻里议事厅”解民忧", "幸福社区的协商实践"),
        ("article", "以城市党建引领社会治理创新", "关于某市的调研报告"),
    ]
    kinds = {document.clean.text[s.start : s.end]: s.kind for s in document.sentences}
    assert kinds["某某资料库"] is PassageKind.FURNITURE
    assert kinds["一、党建引领篇"] is PassageKind.CONTENTS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "城南规划\n目录\n一、发展基础\t1\n（一）主要成效\t1\n二、总体要求\t5\n\n一、发展基础\n"
            "（一）主要成效\n建成中心56个。\n二、总体要求\n坚持党建引领。",
            [("article", "城南规划")],
            id="contents of one report's parts",
        ),
        pytest.param(
            "案例选编\n案例一：“板凳会”\n社区开会48场。\n一、做法\n组建12个。\n"
            "案例二 “时间银行”\n注册860人。",
            [("front", "案例选编"), ("article", "“板凳会”"), ("article", "“时间银行”")],
            id="numbered cases",
        ),
        pytest.param(
            "经验材料\n1 城南街道\n一、做法\n组建12个。\n二、成效\n覆盖6万人。\n"
            "2 城北街道\n一、做法\n组建15个。",
            [("front", "经验材料"), ("article", "城南街道"), ("article", "城北街道")],
            id="articles numbered above 一、",
        ),
        pytest.param(
            "城南街道的实践\n一、做法\n1. 建组织\n组建12个。\n2. 聚合力\n覆盖6万人。",
            [("article", "城南街道的实践")],
            id="headings numbered below 一、",
        ),
        pytest.param(
            "“小网格”撬动“大治理”\n本报记者 张三\n某区优化网格1200个。\n"
            "红色驿站暖人心\n本报记者 李四\n某区设驿站88个。",
            [("article", "“小网格”撬动“大治理”"), ("article", "红色驿站暖人心")],
            id="titles with bylines",
        ),
        pytest.param(
            "“小网格”撬动“大治理”\n某区优化网格1200个。\n（作者单位：某区委）\n"
            "红色驿站暖人心\n某区设驿站88个。",
            [("article", "“小网格”撬动“大治理”"), ("article", "红色驿站暖人心")],
            id="after a closing note",
        ),
        pytest.param(
            "城南街道的实践\n推行改革。\n强化统筹\n组建12个。\n做优服务\n覆盖6万人。",
            [("article", "城南街道的实践")],
            id="plain headings are no articles",
        ),
        pytest.param(
            "城南街道的实践\n近年来，街道推行改革。\n城北街道的实践\n习近平总书记强调，基层治理重在服务。\n主要做法\n"
            "组建12个。\n城东街道的实践\n某省委认真贯彻部署。\n城西街道的实践\n面积3平方公里。",
            [("article", f"{street}的实践") for street in STREETS],
            id="titles above the openings of reports",
        ),
        pytest.param(
            "城南街道的实践\n近年来，街道推行改革。\n强化统筹\n近年来，街道组建12个。\n做优服务\n覆盖6万人。",
            [("article", "城南街道的实践")],
            id="two such openings are not enough",
        ),
        pytest.param(
            "统筹推进 融合发展\n不断增强整体效应\n某区民政局\n近年来，各地推行改革。\n一、做法\n组建12个。",
            [("article", "统筹推进 融合发展 不断增强整体效应")],
            id="title of two lines above a signature",
        ),
        pytest.param(
            "城南街道推行改革，组建12个党委，覆盖6万人。", [("article", "")], id="text without a title"
        ),
        pytest.param(
            "深化系统建设 提升治理效能（奋斗百年路 启航新征程）——城市基层党建综述　　各地推行改革。",
            [("article", "深化系统建设 提升治理效能")],
            id="column name in the title",
        ),
    ],
)
def test_articles(text, expected):
    assert titles(text) == expected


def test_a_jump_begins_another_article_and_an_advertisement_is_its_own():
    text = "\n\n".join(
        [
            "城南街道的实践", *[GOVERNANCE] * 4, "同时，街道逐级建立调度通", "(上接1版)", *[DIPLOMACY] * 4,
            "与城市共生长 阳光花苑兑现未来", *[SELLING] * 3, "向上力量 阳光花苑再启新篇", *[SELLING] * 2,
        ]
    )  # fmt: skip
    document = segment(text)
    assert titles(text) == [
        ("article", "城南街道的实践"),
        ("unrelated", ""),
        ("unrelated", "与城市共生长 阳光花苑兑现未来"),
    ]
    jump = next(s for s in document.sentences if document.clean.text[s.start : s.end] == "（上接1版）")
    assert jump.kind is PassageKind.FURNITURE


def test_an_advertisement_between_two_parts_is_cut_out():
    text = "\n".join(
        [
            "城南街道的实践",
            *[GOVERNANCE] * 3,
            "阳光花苑盛大开盘",
            *[SELLING] * 3,
            "做优服务",
            *[GOVERNANCE] * 3,
        ]
    )
    assert [kind for kind, _ in titles(text)] == ["article", "unrelated", "article"]


def test_a_continuation_of_the_same_topic_stays_with_the_article():
    text = "\n".join(
        ["城南街道的实践", *[GOVERNANCE] * 4, "（下转第2版）", "（上接第1版）", *[GOVERNANCE] * 4]
    )
    assert titles(text) == [("article", "城南街道的实践")]


def test_a_jump_at_the_end_of_a_line_is_cut_off_it():
    document = segment("城南街道的实践\n街道推行改革，取得成效。（下转第二版）")
    kinds = [(document.clean.text[s.start : s.end], s.kind.value) for s in document.sentences]
    assert kinds[1:] == [("街道推行改革，取得成效。", "sentence"), ("（下转第二版）", "furniture")]


@pytest.mark.parametrize("text", ["经济发展带动就业。" * 50, DIPLOMACY * 5])
def test_a_document_on_another_subject_is_not_unrelated_to_itself(text):
    assert [article.kind for article in segment(text).articles] == [ArticleKind.ARTICLE]


def test_measures_of_topic():
    assert governance_density(GOVERNANCE) > 0.15
    assert governance_density(DIPLOMACY) < 0.02
    assert governance_density("") == 0
    assert is_advertisement(SELLING)
    assert not is_advertisement(GOVERNANCE)
    assert not is_advertisement("社区为业主提供品质物业服务，成交纠纷由热线受理，客户满意。" + GOVERNANCE * 4)


@pytest.mark.parametrize(
    "text",
    [
        "12", "- 3 -", "— 12 —", "第 3 页 共 10 页", "3/10", "Page 3 of 9", "…………", "* * *", "(上接1版)",
        "（下转第二版）", "某某资料库", "扫码关注微信公众号", "www.example.com",
    ],
)  # fmt: skip
def test_furniture(text):
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text", ["目录", "12个社区", "2021年", "一、", "建立社区资料库，实行动态管理。", "上接天线、下接地气"]
)
def test_not_furniture(text):
    assert not is_furniture(text)
    assert not is_jump(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("坚持党建引领，推动治理重心下移，健全工作机制\n" * 8, 22),
        ("坚持党建引领，推动治理重心下移，健全工作机制。\n" * 8, None),
        ("短行\n" * 20, None),
        ("", None),
    ],
)
def test_hard_wraps_are_recognised(text, width):
    assert wrap_width(split_lines(text)) == width
