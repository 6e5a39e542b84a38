"""export_annotations: what is written, in which order, for which sources."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.annotations import all_annotations
from cases.curation import accept, edit, reject

from .factories import TEXT, make_mention, make_metric, make_practice, make_region, make_source, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    county = make_region()
    street = make_region("530102-0a1b2c3d", "华山街道", "township", county)
    source = make_source(name="a.txt")
    make_mention(source, "五华区", street, sub="华山街道")
    make_mention(source, "全区", candidates=["530102"], outcome="ambiguous")
    practice = make_practice(source, regions=(street, county), themes=(make_theme(),), names=["街道吹哨"])
    make_metric(source, practice=practice, region=county, qualifier="over", year=2021, subject="社区")
    return source


def lines(*arguments: str) -> list[dict]:
    out = StringIO()
    call_command("export_annotations", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_kind(source):
    at = TEXT.index("五华区")
    number = TEXT.index("84个")
    assert lines() == [
        {
            "kind": "region", "source": "a.txt", "start": at, "end": at + 3, "text": "五华区",
            "code": "530102", "sub": "华山街道",
        },
        {
            "kind": "metric", "source": "a.txt", "start": number, "end": number + 3, "text": "84个",
            "value": 84, "value_max": None, "unit": "个", "approx": "over", "masked": False,
            "region": "530102", "year": 2021, "type": "observed", "subject": "社区",
        },
        {
            "kind": "practice", "source": "a.txt", "spans": [[0, TEXT.index("。") + 1]],
            "title": "街道吹哨、部门报到", "regions": ["530102"], "sub": "", "names": ["街道吹哨"],
            "themes": ["grid"],
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "written"), [("80.8", 80.8), ("1040000", 1040000), (None, None), ("0.25", 0.25)]
)
def test_numbers_are_plain(value, written):
    make_metric(value=value)
    assert [line["value"] for line in lines()] == [written]


def test_accepted_and_edited_rows_are_there_rejected_ones_not(source):
    accept(source.mentions.get(quote="五华区"))
    edit(source.metrics.get(), unit="座")
    reject(source.practices.get())

    assert [(line["kind"], line.get("unit")) for line in lines()] == [("region", None), ("metric", "座")]


@pytest.mark.parametrize("state", ["pending", "superseded", "withdrawn"])
def test_only_current_sources(source, state):
    make_metric(make_source(name="b.txt", state=state))

    assert {annotation["source"] for annotation in all_annotations()} == {"a.txt"}


def test_named_sources(source):
    make_metric(make_source(name="b.txt"))
    make_metric(make_source(name="c.txt"))

    assert {line["source"] for line in lines("--source", "c.txt", "a.txt")} == {"a.txt", "c.txt"}
    with pytest.raises(CommandError, match=r"d\.txt") as refused:
        lines("--source", "a.txt", "d.txt")
    assert refused.value.returncode == 2


def test_to_a_file(source, tmp_path):
    file = tmp_path / "export.jsonl"
    file.write_text("old")

    call_command("export_annotations", "-o", str(file))

    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == lines()
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written(source, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("export_annotations", "-o", str(tmp_path / "missing" / "export.jsonl"))
    assert refused.value.returncode == 1
