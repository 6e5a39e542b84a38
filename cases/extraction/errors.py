"""Why a document cannot be read: a stable code, its parameters, a message to translate."""

from __future__ import annotations

from typing import Any


def gettext_noop(message: str) -> str:
    """Mark ``message`` for the catalogue; it is translated where it is shown."""
    return message


MESSAGES: dict[str, str] = {
    "empty": gettext_noop("The file is empty."),
    "no-text": gettext_noop("The file contains no text."),
    "scanned": gettext_noop(
        "The PDF contains no text on any of its %(pages)d pages: it seems to be scanned. "
        "Recognise its text (OCR) first."
    ),
    "binary": gettext_noop("The file is not text: byte %(byte)s at position %(position)d."),
    "encoding": gettext_noop(
        "The encoding is broken: as %(encoding)s, byte %(byte)s at position %(position)d is not valid."
    ),
    "too-large": gettext_noop(
        "The file has %(size)d bytes, more than the limit of %(limit)d bytes for one document."
    ),
    "expands-too-much": gettext_noop(
        "Unpacked, the file would have %(size)d bytes, more than the limit of %(limit)d bytes."
    ),
    "encrypted": gettext_noop("The file is protected by a password."),
    "damaged": gettext_noop("The file is damaged and cannot be read as %(format)s: %(detail)s"),
    "unsupported-format": gettext_noop(
        "Files of the kind “%(kind)s” are not supported; use .txt, .docx, .pdf or .html."
    ),
}


class DocumentError(Exception):
    """A document that cannot be read.

    ``code`` is a key of ``MESSAGES``, ``params`` fills the message.  ``str()``
    is the English message; to show it in another language, translate ``msgid``
    and fill in ``params``.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def msgid(self) -> str:
        return MESSAGES[self.code]

    def __str__(self) -> str:
        return self.msgid % self.params

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.code, self.params)


def _rebuild(code: str, params: dict[str, Any]) -> DocumentError:
    return DocumentError(code, **params)
