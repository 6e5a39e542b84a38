"""Extraction of many files, in this process or in several.

Results come in the order of the files, and only a few are held at any moment,
so memory does not grow with their number.  Workers see no database.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from time import perf_counter

from .decode import DEFAULT_LIMIT
from .document import ExtractedDocument
from .errors import DocumentError
from .pipeline import extract

AHEAD = 2
"""Results that may wait for the reader, beside those the workers are at."""


class WorkerDied(Exception):
    """The process that read a document ended: out of memory, or killed."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """``document``, or the ``error`` (DocumentError, OSError, or a defect of the
    program) that kept it from being read; ``seconds`` it took."""

    path: Path
    document: ExtractedDocument | None
    error: Exception | None
    seconds: float


def extract_files(
    paths: Sequence[Path], workers: int = 1, limit: int = DEFAULT_LIMIT
) -> Generator[Extraction, None, None]:
    """Extract each of ``paths``; never raises for a document.

    ``limit`` is the largest file accepted, in bytes.
    """
    if workers > 1 and len(paths) > 1:
        return _extract_in_pool(paths, min(workers, len(paths)), limit)
    return (extract_file(path, limit) for path in paths)


def extract_file(path: Path, limit: int = DEFAULT_LIMIT) -> Extraction:
    start = perf_counter()
    document = error = None
    try:
        document = extract(document_name(path), read_bytes(path, limit), limit)
    except Exception as problem:  # whatever is wrong with one document, the others are read
        error = problem
    return Extraction(path, document, error, perf_counter() - start)


def document_name(path: Path) -> str:
    """The file's name; bytes in it that are no characters show as U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of ``path``; raises OSError, or DocumentError when it exceeds ``limit``."""
    with path.open("rb") as file:
        raw = file.read(limit + 1)
        if len(raw) > limit:
            size = max(os.fstat(file.fileno()).st_size, len(raw))
            raise DocumentError("too-large", size=size, limit=limit)
    return raw


def _extract_in_pool(paths: Sequence[Path], workers: int, limit: int) -> Generator[Extraction, None, None]:
    waiting = deque(paths)
    while waiting:
        with _pool(workers) as pool:
            running: deque[tuple[Path, Future[Extraction]]] = deque()
            try:
                while waiting or running:
                    while waiting and len(running) < workers + AHEAD:
                        path = waiting.popleft()
                        running.append((path, pool.submit(_extract_in_worker, path, limit)))
                    result = running[0][1].result()
                    running.popleft()
                    yield result
            except BrokenProcessPool:
                lost = [path for path, _future in running]
            except GeneratorExit:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
            else:
                return
        for path in lost:
            yield _extract_alone(path, limit)


def _extract_alone(path: Path, limit: int) -> Extraction:
    """Extract a document that was under way when a worker died, to tell which one it was."""
    start = perf_counter()
    with _pool(1) as pool:
        try:
            return pool.submit(_extract_in_worker, path, limit).result()
        except BrokenProcessPool:
            error = WorkerDied("the process that read it ended unexpectedly")
            return Extraction(path, None, error, perf_counter() - start)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Workers that start afresh, so that no connection or lock of this process is in them."""
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent)


def _extract_in_worker(path: Path, limit: int) -> Extraction:
    result = extract_file(path, limit)
    if result.error is not None and not isinstance(result.error, (DocumentError, OSError)):
        plain = RuntimeError(f"{type(result.error).__name__}: {result.error}")  # others may not travel
        return Extraction(result.path, None, plain, result.seconds)
    return result


def _end_with_parent() -> None:
    """End this worker when the process that started it is killed."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_exit, args=(parent.sentinel,), daemon=True).start()


def _wait_and_exit(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
