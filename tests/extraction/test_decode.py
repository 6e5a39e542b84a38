"""Files of every kind become text, or are refused for a reason that is named."""

import io
import pickle
import zipfile

import docx
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.extraction.decode import DEFAULT_LIMIT, MESSAGES, WARNINGS, DocumentError, decode
from cases.extraction.encoding import decode_text

PARAGRAPHS = ["城市基层党建工作", "　　各地推行“街道吹哨、部门报到”，取得成效。", "一、主要做法"]
TEXT = "\n".join(PARAGRAPHS)


def word_file(*paragraphs: str) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(buffer)
    return buffer.getvalue()


def pdf_file(*, password: str = "") -> bytes:
    writer, buffer = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(buffer)
    return buffer.getvalue()


def pdf_with_lines(*lines: tuple[int, str]) -> bytes:
    """A one-page PDF in the reader's own Latin font: (x, text) from the top down."""
    drawn = b"".join(
        f"BT /F1 12 Tf 1 0 0 1 {x} {700 - 20 * n} Tm ({text}) Tj ET\n".encode()
        for n, (x, text) in enumerate(lines)
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        ("㐀𠮷社区治理".encode("gb18030"), "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_text_files_are_read_in_their_encoding(raw, encoding):
    decoded = decode("a.txt", raw)
    assert decoded.encoding == encoding
    assert decoded.text in (TEXT, "㐀𠮷社区治理")
    assert not decoded.text.startswith("\ufeff")


def test_line_ends_are_kept_as_they_are():
    assert decode("a.txt", "一\r\n二\r三\n".encode()).text == "一\r\n二\r三\n"


@pytest.mark.parametrize(
    ("name", "raw", "code", "params"),
    [
        ("a.txt", b"", "empty", {}),
        ("a.txt", " \r\n\t　\n".encode(), "no-text", {}),
        ("a.txt", b"\xef\xbb\xbf", "no-text", {}),
        ("a.txt", b"abc\x00def", "binary", {"position": 3, "byte": "0x00"}),
        ("a.txt", bytes(range(1, 32)) * 20, "binary", {"position": 0, "byte": "0x01"}),
        (
            "a.txt",
            "社区".encode() + b"\xff" + "治理党建".encode(),
            "encoding",
            {"position": 6, "byte": "0xFF"},
        ),
        ("a.txt", "社区治理".encode() + "党建引领".encode("gb18030"), "encoding", {"position": 12}),
        ("a.txt", b"\xff\xfe\x00\xd8", "encoding", {"encoding": "UTF-16-LE"}),
        ("a.txt", b"x" * 101, "too-large", {"size": 101, "limit": 100}),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported-format", {"kind": ".doc"}),
        ("a.xlsx", b"PK\x03\x04junk", "unsupported-format", {"kind": ".xlsx"}),
        ("photo", b"\x89PNG\r\n", "unsupported-format", {"kind": "png"}),
        ("a.csv", b"a,b", "unsupported-format", {"kind": ".csv"}),
        ("a.docx", b"PK\x03\x04junk", "damaged", {"format": "DOCX"}),
        ("a.docx", b"not a zip", "damaged", {"format": "DOCX"}),
        ("a.pdf", b"%PDF-1.7 broken", "damaged", {"format": "PDF"}),
        ("a.pdf", b"not a pdf", "damaged", {"format": "PDF"}),
        ("a.html", b"<html><script>x=1</script></html>", "no-text", {}),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name, raw, code, params):
    with pytest.raises(DocumentError) as caught:
        decode(name, raw, limit=100 if code == "too-large" else DEFAULT_LIMIT)
    assert caught.value.code == code
    assert params.items() <= caught.value.params.items()
    assert str(caught.value) == MESSAGES[code] % caught.value.params


def test_a_break_in_a_long_gb18030_text_is_named():
    good = ("社区治理" * 500).encode("gb18030")
    with pytest.raises(DocumentError) as caught:
        decode("a.txt", good + b"\x80" + good)
    assert caught.value.params["position"] == len(good)


def test_utf_8_inside_a_gb18030_text_is_named():
    before = ("社区治理创新实践" * 500).encode("gb18030")
    with pytest.raises(DocumentError) as caught:
        decode("a.txt", before + "党建引领基层".encode() + before)
    assert caught.value.code == "encoding"
    assert abs(caught.value.params["position"] - len(before)) <= 1


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40))
def test_any_ideographs_survive_both_encodings(text):
    assert decode_text(text.encode()) == (text, "utf-8")
    sentence = f"社区治理工作会议，{text}，取得明显成效。"
    assert decode_text(sentence.encode("gb18030")) == (sentence, "gb18030")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.html", "a"]))
def test_no_bytes_raise_anything_but_a_document_error(raw, name):
    try:
        assert decode(name, raw).text.strip()
    except DocumentError as error:
        assert str(error)


def test_word_files_give_one_line_a_paragraph_and_a_table_row():
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("标题")
    table = document.add_table(rows=2, cols=2)
    for cell, value in zip((cell for row in table.rows for cell in row.cells), "甲乙丙丁", strict=True):
        cell.text = value
    document.add_paragraph("第一行").add_run("。").add_break()
    document.save(buffer)
    decoded = decode("a.docx", buffer.getvalue())
    assert decoded.text == "标题\n甲\t乙\n丙\t丁\n第一行。\n"
    assert (decoded.format, decoded.encoding) == ("docx", "")


def test_inserted_text_is_read_and_deleted_text_is_not():
    raw = word_file("街道")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                tracked = (
                    '</w:r><w:ins w:id="1" w:author="x"><w:r><w:t>社区</w:t></w:r></w:ins>'
                    '<w:del w:id="2" w:author="x"><w:r><w:delText>删除</w:delText></w:r></w:del></w:p>'
                )
                content = content.replace(b"</w:r></w:p>", tracked.encode(), 1)
            target.writestr(entry, content)
    assert decode("a.docx", buffer.getvalue()).text == "街道社区"


def test_an_archive_that_unpacks_to_too_much_is_refused_before_unpacking():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 2_000_000)
    with pytest.raises(DocumentError) as caught:
        decode("a.docx", buffer.getvalue(), limit=100_000)
    assert caught.value.code == "expands-too-much"
    assert caught.value.params["size"] == 2_000_000


