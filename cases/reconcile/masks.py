"""Whether printed digits could stand where a source prints asterisks."""

from __future__ import annotations

import re

from cases.extraction.clean import fold

_QUALIFIERS = re.compile(r"超过|不到|不足|不少于|不低于|左右|以上|以下|余|多|近|约|超|达|\s")
_DIGIT = re.compile(r"\d")


def mask_fits(masked: str, printed: str) -> bool:
    """Whether ``printed`` has a digit for each asterisk of ``masked`` and is else the same.

    Words such as 余, 多, 近 are left out of the comparison: ``***万名`` fits
    ``104万余名``, and ``**万名`` and ``***名`` do not.
    """
    pattern, candidate = _bare(masked), _bare(printed)
    return "*" in pattern and len(pattern) == len(candidate) and all(map(_stands_for, pattern, candidate))


def _bare(quote: str) -> str:
    return _QUALIFIERS.sub("", fold(quote)).replace("×", "*")


def _stands_for(mask: str, letter: str) -> bool:
    return _DIGIT.match(letter) is not None if mask == "*" else mask == letter
