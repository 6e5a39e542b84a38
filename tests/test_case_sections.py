"""The parts of a case write-up and the periods of figures, from the document to the page."""

import pytest

from cases.extraction.pipeline import extract
from cases.ingest import ingest
from cases.models import Practice
from measures.figures import period_in_words
from measures.models import Metric

WRITE_UP = """温州市鹿城区“红色物业”案例

来源：温州日报 2022年3月1日

一、背景与起因

鹿城区老旧小区多，物业矛盾突出。

二、做法与经过

建立物业行业党委。截至2021年底，42家物业企业成立党组织。

三、成效与反响

物业投诉下降35%。
"""


@pytest.fixture
def practice(db):
    ingest(extract("case.txt", WRITE_UP.encode()))
    return Practice.objects.get()


def test_parts_are_kept_as_spans_and_shown_with_their_sentences(practice, client):
    text = practice.source.text
    parts = {
        name: [text[start:end] for start, end in spans] for name, spans in practice.section_spans.items()
    }
    assert parts == {
        "background": ["鹿城区老旧小区多，物业矛盾突出。"],
        "results": ["物业投诉下降35%。"],
    }
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "鹿城区老旧小区多，物业矛盾突出。" in page


def test_an_editors_text_stands_for_the_quoted_part(practice, client):
    practice.background = "编者所写的背景。"
    practice.save()
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "编者所写的背景。" in page
    assert "鹿城区老旧小区多" not in page


def test_a_second_load_writes_nothing(practice):
    outcome = ingest(extract("case.txt", WRITE_UP.encode()))
    assert (outcome.tally.created, outcome.tally.updated, outcome.tally.deleted) == (0, 0, 0)


def test_the_period_of_a_figure_is_kept_and_read(practice):
    metric = Metric.objects.get(quote="42家")
    assert (metric.period_kind, metric.period_start.isoformat()) == ("as_of", "2021-12-31")
    assert "2021-12-31" in period_in_words(metric)
