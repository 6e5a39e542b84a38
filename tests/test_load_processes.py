"""load_seeds as whole processes on databases of their own: killed, in company, locked out."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
SQLITE = connection.vendor == "sqlite"
_number = count(1)


class Database:
    """A database of the kind that the tests run on, which processes are pointed at."""

    def __init__(self, folder: Path, template: Database | None = None) -> None:
        self.name = f"casebook_processes_{os.getpid()}_{next(_number)}"
        self.file = folder / f"{self.name}.sqlite3"
        if SQLITE:
            if template is not None:
                with closing(sqlite3.connect(template.file)) as source, closing(self.connect()) as target:
                    source.backup(target)
        else:
            self._administer(
                f"CREATE DATABASE {self.name} TEMPLATE {template.name if template else 'template0'}"
            )

    @property
    def url(self) -> str:
        if SQLITE:
            return f"sqlite:///{self.file}"
        at = connection.settings_dict
        return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}/{self.name}"

    def connect(self) -> Any:
        return sqlite3.connect(self.file) if SQLITE else psycopg.connect(self.url)

    def drop(self) -> None:
        if not SQLITE:
            self._administer(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.url.replace(f"/{self.name}", "/postgres"), autocommit=True) as server:
            server.execute(statement)

    def contents(self) -> dict[str, list[Any]]:
        """The rows that a load makes, without keys and times."""
        columns = {
            "cases_passage": "start, t.end",
            "cases_regionmention": "start, t.end",
            "cases_evidence": "start, t.end",
            "measures_metric": "start, t.end, t.unit",
            "cases_practice": "title",
            "cases_extractionrun": "created",
        }
        queries = {
            table: f"SELECT s.name, t.{names} FROM {table} t JOIN cases_source s ON s.id = t.source_id"
            for table, names in columns.items()
        }
        queries["sources"] = "SELECT name, sha256, state FROM cases_source"
        queries["regions"] = "SELECT code FROM regions_region"
        with closing(self.connect()) as db:
            return {
                name: sorted(db.execute(self._quoted(query)).fetchall()) for name, query in queries.items()
            }

    @staticmethod
    def _quoted(query: str) -> str:
        return query.replace("t.end", 't."end"')  # a word of SQL


def start(database: Database, *arguments: str, url: str = "", **options: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "DATABASE_URL": url or database.url, "DJANGO_DEBUG": "1"}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options,
    )  # fmt: skip


def finish(process: subprocess.Popen[str], code: int = 0) -> str:
    out, _err = process.communicate(timeout=180)
    assert process.returncode == code, out
    return out


@pytest.fixture(scope="module")
def documents(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for n in range(8):
        sentences = [
            f"云南昆明推行第{n}批街道改革，{k}个月内全市建成{n * 100 + k}个社区党群服务中心。\n"
            for k in range(1, 60)
        ]
        (folder / f"{n}.txt").write_text("".join(sentences), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Iterator[Database]:
    """Migrated, without any row of ours."""
    database = Database(tmp_path_factory.mktemp("empty"))
    finish(start(database, "migrate", "-v0"))
    yield database
    database.drop()


@pytest.fixture(scope="module")
def prepared(empty, tmp_path_factory) -> Iterator[Database]:
    """With the gazetteer loaded."""
    database = Database(tmp_path_factory.mktemp("prepared"), template=empty)
    finish(start(database, "load_gazetteer"))
    yield database
    database.drop()


@pytest.fixture(scope="module")
def once(prepared, documents, tmp_path_factory) -> dict[str, list[Any]]:
    """What one undisturbed load gives."""
    database = Database(tmp_path_factory.mktemp("once"), template=prepared)
    finish(start(database, "load_seeds", str(documents)))
    contents = database.contents()
    database.drop()
    assert len(contents["measures_metric"]) > 400
    return contents


@pytest.fixture
def database(prepared, tmp_path) -> Iterator[Database]:
    database = Database(tmp_path, template=prepared)
    yield database
    database.drop()


@pytest.mark.parametrize("moment", [1, 4, 7])
def test_killed_at_any_moment_then_loaded_again(database, documents, once, moment):
    process = start(database, "load_seeds", str(documents), bufsize=1)
    for _line in range(moment + 1):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()

    finish(start(database, "load_seeds", str(documents)))

    assert database.contents() == once


def test_two_loads_at_the_same_time(database, documents, once):
    for process in [start(database, "load_seeds", str(documents)) for _ in range(2)]:
        finish(process)

    assert database.contents() == once


def test_two_first_loads_at_the_same_time(empty, documents, once, tmp_path):
    database = Database(tmp_path, template=empty)

    for process in [start(database, "load_seeds", str(documents)) for _ in range(2)]:
        finish(process)

    assert database.contents() == once
    database.drop()


def test_workers_end_with_a_killed_parent(database, documents):
    process = start(database, "load_seeds", str(documents), "--workers", "2", start_new_session=True)
    process.stdout.readline()
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()

    deadline = time.monotonic() + 20
    while running_in_session(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running_in_session(process.pid) == []


def running_in_session(session: int) -> list[str]:
    """Processes of a session that have not ended, from /proc."""
    running = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended just now
            continue
        if words[3] == str(session) and words[0] != "Z":
            running.append(stat.parent.name)
    return running


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL has no lock on the whole database")
def test_a_locked_database(database, documents):
    with closing(database.connect()) as other:
        other.execute("BEGIN EXCLUSIVE")
        out = finish(start(database, "load_seeds", str(documents), url=f"{database.url}?timeout=1"), code=1)
    assert "Traceback" not in out
    assert database.contents()["sources"] == []


def test_a_database_without_tables(tmp_path):
    database = Database(tmp_path)
    out = finish(start(database, "load_seeds"), code=1)
    database.drop()
    assert "migrate" in out
    assert "Traceback" not in out


def test_wrong_use_exits_with_2(database):
    finish(start(database, "load_seeds", "--workers", "0"), code=2)
