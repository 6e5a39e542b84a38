"""Bylines, datelines and dates; titles, publishers and dates of documents."""

import datetime as dt

import pytest

from cases.extraction.bylines import DATELINE, is_byline, read_date, read_publisher
from cases.extraction.metadata import describe
from cases.extraction.segment import segment


@pytest.mark.parametrize(
    "text",
    [
        "2021/6/18 14:14",
        "2023-07-12 09:30 来源：中国社区网 作者：王小明",
        "2020-01-16赵思方",
        "（2023年12月）",
        "发布时间：2022-03-04 10:20:30",
        "来源：人民日报",
        "本报记者 张三 李四",
        "新华社记者 张三、李四",
        "（记者 张三）",
        "（记者/张三 通讯员/李四）",
        "（本报记者张三、李四，新华社记者王五）",
        "（作者单位：某市委党校）",
        "（作者系某市委组织部部长）",
        "新华社北京6月18日电",
        "新华社北京月日电",
        "《 人民日报 》（ 2021年07月25日 01 版）",
        "王 刚,赵思方",
        "刘文波 高嘉 李小明",
        "□ 高静",
        "(1.某某大学 马克思主义学院,黑龙江 哈尔滨 150040)",
        "【关键词】老旧小区；党建引领；物业管理",
        "关键词:党组织;城市治理",
        "中图分类号:D630",
        "DOI:10.12186/2023.04.004",
        "某民发〔2022〕15号",
    ],
)
def test_bylines(text):
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月党建工作总结",
        "2021年6月，街道启动改革",
        "记者在社区看到，居民正在议事。",
        "作者认为，基层治理重在服务，也难在服务，更贵在服务",
        "（牵头单位：市委组织部，配合单位：市民政局）",
        "（一）建强组织体系",
        "明责 赋权 扩能",
        "严管 厚爱",
        "社区治理",
        "新华社区建成党群服务中心",
        "时间银行",
        "来自居民的声音",
        "按照某民发〔2022〕15号要求",
        "",
    ],
)
def test_not_bylines(text):
    assert not is_byline(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("新华社南京6月18日电（记者张三、李四）近日，南京推出平台。", "近日，南京推出平台。"),
        ("本报讯（记者 张三）日前，街道启动改革。", "日前，街道启动改革。"),
        ("广州日报讯 （全媒体记者 张三 通讯员 李四）昨日，街道启动改革。", "昨日，街道启动改革。"),
        ("新华社成都6月18日电 （记者 赵五）四川优化网格。", "四川优化网格。"),
    ],
)
def test_datelines_stand_before_the_text(text, rest):
    assert text[DATELINE.match(text).end() :] == rest


def test_a_community_called_xinhua_is_no_dateline():
    assert DATELINE.match("新华社区6月18日启动电梯加装") is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021/6/18 14:14", dt.date(2021, 6, 18)),
        ("2021年07月25日", dt.date(2021, 7, 25)),
        ("（2023年12月）", dt.date(2023, 12, 1)),
        ("2021-13-01，2021-12-01", dt.date(2021, 12, 1)),
        ("6月18日", None),
        ("2021年", None),
    ],
)
def test_dates(text, date):
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("新华社北京6月18日电", "新华社"),
        ("来源：中国社区网 作者：王小明", "中国社区网"),
        ("（来源：新华日报）", "新华日报"),
        ("《 人民日报 》（ 2021年07月25日 01 版）", "人民日报"),
        ("本报记者 张三", ""),
    ],
)
def test_publishers(text, publisher):
    assert read_publisher(text) == publisher


@pytest.mark.parametrize(
    ("text", "title", "publisher", "published"),
    [
        (
            "城南街道的实践\n2023年5月6日 来源：求是网\n城南街道推行改革。",
            "城南街道的实践",
            "求是网",
            dt.date(2023, 5, 6),
        ),
        ("城南街道的实践\n新华社记者城市是文明的标志。社区是基础。", "城南街道的实践", "新华社", None),
        ("城南街道推行改革，成效明显。社区是基础。", "report", "", None),
        (
            "案例选编\n2023年12月\n案例一：甲社区的实践\n甲社区推行改革。\n案例二：乙社区的实践\n乙社区推行改革。",
            "案例选编",
            "",
            dt.date(2023, 12, 1),
        ),
        (
            "甲社区的实践\n本报记者 张三\n甲社区推行改革。\n乙社区的实践\n本报记者 李四\n乙社区推行改革。",
            "甲社区的实践等2篇",
            "",
            None,
        ),
    ],
)
def test_what_a_document_says_of_itself(text, title, publisher, published):
    found = describe(segment(text), text, "report.txt")
    assert (found.title, found.publisher, found.published) == (title, publisher, published)
