"""A progress display for commands that take longer than two seconds."""

from __future__ import annotations

from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

PATIENCE = 2.0  # seconds before anything is shown
TERMINAL_STEP, LOG_STEP = 0.2, 10.0  # seconds between two states


class Progress:
    """Shows what is under way and how many of ``total`` are done, while its block runs.

    On a terminal one line is drawn again and again; elsewhere a line is written
    now and then.  ``stream`` is the command's stderr.
    """

    def __init__(self, stream: Any, total: int = 0) -> None:
        self.stream, self.total, self.done, self.name = stream, total, 0, ""
        self._terminal = bool(stream.isatty())
        self._language = translation.get_language()
        self._drawn = False
        self._writing = Lock()
        self._ended = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Progress:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self.clear()

    def show(self, name: str) -> None:
        """Say that ``name`` is under way."""
        self.name = name

    def step(self) -> None:
        """One more is done; its line may be written now."""
        self.done += 1
        self.clear()

    def clear(self) -> None:
        with self._writing:
            if self._drawn:
                self._write("\r\033[K")
                self._drawn = False

    def _run(self) -> None:
        with translation.override(self._language):
            pause = PATIENCE
            while not self._ended.wait(pause):
                with self._writing:
                    self._write(f"\r\033[K{self._state()}" if self._terminal else f"{self._state()}\n")
                    self._drawn = self._terminal
                pause = TERMINAL_STEP if self._terminal else LOG_STEP

    def _state(self) -> str:
        if not self.total:
            return self.name
        words = {"done": self.done, "total": self.total, "name": self.name}
        return _("%(done)d of %(total)d done, now %(name)s") % words

    def _write(self, text: str) -> None:
        self.stream.write(text, ending="")
        self.stream.flush()
