"""One writer of documents at a time, beside any number of editors.

On SQLite a transaction is the lock (``transaction_mode: IMMEDIATE``).  On
PostgreSQL an advisory lock, held to the end of the transaction, is taken alone
by an ingest and shared by editors' decisions, so that two loads do not make the
same row and a decision is never overtaken by a merge that did not see it.
"""

from __future__ import annotations

import zlib

from django.db import connection

PATIENCE = "60s"
"""How long to wait for a lock on PostgreSQL; SQLite has its ``timeout`` option."""

LOCK_KEY = zlib.crc32(b"casebook.ingest")


def lock_for_ingest() -> None:
    """Wait until no other ingest and no editor's decision is under way."""
    _take("pg_advisory_xact_lock")


def lock_for_decision() -> None:
    """Wait until no ingest is under way."""
    _take("pg_advisory_xact_lock_shared")


def _take(function: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a lock is held to the end of a transaction, and there is none")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute(f"SELECT {function}(%s)", [LOCK_KEY])
