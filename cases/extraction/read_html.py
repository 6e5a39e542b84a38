"""Text of an HTML page: one line a block, without scripts, styles and navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .encoding import decode_strictly, decode_text
from .errors import DocumentError

_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "hz-gb-2312"}
_SKIPPED = {
    "script", "style", "noscript", "template", "head", "nav", "aside", "footer", "select", "button", "iframe",
    "svg", "object",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
# Unlike a browser, keep full-width spaces: they mark paragraphs.
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HEAD = 4096


def is_html(raw: bytes) -> bool:
    return _HTML.match(raw[:_HEAD]) is not None


def read_html(raw: bytes) -> tuple[str, str]:
    """Text of the page and its encoding: the one it declares, else the one it is in."""
    import lxml.html  # most documents are plain text: imported when a page comes

    markup, encoding = _decode(raw)
    try:
        root = lxml.html.document_fromstring(_DECLARATION.sub("", markup))
    except Exception as error:
        raise DocumentError("damaged", format="HTML", detail=str(error) or type(error).__name__) from error
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(_pieces(root)).split("\0"))
    return "\n".join(line for line in lines if line), encoding


def _decode(raw: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(raw[:_HEAD])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in _CHINESE:
        text, encoding = decode_text(raw)
        return text, encoding
    if name and name not in ("utf-8", "utf8"):
        try:
            return decode_strictly(raw, name), name
        except LookupError:
            return decode_text(raw)
    return decode_text(raw)


def _pieces(root: Any) -> Iterator[str]:
    r"""Text of ``root`` in order, with ``\0`` where a line ends."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        after = [node.tail or ""]
        if isinstance(node.tag, str) and not _is_hidden(node):
            if node.tag in _BLOCKS or node.tag == "br":
                yield "\0"
                after.append("\0")
            elif node.tag in ("td", "th"):
                after.append("\t")
            yield node.text or ""
            stack.extend(after)
            stack.extend(reversed(node))
        else:
            stack.extend(after)


def _is_hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.tag in _SKIPPED or node.get("hidden") is not None or "display:none" in style
