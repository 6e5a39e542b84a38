"""What a load did: a line of the table for each document, and the report as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.ingest import Outcome
from cases.models.source import DEFECTS
from cases.whole_file import whole_file

STATUS = {
    "created": gettext_lazy("new"),
    "updated": gettext_lazy("updated"),
    "unchanged": gettext_lazy("unchanged"),
    "pending": gettext_lazy("new version"),
    "duplicate": gettext_lazy("duplicate"),
    "retired": gettext_lazy("set aside"),
    "failed": gettext_lazy("failed"),
}
COUNTS = {
    "articles": gettext_lazy("articles"),
    "mentions": gettext_lazy("places"),
    "metrics": gettext_lazy("figures"),
    "practices": gettext_lazy("practices"),
}
NUMBER_WIDTH, STATUS_WIDTH = 10, 12


def heading(name_width: int) -> str:
    """The head of the table; ``name_width`` in columns of a terminal."""
    numbers = [*COUNTS.values(), _("made"), _("changed"), _("removed"), _("same"), _("seconds")]
    return _row(_("source"), name_width, _("status"), [str(word) for word in numbers], _("defects"))


def line(outcome: Outcome, name_width: int) -> str:
    tally = outcome.tally
    numbers = [str(outcome.counts.get(name, "")) for name in COUNTS]
    numbers += [str(n) for n in (tally.created, tally.updated, tally.deleted, tally.unchanged)]
    defects = "、".join(str(DEFECTS.get(slug, slug)) for slug in outcome.defects)
    numbers.append(f"{outcome.seconds:.2f}")
    return _row(outcome.source, name_width, str(STATUS[outcome.status]), numbers, defects)


def write_report(path: Path, outcomes: Sequence[Outcome], seconds: float) -> None:
    """Write the report of a load as JSON; the file is there whole or not at all."""
    report = {"documents": [outcome.as_json() for outcome in outcomes], "seconds": round(seconds, 3)}
    with whole_file(path) as file:
        json.dump(report, file, ensure_ascii=False, indent=1)
        file.write("\n")


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes; a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _row(name: str, name_width: int, status: str, numbers: Sequence[str], defects: str) -> str:
    cells = [_fill(name, name_width), _fill(status, STATUS_WIDTH)]
    cells += [_fill(number, NUMBER_WIDTH, right=True) for number in numbers]
    return "  ".join([*cells, defects]).rstrip()


def _fill(text: str, width: int, right: bool = False) -> str:
    space = " " * (width - columns(text))
    return space + text if right else text + space
