"""Query parameters: every one is obeyed or reported."""

import html
import re

import pytest
from django.utils.html import escape

from measures.models import Metric
from regions.models import RegionName

from .factories import make_family, make_metric, make_practice, make_region, make_source, make_theme

pytestmark = pytest.mark.django_db
LISTS = ["/practices/", "/metrics/", "/indicators/", "/regions/", "/sources/", "/families/"]


def rows(client, path, **parameters):
    response = client.get(path, {**parameters, "format": "json"})
    assert response.status_code == 200, response.content
    return response.json()["results"]


def titles(client, **parameters):
    return [row["title"] for row in rows(client, "/practices/", **parameters)]


def problems(client, path, query):
    text = client.get(f"{path}?{query}", follow=True).content.decode()
    found = re.search(r'<div class="problems".*?</div>', text, re.DOTALL)
    return html.unescape(found[0]) if found else ""


@pytest.fixture
def places(db):
    country = make_region("000000", "全国", "country")
    yunnan = make_region("530000", "云南省", "province", country)
    kunming = make_region("530100", "昆明市", "prefecture", yunnan)
    wuhua = make_region("530102", "五华区", "county", kunming)
    jiangsu = make_region("320000", "江苏省", "province", country)
    return {region.short_name: region for region in (country, yunnan, kunming, wuhua, jiangsu)}


@pytest.fixture
def practices(places):
    source = make_source("甲区推行吹哨报到。乙市建红色物业。丙省有网格84个。", name="first.txt")
    other = make_source("丁街道办驿站。", name="second.txt")
    grid, red = make_theme("grid", "网格"), make_theme("red-property", "红色物业")
    whistle = make_practice(
        source,
        "吹哨报到",
        regions=(places["五华区"],),
        themes=(grid,),
        names=["街道吹哨"],
        year=2021,
        level="county",
    )
    make_practice(
        source, "红色物业", ("乙市建红色物业。",), (places["江苏省"],), (red, grid),
        level="province", family=make_family("red", "红色物业"),
    )  # fmt: skip
    counted = make_practice(source, "网格化", ("丙省有网格84个。",), status="accepted", year=2020)
    make_practice(other, "骑手驿站")
    make_practice(other, "被否决", status="rejected")
    make_practice(make_source("旧文。", state="superseded"), "旧版")
    make_metric(source, practice=counted, region=places["昆明市"], year=2020)
    return whistle


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["吹哨报到", "红色物业", "网格化", "骑手驿站"]),
        ({"q": "物业"}, ["红色物业"]),
        ({"q": "街道吹哨"}, ["吹哨报到"]),
        ({"q": "网格 84"}, ["网格化"]),
        ({"q": "驿站"}, ["骑手驿站"]),
        ({"q": "五华"}, ["吹哨报到"]),
        ({"theme": "grid"}, ["吹哨报到", "红色物业"]),
        ({"theme": ["grid", "red-property"]}, ["吹哨报到", "红色物业"]),
        ({"region": "530000"}, ["吹哨报到"]),
        ({"region": "530102"}, ["吹哨报到"]),
        ({"region": "000000"}, ["吹哨报到", "红色物业"]),
        ({"level": ["county", "province"]}, ["吹哨报到", "红色物业"]),
        ({"year": "2021"}, ["吹哨报到"]),
        ({"status": "accepted"}, ["网格化"]),
        ({"family": "red"}, ["红色物业"]),
        ({"has_metrics": "1"}, ["网格化"]),
        ({"has_metrics": "true"}, ["网格化"]),
        ({"has_metrics": "0"}, ["吹哨报到", "红色物业", "骑手驿站"]),
        ({"sort": "year"}, ["网格化", "吹哨报到", "红色物业", "骑手驿站"]),
        ({"sort": "-year"}, ["吹哨报到", "网格化", "红色物业", "骑手驿站"]),
        ({"theme": "grid", "q": "红色", "level": "province"}, ["红色物业"]),
    ],
)
def test_practices(client, practices, parameters, expected):
    assert titles(client, **parameters) == expected


def test_practices_of_a_source(client, practices):
    assert titles(client, source=practices.source_id) == ["吹哨报到", "红色物业", "网格化"]


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({}, 1), ({"region": "530000"}, 1), ({"region": "320000"}, 0), ({"year": "2020"}, 1),
        ({"level": "prefecture"}, 1), ({"q": "网格"}, 1), ({"q": "没有"}, 0), ({"type": "standard"}, 0),
        ({"masked": "1"}, 0), ({"sort": "-value"}, 1),
    ],
)  # fmt: skip
def test_metrics(client, practices, parameters, count):
    assert len(rows(client, "/metrics/", **parameters)) == count


def test_a_region_is_found_by_a_name_that_only_it_has(client, practices, places):
    RegionName.objects.create(region=places["昆明市"], form="昆明", kind="short")
    assert titles(client, region="昆明") == ["吹哨报到"]


