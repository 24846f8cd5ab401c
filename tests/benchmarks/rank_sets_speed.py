"""Rank sets at p = 333 and 1,000 draws, stepdown: ``python tests/benchmarks/rank_sets_speed.py [DRAWS]``.

With errors that are independent, and with errors of which units share a part.

Prints CPU, and its ratio to one bare pass over all pairs and draws (subtract, scale, absolute, maximum) in numpy.
"""

from __future__ import annotations

import sys
from functools import partial

import numpy as np

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.normal_draws import normal_draws
from evalkit.uncertainty.rank_sets import CHUNK, Family, rank_sets
from tests.benchmarks.cpu_time import least_cpu

UNITS = 333
SHARED = 40
REPEATS = 5
FAMILIES: tuple[Family, ...] = ("simultaneous", "marginal")

cpu = partial(least_cpu, calls=REPEATS)


def bare(drawn: FloatArray, inverse: FloatArray) -> None:
    """Take the maximum over the pairs of each unit."""
    for start in range(0, drawn.shape[1], CHUNK):
        chunk = np.ascontiguousarray(drawn[:, start : start + CHUNK])
        for unit in range(UNITS):
            np.abs((chunk[unit] - chunk) * inverse[unit][:, np.newaxis]).max(axis=0)


def main() -> None:
    """Print a line a family."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rng = np.random.default_rng(1)
    scores, variances = rng.normal(60, 10, UNITS), rng.uniform(1, 4, UNITS) ** 2
    loads = rng.normal(0.2, 0.2, (UNITS, SHARED))  # correlations of about 0.3
    for name, covariance in (("independent", variances), ("shared", np.diag(variances) + loads @ loads.T)):
        drawn = normal_draws(scores, covariance, draws=draws, seed=1)
        base = cpu(partial(bare, drawn, 1 / np.sqrt(variances[:, np.newaxis] + variances)))
        print(f"{UNITS} units, {draws} draws, {name} errors; one bare pass over all ordered pairs {base:.2f} s CPU")
        for family in FAMILIES:
            used = cpu(partial(rank_sets, scores, covariance, drawn, level=0.95, family=family))
            print(f"{family:13s} {used:.2f} s CPU, {used / base:.2f} of the bare pass")


if __name__ == "__main__":
    main()
