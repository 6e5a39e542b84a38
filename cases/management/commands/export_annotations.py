"""Write what was found as standoff annotations in JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cases.annotations import all_annotations, unknown_names
from cases.reasons import reason
from cases.whole_file import whole_file


class Command(BaseCommand):
    help = "Write suggested and accepted finds of the current sources as JSON Lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--source", nargs="+", default=[], metavar="NAME", help="file names; default: all"
        )
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        names, output = options["source"], options["output"]
        if unknown := unknown_names(names):
            message = _("No current source is called %(names)s.") % {"names": ", ".join(unknown)}
            raise CommandError(message, returncode=2)
        if output is None:
            self.export(names, self.stdout)
            return
        try:
            with whole_file(output) as file:
                self.export(names, file)
        except OSError as error:
            raise CommandError(f"{output}: {reason(error)}") from error

    def export(self, names: list[str], stream: Any) -> None:
        for annotation in all_annotations(names):
            stream.write(json.dumps(annotation, ensure_ascii=False) + "\n")
