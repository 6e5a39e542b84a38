"""Run a program and write what it used, as JSON, to a file: watch.py FILE PROGRAM [ARGUMENT ...].

A program's peak memory begins with that of the process that starts it.  So the
one that starts it has to be small, and imports next to nothing.
"""

import json
import os
import sys
from pathlib import Path
from time import perf_counter

start = perf_counter()
process = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_process, status, usage = os.wait4(process, 0)
used = {
    "seconds": perf_counter() - start,
    "cpu_seconds": usage.ru_utime + usage.ru_stime,
    "peak_mb": usage.ru_maxrss / 1024,
}
Path(sys.argv[1]).write_text(json.dumps(used), encoding="utf-8")
sys.exit(os.waitstatus_to_exitcode(status))