def test_a_pdf_without_text_is_called_scanned():
    with pytest.raises(DocumentError) as caught:
        decode("a.pdf", pdf_file())
    assert (caught.value.code, caught.value.params) == ("scanned", {"pages": 1})


def test_a_pdf_behind_a_password_is_called_encrypted():
    with pytest.raises(DocumentError) as caught:
        decode("a.pdf", pdf_file(password="secret"))
    assert caught.value.code == "encrypted"


def test_indented_lines_of_a_pdf_open_paragraphs():
    raw = pdf_with_lines(
        (124, "first one"), (100, "goes on"), (100, "and on"), (124, "second"), (100, "ends")
    )
    assert decode("a.pdf", raw).text == "\u3000\u3000first one\ngoes on\nand on\n\u3000\u3000second\nends"


HTML = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>网站</title>
<style>p{{}}</style></head>
<body><nav>首页 | 新闻</nav><h1>标题<br>副标题</h1><script>var a = "脚本";</script>
<div><p>　　第一段<b>加粗</b>，
换行。</p><p style="display: none">隐藏</p><p>第二段&nbsp;100%。</p></div>
<table><tr><td>甲</td><td>乙</td></tr></table><footer>版权</footer></body></html>
"""


@pytest.mark.parametrize(
    ("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030")]
)
def test_a_web_page_gives_its_text_without_scripts_and_navigation(charset, codec):
    decoded = decode("a.html", HTML.format(charset=charset).encode(codec))
    assert decoded.text == "标题\n副标题\n　　第一段加粗， 换行。\n第二段\xa0100%。\n甲 乙"
    assert (decoded.format, decoded.encoding) == ("html", codec)


def test_the_content_decides_on_the_format_and_the_reader_is_told():
    decoded = decode("a.txt", word_file("社区治理"))
    assert (decoded.format, decoded.warnings) == ("docx", (WARNINGS["suffix"],))
    assert decode("a.txt", "替换\ufffd字符".encode()).warnings == (WARNINGS["replaced"],)


def test_the_checksum_is_of_the_bytes():
    assert (
        decode("a.txt", b"abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_errors_travel_between_processes():
    error = DocumentError("too-large", size=2, limit=1)
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.code, copy.params, str(copy)) == (error.code, error.params, str(error))
