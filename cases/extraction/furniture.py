"""Page furniture: page numbers, running heads, watermarks, jumps and ellipsis lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from .lines import Line

_PAGE_NUMBER = re.compile(
    r"^[-—–－·~\s|]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,5})\s*(?:页)?(?:\s*[/／]\s*\d{1,4}|\s*共\s*\d{1,4}\s*页|\s*，?\s*共\d{1,4}页)?[-—–－·~\s|]*$"
    r"|^(?:P|p)age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$"
)
# （上接1版） （下转第二版） 上接第A1版
JUMP = re.compile(
    r"[（(]?(?:上接|下转|紧接|转)第?\s?[A-Z]?[0-9一二三四五六七八九十]{1,3}\s?[版页][^）)。，]{0,12}[）)]?"
)
# A line of marks; not the full stop that a wrap left alone
_RULE = re.compile(r"^[-=_~—–―─━═·•.…⋯*＊×#+|/\\●○■□◆◇★☆▲△▼\s]+$")
_NOTICE = re.compile(
    r"https?://|www\.|微信公众号|扫一扫|扫码|版权所有|未经.{0,8}(?:许可|授权)|会员资料库|资料库|文库|更多(?:材料|资料|范文)|仅供(?:学习|参考|内部)"
    r"|返回(?:顶部|目录|首页)|打印本页|关闭窗口|上一篇|下一篇|相关阅读|分享到"
)
_DIGITS = re.compile(r"\d+")
_NOTICE_LIMIT = 30
_RUNNING_LIMIT = 40
_RUNNING_TIMES = 3


def is_jump(text: str) -> bool:
    """（上接1版）: the text comes from, or goes on, on another page."""
    found = JUMP.match(text)
    return bool(
        found and found.end() == len(text) and ("接" in found[0] or "转" in found[0]) and len(text) <= 24
    )


def is_continued_from(text: str) -> bool:
    """（上接…）: what follows belongs to an article that began on another page."""
    return is_jump(text) and "接" in text


def is_furniture(text: str) -> bool:
    """A line that is layout, not text, whatever stands around it."""
    if len(text) > _NOTICE_LIMIT:
        return bool(_RULE.match(text)) if len(text) < 200 else False
    if _PAGE_NUMBER.match(text) or is_jump(text) or _RULE.match(text):
        return True
    return not text.endswith(("。", "！", "？")) and bool(_NOTICE.search(text))


def running_heads(lines: Sequence[Line]) -> set[int]:
    """Indices of short lines repeated at page breaks.

    A line counts as a running head when it (numbers aside) stands three times
    or more and mostly where a page turns: beside a page number, after a form
    feed or a page gap, or between two halves of a sentence.  A heading that
    recurs in every article of a compilation stands at none of these.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        # The first line of all is the title that running heads repeat.
        if index and len(line.text) <= _RUNNING_LIMIT and not line.complete:
            places[_DIGITS.sub("#", line.text)].append(index)
    found: set[int] = set()
    for indices in places.values():
        if len(indices) < _RUNNING_TIMES:
            continue
        turns = sum(_at_page_turn(lines, index) for index in indices)
        if turns * 2 > len(indices):
            found.update(indices)
    return found


def _at_page_turn(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    if line.new_page or (after is not None and after.new_page):
        return True
    if any(near is not None and _PAGE_NUMBER.match(near.text) for near in (before, after)):
        return True
    return before is not None and len(before.text) > _RUNNING_LIMIT and not before.complete
