"""Medians of respondents in other samples: ``python tests/benchmarks/respondent_refits_speed.py``.

333 units of 100 respondents, five indicators. Prints CPU of a block of 500 samples, that of the standard errors of one
indicator, and the ratio of the first to one bare pass: the same counts drawn, and summed up once for each indicator.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from evalkit.audits.call_bootstrap import bootstrap_counts
from evalkit.scoring.median_errors import median_errors
from evalkit.scoring.respondent_points import PartPoints
from evalkit.scoring.respondent_refit import RespondentRefits
from tests.benchmarks.cpu_time import least_cpu

UNITS, PEOPLE, INDICATORS, DRAWS, REPEATS = 333, 100, 5, 500, 3

cpu = partial(least_cpu, calls=REPEATS)


def main() -> None:
    """Print the figures."""
    rng = np.random.default_rng(0)
    owners = np.repeat(np.arange(UNITS), PEOPLE)
    points, weights = rng.choice([0.0, 25, 50, 75, 100], size=owners.size), rng.uniform(0.5, 2, owners.size)
    parts = (PartPoints(points, "median", np.ones(UNITS)),)
    refits = RespondentRefits(owners, weights, UNITS, {f"i{number}": parts for number in range(INDICATORS)})

    def bare() -> None:
        generator = np.random.default_rng(1)
        for unit in range(UNITS):
            counts = bootstrap_counts(np.zeros(PEOPLE, np.int64), replicates=DRAWS, rng=generator)
            often = counts * weights[owners == unit]
            for _ in range(INDICATORS):
                np.cumsum(often, axis=1)

    base, used = cpu(bare), cpu(lambda: refits.resampled(DRAWS, np.random.default_rng(1)))
    errors = cpu(lambda: median_errors(points, weights, owners, UNITS, seed=1))
    print(
        f"{UNITS * PEOPLE} respondents, {INDICATORS} medians, {DRAWS} samples: {used:.2f} s CPU, {used / base:.1f} of"
    )
    print(f"the bare pass; standard errors of one indicator: {errors:.2f} s")


if __name__ == "__main__":
    main()
