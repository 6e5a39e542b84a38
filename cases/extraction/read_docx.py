"""Text of a Word document: one line a paragraph, one line a table row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from .errors import DocumentError

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAK, _RETURN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")
# Deleted text of tracked changes, and the second copy of a text box for old programs.
_SKIPPED = {
    qn("w:del"),
    qn("w:pPr"),
    qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_MAIN_PART = "word/document.xml"


def is_docx(raw: bytes) -> bool:
    """Whether ``raw`` is a zip archive with a Word document in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _MAIN_PART in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_docx(raw: bytes, limit: int) -> str:
    """Text of the document's body in order, tables included, one line a paragraph.

    ``limit`` bounds the unpacked size in bytes, checked before and while unpacking.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(entry.file_size for entry in archive.infolist() if not _is_picture(entry.filename))
        if size > limit:
            raise DocumentError("expands-too-much", size=size, limit=limit)
        body = docx.Document(io.BytesIO(raw)).element.body
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError("damaged", format="DOCX", detail=str(error) or type(error).__name__) from error
    return "\n".join(_lines(body))


def _is_picture(name: str) -> bool:
    return name.startswith("word/media/")


def _lines(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _PARAGRAPH:
            yield "".join(_pieces(child))
        elif child.tag == _TABLE:
            for row in child.iter(_ROW):
                yield "\t".join(" ".join(_lines(cell)) for cell in row.iterchildren(_CELL))
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _lines(child)


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag in (_BREAK, _RETURN):
            yield "\n"
        elif child.tag not in _SKIPPED:
            yield from _pieces(child)
