"""Ideographs that PDF fonts disguise as radicals.

A font maps its glyph 门 to U+2ED4 CJK RADICAL C-SIMPLIFIED GATE, text copied
from the PDF looks right, and no search for 部门 finds it.  The Kangxi radicals
and the compatibility ideographs have Unicode normal forms; the simplified
forms in the supplement have none and are listed.
"""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺁⺇⺊⺒⺓⺛⺜⺝⺟⺠⺧⺪⺫⺬⺮⺯⺳⺶⺷⺸⺼⺽⻁⻂⻃⻄⻅⻆⻇⻉⻊⻋⻑⻒⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻞⻟⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几卜巳幺旡日月母民牛疋目示竹糸网羊羊羊肉臼虎衣西西见角角贝足车長长长门阜雨青韦页风飞食食食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_BLOCKS = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))
# Mainland fonts draw the Kangxi radical 戶 as 户.
UNIFIED: dict[str, str] = {
    char: normal for char in map(chr, _BLOCKS) if len(normal := unicodedata.normalize("NFKC", char)) == 1
} | _SUPPLEMENT | {"\u2f3e": "户"}  # fmt: skip
DISGUISED = "\u2e80-\u2fd5\uf900-\ufad9"
_DISGUISED = re.compile(f"[{DISGUISED}]")


def unify(text: str) -> str:
    """``text`` with disguised ideographs as themselves; its length stays the same."""
    return _DISGUISED.sub(lambda found: UNIFIED.get(found[0], found[0]), text)
