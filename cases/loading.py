"""Loading documents from files: which files, their extraction, their ingest."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from cases.extraction.batch import Extraction, document_name, extract_files
from cases.extraction.document import ExtractedDocument
from cases.ingest import Outcome, ingest
from cases.ingest.lock import lock_for_ingest
from cases.reasons import is_locked, reason
from cases.themes import ensure_themes
from regions.loading import ensure_gazetteer

DOCUMENT_SUFFIXES = (".txt", ".docx", ".pdf", ".html")
ATTEMPTS = 3
"""How often an ingest is tried while another program holds the database."""

logger = logging.getLogger(__name__)


def documents_in(paths: Sequence[Path]) -> tuple[list[Path], list[Outcome]]:
    """The files that ``paths`` name, each once, and a failure for each path that names none.

    A folder stands for its documents in the order of their names; of a folder's
    files only those with one of ``DOCUMENT_SUFFIXES`` are documents.
    """
    files: dict[Path, Path] = {}
    failed = []
    for path in paths:
        try:
            found = _documents_of(path)
        except OSError as error:
            failed.append(Outcome(_shown(path), "failed", error=reason(error)))
            continue
        if not found:
            failed.append(Outcome(_shown(path), "failed", error=_("There is no document in this folder.")))
        for file in found:
            files.setdefault(file.resolve(), file)
    return list(files.values()), failed


def _documents_of(path: Path) -> list[Path]:
    if not path.is_dir():
        path.stat()  # raises for a path that is missing
        return [path]
    names = (file for file in path.iterdir() if not file.name.startswith((".", "~$")))
    return sorted(file for file in names if file.suffix.lower() in DOCUMENT_SUFFIXES and file.is_file())


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def load_reference_data() -> None:
    """Load the gazetteer and the themes where they are missing."""
    with transaction.atomic():
        lock_for_ingest()
        ensure_gazetteer()
        ensure_themes()


def document_limit() -> int:
    """The largest file accepted, in bytes."""
    limit: int = settings.DOCUMENT_LIMIT
    return limit


def load_documents(
    paths: Sequence[Path], workers: int = 1, starting: Callable[[str], None] = lambda name: None
) -> Iterator[Outcome]:
    """Extract and ingest each of ``paths``, one transaction a document.

    A document that fails is an outcome too.  When the database fails, the rest
    are given up for the same reason.  ``starting`` is told each name in turn.
    """
    given_up = ""
    with closing(extract_files(paths, workers, document_limit())) as extractions:
        for path in paths:
            starting(document_name(path))
            if given_up:
                yield Outcome(document_name(path), "failed", error=given_up)
                continue
            extraction = next(extractions)
            try:
                outcome = _load(extraction)
            except OperationalError as error:
                if not connection.in_atomic_block:
                    connection.close()  # it may be of no use any more; the next query opens another
                given_up = reason(error)
                outcome = _failure(extraction, error)
            outcome.seconds += extraction.seconds
            yield outcome


def _load(extraction: Extraction) -> Outcome:
    if extraction.document is None:
        return _failure(extraction, extraction.error)
    try:
        return _ingest_patiently(extraction.document)
    except OperationalError:
        raise
    except Exception as error:  # whatever is wrong with one document, the others are loaded
        logger.exception("%s could not be stored", document_name(extraction.path))
        return _failure(extraction, error)


def _ingest_patiently(document: ExtractedDocument) -> Outcome:
    for _attempt in range(ATTEMPTS - 1):
        try:
            return ingest(document)
        except OperationalError as error:
            if connection.in_atomic_block or not is_locked(error):
                raise
    return ingest(document)


def _failure(extraction: Extraction, error: Exception | None) -> Outcome:
    sha256 = extraction.document.sha256 if extraction.document else ""
    return Outcome(document_name(extraction.path), "failed", sha256=sha256, error=reason(error))
