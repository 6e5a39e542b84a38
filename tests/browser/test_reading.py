"""Readers' ways through the site, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

ADDRESSES = [
    "/",
    "/practices/",
    "/metrics/",
    "/regions/",
    "/themes/grid/",
    "/sources/",
    "/compare/?region=530100",
]


def assert_in_view(page, locator):
    box = locator.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < page.viewport_size["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_list_to_the_sentence_and_back(visit, book, javascript):
    page = visit("/practices/", java_script_enabled=javascript)
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 条")
    page.locator("summary", has_text="主题").click()
    page.get_by_label("网格").check()
    page.get_by_label("搜索").fill("吹哨")
    page.get_by_role("button", name="应用筛选").click()
    expect(page).to_have_url(re.compile(r"/practices/\?q=.*&theme=grid$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 条")
    filtered = page.url
    page.get_by_role("link", name="街道吹哨、部门报到").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("街道吹哨、部门报到")
    page.get_by_role("link", name="84个").click()
    sentence = page.locator(f"#s{book.evidence.last().passage.index}")
    expect(sentence).to_have_text("全市84个社区参加。")
    expect(sentence.locator(".mark-figure")).to_have_text("84个")
    assert page.url.endswith(f"#s{book.evidence.last().passage.index}")
    assert_in_view(page, sentence)
    page.go_back()
    page.go_back()
    assert page.url == filtered
    expect(page.get_by_label("网格")).to_be_checked()
    page.get_by_role("link", name="主题 网格").click()
    expect(page).to_have_url(re.compile(r"/practices/\?q=[^&]*$"))


def test_by_keyboard_alone(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    assert_in_view(page, page.locator(":focus"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("搜索做法")).to_be_focused()
    page.keyboard.type("吹哨")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/practices/\?q="))
    target = page.get_by_role("link", name="街道吹哨、部门报到")
    for _ in range(60):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("element => element === document.activeElement"):
            break
    expect(target).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("街道吹哨、部门报到")


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_no_page_scrolls_sideways(visit, book, width):
    page = visit("/", width=width)
    for address in [*ADDRESSES, book.get_absolute_url(), book.source.get_absolute_url()]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_on_a_phone_cells_keep_their_headings(visit):
    page = visit("/practices/", width=360)
    label = page.locator("td[data-label='地区']").first.evaluate(
        "td => getComputedStyle(td, '::before').content"
    )
    assert label == '"地区"'
    expect(page.get_by_role("link", name="街道吹哨、部门报到")).to_be_visible()


def luminance(page, name):
    color = page.evaluate(f"getComputedStyle(document.documentElement).{name}")
    red, green, blue = (int(part) for part in re.findall(r"\d+", color)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_reader(visit, scheme):
    page = visit("/", color_scheme=scheme)
    paper, ink = luminance(page, "backgroundColor"), luminance(page, "color")
    assert (paper > 200 and ink < 60) if scheme == "light" else (paper < 40 and ink > 200)


def test_pages_ask_nothing_of_other_hosts_and_obey_the_content_policy(visit, book, live_server):
    page = visit("/")
    for address in [*ADDRESSES, book.get_absolute_url(), book.source.get_absolute_url(), "/admin/"]:
        page.goto(address)
    assert page.complaints == []
    assert [url for url in page.requested if not url.startswith(live_server.url)] == []


def test_targets_are_at_least_24_pixels_high(visit, book):
    page = visit("/")
    for address in [*ADDRESSES, book.get_absolute_url()]:
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
            .filter(e => e.checkVisibility() && !e.matches(".skip"))
            .filter(e => !e.closest("p, blockquote, label, td, dd"))  // inline in text: exempt
            .filter(e => Math.max(...[...e.getClientRects()].map(r => r.height)) < 24)
            .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert small == [], address


def test_the_language_is_switched_and_kept(visit):
    page = visit("/practices/?theme=grid")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Practices")
    expect(page).to_have_url(re.compile(r"\?theme=grid$"))
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_an_unknown_filter_is_announced(visit):
    page = visit("/practices/?colour=red")
    expect(page.get_by_role("alert")).to_contain_text("colour")
