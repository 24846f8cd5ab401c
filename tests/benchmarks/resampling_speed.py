"""The bootstrap of 500,000 audit item rows x 1,000 replicates: ``python tests/benchmarks/resampling_speed.py``.

12,500 calls of 40 items in 316 strata of 79 units. Prints CPU, and its ratio to one bare pass of the same draws: random
numbers, and one look-up each.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy import sparse

from evalkit.audits.call_bootstrap import bootstrap_counts
from tests.benchmarks.cpu_time import least_cpu

CALLS, ITEMS, UNITS, STRATA, REPLICATES, REPEATS = 12_500, 40, 79, 4, 1000, 3

cpu = partial(least_cpu, calls=REPEATS)


def main() -> None:
    """Print the figures."""
    rng = np.random.default_rng(0)
    rows = np.column_stack([rng.uniform(0, 1, CALLS * ITEMS), np.ones(CALLS * ITEMS)])
    calls = np.repeat(np.arange(CALLS), ITEMS)
    units = np.arange(CALLS) % UNITS
    strata = (np.arange(CALLS) // UNITS) % STRATA

    def whole() -> np.ndarray:
        points, items = (np.bincount(calls, column, CALLS) for column in rows.T)
        counts = bootstrap_counts(units * STRATA + strata, replicates=REPLICATES, rng=np.random.default_rng(1))
        of_unit = (units, np.arange(CALLS))
        totals = [sparse.csr_array((sums, of_unit), shape=(UNITS, CALLS)) @ counts.T for sums in (points, items)]
        return np.asarray(totals[0] / totals[1])

    def bare() -> None:
        values, generator = rng.uniform(0, 1, CALLS), np.random.default_rng(1)
        for _ in range(0, REPLICATES, 50):
            values.take((generator.random((50, CALLS), dtype=np.float32) * CALLS).astype(np.int64))

    base, used = cpu(bare), cpu(whole)
    print(f"{CALLS * ITEMS} item rows, {REPLICATES} replicates: {used:.2f} s CPU, {used / base:.2f} of the bare draws")


if __name__ == "__main__":
    main()
