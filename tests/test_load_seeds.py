"""load_seeds: its contract, bad input, interruption and company."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from cases import loading
from cases.models import Article, ExtractionRun, Passage, Practice, RegionMention, Source, Theme
from measures.models import Metric
from regions.loading import ensure_gazetteer
from regions.models import Region

TEXT = "云南昆明推行“街道吹哨、部门报到”。2021年，全市建成84个社区党群服务中心。华山街道集中整治20余天。\n"
OTHER = "山东济南建立红色物业联席会议制度，由街道党工委牵头。全市共有1000余个小区参加。\n"
MODELS = (Source, Article, Passage, RegionMention, Metric, Practice, ExtractionRun, Region, Theme)


@pytest.fixture
def loaded(db):
    ensure_gazetteer()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "README.md").write_text("not a document")
    return tmp_path


def load(*arguments: Any) -> tuple[dict[str, Any], str, str]:
    """Run load_seeds; the report, what it printed, and what it said on stderr."""
    out, err = StringIO(), StringIO()
    report = Path(str(arguments[0])).parent / "report.json"
    try:
        call_command("load_seeds", *map(str, arguments), report=report, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        err.write(str(error))
    return json.loads(report.read_text(encoding="utf-8")), out.getvalue(), err.getvalue()


def statuses(report: dict[str, Any]) -> dict[str, str]:
    return {document["source"]: document["status"] for document in report["documents"]}


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


@pytest.mark.django_db
class TestContract:
    def test_needs_migrate_only(self, folder):
        report, out, _err = load(folder)

        assert statuses(report) == {"a.txt": "created", "b.txt": "created"}
        assert Region.objects.count() > 3000
        assert Theme.objects.count() > 10
        assert "a.txt" in out
        assert "README.md" not in out

    def test_the_report(self, loaded, folder):
        report, _out, _err = load(folder)

        assert set(report) == {"documents", "seconds"}
        document = report["documents"][0]
        assert {
            "source", "sha256", "status", "created", "updated", "deleted", "unchanged", "seconds", "counts",
            "warnings",
        } <= set(document)  # fmt: skip
        assert document["counts"]["metrics"] == Metric.objects.filter(source__name="a.txt").count() > 0
        assert document["sha256"] == Source.objects.get(name="a.txt").sha256

    def test_a_second_load_changes_nothing(self, loaded, folder):
        load(folder)
        before = rows()

        report, _out, _err = load(folder)

        assert statuses(report) == {"a.txt": "unchanged", "b.txt": "unchanged"}
        for document in report["documents"]:
            assert (document["created"], document["updated"], document["deleted"]) == (0, 0, 0)
        assert rows() == before

    def test_dry_run_shows_the_same_and_writes_nothing(self, folder):
        before = rows()
        dry, dry_out, _err = load(folder, "--dry-run")
        assert rows() == before

        wet, _out, _err = load(folder)

        def told(report):
            return [{**document, "seconds": 0} for document in report["documents"]]

        assert told(dry) == told(wet)
        assert "--dry-run" in dry_out

    def test_workers_give_the_same_rows(self, loaded, folder):
        alone, _out, _err = load(folder, "--dry-run")
        together, _out, _err = load(folder, "--workers", "2")

        assert [d["counts"] for d in alone["documents"]] == [d["counts"] for d in together["documents"]]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--workers", "0"],
            ["--workers", "two"],
            ["--report", "/no/such/folder/r.json"],
            ["--nonsense"],
        ],
        ids=" ".join,
    )
    def test_wrong_use_is_refused_before_anything_is_loaded(self, loaded, arguments):
        with pytest.raises(CommandError) as refused:
            call_command("load_seeds", *arguments)
        assert getattr(refused.value, "returncode", 2) in (1, 2)  # argparse exits with 2 on a command line
        assert Source.objects.count() == 0


@pytest.mark.django_db
class TestBadInput:
    """One bad document is named with its reason, and the others are loaded."""

    BAD = {
        "empty": b"",
        "white space": " \n　\n".encode(),
        "binary": b"\x00\x01\x02\xff" * 300,
        "broken encoding": "昆明推行网格".encode() + b"\xff\xfe" + "化管理。".encode(),
        "not a Word file": b"PK\x03\x04 nothing",
    }

    @pytest.mark.parametrize("kind", BAD)
    def test_a_file_that_cannot_be_read(self, loaded, folder, kind):
        (folder / "bad.txt").write_bytes(self.BAD[kind])

        report, _out, err = load(folder)

        assert statuses(report) == {"a.txt": "created", "bad.txt": "failed", "b.txt": "created"}
        assert "bad.txt: " in err
        [failure] = [document for document in report["documents"] if document["status"] == "failed"]
        assert failure["error"]

    def test_the_position_of_a_broken_byte_is_named(self, loaded, folder):
        (folder / "bad.txt").write_bytes(self.BAD["broken encoding"])
        _report, _out, err = load(folder)
        assert "18" in err  # six Han characters take 18 bytes

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
    def test_other_encodings_load(self, loaded, tmp_path, encoding):
        (tmp_path / "a.txt").write_bytes((TEXT * 3).encode(encoding))

        report, _out, _err = load(tmp_path)

        assert statuses(report) == {"a.txt": "created"}
        assert Source.objects.get().text == TEXT * 3

    def test_a_missing_path_and_an_empty_folder(self, loaded, folder):
        (folder / "empty").mkdir()

        report, _out, err = load(folder, folder / "missing.txt", folder / "empty")

        assert sorted(statuses(report).values()) == ["created", "created", "failed", "failed"]
        assert "missing.txt" in err

    def test_an_unreadable_file(self, loaded, folder, monkeypatch):
        def refused(path, *arguments, **options):
            if path.name == "a.txt":  # root, whom tests may run as, is refused nothing
                raise PermissionError(13, "Permission denied")
            return real(path, *arguments, **options)

        real = Path.open
        monkeypatch.setattr(Path, "open", refused)

        report, _out, err = load(folder)

        assert statuses(report) == {"a.txt": "failed", "b.txt": "created"}
        assert "Permission denied" not in err  # in the user's language

    def test_a_file_named_twice_is_loaded_once(self, loaded, folder):
        report, _out, _err = load(folder, folder / "a.txt")
        assert len(report["documents"]) == 2

    def test_two_files_with_the_same_content(self, loaded, folder):
        (folder / "c.txt").write_text(TEXT, encoding="utf-8")

        report, _out, _err = load(folder)

        assert statuses(report) == {"a.txt": "created", "b.txt": "created", "c.txt": "duplicate"}
        assert "a.txt" in report["documents"][2]["warnings"][0]
        assert Source.objects.count() == 2

    def test_a_file_whose_text_changed(self, loaded, folder):
        load(folder)
        (folder / "a.txt").write_text(TEXT + "又及。", encoding="utf-8")

        report, _out, _err = load(folder)

        assert statuses(report) == {"a.txt": "pending", "b.txt": "unchanged"}
        old = Source.objects.get(name="a.txt", state="current")
        assert Source.objects.get(state="pending").replaces == old

    def test_a_file_over_the_limit_is_refused(self, loaded, folder, settings):
        settings.DOCUMENT_LIMIT = len(TEXT.encode())
        (folder / "b.txt").write_text(OTHER * 10, encoding="utf-8")

        report, _out, err = load(folder)

        assert statuses(report) == {"a.txt": "created", "b.txt": "failed"}
        assert str(settings.DOCUMENT_LIMIT) in err

    def test_a_defect_of_the_program_fails_one_document(self, loaded, folder, monkeypatch, caplog):
        def failing(document):
            if document.name == "a.txt":
                raise KeyError("defect")
            return ingest(document)

        ingest = loading.ingest
        monkeypatch.setattr(loading, "ingest", failing)

        report, _out, err = load(folder)

        assert statuses(report) == {"a.txt": "failed", "b.txt": "created"}
        assert "KeyError" in err

    @pytest.mark.parametrize(
        ("message", "tries"), [("database is locked", 3), ("database or disk is full", 1)]
    )
    def test_a_failing_database_is_named_and_the_rest_given_up(
        self, loaded, folder, monkeypatch, message, tries
    ):
        tried = []

        def failing(document):
            tried.append(document.name)
            raise OperationalError(message)

        idle = SimpleNamespace(in_atomic_block=False, close=lambda: None)
        monkeypatch.setattr(loading, "ingest", failing)
        monkeypatch.setattr(loading, "connection", idle)

        report, _out, err = load(folder)

        assert statuses(report) == {"a.txt": "failed", "b.txt": "failed"}
        assert tried == ["a.txt"] * tries
        assert Source.objects.count() == 0
        assert err.count("a.txt: ") == 1
