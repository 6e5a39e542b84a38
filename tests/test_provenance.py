"""check_provenance: nothing to say of sound rows, a line for each breach."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat

from cases.audit import audit
from cases.models import Article, Evidence, Passage, Practice, RegionMention, Source
from measures.models import Metric

from .factories import make_mention, make_metric, make_practice, make_region, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    source = make_source()
    make_mention(source, "五华区", make_region())
    make_metric(source, practice=make_practice(source))
    return source


def check() -> str:
    out = StringIO()
    call_command("check_provenance", stdout=out)
    return out.getvalue()


def test_sound_rows_pass(source):
    other = make_source("另一份。(只有\n一句\t话）。")
    other.passages.filter(index=1).update(text="（只有一句 话）。")
    assert list(audit()) == []
    assert check()


BREACHES = {
    "a changed text": ("Source", "text", lambda: Source.objects.update(text=Concat("text", Value("改")))),
    "a changed quote": ("Metric", "quote", lambda: Metric.objects.update(quote="85个")),
    "a moved mention": (
        "RegionMention",
        "quote",
        lambda: RegionMention.objects.update(start=F("start") + 1, end=F("end") + 1),
    ),
    "a span after the text": ("Metric", "span", lambda: Metric.objects.update(end=9999)),
    "changed evidence": ("Evidence", "quote", lambda: Evidence.objects.update(quote="别的话")),
    "a changed sentence": ("Passage", "text", lambda: Passage.objects.filter(index=0).update(text="别的话")),
    "overlapping sentences": ("Passage", "span", lambda: Passage.objects.filter(index=1).update(start=1)),
    "an article after the text": ("Article", "span", lambda: Article.objects.update(end=9999)),
    "a practice without evidence": ("Practice", "evidence", lambda: Evidence.objects.all().delete()),
    "evidence in another source's sentence": (
        "Evidence",
        "passage",
        lambda: Evidence.objects.update(passage=make_source().passages.first()),
    ),
    "a figure in another sentence": (
        "Metric",
        "passage",
        lambda: Metric.objects.update(passage=Passage.objects.get(index=0)),
    ),
    "a practice in another source's article": (
        "Practice",
        "article",
        lambda: Practice.objects.update(article=make_source().articles.get()),
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_named(source, breach):
    model, field, corrupt = BREACHES[breach]
    corrupt()

    findings = list(audit())

    assert (model, field) in {(finding.model, finding.field) for finding in findings}
    with pytest.raises(CommandError) as refused:
        check()
    assert refused.value.returncode == 1


def test_a_finding_names_row_field_and_place(source):
    metric = Metric.objects.get()
    Metric.objects.update(quote="85个")

    line = str(next(audit()))

    assert line.startswith(f"Metric {metric.pk} quote [{metric.start}, {metric.end}): ")
    assert "85个" in line
    assert "84个" in line


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL cannot be told to ignore a check")
def test_what_the_database_should_have_refused_is_found_too(source):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        Metric.objects.update(value=None)
        cursor.execute("PRAGMA ignore_check_constraints = OFF")

    assert [(finding.model, finding.field) for finding in audit()] == [("Metric", "value")]


def test_the_number_of_queries_does_not_grow_with_the_rows(source, django_assert_num_queries):
    with django_assert_num_queries(11):
        assert list(audit()) == []
    for quote in ("街道", "全区", "中心"):
        make_mention(source, quote)
    with django_assert_num_queries(11):
        assert list(audit()) == []
