"""CPU of ``evalkit --help`` against importing click: ``python tests/benchmarks/start_up.py``. Goal: under 1.5."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence

ROUNDS = 15
COMMANDS = {
    "evalkit --help": (sys.executable, "-m", "evalkit", "--help"),
    "import click": (sys.executable, "-c", "import click"),
}


def cpu_seconds(command: Sequence[str]) -> float:
    """CPU that one run of a command takes, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Take the commands in turn, so that a drift of the machine's speed meets both."""
    rounds = [{name: cpu_seconds(command) for name, command in COMMANDS.items()} for _ in range(ROUNDS + 1)][1:]
    for name in COMMANDS:
        print(f"{name}: {statistics.median(each[name] for each in rounds):.3f} s CPU")
    ratios = [each["evalkit --help"] / each["import click"] for each in rounds]
    print(f"ratio: {statistics.median(ratios):.2f} (median of {ROUNDS} pairs)")


if __name__ == "__main__":
    main()
