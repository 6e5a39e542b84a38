"""Filtered rows as JSON, CSV and XLSX files.

A table is described once, by :class:`Column`; the three formats write the same
values.  Text that a spreadsheet would take for a formula is kept as it stands:
in XLSX as a text cell, in CSV behind an apostrophe, which spreadsheets read as
"this is text".
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMATS = ("csv", "xlsx", "json")
STREAMED_FROM = 2000  # rows; a shorter file is sent whole, with its length
LIST_SEPARATOR = "；"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_START = re.compile(r"[=+\-@\t\r\n]")


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` names the value in JSON, ``label`` heads it in a table; ``value`` takes a row
    and returns a text, number, date, None or a list of texts."""

    key: str
    label: Any
    value: Callable[[Any], Any]


def export(
    format: str, name: str, columns: list[Column], rows: Iterable[Any], count: int, query: dict
) -> HttpResponseBase:
    """A download of ``rows`` in one of :data:`FORMATS`, called ``<name>-<date>.<format>``."""
    filename = f"{name}-{timezone.localdate():%Y%m%d}.{format}"
    if format == "xlsx":
        return FileResponse(
            xlsx_file(columns, rows), as_attachment=True, filename=filename, content_type=XLSX
        )
    if format == "json":
        parts, content_type, disposition = (
            json_parts(columns, rows, count, query),
            "application/json",
            "inline",
        )
    else:
        parts, content_type, disposition = csv_lines(columns, rows), "text/csv; charset=utf-8", "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{filename}"'}
    if count < STREAMED_FROM:
        return HttpResponse("".join(parts), content_type=content_type, headers=headers)
    return StreamingHttpResponse(parts, content_type=content_type, headers=headers)


def json_parts(columns: list[Column], rows: Iterable[Any], count: int, query: dict) -> Iterator[str]:
    """``{"query": {...}, "count": n, "results": [...]}``, a row at a time."""
    head = json.dumps({"query": query, "count": count}, ensure_ascii=False, cls=DjangoJSONEncoder)
    yield head[:-1] + ', "results": ['
    for number, row in enumerate(rows):
        values = {column.key: _number(column.value(row)) for column in columns}
        yield (",\n" if number else "\n") + json.dumps(values, ensure_ascii=False, cls=DjangoJSONEncoder)
    yield "\n]}\n"


class _Echo:
    """A file whose ``write`` returns what it is given, for ``csv.writer`` to yield."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: list[Column], rows: Iterable[Any]) -> Iterator[str]:
    """Lines of a CSV file with a byte order mark, which spreadsheets need to read UTF-8."""
    writer = csv.writer(_Echo())
    yield "\N{ZERO WIDTH NO-BREAK SPACE}" + writer.writerow([str(column.label) for column in columns])
    for row in rows:
        yield writer.writerow([csv_value(column.value(row)) for column in columns])


def csv_value(value: Any) -> Any:
    value = _flat(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str) and FORMULA_START.match(value):
        return f"'{value}"
    return value


def xlsx_file(columns: list[Column], rows: Iterable[Any]):
    """An open temporary file with one sheet; memory does not grow with the rows."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, str(column.label)) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, column.value(row)) for column in columns])
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def _cell(sheet, value: Any) -> WriteOnlyCell:
    value = _flat(value)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # openpyxl takes text that begins with "=" for a formula.
        cell.data_type = "s"
    return cell


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(map(str, value))
    return (
        value
        if value is None or isinstance(value, int | float | Decimal) or hasattr(value, "isoformat")
        else str(value)
    )


def _number(value: Any) -> Any:
    """A decimal as the JSON number of the same digits, or as text when a float would round it."""
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else f"{value.normalize():f}"
