"""The CPU that a call takes, as the benchmarks compare it."""

from __future__ import annotations

import time
from collections.abc import Callable


def least_cpu(function: Callable[[], object], *, calls: int) -> float:
    """Return the least CPU of a few calls, in seconds."""
    used = []
    for _ in range(calls):
        start = time.process_time()
        function()
        used.append(time.process_time() - start)
    return min(used)
