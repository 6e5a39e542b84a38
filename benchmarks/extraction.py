"""How quick the extraction is, beside what jieba takes to cut the same text into words."""

from __future__ import annotations

import json
import logging
import statistics
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import jieba

from cases.extraction import pipeline
from cases.extraction.batch import extract_files
from cases.extraction.pipeline import extract

from .corpus import write_corpus
from .measuring import ROOT, in_turns, ratio, run_python
from .table import Table

LEAST_BYTES = 2_000_000
RUNS = 5
STAGES = ("decode", "segment", "describe", "find_regions", "Governing", "find_practices", "find_metrics")
_MANY = 500  # made documents
_GROWTH = (1, 4, 16)  # copies of all seeds in one document

Document = tuple[str, bytes]

_START_UP = """
import json
from time import process_time
start = process_time()
from cases.extraction import lexicon, pipeline
imported = process_time()
pipeline.load_gazetteer()
gazetteer = process_time()
pipeline.extract("one.txt", "南京市推行“红管家”，建成120个。".encode())
ready = process_time()
print(json.dumps([imported - start, gazetteer - imported, ready - gazetteer]))
"""
_MEMORY = """
import sys
from pathlib import Path
from cases.extraction.pipeline import extract
documents = [(path.name, path.read_bytes()) for path in sorted(Path("seeds").glob("*.txt"))]
for name, raw in documents * int(sys.argv[1]):
    extract(name, raw)
"""


def run() -> Iterator[Table]:
    documents = seeds()
    copies = -(-LEAST_BYTES // sum(len(raw) for _name, raw in documents))
    many = documents * copies
    characters = sum(len(raw.decode()) for _name, raw in many)
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    texts = [raw.decode() for _name, raw in many]
    times = in_turns({"extract": lambda: extract_all(many), "jieba.cut": lambda: cut_all(texts)}, RUNS)
    yield _speed(times, characters, len(many))
    yield _stages(many, characters)
    yield _growth(documents)
    yield _workers()
    yield _start_up()
    yield _memory(documents)


def seeds() -> list[Document]:
    return [(path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))]


def extract_all(documents: Sequence[Document]) -> None:
    for name, raw in documents:
        extract(name, raw)


def cut_all(texts: Sequence[str]) -> None:
    for text in texts:
        deque(jieba.cut(text), maxlen=0)


def _speed(times: dict[str, list[float]], characters: int, documents: int) -> Table:
    table = Table(
        "Extraction on one core, beside jieba.cut on the same text",
        ("", "ratio to jieba.cut", "characters/s", "CPU s", "least", "most"),
    )
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        table.add(
            name,
            f"{ratio(times['jieba.cut'], seconds):.2f}",
            f"{characters / middle:,.0f}",
            *(f"{value:.2f}" for value in (middle, min(seconds), max(seconds))),
        )
    table.notes.append(
        f"{documents} documents, {characters:,} characters, {RUNS} runs taking turns; processor time."
    )
    return table


def _stages(documents: Sequence[Document], characters: int) -> Table:
    spent, total = time_stages(documents)
    table = Table(
        "Where the extraction spends its time", ("stage", "share", "CPU µs/character", "ms/document")
    )
    rest = total - sum(spent.values())
    for stage, seconds in [
        *sorted(spent.items(), key=itemgetter(1), reverse=True),
        ("offsets, records", rest),
    ]:
        table.add(
            stage,
            f"{seconds / total:.0%}",
            f"{1e6 * seconds / characters:.3f}",
            f"{1e3 * seconds / len(documents):.2f}",
        )
    return table


def time_stages(documents: Sequence[Document]) -> tuple[dict[str, float], float]:
    """Seconds spent in each stage, and in all."""
    spent = dict.fromkeys(STAGES, 0.0)

    def timed(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run_stage(*arguments: Any) -> Any:
            start = process_time()
            try:
                return stage(*arguments)
            finally:
                spent[name] += process_time() - start

        return run_stage

    stages = {name: getattr(pipeline, name) for name in STAGES}
    try:
        for name, stage in stages.items():
            setattr(pipeline, name, timed(name, stage))
        start = process_time()
        extract_all(documents)
        return spent, process_time() - start
    finally:
        for name, stage in stages.items():
            setattr(pipeline, name, stage)


def _growth(documents: Sequence[Document]) -> Table:
    table = Table("Growth with the length of one document", ("characters", "CPU µs/character", "CPU s"))
    text = "\n".join(raw.decode() for _name, raw in documents)
    for copies in _GROWTH:
        long = "\n".join([text] * copies)
        seconds = statistics.median(in_turns({"": partial(extract, "long.txt", long.encode())}, 3)[""])
        table.add(f"{len(long):,}", f"{1e6 * seconds / len(long):.2f}", f"{seconds:.3f}")
    table.notes.append("All seeds in one file, once and repeated. Flat µs/character: the cost is linear.")
    return table


def _workers() -> Table:
    """The extraction of many files as `load_seeds --workers` runs it, without a database."""
    table = Table(f"Extraction of {_MANY} made documents in several processes", ("workers", "speed-up", "s"))
    with tempfile.TemporaryDirectory(prefix="casebook-corpus-") as folder:
        files = write_corpus(Path(folder), _MANY)
        seconds: dict[int, float] = {}
        for workers in (1, 2):
            start = perf_counter()
            deque(extract_files(files, workers), maxlen=0)
            seconds[workers] = perf_counter() - start
    for workers, value in seconds.items():
        table.add(workers, f"{seconds[1] / value:.2f}", f"{value:.2f}")
    table.notes.append("The start of the workers and the way back of their results included.")
    return table


def _start_up() -> Table:
    runs = [json.loads(run_python("-c", _START_UP).output) for _run in range(RUNS)]
    imports, gazetteer, first = (statistics.median(column) for column in zip(*runs, strict=True))
    table = Table("Start-up of a fresh process, files cached", ("", "CPU s"))
    table.add("ready for the first document", f"{imports + gazetteer + first:.3f}")
    table.add("  modules", f"{imports:.3f}")
    table.add("  gazetteer", f"{gazetteer:.3f}")
    table.add("  lexicons, and a first sentence", f"{first:.3f}")
    return table


def _memory(documents: Sequence[Document]) -> Table:
    table = Table("Peak memory of a process", ("documents", "MB"))
    for copies in (1, 10, 40):
        table.add(copies * len(documents), f"{run_python('-c', _MEMORY, str(copies)).peak_mb:.0f}")
    table.notes.append("Flat: memory does not grow with the number of documents.")
    return table
