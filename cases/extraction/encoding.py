"""Bytes of a plain text file to characters, with no guess that cannot be checked.

UTF-8 (with or without a byte order mark), UTF-16 with a byte order mark, or
GB18030, each strictly.  A byte order mark is not part of the text.
"""

from __future__ import annotations

import codecs
import re

from .errors import DocumentError

# Four UTF-8 ideographs in a row hardly ever arise from GB18030 by chance.
_UTF_8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){4,}")
_CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 1 << 20
_CONTROL_SHARE = 0.02
_UTF_8_SHARE = 0.15


def decode_text(raw: bytes) -> tuple[str, str]:
    """Text of ``raw`` and the name of its encoding.

    Raises DocumentError ``binary`` for what is not text, ``encoding`` with the
    byte position where an encoding breaks off or changes.
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if raw.startswith(mark):
            return decode_strictly(raw, name, len(mark)), name
    _refuse_binary(raw)
    if raw.startswith(codecs.BOM_UTF8):
        return decode_strictly(raw, "utf-8", len(codecs.BOM_UTF8)), "utf-8-sig"
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _looks_like_utf_8(raw):
            raise _broken(raw, "utf-8", error.start) from None
    text = decode_strictly(raw, "gb18030")
    mixed = _UTF_8_RUN.search(raw)
    if mixed and _is_garbled(raw, mixed):
        raise _broken(raw, "gb18030", mixed.start())
    return text, "gb18030"


def decode_strictly(raw: bytes, encoding: str, skip: int = 0) -> str:
    """``raw`` without its first ``skip`` bytes; DocumentError ``encoding`` where it breaks."""
    try:
        return raw[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(raw, encoding, error.start + skip) from None


def _refuse_binary(raw: bytes) -> None:
    null = raw.find(b"\0")
    if null >= 0:
        raise DocumentError("binary", position=null, byte="0x00")
    sample = raw[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _CONTROL_SHARE * len(sample):
        position = next(at for at, byte in enumerate(sample) if byte in _CONTROLS)
        raise DocumentError("binary", position=position, byte=f"0x{raw[position]:02X}")


def _looks_like_utf_8(raw: bytes) -> bool:
    """Whether much of what is not ASCII is UTF-8 ideographs, four or more in a row."""
    sample = raw[:_SAMPLE]
    high = len(sample) - len(_HIGH.sub(b"", sample))
    return sum(map(len, _UTF_8_RUN.findall(sample))) > _UTF_8_SHARE * high


def _is_garbled(raw: bytes, run: re.Match[bytes]) -> bool:
    """Whether a run is read better as UTF-8: as GB18030 it has characters outside GB 2312."""
    start = run.start() - (run.start() % 2)
    try:
        raw[start : run.end()].decode("gb2312")
    except UnicodeDecodeError:
        return True
    return False


def _broken(raw: bytes, encoding: str, position: int) -> DocumentError:
    byte = f"0x{raw[position]:02X}" if position < len(raw) else "-"
    return DocumentError("encoding", encoding=encoding.upper(), position=position, byte=byte)
