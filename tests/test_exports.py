"""Downloads are the filtered rows, in the list's order, with nothing damaged."""

import csv
import io
import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from pages.exports import csv_value

from .factories import make_metric, make_practice, make_region, make_source, make_theme

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture
def rows(db):
    source = make_source("某区有84个社区。另有-5.5个百分点。共有1040000名。", title=FORMULA)
    practice = make_practice(
        source, FORMULA, themes=(make_theme(),), regions=(make_region(),), names=["甲", "乙"]
    )
    make_practice(source, "@第二")
    make_metric(source, "84个", 84, practice=practice, subject="+社区")
    make_metric(source, "-5.5个", "-5.5")
    make_metric(source, "1040000名", 1040000)
    return practice


def body(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def table(client, address):
    return list(csv.DictReader(io.StringIO(body(client, address).decode("utf-8-sig"))))


def sheet(client, address):
    return load_workbook(io.BytesIO(body(client, address))).active


def test_json_states_query_count_and_every_row(client, rows):
    answer = json.loads(body(client, "/practices/?format=json&theme=grid&q=HYPER"))
    assert answer["query"] == {"theme": ["grid"], "q": "HYPER"}
    assert answer["count"] == len(answer["results"]) == 1
    row = answer["results"][0]
    assert row["id"] == rows.pk
    assert row["url"] == rows.get_absolute_url()
    assert row["title"] == FORMULA
    assert row["names"] == ["甲", "乙"]
    assert row["regions"] == ["五华区"]
    assert row["themes"] == ["网格"]
    assert row["evidence"] == ["某区有84个社区。"]
    assert row["metrics"] == 1


@pytest.mark.parametrize("path", ["/practices/", "/metrics/", "/sources/"])
@pytest.mark.parametrize("sort", ["", "-id", "title", "-value"])
def test_the_three_formats_agree_with_the_page(client, rows, path, sort):
    query = f"?sort={sort}" if sort else "?"
    page = client.get(path + query)
    if page.context["problems"]:
        assert client.get(f"{path}{query}&format=csv").status_code == 400
        return
    ids = [row.pk for row in page.context["page"].object_list]
    answer = json.loads(body(client, f"{path}{query}&format=json"))
    assert [row["id"] for row in answer["results"]] == ids
    lines = table(client, f"{path}{query}&format=csv")
    assert [int(next(iter(line.values()))) for line in lines] == ids
    cells = list(
        sheet(client, f"{path}{query}&format=xlsx").iter_rows(min_row=2, max_col=1, values_only=True)
    )
    assert [cell for (cell,) in cells] == ids


def test_csv_begins_with_a_byte_order_mark(client, rows):
    assert body(client, "/metrics/?format=csv").startswith(b"\xef\xbb\xbf")


def test_figures_come_with_wording_sentence_and_source(client, rows):
    row = json.loads(body(client, "/metrics/?format=json"))["results"][0]
    assert (row["quote"], row["value"], row["unit"]) == ("84个", 84, "个")
    assert row["sentence"] == "某区有84个社区。"
    assert row["source"] == FORMULA
    assert row["url"].endswith("#s0")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"), ("+86", "'+86"), ("-甲", "'-甲"), ("@a", "'@a"), ("\t=1", "'\t=1"),
        ("甲=乙", "甲=乙"), ("", ""), (None, None), (-5, -5), (Decimal("-5.50"), "-5.5"),
        (Decimal("1040000"), "1040000"), (["甲", "=乙"], "甲；=乙"), (["=甲"], "'=甲"),
    ],
)  # fmt: skip
def test_csv_formulas_are_neutralised_and_numbers_left_alone(value, expected):
    assert csv_value(value) == expected


def test_xlsx_keeps_numbers_as_numbers_and_formulas_as_text(client, rows):
    cells = sheet(client, "/metrics/?format=xlsx")
    header = {cell.value: cell.column for cell in cells[1]}
    assert len(header) == 19
    values = {row[0].row: row for row in cells.iter_rows(min_row=2)}
    assert [row[3].value for row in values.values()] == [84, -5.5, 1040000]
    subject = values[2][8]
    assert (subject.value, subject.data_type) == ("+社区", "s")
    source = values[2][17]
    assert (source.value, source.data_type) == (FORMULA, "s")


def test_control_characters_do_not_stop_a_spreadsheet(client, db):
    make_practice(make_source("某\x0b区。"), "甲\x01乙")
    assert sheet(client, "/practices/?format=xlsx").cell(2, 3).value == "甲\ufffd乙"


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_an_empty_list_is_an_empty_file(client, db, format):
    assert body(client, f"/practices/?format={format}")


def test_a_download_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries, db):
    source = make_source()
    for number in range(40):
        make_practice(source, f"做法{number}", regions=(make_region(),), themes=(make_theme(),))
        if number == 2:
            with django_assert_max_num_queries(8):
                body(client, "/practices/?format=json")
    with django_assert_max_num_queries(8):
        body(client, "/practices/?format=json")
