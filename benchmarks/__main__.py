"""`python -m benchmarks [NAME ...]`: measure, print tables, ratios first."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence

from . import extraction, loading
from .measuring import ProgramFailed
from .table import Table

BENCHMARKS: dict[str, Callable[[], Iterator[Table]]] = {
    "extraction": extraction.run,
    "loading": loading.run,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(BENCHMARKS)} (default: all)"
    )
    names = parser.parse_args(arguments).names or list(BENCHMARKS)
    if unknown := sorted(set(names) - BENCHMARKS.keys()):
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    print(f"Python {platform.python_version()}, {machine}\n")
    for name in names:
        try:
            for table in BENCHMARKS[name]():
                print(f"{table}\n", flush=True)
        except ProgramFailed as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
