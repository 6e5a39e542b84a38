"""Readers' pages: what they show, what they never show, and what they cost."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Source
from cases.models.source import PAGE_LENGTH

from .factories import (
    make_evidence,
    make_family,
    make_indicator,
    make_mention,
    make_metric,
    make_passage,
    make_practice,
    make_region,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("甲")</script>'


@pytest.fixture
def book(db):
    """A small casebook in which every text field holds markup."""
    country = make_region("000000", "全国", "country")
    yunnan = make_region("530000", "云南省", "province", country)
    kunming = make_region("530100", "昆明市", "prefecture", yunnan)
    text = f"昆明市推行{HOSTILE}吹哨报到。全市84个社区参加。另有***个。"
    source = make_source(text, title=f"标题{HOSTILE}", publisher=HOSTILE, defects=["digits-masked"])
    practice = make_practice(
        source, f"做法{HOSTILE}", regions=(kunming,), themes=(make_theme(),), names=[HOSTILE], sub=HOSTILE,
        family=make_family(), background=HOSTILE, year=2021, level="prefecture",
    )  # fmt: skip
    make_evidence(practice, "全市84个社区参加。")
    make_mention(source, "昆明市", kunming)
    make_mention(source, "吹哨", None)
    figure = make_metric(
        source,
        "84个",
        practice=practice,
        indicator=make_indicator(),
        region=kunming,
        subject=HOSTILE,
        year=2021,
    )
    make_metric(source, "***个", None)
    return {"source": source, "practice": practice, "figure": figure, "region": kunming, "country": country}


def addresses(book):
    return [
        "/", "/practices/", book["practice"].get_absolute_url(), "/metrics/", "/indicators/",
        "/indicators/centres/", "/regions/",
        "/regions/530100/", "/regions/000000/", "/themes/", "/themes/grid/", "/families/",
        "/families/whistle/", "/sources/", book["source"].get_absolute_url(),
        "/compare/", "/compare/?region=530100&region=530000", "/practices/?q=x&colour=1", "/nowhere/",
    ]  # fmt: skip


class Outline(HTMLParser):
    """What a page refers to and how it is built."""

    def __init__(self, page: str):
        super().__init__()
        self.references, self.links, self.ids, self.tags, self.inline = [], [], [], [], []
        self.labels: set[str] = set()
        self.inputs: list[dict] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        self.references += [values[name] for name in ("href", "src", "action", "srcset") if values.get(name)]
        self.links += [values["href"]] if tag == "a" and values.get("href") else []
        self.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in values):
            self.inline.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for"))
        if tag in ("input", "select", "textarea") and values.get("type") != "hidden":
            self.inputs.append(values)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_well_built_and_stays_on_its_host(client, book, language):
    client.cookies["django_language"] = language
    for address in addresses(book):
        page = client.get(address).content.decode()
        outline = Outline(page)
        assert not [r for r in outline.references if re.match(r"(?i)[a-z]+:|//", r)], address
        assert not outline.inline, address
        assert "<script>alert" not in page, address
        assert outline.tags.count("h1") == outline.tags.count("main") == 1, address
        assert len(outline.ids) == len(set(outline.ids)), address
        assert all(field.get("id") in outline.labels for field in outline.inputs), address
        assert ('<html lang="zh-Hans">' if language == "zh-hans" else '<html lang="en">') in page, address
        assert page.count("<caption") == page.count("<table"), address
        assert "None" not in page, address


def test_pages_answer_200_and_a_missing_one_404(client, book):
    *pages, nowhere = addresses(book)
    assert [client.get(address).status_code for address in pages] == [200] * len(pages)
    assert client.get(nowhere).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/practices/999/", "/practices/99999999999999999999999/", "/sources/999/", "/regions/999999/",
     "/themes/none/",
     "/families/%00/", "/regions/%00/", "/indicators/%F0%9F%98%80/", "/families/" + "a" * 500 + "/"],
)  # fmt: skip
def test_what_does_not_exist_is_404(client, book, address):
    assert client.get(address).status_code == 404


def test_rejected_rows_and_rows_of_other_sources_never_reach_readers(client, book):
    source = book["source"]
    rejected = make_practice(
        source, "废弃的做法", status="rejected", regions=(book["region"],), themes=(make_theme(),)
    )
    make_metric(
        source,
        "4个",
        4,
        subject="废弃的数",
        status="rejected",
        region=book["region"],
        practice=book["practice"],
    )
    for state in ("pending", "superseded", "withdrawn"):
        hidden = make_source("旧文84个。", title="不该见到的来源", state=state)
        old = make_practice(hidden, "不该见到的做法", regions=(book["region"],), themes=(make_theme(),))
        make_metric(hidden, subject="不该见到的数", region=book["region"])
        assert client.get(hidden.get_absolute_url()).status_code == 404
        assert client.get(old.get_absolute_url()).status_code == 404
    assert client.get(rejected.get_absolute_url()).status_code == 404
    exports = [
        f"{path}?format={format}" for path in ("/practices/", "/metrics/") for format in ("json", "csv")
    ]
    for address in [*addresses(book), *exports]:
        text = client.get(address).content.decode()
        assert "废弃的" not in text, address
        assert "不该见到" not in text, address


def test_staff_may_read_a_source_that_waits(client, admin_client):
    waiting = make_source(state="pending")
    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert admin_client.get(waiting.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("address", ["/metrics/", "practice", "/regions/530100/", "/indicators/centres/"])
def test_every_figure_is_one_click_from_its_marked_sentence(client, book, address):
    address = book["practice"].get_absolute_url() if address == "practice" else address
    page = client.get(address).content.decode()
    link = book["figure"].passage.get_absolute_url()
    assert f'href="{link}"' in page
    assert '<mark class="mark-figure">84个</mark>' in page
    path, _, fragment = link.partition("#")
    source = client.get(path).content.decode()
    assert f'<span id="{fragment}">' in source
    sentence = source.split(f'<span id="{fragment}">')[1]
    assert re.search(r'<mark class="mark-figure"[^>]*>84个</mark>', sentence)


def test_statuses_are_words(client, book):
    for address in (
        "/practices/",
        "/metrics/",
        book["practice"].get_absolute_url(),
        book["source"].get_absolute_url(),
    ):
        assert '<span class="status status-suggested">建议</span>' in client.get(address).content.decode()


def test_defects_and_masked_figures_are_named(client, book):
    assert "数字被遮" in client.get(book["source"].get_absolute_url()).content.decode()
    assert "来源遮去了数字" in client.get("/metrics/").content.decode()


def test_source_page_marks_nested_spans_and_lists_what_was_found(client, book):
    page = client.get(book["source"].get_absolute_url())
    text = page.content.decode()
    assert re.search(
        r'<mark class="mark-practice"[^>]*><mark class="mark-place"[^>]*>昆明市</mark>推行', text
    )
    assert re.search(r'<mark class="mark-place-open"[^>]*>吹哨</mark>', text)
    section = page.context["page"].sections[0]
    assert [practice.pk for practice in section.practices] == [book["practice"].pk]
    assert [figure.quote for figure in section.figures] == ["84个", "***个"]
    assert [(region.name, times) for region, _mention, times in section.places] == [("昆明市", 1)]


def test_furniture_contents_and_unrelated_articles_are_shown_and_labelled(client, db):
    source = Source.objects.create(
        name="a.txt", sha256="1" * 64, format="txt", text="目录\n正文。\n第1页\n广告。"
    )
    article = source.articles.create(index=0, kind="article", title="正文", start=0, end=10)
    advert = source.articles.create(index=1, kind="unrelated", title="", start=11, end=14)
    make_passage(article, 0, 2, kind="contents")
    make_passage(article, 3, 6)
    make_passage(article, 7, 10, kind="furniture")
    make_passage(advert, 11, 14)
    page = client.get(source.get_absolute_url()).content.decode()
    assert re.search(r'set-aside-label">目录</p><p><span id="s0">目录</span>', page)
    assert re.search(r'set-aside-label">页面杂项</p><p><span id="s2">第1页</span>', page)
    assert "article-aside" in page
    assert '<span class="kind">无关内容</span>' in page


def test_a_long_source_is_read_in_pages(client, django_assert_max_num_queries, db):
    sentence = "某区建成一百个站点并且共有84个社区参加。"
    text = sentence * (3 * PAGE_LENGTH // len(sentence))
    source = Source.objects.create(name="long.txt", sha256="2" * 64, format="txt", text=text, title="长文")
    article = source.articles.create(index=0, kind="article", title="长文", start=0, end=len(text))
    starts = range(0, len(text), len(sentence))
    passages = source.passages.bulk_create(
        source.passages.model(
            source=source, article=article, index=i, paragraph=i, kind="sentence", start=start,
            end=start + len(sentence), text=sentence,
        )
        for i, start in enumerate(starts)
    )  # fmt: skip
    last = passages[-1]
    assert last.get_absolute_url() == f"/sources/{source.pk}/?page=3#s{last.index}"
    with django_assert_max_num_queries(10):
        page = client.get(last.get_absolute_url().split("#")[0]).content.decode()
    assert f'id="s{last.index}"' in page
    assert 'id="s0"' not in page
    shown = "".join(client.get(f"/sources/{source.pk}/?page={n}").content.decode() for n in (1, 2, 3))
    assert all(f'id="s{passage.index}"' in shown for passage in passages)
    for wrong in ("0", "4", "-1", "x", "9" * 30, "%00", "１"):
        assert client.get(f"/sources/{source.pk}/?page={wrong}").status_code == 404


def test_compare_reports_what_it_does_not_know(client, book):
    page = client.get("/compare/?region=530100&region=没有此地&colour=red").content.decode()
    assert "没有此地" in page
    assert "colour" in page
    many = client.get(
        "/compare/?" + "&".join(f"region={code}" for code in ("530100", "530000", "000000", "1", "2"))
    )
    assert many.status_code == 200
    assert many.context["problems"]


def test_a_theme_lists_its_practices_by_province(client, book):
    provinces = client.get("/themes/grid/").context["provinces"]
    assert [(province.name, len(practices)) for province, practices in provinces] == [("云南省", 1)]


def test_a_place_below_county_level_is_told_once_and_with_its_city(client, book):
    street = make_region("530100-1", "华山街道", "township", book["region"])
    practice = make_practice(book["source"], "集中整治", regions=(street,), sub="华山街道")
    row = client.get("/practices/?q=集中整治").content.decode()
    assert "昆明市华山街道</a>" in row
    page = client.get(practice.get_absolute_url()).content.decode()
    assert page.count("华山街道") == 1


def test_every_link_leads_somewhere(client, book):
    """A crawl from the first page: no dead link, and every fragment stands on its page."""
    waiting, seen, fragments = ["/"], {}, set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        if "html" not in response["Content-Type"]:
            response.getvalue()  # a download is sent whole before its connection is given back
            seen[address] = None
            continue
        outline = Outline(response.content.decode())
        seen[address] = set(outline.ids)
        for link in outline.links:
            path, _, fragment = (
                urljoin(f"http://site{address}", link).removeprefix("http://site").partition("#")
            )
            if not path.startswith(("/static/", "/admin/")):
                waiting.append(path)
                fragments.update({(path, fragment)} if fragment else ())
    assert len(seen) > 30
    assert [(path, fragment) for path, fragment in fragments if fragment not in seen[path]] == []


def fill(book, rows):
    """Many rows of every kind, so that a query for each of them would show."""
    source, figure = book["source"], book["figure"]
    text = "某区有84个社区。" * rows
    for _ in range(3):
        make_source()
    other = make_source(text)
    for number, passage in enumerate(other.passages.all()):
        code = f"5301{number + 10}"
        region = make_region(code, f"区{number}", "county", book["region"])
        theme = make_theme(f"theme-{number}", f"主题{number}")
        practice = make_practice(
            source, f"做法{number}", regions=(region, book["region"]), themes=(theme, make_theme()),
            family=make_family(), article=source.articles.first(),
        )  # fmt: skip
        at = passage.start + 3
        type(figure).objects.create(
            source=other, passage=passage, start=at, end=at + 3, quote="84个", value=number, unit="个",
            practice=practice, region=region, indicator=make_indicator(),
        )  # fmt: skip
        make_indicator(f"i{number}", f"指标{number}")
        make_family(f"f{number}", f"谱系{number}")


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 8), ("/practices/", 12), ("/practices/?theme=grid&q=做法&region=530100&sort=-year", 14),
        ("/metrics/", 10), ("/indicators/", 3), ("/indicators/centres/", 2), ("/regions/", 6),
        ("/themes/", 1),
        ("/regions/530100/", 15), ("/themes/grid/", 8), ("/families/", 3), ("/families/whistle/", 8),
        ("/sources/", 3), ("source", 9), ("practice", 9), ("/compare/?region=530100&region=530000", 16),
    ],
)  # fmt: skip
def test_a_page_takes_a_fixed_number_of_queries(client, book, django_assert_max_num_queries, address, most):
    address = book[address].get_absolute_url() if address in book else address
    fill(book, 30)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/practices/", "/metrics/", "/sources/", "/themes/grid/", "/practices/?format=json"]
)
def test_no_list_fetches_the_texts_of_the_sources(client, book, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert captured.captured_queries
    assert not [query for query in captured.captured_queries if '"cases_source"."text"' in query["sql"]]


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_need_no_context(status):
    page = render_to_string(f"{status}.html")
    assert page.count("<h1>") == 1
    assert reverse("practice-list") in page
