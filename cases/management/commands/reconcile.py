"""Compare the sources with each other and suggest how their records relate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cases.annotations import unknown_names
from cases.reasons import reason
from cases.reconcile.report import heading, line, summary
from cases.reconcile.run import Result, reconcile

FAILED, USAGE = 1, 2  # exit codes


class Command(BaseCommand):
    help = "Compare new and changed sources with the others; a second run writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--source", action="append", default=[], metavar="NAME", help="only this source, compared anew"
        )
        parser.add_argument("--all", action="store_true", help="compare every source anew")

    def handle(self, *args: Any, **options: Any) -> None:
        names: Sequence[str] = options["source"]
        try:
            if unknown := unknown_names(names):
                message = _("No current source is called %(names)s.") % {"names": ", ".join(unknown)}
                raise CommandError(message, returncode=USAGE)
            results: list[Result] = []
            self.stdout.write(heading())
            for result in reconcile(names, options["all"]):
                self.stdout.write(line(result))
                results.append(result)
        except DatabaseError as error:
            raise CommandError(reason(error), returncode=FAILED) from error
        self.stdout.write(summary(results))
