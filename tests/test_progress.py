"""The progress display: nothing for two seconds, then what is under way."""

from __future__ import annotations

import time
from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from cases import progress
from cases.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    monkeypatch.setattr(progress, "TERMINAL_STEP", 0.01)
    monkeypatch.setattr(progress, "LOG_STEP", 0.01)


def shown(stream: StringIO, enough: str) -> str:
    """What ``stream`` got once it has ``enough``, or after five seconds."""
    deadline = time.monotonic() + 5
    while enough not in stream.getvalue() and time.monotonic() < deadline:
        time.sleep(0.01)
    return stream.getvalue()


@pytest.mark.parametrize("stream", [StringIO(), Terminal()], ids=["log", "terminal"])
def test_shows_what_is_under_way(quick, stream):
    stream.truncate(0)
    with Progress(OutputWrapper(stream), total=3) as display:
        display.show("a.txt")
        display.step()
        out = shown(stream, "a.txt")
    assert "1" in out
    assert "3" in out
    assert ("\r" in out) == stream.isatty()


def test_a_terminal_is_left_clean(quick):
    stream = Terminal()
    with Progress(OutputWrapper(stream)) as display:
        display.show("a.txt")
        shown(stream, "a.txt")
    assert stream.getvalue().endswith("\r\033[K")


def test_short_work_shows_nothing():
    stream = StringIO()
    with Progress(OutputWrapper(stream), total=3) as display:
        display.show("a.txt")
    assert stream.getvalue() == ""
