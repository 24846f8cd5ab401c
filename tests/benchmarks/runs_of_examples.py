"""CPU of ``evalkit run`` on the examples: ``python tests/benchmarks/runs_of_examples.py [EXAMPLE ...]``.

Each is a ratio to importing the libraries that a run needs, and to the same run with two threads of linear algebra.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
ROUNDS = 3
LIBRARIES = (sys.executable, "-c", "import numpy, pandas, pydantic, yaml, click, jinja2, xlsxwriter, python_calamine")


def cpu_seconds(command: Sequence[str], **variables: str) -> float:
    """CPU that one run of a command takes, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=os.environ | variables, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a line an example; the commands take turns, so that a drift of the machine's speed meets all."""
    for name in sys.argv[1:] or ("cities79", "audit349"):
        with tempfile.TemporaryDirectory() as out:
            run = (sys.executable, "-m", "evalkit", "run", str(EXAMPLES / name / "study.yaml"), "--out", f"{out}/run")
            rounds = [
                (cpu_seconds(LIBRARIES), cpu_seconds(run), cpu_seconds(run, OPENBLAS_NUM_THREADS="2"))
                for _ in range(ROUNDS + 1)
            ][1:]
        libraries, one, two = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(
            f"{name}: {one:.1f} s CPU, {one / libraries:.1f} times the libraries' import ({libraries:.1f} s), "
            f"{one / two:.2f} of that with two threads"
        )


if __name__ == "__main__":
    main()
