"""Practices on invented texts: who does what, in which sentences, under what title."""

from __future__ import annotations

import pytest

from cases.extraction.decode import decode
from cases.extraction.document import ExtractedDocument
from cases.extraction.pipeline import extract


def read(*paragraphs: str) -> ExtractedDocument:
    return extract("made-up.txt", "\n\n".join(paragraphs).encode())


def units(doc: ExtractedDocument) -> list[tuple[tuple[str, ...], list[str]]]:
    """Each practice as its regions and the texts of its sentences."""
    return [(p.regions, [doc.passages[i].text for i in p.passages]) for p in doc.practices]


SURVEY = (
    "各地扎实推进基层治理观察",
    "各地坚持重心下移，推动资源下沉。福建泉州建立社区工作者职业发展制度，统一薪酬标准；"
    "四川绵阳推行“院落党小组”工作法，把党小组建在院落里。河北、河南等地开展党员进楼栋行动，组织党员认领微心愿。",
    "实践证明，只有把力量沉到一线，才能把工作做到群众心坎上。",
)

REPORT = (
    "绍兴市越城区推进基层治理的做法",
    "近年来，绍兴市越城区坚持党建引领，不断提升治理水平。",
    "建强组织体系。全区成立商务楼宇联合党委12个，选派党建指导员36名。目前，已有90%的楼宇建立党组织。",
    "做优服务阵地。建立“15分钟党群服务圈”，设立便民服务窗口。推行错时服务制度，让居民下班后也能办事。",
    "总的来看，基层治理水平明显提升。",
)

ITEMS = (
    "关于南宁市青秀区物业管理工作的报告",
    "南宁市青秀区把物业管理作为重要抓手。",
    "强化组织引领，构建共治格局。一是建立联席会议制度。由街道牵头，每月召集物业企业、业委会会商。"
    "二是推行物业服务评价办法。组织居民代表打分，结果向社会公开。三是开展“红色管家”评选活动，树立典型。",
)

ESSAY = (
    "提高基层治理水平要在三个方面下功夫",
    "基层治理是国家治理的基石。必须坚持党的领导，要建立健全工作机制，推动资源下沉。",
    "当前，一些社区服务能力不足，工作机制不畅，必须下大力气解决。",
)

PROPOSAL = (
    "物业管理工作存在的问题及对策建议",
    "佛山市禅城区开展了调研。一是健全协调机制，建立联席会议制度。二是加大投入，设立专项资金。",
)


def test_a_survey_gives_one_practice_for_each_place_and_measure() -> None:
    doc = read(*SURVEY)
    assert [regions for regions, _ in units(doc)] == [("350500",), ("510700",), ("130000", "410000")]
    assert all(len(texts) == 1 for _, texts in units(doc))


def test_places_in_general_and_conclusions_are_no_practice() -> None:
    doc = read(*SURVEY)
    told = [text for _, texts in units(doc) for text in texts]
    assert not any(text.startswith(("各地坚持", "实践证明")) for text in told)


def test_a_report_gives_one_practice_for_each_measure_at_its_place() -> None:
    doc = read(*REPORT)
    found = units(doc)
    assert {regions for regions, _ in found} == {("330602",)}
    firsts = [texts[0] for _, texts in found]
    assert any(text.startswith("推行错时服务制度") for text in firsts)
    assert not any(text.startswith(("近年来", "总的来看", "做优服务阵地")) for text in firsts)


def test_a_heading_that_names_a_system_makes_one_practice_of_its_paragraph() -> None:
    [first, *_] = units(read(*REPORT))
    assert [text[:4] for text in first[1]] == ["建强组织", "全区成立", "目前，已"]


def test_a_sentence_of_results_joins_the_measure_before_it() -> None:
    doc = read("各地观察", "四川绵阳建立楼宇联合党委制度。目前，全市已有40栋楼宇参加。重庆设立调解室。")
    assert [len(texts) for _, texts in units(doc)] == [2, 1]


def test_an_enumerated_item_is_one_practice_with_all_its_sentences() -> None:
    found = units(read(*ITEMS))
    assert [len(texts) for _, texts in found] == [2, 2, 1]
    assert all(regions == ("450103",) for regions, _ in found)


@pytest.mark.parametrize("text", [ESSAY, PROPOSAL], ids=["essay", "proposal"])
def test_essays_and_proposals_yield_nothing(text: tuple[str, ...]) -> None:
    assert read(*text).practices == ()


def test_names_themes_and_titles() -> None:
    doc = read(*ITEMS)
    last = doc.practices[-1]
    assert last.names == ("红色管家",)
    assert last.title == "“红色管家”评选活动"
    assert "red-property" in doc.practices[0].themes


def test_a_figure_belongs_to_the_practice_whose_sentence_holds_it() -> None:
    doc = read(*REPORT)
    held = {m.quote: m.practice for m in doc.metrics}
    assert held["12个"] == held["36名"] == held["90%"] == 0


