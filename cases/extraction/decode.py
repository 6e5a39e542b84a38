"""The first stage: the bytes of a file to the text whose offsets everything cites."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from .encoding import decode_text
from .errors import MESSAGES, DocumentError, gettext_noop
from .read_html import is_html, read_html

__all__ = ["DEFAULT_LIMIT", "MESSAGES", "SUFFIXES", "WARNINGS", "Decoded", "DocumentError", "decode"]

DEFAULT_LIMIT = 16 * 1024 * 1024  # bytes of one document; a long compilation has 0.2 MB
_UNPACKED = 8  # an archive may unpack to so many times the limit
SUFFIXES = (".txt", ".text", ".md", ".docx", ".pdf", ".html", ".htm", ".xhtml")

WARNINGS: dict[str, str] = {
    "replaced": gettext_noop("The text contains replacement characters (U+FFFD): it was damaged before."),
    "suffix": gettext_noop("The file's name does not agree with its content; it was read by its content."),
}

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
)
_FORMATS = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` with no newline translation and without a byte order mark; ``format``
    is txt, docx, pdf or html; ``encoding`` that of the bytes ('' for packed formats);
    ``sha256`` is of the bytes; ``warnings`` are values of ``WARNINGS``."""

    text: str
    format: str
    encoding: str
    sha256: str
    warnings: tuple[str, ...]


def decode(name: str, raw: bytes, limit: int = DEFAULT_LIMIT) -> Decoded:
    """Text of the file called ``name`` whose bytes are ``raw``.

    The content decides on the format, the name where the content does not.
    Raises DocumentError, never another exception, for what cannot be read;
    ``limit`` is in bytes.
    """
    if len(raw) > limit:
        raise DocumentError("too-large", size=len(raw), limit=limit)
    if not raw:
        raise DocumentError("empty")
    kind = _format_of(name, raw)
    text, encoding = _read(kind, raw, limit)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0"):
        raise DocumentError("no-text")
    expected = _FORMATS.get(PurePath(name).suffix.lower(), "txt")
    warnings = [WARNINGS["suffix"]] if kind != expected else []
    if "\ufffd" in text:
        warnings.append(WARNINGS["replaced"])
    return Decoded(text, kind, encoding, hashlib.sha256(raw).hexdigest(), tuple(warnings))


def _format_of(name: str, raw: bytes) -> str:
    suffix = PurePath(name).suffix.lower()
    by_name = "html" if is_html(raw) else _FORMATS.get(suffix, "txt")
    kind = next((kind for signature, kind in _SIGNATURES if raw.startswith(signature)), by_name)
    if kind == "zip":
        from .read_docx import is_docx

        kind = "docx" if is_docx(raw) or suffix == ".docx" else "zip"
    if kind not in ("txt", "docx", "pdf", "html") or (kind == "txt" and suffix and suffix not in SUFFIXES):
        raise DocumentError("unsupported-format", kind=suffix or kind)
    return kind


def _read(kind: str, raw: bytes, limit: int) -> tuple[str, str]:
    # Most documents are plain text: what reads the others is imported when one comes.
    if kind == "docx":
        from .read_docx import read_docx

        return read_docx(raw, _UNPACKED * limit), ""
    if kind == "pdf":
        from .read_pdf import read_pdf

        return read_pdf(raw), ""
    if kind == "html":
        return read_html(raw)
    return decode_text(raw)
