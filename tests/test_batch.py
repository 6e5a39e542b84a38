"""Extraction of many files: order, errors, workers that die."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cases.extraction import batch
from cases.extraction.batch import WorkerDied, extract_files
from cases.extraction.errors import DocumentError

TEXT = "云南昆明推行“街道吹哨、部门报到”。全市建成84个社区党群服务中心。"


@pytest.fixture
def files(tmp_path) -> list[Path]:
    for n in range(6):
        (tmp_path / f"{n}.txt").write_text(TEXT * (n + 1), encoding="utf-8")
    (tmp_path / "3.txt").write_bytes(b"")
    return sorted(tmp_path.iterdir())


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_with_their_errors(files, workers):
    results = list(extract_files([*files, Path("missing.txt")], workers))

    assert [result.path.name for result in results] == [f"{n}.txt" for n in range(6)] + ["missing.txt"]
    assert [type(result.error) for result in results] == [
        type(None), type(None), type(None), DocumentError, type(None), type(None), FileNotFoundError
    ]  # fmt: skip
    assert results[1].document.text == TEXT * 2


def test_results_are_the_same_in_workers(files):
    assert [r.document for r in extract_files(files, 2)] == [r.document for r in extract_files(files, 1)]


def test_a_file_over_the_limit_is_not_read_whole(files):
    [result] = extract_files([files[5]], limit=10)

    assert result.error.code == "too-large"
    assert result.error.params == {"size": files[5].stat().st_size, "limit": 10}


def test_a_worker_that_dies_costs_one_document(files, monkeypatch):
    monkeypatch.setattr(batch, "_extract_in_worker", die_on_the_second)
    monkeypatch.setattr(batch, "AHEAD", 0)

    results = list(extract_files(files, 2))

    assert [result.path.name for result in results] == [f"{n}.txt" for n in range(6)]
    assert [n for n, result in enumerate(results) if isinstance(result.error, WorkerDied)] == [2]


def die_on_the_second(path: Path, limit: int) -> batch.Extraction:
    """Stands in for an extraction that takes more memory than there is."""
    if path.name == "2.txt":
        os._exit(9)
    return batch.extract_file(path, limit)


def test_a_defect_of_the_program_is_an_error_of_one_document(files, monkeypatch):
    def failing(name, raw, limit):
        if name == "1.txt":
            raise ZeroDivisionError
        return real(name, raw, limit)

    real = batch.extract
    monkeypatch.setattr(batch, "extract", failing)

    assert isinstance(list(extract_files(files))[1].error, ZeroDivisionError)


def test_leaving_early_ends_the_workers(files):
    results = extract_files(files, 2)
    next(results)
    results.close()
    assert list(results) == []


def test_bytes_in_a_name_that_are_no_characters_show_as_such(tmp_path):
    path = tmp_path / os.fsdecode("报告".encode("gb18030") + b".txt")
    path.write_text(TEXT, encoding="utf-8")

    [result] = extract_files([path])

    assert result.document.name.endswith(".txt")
    assert "\ufffd" in result.document.name
    result.document.name.encode("utf-8")
