"""10,000 draws of weights x 333 units x 29 indicators with ranks: ``python tests/benchmarks/weight_draws_speed.py``.

Prints CPU and its ratio to the bare ``matmul`` and ``argsort`` of the same shapes; with ``million`` as argument also a
million draws, with the memory that they take at most beyond what was there before.
"""

from __future__ import annotations

import resource
import sys
import time
from functools import partial

import numpy as np

from evalkit.uncertainty.acceptability import Counts, count_ranks
from evalkit.uncertainty.weight_draws import uniform
from tests.benchmarks.cpu_time import least_cpu

DRAWS, UNITS, INDICATORS, BLOCK = 10_000, 333, 29, 1000
REPEATS = 7

cpu = partial(least_cpu, calls=REPEATS)


def monte_carlo(scores: np.ndarray, draws: int, *, pairs: bool) -> Counts:
    """Draw weights, score, rank and count, block by block."""
    total = None
    for block in range(draws // BLOCK):
        weights = uniform(np.random.default_rng([1, block]), BLOCK, INDICATORS)
        counts, _ = count_ranks(weights @ scores.T, weights, pairs=pairs)
        total = counts if total is None else total + counts
    if total is None:
        raise ValueError("fewer draws than a block")
    return total


def main() -> None:
    """Print a line a measurement."""
    scores = np.random.default_rng(0).uniform(0, 100, (UNITS, INDICATORS))
    weights = uniform(np.random.default_rng(1), DRAWS, INDICATORS)
    bare = cpu(lambda: np.argsort(weights @ scores.T, axis=1))
    print(f"bare matmul and argsort, {DRAWS} x {UNITS} x {INDICATORS}: {bare:.3f} s CPU")
    for pairs, what in ((False, "drawn, ranked, acceptabilities and central weights"), (True, "and winning indices")):
        used = cpu(lambda pairs=pairs: monte_carlo(scores, DRAWS, pairs=pairs))  # type: ignore[misc]
        print(f"{what}: {used:.3f} s CPU, {used / bare:.2f} of the bare")
    if "million" in sys.argv:
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        monte_carlo(scores, 1_000_000, pairs=False)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"1,000,000 draws: {time.process_time() - start:.1f} s CPU, peak memory grown by {grown:.0f} MB")


if __name__ == "__main__":
    main()