def test_a_name_of_several_levels_means_the_highest_and_of_one_level_is_refused(client, practices, places):
    city = make_region("530199", "云南市", "prefecture", places["云南省"])
    for region in (places["云南省"], city):
        RegionName.objects.create(region=region, form="云南", kind="short")
    for region in (places["五华区"], make_region("320106", "鼓楼区", "county", places["江苏省"])):
        RegionName.objects.create(region=region, form="鼓楼", kind="short")
    RegionName.objects.create(
        region=make_region("320199", "又鼓楼区", "county", places["江苏省"]), form="鼓楼", kind="short"
    )
    assert titles(client, region="云南") == ["吹哨报到"]
    assert "320106" in problems(client, "/practices/", "region=鼓楼")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("query", "echo"),
    [
        ("colour=red", "colour"),
        ("sort=nonsense", "nonsense"),
        ("page=0x2", "0x2"),
        ("page=-1", "-1"),
        ("page=" + "9" * 5000, "999"),
        ("format=pdf", "pdf"),
        ("q=" + "长" * 10_000, "长长"),
        ("q=%00", "�"),
        ("q=a&q=b", "2"),
    ],
)
def test_what_is_not_understood_is_reported(client, practices, path, query, echo):
    assert echo in problems(client, path, query) or (
        query == "q=a&q=b" and "2" in problems(client, path, query)
    )


@pytest.mark.parametrize(
    "query",
    ["theme=nonsense", "theme=%00", "region=999999", "region=%00", "level=x", "year=abc",
     "year=99999999999999999999", "source=99999999999999999999", "source=-1", "source=%00", "status=rejected",
     "family=%F0%9F%98%80",
     "has_metrics=perhaps", "theme=grid&theme=%27;drop"],
)  # fmt: skip
def test_a_wrong_value_shows_no_rows_and_refuses_the_download(client, practices, query):
    response = client.get(f"/practices/?{query}")
    assert response.status_code == 200
    assert response.context["page"].paginator.count == 0
    assert response.context["problems"]
    download = client.get(f"/practices/?{query}&format=json")
    assert download.status_code == 400
    assert download.json()["errors"]


HOSTILE = [
    "'; DROP TABLE cases_practice; --", '" OR "1"="1', "<script>alert(1)</script>", "😀", "%", "_", "\\", "*",
    "(((", "a" * 199, "\ufffd", "\u202e", "'", '"', "NEAR/3", "{{ 7 }}", "%s%s", "\x7f",
]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", HOSTILE)
def test_any_text_is_a_search_and_stays_text(client, practices, path, value):
    response = client.get(path, {"q": value})
    assert response.status_code == 200
    assert b"<script>" not in response.content
    assert f'value="{escape(value)}"' in response.content.decode()


@pytest.mark.parametrize(
    "name", ["theme", "region", "level", "year", "source", "status", "family", "has_metrics", "sort", "page"]
)
@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_of_a_filter_breaks_the_page(client, practices, name, value):
    response = client.get("/practices/", {name: value})
    assert response.status_code == 200
    assert response.context["problems"]


def test_bytes_that_are_no_text_do_not_break_the_page(client, practices):
    assert client.get("/practices/?q=%ED%A0%80%FF").status_code == 200


def test_a_percent_sign_is_searched_for_and_not_a_wildcard(client, practices):
    assert titles(client, q="%") == []


def test_empty_fields_of_the_form_leave_the_address(client, practices):
    response = client.get("/practices/?q=&theme=grid&region=&year=")
    assert response.status_code == 302
    assert response["Location"] == "/practices/?theme=grid"


def test_chips_name_what_is_chosen_and_remove_it(client, practices):
    response = client.get("/practices/?theme=grid&theme=red-property&q=物业&page=1")
    chips = response.context["filterset"].chips
    assert [chip.value for chip in chips] == ["物业", "网格", "红色物业"]
    assert chips[1].without == "?theme=red-property&q=%E7%89%A9%E4%B8%9A"


def test_pages_hold_every_row_once(client, db):
    source = make_source()
    for number in range(120):
        make_practice(source, f"做法{number}", year=2020)
    seen = []
    for page in (1, 2, 3):
        response = client.get("/practices/", {"sort": "year", "page": page})
        seen += [practice.pk for practice in response.context["page"].object_list]
    assert len(seen) == len(set(seen)) == 120


def test_a_page_beyond_the_last_is_the_last_and_says_so(client, practices):
    response = client.get("/practices/?page=7")
    assert response.context["page"].number == 1
    assert "7" in problems(client, "/practices/", "page=7")


def test_regions_are_searched_by_pinyin_and_code(client, places):
    places["昆明市"].pinyin = "kun ming"
    places["昆明市"].save()
    assert [row["name"] for row in rows(client, "/regions/", q="kun")] == ["昆明市"]
    assert [row["name"] for row in rows(client, "/regions/", q="530100")] == ["昆明市"]
    assert len(rows(client, "/regions/", region="530000")) == 3


def test_without_a_filter_the_regions_are_those_with_records(client, practices):
    found = {row["name"]: row for row in rows(client, "/regions/")}
    assert list(found) == ["全国", "江苏省", "云南省", "昆明市", "五华区"]
    assert found["全国"]["practices"] == 2
    assert found["云南省"]["metrics"] == 1
    assert Metric.objects.count() == 1


def test_of_many_sources_the_first_and_the_chosen_are_offered(client, db):
    sources = [make_source(name=f"{number:03}.txt") for number in range(70)]
    response = client.get("/practices/", {"source": sources[-1].pk})
    field = next(bound for bound in response.context["filterset"].box_fields if bound.name == "source")
    offered = [key for key, _label in field.field.widget.choices]
    assert len(offered) == 61
    assert offered[-1] == sources[-1].pk
    assert response.context["problems"] == []
    assert "只列出" in response.content.decode()
