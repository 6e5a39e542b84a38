"""Sentences of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

# 。！？； end a sentence; …… does not, for it mostly stands for what is left out of a list.
# A note mark, [3], belongs to the sentence before it.
# (The first mark stands alone for speed: the engine leaps to a set, not to a repeated one.)
_END = re.compile(r"[。！？；!?;][。！？；!?;]*[”’」』》）)\]】]*(?:\[\d{1,3}(?:[-,，]\d{1,3})*\])*")
# After ！ or ？ inside quotation marks the sentence may go on: “你点我检！”活动, “怎么办？”的追问
_GOES_ON = re.compile(
    r"[，、：,:的等之]|(?:和|与|及|是|为|成为|这|活动|行动|工作|制度|机制|模式|品牌|平台|问题|理念)(?!$)"
)
_QUOTED_CRY = re.compile(r"[！？!?]+[”’」』》）)】]")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in ``text[start:end]``, without surrounding white space.

    A sentence ends after 。 ！ ？ ； and the closing quotes and brackets behind it.
    """
    stop = len(text) if end is None else end
    at = start
    for found in _END.finditer(text, start, stop):
        if found.end() < stop and _is_cry_inside(text, found, stop):
            continue
        left, right = _trimmed(text, at, found.end())
        if left < right:
            yield left, right
        at = found.end()
    left, right = _trimmed(text, at, stop)
    if left < right:
        yield left, right


def _is_cry_inside(text: str, found: re.Match[str], stop: int) -> bool:
    """Whether a cry or question closes its quotation marks and the sentence goes on."""
    end = found[0]
    return len(end) > 1 and bool(_QUOTED_CRY.match(end) and _GOES_ON.match(text, found.end(), stop))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