def test_several_places_with_names_of_their_own_are_several_practices() -> None:
    doc = read(
        "服务群众新探索",
        "党群服务越来越贴近群众，比如昆明市盘龙区的“邻里客厅”，成都市武侯区的“睦邻书屋”，都很受欢迎。",
    )
    assert [(p.regions, p.names) for p in doc.practices] == [
        (("530103",), ("邻里客厅",)),
        (("510107",), ("睦邻书屋",)),
    ]


@pytest.mark.parametrize("text", [SURVEY, REPORT, ITEMS], ids=["survey", "report", "items"])
def test_titles_are_short_whole_and_not_empty(text: tuple[str, ...]) -> None:
    for practice in read(*text).practices:
        assert 4 <= len(practice.title) <= 25
        assert practice.title.count("“") == practice.title.count("”")


def test_spans_quote_the_sentences_in_raw_offsets() -> None:
    raw = "\r\n\r\n".join(REPORT)
    doc = extract("made-up.txt", raw.encode())
    assert doc.text == decode("made-up.txt", raw.encode()).text
    for practice in doc.practices:
        for span, index in zip(practice.spans, practice.passages, strict=True):
            assert doc.text[span.start : span.end] == doc.passages[index].text


CASE = (
    "温州市鹿城区“红色物业”案例",
    "一、背景与起因",
    "鹿城区老旧小区多，物业矛盾突出。全区建立了物业台账制度。",
    "二、做法与经过",
    "（一）组织覆盖。建立物业行业党委，推动42家物业企业成立党组织。",
    "（二）机制创新。推行“红管家”议事机制，每月召开联席会议。",
    "三、成效与反响",
    "物业投诉下降35%。",
    "四、探讨与评论",
    "红色物业是破解治理难题的有效途径。",
)


def test_a_case_write_up_gives_its_measures_with_the_other_parts_beside_them() -> None:
    doc = read(*CASE)
    assert [p.regions for p in doc.practices] == [("330302",), ("330302",)]
    for practice in doc.practices:
        parts = {
            part.section.value: [doc.passages[i].text for i in part.passages] for part in practice.sections
        }
        assert list(parts) == ["background", "results", "lessons"]
        assert parts["results"] == ["物业投诉下降35%。"]
        for part in practice.sections:
            for span, index in zip(part.spans, part.passages, strict=True):
                assert doc.text[span.start : span.end] == doc.passages[index].text


def test_an_item_that_turns_to_another_subject_is_two_practices() -> None:
    doc = read(
        "南宁市青秀区治理报告",
        "南宁市青秀区抓住关键环节。一是增强基层力量。着眼社区队伍，建立社区工作者岗位等级序列制度，设立社区书记工作室30个。"
        "着眼网格治理，划分网格1200个，配备专职网格员。二是完善服务阵地。建成党群服务中心60个。",
    )
    assert len(doc.practices) == 3


def test_a_district_that_acts_in_a_report_about_its_city_has_its_own_practice() -> None:
    doc = read(
        "大连市推进网格治理报告",
        "大连市把网格治理作为重要抓手。一是健全网格体系。全市划分网格1.2万个，配备专职网格员1.1万名。"
        "中山区推行“网格吹哨、部门报到”机制，沙河口区设立“红色网格驿站”120个。二是加强考核。建立网格考核制度。",
    )
    assert [p.regions for p in doc.practices] == [("210200",), ("210202",), ("210204",), ("210200",)]
    assert doc.practices[2].names == ("红色网格驿站",)


def test_a_province_that_only_leads_to_its_district_does_not_act() -> None:
    doc = read("多地观察", "在山东，济南市历下区推行“泉城管家”行动，引导物业企业党员亮身份。")
    assert [p.regions for p in doc.practices] == [("370102",)]


def test_platforms_listed_with_their_places_are_a_practice_each() -> None:
    doc = read("多地观察", "各地打造出陕西“先锋通”、江西赣州“红土e家”等学习平台，受到党员欢迎。")
    assert [(p.regions, p.names) for p in doc.practices] == [
        (("610000",), ("先锋通",)),
        (("360700",), ("红土e家",)),
    ]


MASKED = (
    "*街道不断创新治理方式",
    "*街道成立不到**年，集聚了**所高校。绵阳师范学院师生常年参与志愿服务。",
    "织密治理网络。一是建强党组织链条。建立网格党支部***个，全部选派指导员。二是推行物业评价制度，开展星级评比。",
)


def test_a_report_whose_place_is_masked_still_gives_its_practices() -> None:
    doc = read(*MASKED[:1], MASKED[1].replace("绵阳师范学院", "师范学院"), MASKED[2])
    assert [p.regions for p in doc.practices] == [(), ()]


def test_the_institutions_of_one_city_tell_where_a_masked_place_lies() -> None:
    doc = read(*MASKED)
    assert {p.regions for p in doc.practices} == {("510700",)}
    [mention] = [m for m in doc.mentions if m.quote == "*街道"]
    assert (mention.code, mention.rule) == ("510700", "place.masked.local")
    assert mention.confidence <= 0.5
