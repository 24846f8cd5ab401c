"""Coverage of medians' errors by simulation: ``python tests/benchmarks/median_errors_coverage.py [SAMPLES]``.

Samples of a distribution, with equal or varying weights. For each: the share of samples whose median ± 1.96 standard
errors holds the true median, and the root mean square of the errors over the true standard deviation of the median, for
resampled respondents (as evalkit has it) and for the interval of Woodruff. Of continuous answers the first holds the
median in 92 to 96 % from 30 respondents on. On a scale of five points a median has no normal distribution: intervals
hold it in 72 to 96 %, whatever the error; there the size of the error is what can be right or wrong: 0.8 to 1.35 of the
true one, against 0.5 to 1.3 by Woodruff.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

from evalkit.scoring import respondents
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.median_errors import median_errors

Z = 1.96
SIZES = (5, 10, 30, 50, 100, 300)
SCALE = np.array([0.0, 25, 50, 75, 100])
Sampler = Callable[[np.random.Generator, tuple[int, int]], FloatArray]


def on_scale(*shares: float) -> Sampler:
    """Return what draws points of a scale of five with these shares."""
    return lambda rng, shape: rng.choice(SCALE, p=shares, size=shape)


DESIGNS: dict[str, tuple[Sampler, float]] = {
    "normal": (lambda rng, shape: rng.normal(size=shape), 0.0),
    "lognormal": (lambda rng, shape: np.exp(rng.normal(size=shape)), 1.0),
    "uniform": (lambda rng, shape: rng.random(shape), 0.5),
    "scale, median 75": (on_scale(0.1, 0.15, 0.2, 0.35, 0.2), 75.0),
    "scale, half up to 50": (on_scale(0.05, 0.1, 0.35, 0.3, 0.2), 62.5),
    "scale, most say 100": (on_scale(0.02, 0.05, 0.1, 0.28, 0.55), 100.0),
}


def woodruff(x: FloatArray, w: FloatArray) -> float:
    """Return the standard error from Woodruff's interval of one sample (respondents,)."""
    order = np.argsort(x, kind="stable")
    shares = w[order] / w.sum()
    up_to = np.cumsum(shares)
    error = np.sqrt(x.size / (x.size - 1) * (shares**2).sum() / 4)
    ends = np.searchsorted(up_to, np.clip([0.5 - Z * error, 0.5 + Z * error], 1e-9, 1 - 1e-12))
    low, high = x[order][np.minimum(ends, x.size - 1)]
    return float(high - low) / (2 * Z)


def main() -> None:
    """Print the figures."""
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{'answers':22}{'weights':>9}{'n':>5}  {'resampled':>16}{'Woodruff':>16}   (coverage, size of the error)")
    for name, (sampler, true) in DESIGNS.items():
        for spread in (0.0, 0.5):
            for size in SIZES:
                rng = np.random.default_rng(size)
                x, w = sampler(rng, (samples, size)), np.exp(spread * rng.normal(size=(samples, size)))
                owners = np.repeat(np.arange(samples), size)
                medians = respondents.median(x.ravel(), w.ravel(), owners, samples).values
                found = median_errors(x.ravel(), w.ravel(), owners, samples, seed=1).deviations
                ours = np.sqrt(np.bincount(owners, found**2))
                theirs = np.array([woodruff(*each) for each in zip(x, w, strict=True)])
                held = [(np.abs(medians - true) <= Z * each).mean() for each in (ours, theirs)]
                sizes = [np.sqrt((each**2).mean()) / medians.std() for each in (ours, theirs)]
                shown = [f"{share:9.3f}{ratio:7.2f}" for share, ratio in zip(held, sizes, strict=True)]
                print(f"{name:22}{'vary' if spread else 'equal':>9}{size:5}  {''.join(shown)}", flush=True)


if __name__ == "__main__":
    main()
