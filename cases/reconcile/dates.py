"""When a text was written, as far as it says so itself."""

from __future__ import annotations

import datetime as dt
import re

_DATED = re.compile(r"(?P<year>20\d\d)\s*年(?:\s*(?P<month>1[0-2]|0?[1-9])\s*月)?")
_AHEAD = re.compile(r"^.{0,6}(?:目标|规划|远景|要|将|到|前|底前|实现|[^，。；]{0,6}议程)")


def latest_date(text: str) -> dt.date | None:
    """The first day of the latest month or year that ``text`` speaks of as past.

    A year that a plan looks forward to (到2035年, 2035年远景目标, 2030年…议程)
    stands after 到 or 至 or before words of aims, and is left out.
    """
    dates = [
        dt.date(int(found["year"]), int(found["month"] or 1), 1)
        for found in _DATED.finditer(text)
        if not text[max(0, found.start() - 1) : found.start()].endswith(("到", "至"))
        and not _AHEAD.match(text[found.end() : found.end() + 8])
    ]
    return max(dates, default=None)
