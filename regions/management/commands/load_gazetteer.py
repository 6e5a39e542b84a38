"""Load or refresh the places from the fixtures."""

from __future__ import annotations

import sys
import time

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from regions.loading import Loaded, load_first_tier, load_townships


class Command(BaseCommand):
    help = "Load divisions, zones and their names; with --townships all streets and towns as well."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--townships", action="store_true", help="also load the 41,000 streets and towns")

    def handle(self, *args, **options) -> None:
        self._report(_("Divisions and zones"), load_first_tier())
        if options["townships"]:
            progress = _Progress(self.stderr)
            self._report(_("Streets and towns"), load_townships(progress.advance))
            progress.close()

    def _report(self, what: str, done: Loaded) -> None:
        if not done:
            self.stdout.write(_("%(what)s: nothing changed.") % {"what": what})
            return
        message = _(
            "%(what)s: %(created)d created, %(updated)d updated, %(names)d names, %(successors)d successors."
        )
        values = {
            "created": done.created,
            "updated": done.updated,
            "names": done.names,
            "successors": done.successors,
        }
        self.stdout.write(message % {"what": what, **values})


class _Progress:
    """A running count on the error stream, from the third second on."""

    def __init__(self, stream) -> None:
        self.stream, self.started, self.done, self.shown = stream, time.monotonic(), 0, False

    def advance(self, count: int) -> None:
        self.done += count
        if time.monotonic() - self.started > 2 and sys.stderr.isatty():
            self.shown = True
            self.stream.write(f"\r{self.done}", ending="")

    def close(self) -> None:
        if self.shown:
            self.stream.write("")
