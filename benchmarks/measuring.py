"""Time and memory of functions and of whole programs."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ended well: what it printed, wall time, processor time (its
    children's too), and the peak memory of its largest process in MB."""

    output: str
    seconds: float
    cpu_seconds: float
    peak_mb: float


class ProgramFailed(Exception):
    """A measured program ended with an error; the message holds what it said."""


def cpu_seconds_of(function: Callable[[], object]) -> float:
    """Processor time of a function that does all its work in this thread: what it
    takes on one core, whatever else the machine does."""
    start = process_time()
    function()
    return process_time() - start


def in_turns(functions: Mapping[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    """Processor seconds of each function in each run.  They take turns, so that what else the
    machine does meets all of them alike; one unmeasured turn warms up."""
    for function in functions.values():
        function()
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _run in range(runs):
        for name, function in functions.items():
            times[name].append(cpu_seconds_of(function))
    return times


def ratio(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """Median of the ratios run by run, which is steadier than that of the medians."""
    return statistics.median(n / d for n, d in zip(numerators, denominators, strict=True))


def run_python(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Finished:
    """Run this Python with ``arguments`` in the project's folder; raises ProgramFailed."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as used:
        watcher = [sys.executable, "-I", "-S", str(ROOT / "benchmarks" / "watch.py"), used.name]
        done = subprocess.run(
            [*watcher, sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            command = " ".join(map(str, arguments))[:200]
            raise ProgramFailed(f"{command} … ended with {done.returncode}:\n{done.stderr}")
        return Finished(done.stdout, **json.load(used))
