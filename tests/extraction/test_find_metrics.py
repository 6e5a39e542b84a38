"""Figures in their sentences: meaning, subject, place and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.extraction.clean import CleanText
from cases.extraction.document import (
    Article,
    ArticleKind,
    LinkOutcome,
    MetricFind,
    MetricType,
    PassageKind,
    PeriodKind,
    Qualifier,
    RegionMention,
    SegmentedDocument,
    Sentence,
)
from cases.extraction.find_metrics import find_metrics
from cases.extraction.governing import Governing

STANDARD, OBSERVED = MetricType.STANDARD, MetricType.OBSERVED


def _document(*sentences: str, kind: PassageKind = PassageKind.SENTENCE) -> SegmentedDocument:
    text, found, at = "".join(sentences), [], 0
    for index, sentence in enumerate(sentences):
        found.append(Sentence(index, 0, 0, kind, at, at + len(sentence)))
        at += len(sentence)
    article = Article(0, ArticleKind.ARTICLE, "", "", "", None, 0, len(text))
    return SegmentedDocument(CleanText.without(text, ()), (article,), tuple(found), ())


def _places(doc: SegmentedDocument, named: dict[str, str]) -> list[RegionMention]:
    out = []
    for sentence in doc.sentences:
        for name, code in named.items():
            at = doc.clean.text.find(name, sentence.start, sentence.end)
            if at >= 0:
                out.append(
                    RegionMention(
                        at,
                        at + len(name),
                        name,
                        sentence.index,
                        LinkOutcome.LINKED,
                        code,
                        "",
                        (),
                        "test",
                        1.0,
                    )
                )
    return sorted(out, key=lambda mention: mention.start)


def _find(
    *sentences: str, places: dict[str, str] | None = None, home: str | None = None
) -> Sequence[MetricFind]:
    doc = _document(*sentences)
    mentions = _places(doc, places or {})
    return find_metrics(doc, mentions, Governing(doc, mentions, (home,)))


@pytest.mark.parametrize(
    ("sentence", "quote", "type_", "qualifier"),
    [
        ("全市党员超过80%以上参加。", "超过80%以上", OBSERVED, Qualifier.OVER),
        ("80%以上的小区成立了业委会。", "80%以上", OBSERVED, Qualifier.OVER),
        ("建成800平方米以上的服务中心。", "800平方米以上", STANDARD, Qualifier.AT_LEAST),
        ("全市平均每个中心600平方米以上。", "600平方米以上", OBSERVED, Qualifier.OVER),
        ("服务中心面积不低于300平方米。", "不低于300平方米", STANDARD, Qualifier.AT_LEAST),
        ("干部每人每月到网格走访4天以上。", "4天以上", STANDARD, Qualifier.AT_LEAST),
        ("每季度召开2次联席会议。", "2次", STANDARD, Qualifier.EXACT),
        ("每年受理群众诉求30多万件。", "30多万件", OBSERVED, Qualifier.OVER),
        ("每个社区至少配备1名专职工作者。", "1名", STANDARD, Qualifier.AT_LEAST),
        ("每个支部至少建立1支志愿队伍。", "1支", STANDARD, Qualifier.AT_LEAST),
        ("去年先后召开12次协调会。", "12次", OBSERVED, Qualifier.EXACT),
        ("按照每名党员300元的标准拨付经费。", "300元", STANDARD, Qualifier.EXACT),
        ("以每个社区每年20万元为基数。", "20万元", STANDARD, Qualifier.EXACT),
        ("社区党建经费达到20万元。", "20万元", OBSERVED, Qualifier.EXACT),
        ("要求市直单位结对2个社区。", "2个", STANDARD, Qualifier.EXACT),
        ("根据文件的要求，全区8个街镇完成整改。", "8个", OBSERVED, Qualifier.EXACT),
        ("力争到2025年社区工作者持证率达到60%。", "60%", STANDARD, Qualifier.EXACT),
        ("年底达到每万人18名社工。", "18名", STANDARD, Qualifier.EXACT),
        ("社工人数达到1800名。", "1800名", OBSERVED, Qualifier.EXACT),
        ("将党建工作考核权重提高到30%。", "30%", STANDARD, Qualifier.EXACT),
        ("每个网格覆盖300至500户。", "300至500户", STANDARD, Qualifier.RANGE),
        ("任职3年以上的社区书记优先。", "3年以上", STANDARD, Qualifier.AT_LEAST),
        ("年龄45岁以下的占七成。", "45岁以下", STANDARD, Qualifier.AT_MOST),
        ("街道应在3日内办结。", "3日内", STANDARD, Qualifier.AT_MOST),
        ("部署开展为期2年的专项行动。", "2年", STANDARD, Qualifier.EXACT),
        ("开展了为期2年的课题调研。", "2年", OBSERVED, Qualifier.EXACT),
        ("3名以上正式党员的要成立党组织。", "3名以上", STANDARD, Qualifier.AT_LEAST),
        ("组建近200支服务队。", "近200支", OBSERVED, Qualifier.UNDER),
        ("约占全市党员总数的12%。", "12%", OBSERVED, Qualifier.ABOUT),
    ],
)
def test_reads_what_a_figure_means(
    sentence: str, quote: str, type_: MetricType, qualifier: Qualifier
) -> None:
    found = {metric.quote: metric for metric in _find(sentence)}
    assert quote in found
    assert (found[quote].type, found[quote].qualifier) == (type_, qualifier)


@pytest.mark.parametrize(
    ("sentence", "quote", "subject"),
    [
        ("引导5万名骑手到社区报到，参与治理。", "5万名", "到社区报到的骑手"),
        ("全区建立综合党组织65个。", "65个", "建立的综合党组织"),
        ("选派90名机关干部，充实一线。", "90名", "选派的机关干部"),
        ("全市社区专项经费达到2亿元。", "2亿元", "全市社区专项经费"),
        ("全国有75%的街道取消了招商引资任务。", "75%", "取消招商引资任务的街道占比"),
        ("业委会组建率提升20个百分点。", "20个百分点", "业委会组建率提升幅度"),
        ("满意度由85%提升到98%。", "85%", "满意度（提升前）"),
        ("满意度由85%提升到98%。", "98%", "满意度（提升后）"),
        ("全省实行“大工委”的400个，占街道总数的80%。", "400个", "全省实行“大工委”的街道"),
        ("全省实行“大工委”的400个，占街道总数的80%。", "80%", "全省实行“大工委”的街道占街道总数的比重"),
        ("办公经费、活动经费分别达到6万元、2万元。", "6万元", "办公经费"),
        ("办公经费、活动经费分别达到6万元、2万元。", "2万元", "活动经费"),
        ("每季度召开1次党建例会。", "1次", "每季度召开党建例会的次数"),
        ("建成500平方米以上的党群服务中心。", "500平方米以上", "党群服务中心面积"),
        ("制定社区权责清单，明确8项职责。", "8项", "社区权责清单的职责"),
        ("连续4年开展星级评定。", "4年", "连续开展星级评定的年数"),
        ("投入3000万元改善办公条件。", "3000万元", "改善办公条件的投入"),
        ("社区书记平均年龄42岁。", "42岁", "社区书记平均年龄"),
        ("每300户划分1个网格。", "300户", "每个网格的户数"),
        ("实现工业总产值47万元,同比增长7%。", "7%", "工业总产值增长幅度"),
        ("覆盖率由2017年底的62%提升至2021年底的98%。", "98%", "覆盖率（提升后）"),
        ("建成服务点（站）38个。", "38个", "建成的服务点"),
        ("1/3以上的社区、近七成的小区实现全覆盖。", "1/3以上", "社区占比"),
        ("在12个物业项目中建立党支部。", "12个", "建立党支部的物业项目"),
        ("全街道有社区22个,辖区面积15平方公里。", "15平方公里", "辖区面积"),
    ],
)
def test_names_what_is_measured(sentence: str, quote: str, subject: str) -> None:
    assert {metric.quote: metric.subject for metric in _find(sentence)}[quote] == subject


@pytest.mark.parametrize(
    ("sentence", "quote", "year"),
    [
        ("2018年，全市投入3亿元，其中社区1亿元。", "1亿元", 2018),
        ("2018年全市投入3亿元，改造小区20个。", "20个", 2018),
        ("截至2021年底，全区共有小区120个。", "120个", 2021),
        ("2019年以来，全区改造小区120个。", "120个", None),
        ("从2019年起，全区改造小区120个。", "120个", None),
        ("2017年、2018年两年间改造小区120个。", "120个", None),
        ("该社区成立于2005年，居民3000户。", "3000户", None),
        ("经费比2020年增长20%。", "20%", None),
        ("在2013年全部达标的基础上，改造小区30个。", "30个", None),
        ("改造小区30个（2022年）。", "30个", 2022),
        ("全区改造小区30个。", "30个", None),
        ("志愿者由2018年的3万人增加到2022年的11万人。", "3万人", 2018),
        ("志愿者由2018年的3万人增加到2022年的11万人。", "11万人", 2022),
        ("规模是2015年的3倍。", "3倍", None),
        ("覆盖率由2017年底的62%提升至2021年底的98%。", "62%", 2017),
        ("覆盖率由2017年底的62%提升至2021年底的98%。", "98%", 2021),
        ("针对2020年查摆的问题,组建服务队4支。", "4支", None),
    ],
)
def test_dates_a_figure_by_the_year_that_governs_it(sentence: str, quote: str, year: int | None) -> None:
    assert {metric.quote: metric.year for metric in _find(sentence)}[quote] == year


@pytest.mark.parametrize(
    ("words", "kind", "first", "last", "inferred"),
    [
        ("截至2021年底，", PeriodKind.AS_OF, "2021-12-31", "2021-12-31", False),
        ("2022年5月下旬，", PeriodKind.INTERVAL, "2022-05-01", "2022-05-31", False),
        ("2020年7月22日，", PeriodKind.AS_OF, "2020-07-22", "2020-07-22", False),
        ("2015 年，", PeriodKind.INTERVAL, "2015-01-01", "2015-12-31", False),
        ("2018年一季度，", PeriodKind.INTERVAL, "2018-01-01", "2018-03-31", False),
        ("2017-2021年，", PeriodKind.INTERVAL, "2017-01-01", "2021-12-31", False),
        ("2019年以来，", PeriodKind.INTERVAL, "2019-01-01", "2022-06-20", True),
        ("今年上半年，", PeriodKind.INTERVAL, "2022-01-01", "2022-06-20", True),
        ("去年以来", PeriodKind.INTERVAL, "2021-01-01", "2022-06-20", True),
        ("近 5 年来，", PeriodKind.INTERVAL, "2017-06-20", "2022-06-20", True),
        ("三年来，", PeriodKind.INTERVAL, "2019-06-20", "2022-06-20", True),
        ("“十四五”期间，", PeriodKind.INTERVAL, "2021-01-01", "2025-12-31", True),
        ("目前，", PeriodKind.AS_OF, "2022-06-20", "2022-06-20", True),
        ("截至 6 月 10 日，", PeriodKind.AS_OF, "2022-06-10", "2022-06-10", True),
        ("截至9月底，", PeriodKind.AS_OF, "2021-09-30", "2021-09-30", True),
    ],
)
def test_resolves_the_period_of_a_figure(
    words: str, kind: PeriodKind, first: str, last: str, inferred: bool
) -> None:
    doc = _document(f"{words}全区改造小区30个。")
    doc = replace(doc, articles=(replace(doc.articles[0], published=dt.date(2022, 6, 20)),))
    (metric,) = find_metrics(doc, (), Governing(doc, (), (None,)))
    assert metric.period is not None
    assert (metric.period.kind, metric.period.inferred) == (kind, inferred)
    assert (str(metric.period.start), str(metric.period.end)) == (first, last)


@pytest.mark.parametrize(
    "words",
    ["", "目前，", "今年", "近5年来，", "在2013年达标的基础上，", "成立于2005年，", "2021年2月30日，"],
)
def test_leaves_a_period_open_that_it_cannot_resolve(words: str) -> None:
    (metric,) = _find(f"{words}全区改造小区30个。")
    assert metric.period is None


BEIJING, HUBEI, WUHAN, XUANWU, QINHUAI = "110000", "420000", "420100", "320102", "320104"


@pytest.mark.parametrize(
    ("sentences", "places", "home", "region"),
    [
        (("北京新建20个分拣点。",), {"北京": BEIJING}, None, BEIJING),
        (("新建20个分拣点。",), {}, WUHAN, WUHAN),
        (("新建20个分拣点。",), {}, None, None),
        (("全国有20个城市开展试点。",), {}, WUHAN, "000000"),
        (("各地建成20个示范点。",), {}, HUBEI, HUBEI),
        (("各地建成20个示范点。",), {}, None, None),
        (("商圈分属玄武、秦淮2个行政区。",), {"玄武": XUANWU, "秦淮": QINHUAI}, None, "320100"),
        (("玄武、秦淮共同新建2个驿站。",), {"玄武": XUANWU, "秦淮": QINHUAI}, None, None),
    ],
)
def test_gives_each_figure_its_place(
    sentences: tuple[str, ...], places: dict[str, str], home: str | None, region: str | None
) -> None:
    (metric,) = _find(*sentences, places=places, home=home)
    assert metric.region == region


@pytest.mark.parametrize("kind", [k for k in PassageKind if k is not PassageKind.SENTENCE])
def test_only_sentences_hold_figures(kind: PassageKind) -> None:
    doc = _document("选派90名机关干部。", kind=kind)
    assert find_metrics(doc, (), Governing(doc, (), (None,))) == ()


@pytest.mark.parametrize("kind", [ArticleKind.FRONT, ArticleKind.UNRELATED])
def test_front_matter_and_unrelated_articles_hold_none(kind: ArticleKind) -> None:
    doc = _document("选派90名机关干部。")
    doc = replace(doc, articles=(replace(doc.articles[0], kind=kind),))
    assert find_metrics(doc, (), Governing(doc, (), (None,))) == ()


def test_find_is_complete_and_in_clean_offsets() -> None:
    first, second = _find("党建引领基层治理。", "选派90名机关干部、*.*万名党员。")
    assert (first.quote, first.value, first.unit, first.masked, first.passage) == (
        "90名",
        Decimal(90),
        "名",
        False,
        1,
    )
    assert (second.quote, second.value, second.masked) == ("*.*万名", None, True)
    assert first.start == len("党建引领基层治理。选派")
    assert first.rule == "metric.count.observed"
    assert first.practice is None


def test_confidence_is_lower_for_what_needs_judgement() -> None:
    (plain,) = _find("选派90名机关干部。", home=WUHAN)
    (lasting,) = _find("连续3年选派干部。", home=WUHAN)
    (unplaced,) = _find("选派90名机关干部。")
    assert 0 < lasting.confidence < plain.confidence <= 1
    assert unplaced.confidence < plain.confidence


_PIECES = st.sampled_from(
    [
        *"0123456789*%万亿个名户元年月日的了，。、“”（）占达为由到从每和 \n",
        "不少于", "以上", "分别", "提高到", "建立", "社区", "党组织", "2022年", "全国", "三分之一", "近四成",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=150).map("".join))
def test_any_sentence_gives_valid_finds(text: str) -> None:
    doc = _document(text)
    for metric in find_metrics(doc, (), Governing(doc, (), (None,))):
        assert text[metric.start : metric.end] == metric.quote != ""
        assert metric.masked == (metric.value is None)
        assert metric.value_max is None or metric.qualifier is Qualifier.RANGE
        assert metric.qualifier is not Qualifier.RANGE or metric.masked or metric.value_max is not None
        assert 0 < metric.confidence <= 1
        assert len(metric.subject) <= 40
        assert metric.subject.count("“") == metric.subject.count("”")


def test_a_sentence_without_an_end_is_read_to_its_end() -> None:
    times = 1600
    doc = _document("选派90名干部、设立3个站点并" * times)
    assert len(find_metrics(doc, (), Governing(doc, (), (None,)))) == 2 * times
