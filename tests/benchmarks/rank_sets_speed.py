"""Rank sets at p = 333 and 1,000 draws, stepdown: ``python tests/benchmarks/rank_sets_speed.py [DRAWS]``.

Prints CPU, and its ratio to one bare pass over all pairs and draws (subtract, scale, absolute, maximum) in numpy.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from evalkit.uncertainty.normal_draws import normal_draws
from evalkit.uncertainty.rank_sets import CHUNK, rank_sets

UNITS = 333
REPEATS = 5


def cpu(function: Callable[[], object]) -> float:
    """Return the least CPU of a few calls."""
    used = []
    for _ in range(REPEATS):
        start = time.process_time()
        function()
        used.append(time.process_time() - start)
    return min(used)


def main() -> None:
    """Print a line a family."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rng = np.random.default_rng(1)
    scores, variances = rng.normal(60, 10, UNITS), rng.uniform(1, 4, UNITS) ** 2
    drawn = normal_draws(scores, variances, draws=draws, seed=1)
    inverse = 1 / np.sqrt(variances[:, np.newaxis] + variances)

    def bare() -> None:
        for start in range(0, draws, CHUNK):
            chunk = np.ascontiguousarray(drawn[:, start : start + CHUNK])
            for unit in range(UNITS):
                np.abs((chunk[unit] - chunk) * inverse[unit][:, np.newaxis]).max(axis=0)

    base = cpu(bare)
    print(f"{UNITS} units, {draws} draws; one bare pass over all ordered pairs {base:.2f} s CPU")
    for family in ("simultaneous", "marginal"):
        used = cpu(lambda family=family: rank_sets(scores, variances, drawn, level=0.95, family=family))  # type: ignore[misc]
        print(f"{family:13s} {used:.2f} s CPU, {used / base:.2f} of the bare pass")


if __name__ == "__main__":
    main()
