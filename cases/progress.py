"""A progress display for commands that take longer than two seconds."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

PATIENCE = 2.0  # seconds before anything is shown
TERMINAL_STEP, LOG_STEP = 0.2, 10.0  # seconds between two states


class Progress:
    """Shows how many of ``total`` are done: one line redrawn on a terminal, else a line now and then."""

    def __init__(self, total: int, stream: Any) -> None:
        self.total, self.stream = total, stream
        self.done = 0
        self._terminal = stream.isatty()
        self._next = monotonic() + PATIENCE
        self._shown = False

    def show(self, name: str) -> None:
        """Say that ``name`` is next."""
        if monotonic() < self._next:
            return
        line = _("%(done)d of %(total)d done, now %(name)s") % {
            "done": self.done,
            "total": self.total,
            "name": name,
        }
        self.stream.write(
            f"\r\033[K{line}" if self._terminal else line, ending="" if self._terminal else "\n"
        )
        self.stream.flush()
        self._shown = self._terminal
        self._next = monotonic() + (TERMINAL_STEP if self._terminal else LOG_STEP)

    def step(self) -> None:
        self.done += 1

    def clear(self) -> None:
        """Make room for other output."""
        if self._shown:
            self.stream.write("\r\033[K", ending="")
            self.stream.flush()
            self._shown = False
