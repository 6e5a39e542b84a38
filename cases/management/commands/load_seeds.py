"""Load documents: extract what they say, bring the database in line with it."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.extraction.batch import document_name
from cases.ingest import Outcome
from cases.load_report import columns, heading, line, write_report
from cases.loading import documents_in, load_documents, load_reference_data
from cases.progress import Progress
from cases.reasons import reason

FAILED, USAGE = 1, 2  # exit codes


class Command(BaseCommand):
    help = "Load documents (.txt, .docx, .pdf, .html): files, or folders of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="default: seeds/")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen, write nothing")
        parser.add_argument("--workers", type=positive, default=1, metavar="N", help="processes that extract")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write what happened as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        start = perf_counter()
        report: Path | None = options["report"]
        if report is not None:
            check_writable(report)
        paths, outcomes = documents_in(options["paths"] or [settings.BASE_DIR / "seeds"])
        with transaction.atomic() if options["dry_run"] else nullcontext():
            with Progress(self.stderr, len(paths)) as progress:
                self.load_reference_data(progress)
                outcomes += self.load(paths, options["workers"], progress)
            if options["dry_run"]:
                transaction.set_rollback(True)
        if report is not None:
            write_report(report, outcomes, perf_counter() - start)
        self.conclude(outcomes, options["dry_run"])

    def load_reference_data(self, progress: Progress) -> None:
        progress.show(_("loading the gazetteer and the themes"))
        try:
            load_reference_data()
        except DatabaseError as error:
            raise CommandError(reason(error), returncode=FAILED) from error

    def load(self, paths: Sequence[Path], workers: int, progress: Progress) -> list[Outcome]:
        width = max((columns(document_name(path)) for path in paths), default=0)
        outcomes = []
        self.stdout.write(heading(width))
        for outcome in load_documents(paths, workers, progress.show):
            progress.step()
            self.stdout.write(line(outcome, width))
            for warning in outcome.warnings:
                self.stdout.write(f"  {outcome.source}: {warning}")
            outcomes.append(outcome)
        return outcomes

    def conclude(self, outcomes: Sequence[Outcome], dry_run: bool) -> None:
        failed = [outcome for outcome in outcomes if outcome.error]
        for outcome in failed:
            self.stderr.write(f"{outcome.source}: {outcome.error}")
        if dry_run:
            self.stdout.write(_("Nothing was written (--dry-run)."))
        if failed:
            message = ngettext(
                "%(failed)d of %(total)d document was not loaded.",
                "%(failed)d of %(total)d documents were not loaded.",
                len(outcomes),
            )
            raise CommandError(message % {"failed": len(failed), "total": len(outcomes)}, returncode=FAILED)


def positive(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise ArgumentTypeError(_("“%(word)s” is not a number of processes, 1 or more") % {"word": word})
    return int(word)


def check_writable(path: Path) -> None:
    """Refuse a report that could not be written before anything is loaded."""
    if path.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
        raise CommandError(_("The file %(path)s cannot be written.") % {"path": path}, returncode=USAGE)
