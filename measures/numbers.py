"""Number grammar: the quantities of Chinese official prose, with their spans.

Forms accepted and refused are listed in docs/numbers.md and tested one by one:

    104万余名   1.6 亿元   5700 多万元   近四成   三分之一   百分之八十   1:300
    1 至 1.4 倍   16—18名   5%~10%   不少于 10 万元   *.*万名   ***至***户

Dates, ordinals, list markers, document numbers, labels (“1+3+N”, 12345热线) and
lengths of time that only date something (5年来) are not quantities.
"""

from __future__ import annotations

from bisect import bisect_left

from .arabic import arabic_quantities
from .han_quantities import han_quantities
from .quantity import ABOUT, AT_LEAST, AT_MOST, EXACT, OVER, RANGE, UNDER, Quantity

__all__ = ["ABOUT", "AT_LEAST", "AT_MOST", "EXACT", "OVER", "RANGE", "UNDER", "Quantity", "find_quantities"]


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of ``text``, in order and without overlaps.

    Works in time proportional to the length of the text and never raises.
    """
    found = list(arabic_quantities(text))
    starts = [quantity.start for quantity in found]
    for quantity in han_quantities(text):
        at = bisect_left(starts, quantity.end)
        if not at or found[at - 1].end <= quantity.start:
            found.insert(at, quantity)
            starts.insert(at, quantity.start)
    return found
