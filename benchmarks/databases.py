"""Throw-away databases: SQLite files, and databases on a PostgreSQL server where one answers."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from .measuring import Finished, run_python

DEFAULT_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


def run_manage(database: str, *arguments: str | Path) -> Finished:
    """Run a management command on the database of that URL, set up as in production."""
    environment = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_DEBUG": "0",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        "PYTHONWARNINGS": "",
    }
    return run_python("manage.py", *arguments, environment=environment)


def server() -> str | None:
    """URL of the PostgreSQL server to measure on (TEST_DATABASE_URL); None when none answers."""
    url = os.environ.get("TEST_DATABASE_URL") or DEFAULT_SERVER
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return None
    return url


@contextmanager
def sqlite() -> Iterator[str]:
    """URL of a new, migrated SQLite database, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        run_manage(url, "migrate", "--verbosity", "0")
        yield url


@contextmanager
def postgresql(url: str) -> Iterator[str]:
    """URL of a new, migrated database on the server of ``url``, dropped afterwards."""
    name = f"casebook_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
            run_manage(own, "migrate", "--verbosity", "0")
            yield own
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
