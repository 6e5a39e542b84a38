"""The same content as text, Word, web page and PDF is segmented alike."""

import html
import io
from pathlib import Path

import docx
import pytest

from cases.extraction.decode import decode
from cases.extraction.document import PassageKind
from cases.extraction.segment import segment

SEEDS = {path.name[:3]: path for path in (Path(__file__).parents[2] / "seeds").glob("*.txt")}
SIZE, MARGIN, COLUMNS, ROWS = 12, 60, 40, 36


def as_txt(paragraphs: list[str]) -> bytes:
    return "\n".join(paragraphs).encode("gb18030")


def as_docx(paragraphs: list[str]) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(buffer)
    return buffer.getvalue()


def as_html(paragraphs: list[str]) -> bytes:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def as_pdf(paragraphs: list[str]) -> bytes:
    """Typeset as Chinese text is: lines of 40 ideographs, first lines set in by two."""
    rows: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        text, indent = paragraph, 2
        while text:
            rows.append((MARGIN + indent * SIZE, text[: COLUMNS - indent]))
            text, indent = text[COLUMNS - indent :], 0
    pages = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
    font, leaf = 3, 5
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (leaf + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
        b" /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>",
    ]
    for number, page in enumerate(pages):
        drawn = b"".join(
            b"BT /F1 %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n"
            % (SIZE, x, 780 - 20 * row, text.encode("utf-16-be").hex().encode())
            for row, (x, text) in enumerate(page)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents %d 0 R"
            b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (leaf + 1 + 2 * number, font)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def text_units(text: str) -> list[tuple[str, str]]:
    """Kind and wording of what finders read; the layout of contents and furniture may differ."""
    document = segment(text)
    return [
        (unit.kind.value, "".join(document.clean.text[unit.start : unit.end].split()))
        for unit in document.sentences
        if unit.kind in (PassageKind.SENTENCE, PassageKind.HEADING)
    ]


@pytest.mark.parametrize("seed", sorted(SEEDS))
@pytest.mark.parametrize(
    ("name", "convert"), [("a.txt", as_txt), ("a.docx", as_docx), ("a.html", as_html), ("a.pdf", as_pdf)]
)
def test_every_format_gives_the_same_sentences(seed, name, convert):
    text = SEEDS[seed].read_text(encoding="utf-8").replace("　　", "\n")
    # Paragraphs whole, as an editor would have them: page breaks in mid-sentence joined.
    document = segment(text)
    numbers = sorted({unit.paragraph for unit in document.sentences})
    paragraphs = [
        "".join(document.clean.text[u.start : u.end] for u in document.sentences if u.paragraph == number)
        for number in numbers
    ]
    decoded = decode(name, convert(paragraphs))
    assert decoded.format == name[2:]
    assert text_units(decoded.text) == text_units("\n".join(paragraphs))
