"""Figures that one source lost or masks."""

import pytest

from cases.reconcile.masks import mask_fits
from cases.reconcile.recovery import lost_figures, masked_figures

from .records import figure, figure_in, seed, source

PRINTED = (
    "目前，全国有80.8%的街道取消了招商引资工作任务。经费纳入财政预算的社区达98.7%。"
    "杭州规范国资、教育等16个行业系统与属地党建责任。组织104万余名在职党员下沉社区。"
)
FIGURES = (
    ("80.8%", "80.8", "%"),
    ("98.7%", "98.7", "%"),
    ("16个", "16", "个"),
    ("104万余名", "1040000", "名"),
)


def printed():
    return source(PRINTED, figures=tuple(figure_in(PRINTED, *words) for words in FIGURES))


def lost(text):
    return source(text, defects=frozenset({"digits-lost"}))


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("目前，全国已有|的街道取消招商引资等工作任务。", ["80.8%"]),
        ("强化责任，|的街道取消了招商引资工作任务，效能提升。", ["80.8%"]),
        ("经费纳入财政预算的社区达|，各地还在推进。", ["98.7%"]),
        ("杭州规范国资教育等|个行业系统与属地党建责任，唱好群英会。", ["16个"]),
        ("一些地方推动街道取消招商引资工作任务。", []),
        ("全国共抽调万名在职党员支援一线。", []),
        ("大量的街道干部取消休假。", []),
    ],
)
def test_lost_figures(text, quotes):
    at = text.find("|")
    copy = lost(text.replace("|", ""))
    offers = list(lost_figures(copy, printed()))
    assert [offer.figure.quote for offer in offers] == quotes
    assert [offer.span for offer in offers] == ([(at, at)] if quotes else [])


def test_a_figure_that_still_stands_is_not_offered():
    text = "目前，全国有85%的街道取消了招商引资工作任务。"
    assert list(lost_figures(lost(text), printed())) == []


def test_the_lost_figures_of_the_seeds():
    offers = list(lost_figures(seed("001", 2), seed("000", 1)))
    assert sorted(offer.figure.quote for offer in offers) == [
        "16个",
        "80.8%",
        "88.1%",
        "90.4%",
        "98.7%",
        "99.8%",
    ]


@pytest.mark.parametrize(
    ("mask", "quote", "fits"),
    [
        ("***万名", "104万余名", True),
        ("***万名", "104 万名", True),
        ("近**%", "76%", True),
        ("*.*万个", "1.7万个", True),
        ("＊＊个", "16个", True),
        ("**万名", "104万余名", False),
        ("***万名", "104名", False),
        ("***名", "104个", False),
        ("*.*万个", "17万个", False),
        ("104名", "104名", False),
    ],
)
def test_masks(mask, quote, fits):
    assert mask_fits(mask, quote) is fits


DONOR = figure(
    "104万余名",
    "1040000",
    "名",
    "over",
    "下沉社区的机关企事业单位在职党员",
    source=2,
    sentence="推动104万余名机关企事业单位在职党员常态化下沉社区",
)


@pytest.mark.parametrize(
    ("quote", "subject", "region", "offered"),
    [
        ("***万名", "下沉的党员", "000000/420000/", True),
        ("***万名", "下沉的党员", "000000/370000/", False),
        ("**万名", "下沉的党员", "000000/420000/", False),
        ("***万名", "活跃在一线的注册志愿者", "000000/420000/", False),
        ("***万名", "下沉的党员", "", False),
    ],
)
def test_masked_figures(quote, subject, region, offered):
    mask = figure(quote, None, "名", subject=subject, region=region)
    assert [offer.figure for offer in masked_figures([mask], [DONOR])] == ([DONOR] if offered else [])


def test_no_figure_is_offered_where_two_would_fit():
    other = figure("250万名", "2500000", "名", subject="下沉社区的在职党员", source=3)
    mask = figure("***万名", None, "名", subject="下沉的党员")
    assert list(masked_figures([mask], [DONOR, other])) == []
