"""Coverage of rank sets by simulation: ``python tests/benchmarks/rank_sets_coverage.py [SAMPLES]``.

Units of known true scores are observed with known errors, again and again. A set covers where it holds every rank that
the unit's true score allows (units that are truly tied share their places). Nominal: 95 %. Simultaneous sets cover
where those of all units do; of marginal sets the unit covered least often is shown. The best fifth covers where, by the
simultaneous sets, all who truly belong there may do so, and all who surely do truly belong there. Naive intervals are
the 2.5 % and 97.5 % points of the ranks of estimates drawn around the estimates: no confidence sets, shown to say why
not. The last lines give the share of false certificates among all (Benjamini-Hochberg), which must not exceed 5 %.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.certificates import exceeds, false_discovery_adjusted
from evalkit.uncertainty.normal_draws import normal_draws, variances
from evalkit.uncertainty.rank_sets import best, rank_sets

LEVEL, DRAWS = 0.95, 999
SIZES = (10, 30, 79)
FIFTH = 5


def designs(units: int, rng: np.random.Generator) -> Iterator[tuple[str, FloatArray, FloatArray]]:
    """Yield name, true scores and covariance of the estimates."""
    errors = rng.uniform(1, 4, units)
    loads = rng.normal(0, 2, (units, 2))
    correlated = np.diag(errors**2) + loads @ loads.T
    yield "equal means", np.zeros(units), errors**2
    yield "near ties", np.linspace(0, 3, units), errors**2
    yield "five tied groups", np.repeat(np.arange(0.0, 50, 10), -(-units // 5))[:units], errors**2
    yield "equal, correlated", np.zeros(units), correlated
    yield "spread, correlated", np.linspace(0, 60, units), correlated


def ranks_of(scores: FloatArray) -> FloatArray:
    """Return the ranks along the last axis, 1 for the highest; ties do not occur among drawn scores."""
    return (np.argsort(np.argsort(-scores, axis=-1), axis=-1) + 1).astype(np.float64)


def covered(scores: FloatArray, covariance: FloatArray, samples: int, rng: np.random.Generator) -> FloatArray:
    """Return who is covered by what: (samples, 4, units), simultaneous, marginal, naive sets, and the best fifth."""
    low = (scores > scores[:, np.newaxis]).sum(axis=1) + 1
    high = scores.size - (scores < scores[:, np.newaxis]).sum(axis=1)
    observed = scores[:, np.newaxis] + normal_draws(scores, covariance, draws=samples, seed=int(rng.integers(2**32)))
    hit = np.zeros((samples, 4, scores.size))
    places = scores.size // FIFTH
    for sample in range(samples):
        estimates = observed[:, sample]
        draws = normal_draws(scores, covariance, draws=DRAWS, seed=int(rng.integers(2**32)))
        for at, family in enumerate(("simultaneous", "marginal")):
            found = rank_sets(estimates, covariance, draws, level=LEVEL, family=family)  # type: ignore[arg-type]
            hit[sample, at] = (found.low <= low) & (found.high >= high)
            if family == "simultaneous":
                possibly, surely = best(found, places)
                hit[sample, 3] = (possibly | (low > places)) & (~surely | (high <= places))
        naive = np.quantile(ranks_of(estimates + draws.T), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        hit[sample, 2] = (naive[0] <= low) & (naive[1] >= high)
    return hit


def false_shares(units: int, samples: int, rng: np.random.Generator) -> float:
    """Return the mean share of units certified though their true score is below the cut of 60."""
    scores, errors = np.linspace(54, 66, units), rng.uniform(1, 4, units)
    shares = []
    for _ in range(samples):
        certified = false_discovery_adjusted(exceeds(rng.normal(scores, errors), errors, 60)) <= 1 - LEVEL
        shares.append((certified & (scores < 60)).sum() / max(certified.sum(), 1))
    return float(np.mean(shares))


def main() -> None:
    """Print a line a design."""
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    rng = np.random.default_rng(20240109)
    print(
        f"{samples} samples a design, {DRAWS} new draws each; Monte Carlo error of a coverage of 95 %: "
        f"{(0.95 * 0.05 / samples) ** 0.5:.1%}"
    )
    print("   p  design              simultaneous  marginal, least   mean  best fifth  naive, all  naive, least   mean")
    for units in SIZES:
        for name, scores, covariance in designs(units, rng):
            assert (variances(covariance) > 0).all()
            hit = covered(scores, covariance, samples, rng)
            everyone, by_unit = hit.all(axis=2).mean(axis=0), hit.mean(axis=0)
            print(
                f"{units:4d}  {name:18s} {everyone[0]:12.1%} {by_unit[1].min():15.1%} {by_unit[1].mean():8.1%}"
                f" {everyone[3]:11.1%} {everyone[2]:11.1%} {by_unit[2].min():12.1%} {by_unit[2].mean():8.1%}"
            )
    for units in SIZES:
        print(
            f"{units:4d}  false certificates among all, scores 54 to 66, cut 60:"
            f" {false_shares(units, 20 * samples, rng):.2%}"
        )


if __name__ == "__main__":
    main()
