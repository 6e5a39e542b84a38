"""What loading documents costs, on each database, as their number grows."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import databases
from .corpus import write_corpus
from .table import Table

COUNTS = (5, 50, 500)
_REPEATS = {5: 5, 50: 3}  # of short loads the median, since a second's noise is much of them
Database = Callable[[], AbstractContextManager[str]]


@dataclass(frozen=True, slots=True)
class Load:
    """A load on a new database of one document, which waits for the gazetteer, and
    ``documents`` more.  ``seconds`` and ``cpu_seconds`` are those of the whole
    command, ``document_seconds`` what the others took and ``document_rows`` the rows
    they gave."""

    documents: int
    seconds: float
    cpu_seconds: float
    document_seconds: float
    document_rows: int
    peak_mb: float
    rows: int


def run() -> Iterator[Table]:
    places: dict[str, Database] = {"SQLite": databases.sqlite}
    if url := databases.server():
        places["PostgreSQL"] = partial(databases.postgresql, url)
    with tempfile.TemporaryDirectory(prefix="casebook-corpus-") as folder:
        files = write_corpus(Path(folder), max(COUNTS) + 1)
        for name, database in places.items():
            base = load(database, files[:1])
            loads = [_median_load(database, files, count) for count in COUNTS]
            yield _growth(name, base, loads)
            yield _workers(name, loads[-1], load(database, files, workers=2))
    if url is None:
        yield Table("Loading on PostgreSQL: not measured, since no server answers", ())


def _median_load(database: Database, files: Sequence[Path], count: int) -> Load:
    loads = [load(database, files[: count + 1]) for _repeat in range(_REPEATS.get(count, 1))]
    return sorted(loads, key=lambda load: load.document_seconds)[len(loads) // 2]


def load(database: Database, files: Sequence[Path], workers: int = 1) -> Load:
    with database() as url, tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ("--workers", str(workers), "--report", report)
        done = databases.run_manage(url, "load_seeds", *files, *options)
        documents = json.loads(report.read_text(encoding="utf-8"))["documents"]
    return Load(
        documents=len(documents) - 1,
        seconds=done.seconds,
        cpu_seconds=done.cpu_seconds,
        document_seconds=sum(document["seconds"] for document in documents[1:]),
        document_rows=sum(document["created"] for document in documents[1:]),
        peak_mb=done.peak_mb,
        rows=sum(document["created"] for document in documents),
    )


def _growth(name: str, base: Load, loads: Sequence[Load]) -> Table:
    head = (
        "documents",
        "cost a document",
        "ms/document",
        "CPU ms/document",
        "µs/row",
        "load s",
        "peak MB",
        "rows",
    )
    table = Table(f"Loading on {name}", head)
    costs = [load.document_seconds / load.documents for load in loads]
    for load, cost in zip(loads, costs, strict=True):
        table.add(
            load.documents,
            f"{cost / costs[0]:.2f}",
            f"{1000 * cost:.1f}",
            f"{1000 * (load.cpu_seconds - base.cpu_seconds) / load.documents:.1f}",
            f"{1e6 * load.document_seconds / load.document_rows:.0f}",
            f"{load.seconds:.2f}",
            f"{load.peak_mb:.0f}",
            f"{load.rows:,}",
        )
    table.notes.append(
        f"Made documents, on a new database each time; cost as a ratio to that of {COUNTS[0]}."
    )
    table.notes.append("Ratios near 1: the load grows in step with the number of documents.")
    table.notes.append("Documents differ in length; the time a row takes leaves that out.")
    return table


def _workers(name: str, alone: Load, shared: Load) -> Table:
    table = Table(
        f"Loading {alone.documents} documents on {name} in several processes", ("workers", "speed-up", "s")
    )
    table.add(1, "1.00", f"{alone.seconds:.2f}")
    table.add(2, f"{alone.seconds / shared.seconds:.2f}", f"{shared.seconds:.2f}")
    table.notes.append("Workers extract; the process that writes is one.")
    return table
