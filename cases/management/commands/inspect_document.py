"""Show what is found in a document, and by which rules; the database is not touched."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from cases.extraction.batch import extract_file
from cases.extraction.document import ExtractedDocument
from cases.extraction.errors import DocumentError
from cases.inspection import COLOURED, PLAIN, inspection
from cases.loading import document_limit
from cases.reasons import reason


class Command(BaseCommand):
    help = (
        "Show what is found in a document: places, figures and practices, each with its rule and confidence."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a .txt, .docx, .pdf or .html file")
        parser.add_argument(
            "--json",
            action="store_true",
            help="as JSON: the fields of ExtractedDocument, decimals as strings",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = self.extract(options["file"])
        try:
            self.show(document, as_json=options["json"])
            self.stdout.flush()
        except BrokenPipeError:  # the reader, such as head, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def extract(self, path: Path) -> ExtractedDocument:
        extraction = extract_file(path, document_limit())
        if isinstance(extraction.error, (DocumentError, OSError)):
            raise CommandError(f"{path}: {reason(extraction.error)}")
        if extraction.document is None:
            assert extraction.error is not None  # one of the two is there
            raise extraction.error
        return extraction.document

    def show(self, document: ExtractedDocument, as_json: bool) -> None:
        if as_json:
            self.stdout.write(
                json.dumps(asdict(document), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            )
            return
        coloured = self.style.SUCCESS("x") != "x"  # --no-color, DJANGO_COLORS or no terminal: plain
        for line in inspection(document, COLOURED if coloured else PLAIN):
            self.stdout.write(line)
