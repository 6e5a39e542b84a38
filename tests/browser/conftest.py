"""A real Chromium; without one the tests are skipped, in CI they fail."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.factories import (
    make_evidence,
    make_mention,
    make_metric,
    make_practice,
    make_region,
    make_source,
    make_theme,
)

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# As root, as in a container, Chromium refuses its sandbox.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium():
    if not Path(CHROMIUM).exists():
        reason = f"no Chromium at {CHROMIUM}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright keeps an event loop in this thread, in which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def book(transactional_db):
    """Enough to walk from a list to a sentence: a long source with its finds near the end."""
    country = make_region("000000", "全国", "country")
    kunming = make_region(
        "530100", "昆明市", "prefecture", make_region("530000", "云南省", "province", country)
    )
    opening = "城市基层治理重在基层、难在基层。" * 60
    source = make_source(opening + "昆明市推行“街道吹哨、部门报到”。全市84个社区参加。", title="城市治理综述")
    grid = make_theme("grid", "网格", flagship=True)
    practice = make_practice(
        source,
        "街道吹哨、部门报到",
        ("昆明市推行“街道吹哨、部门报到”。",),
        (kunming,),
        (grid,),
        level="prefecture",
    )
    make_evidence(practice, "全市84个社区参加。")
    make_practice(source, "红色物业", themes=(make_theme("red-property", "红色物业", flagship=True),))
    make_mention(source, "昆明市", kunming)
    make_metric(source, practice=practice, region=kunming, subject="社区")
    return practice


@pytest.fixture
def visit(chromium, live_server, book):
    """Open an address in a fresh browser; every request and every complaint of the page is kept."""
    contexts = []

    def open_page(address="/", width=1280, **options):
        context = chromium.new_context(
            base_url=live_server.url, locale="zh-CN", viewport={"width": width, "height": 800}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.requested, page.complaints = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
