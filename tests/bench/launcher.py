"""Runs a command on one core and writes to a file how long it took and how much memory it held at most.

A script of its own without imports from the project: a process starts its count of memory at what its parent held, so
the parent has to be small.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def main() -> None:
    """Takes the file for the result, then the command with its arguments."""
    result, *command = sys.argv[1:]
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    started = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **ONE_THREAD})
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
    peak = used.ru_maxrss * unit / 1e6
    told = {"status": os.waitstatus_to_exitcode(status), "seconds": seconds, "peak_mb": peak}
    Path(result).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
