"""Text of a PDF, line by line, with paragraphs marked as Chinese typesetting marks them.

A PDF has lines at places on a page and no paragraphs.  A line that is set in,
or stands lower than lines usually do, opens a paragraph; it gets the two
full-width spaces that the printed indent stands for, and the segmenter joins
the others.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdf

from .errors import DocumentError
from .ideographs import unify

# The segmenter takes three line ends or more for the turn of a page.
_PAGE_BREAK = "\n\n\n\n"
_INDENT = "\u3000\u3000"
_TWO_EM_DASH, _DASHES = "\u2e3a", "——"


@dataclass(slots=True)
class _PdfLine:
    """Text of a line and, in points, where its first character stands and its font size."""

    text: str = ""
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0


def read_pdf(raw: bytes) -> str:
    """Text of all pages; DocumentError ``encrypted``, ``scanned`` or ``damaged``."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("encrypted")
        pages = [_lines_of(page) for page in reader.pages]
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError("damaged", format="PDF", detail=str(error) or type(error).__name__) from error
    if not any(line.text.strip() for page in pages for line in page):
        raise DocumentError("scanned", pages=len(pages))
    margin = _left_margin([line for page in pages for line in page])
    text = _PAGE_BREAK.join(_page_text(page, margin) for page in pages)
    return unify(text).replace(_TWO_EM_DASH, _DASHES)


def _lines_of(page: pypdf.PageObject) -> list[_PdfLine]:
    lines = [_PdfLine()]

    def place(text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        for n, piece in enumerate(text.split("\n")):
            if n:
                lines.append(_PdfLine())
            line = lines[-1]
            if piece.strip() and not line.text.strip():
                line.x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                line.y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                line.size = abs(size * tm[3] * cm[3])
            line.text += piece

    page.extract_text(visitor_text=place)
    return [line for line in lines if line.text.strip()]


def _left_margin(lines: Sequence[_PdfLine]) -> float:
    """Where most lines begin."""
    places = Counter(round(line.x) for line in lines)
    return float(places.most_common(1)[0][0]) if places else 0.0


def _page_text(lines: Sequence[_PdfLine], margin: float) -> str:
    steps = [above.y - line.y for above, line in pairwise(lines)]
    usual = median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0.0
    text: list[str] = []
    for line, step in zip(lines, [0.0, *steps], strict=True):
        opens = line.x - margin > 1.2 * line.size or (usual > 0 and step > 1.35 * usual)
        text.append(_INDENT + line.text.strip() if opens else line.text)
    return "\n".join(text)
