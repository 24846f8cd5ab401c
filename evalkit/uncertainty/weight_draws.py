"""Draws of the weights of one group of siblings; each row of shape (draws, children) sums to one.

Stochastic multicriteria acceptability analysis draws weights from the space that is left open: Lahdelma and Salminen,
"SMAA-2", *Operations Research* 49 (2001), 444-454; Tervonen and Lahdelma, *European Journal of Operational Research*
178 (2007), 500-513.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray

MOST_TRIALS = 400
"""Rounds of draws, each as many as are wanted, after which a space is called too narrow to be drawn from."""
SLACK = 1e-12


class NarrowSpaceError(ValueError):
    """The bounds and orders leave no weights, or too small a part of the space to draw from."""


def uniform(rng: np.random.Generator, draws: int, children: int) -> FloatArray:
    """Draw uniformly from all weights: exponentials over their sum (Rubinstein 1982)."""
    return _sum_to_one(rng.standard_exponential((draws, children)))


def around(rng: np.random.Generator, draws: int, shares: FloatArray, concentration: float) -> FloatArray:
    """Draw from the Dirichlet distribution with mean ``shares`` (children,), parameters ``concentration`` * shares.

    The standard deviation of a weight w is sqrt(w * (1 - w) / (concentration + 1)). A share of 0 stays 0.
    Raises ValueError for a concentration that is not positive.
    """
    if not concentration > 0:
        raise ValueError(f"a concentration is positive, not {concentration}")
    drawn = rng.standard_gamma(concentration * np.maximum(shares, 0.0), (draws, shares.size))
    drawn[drawn.sum(axis=1) == 0] = shares  # so small a concentration that all gammas underflow
    return _sum_to_one(drawn)


def scaled(rng: np.random.Generator, draws: int, shares: FloatArray, most: float) -> FloatArray:
    """Draw each weight uniformly from its share times 1 - ``most`` to 1 + ``most``, then rescale to a sum of one.

    Raises ValueError for ``most`` outside [0, 1).
    """
    if not 0 <= most < 1:
        raise ValueError(f"the most by which a weight may change is a share in [0, 1), not {most}")
    return _sum_to_one(shares * rng.uniform(1 - most, 1 + most, (draws, shares.size)))


def between(rng: np.random.Generator, draws: int, sets: FloatArray) -> FloatArray:
    """Draw mixtures of the experts' own ``sets`` (experts, children), uniform over the shares of the experts."""
    return _sum_to_one(uniform(rng, draws, len(sets)) @ _sum_to_one(np.asarray(sets, dtype=np.float64)))


def constrained(
    rng: np.random.Generator, draws: int, low: FloatArray, high: FloatArray, order: Sequence[Sequence[int]] = ()
) -> FloatArray:
    """Draw uniformly from the weights between ``low`` and ``high`` (children,) that keep each order.

    An ``order`` names children whose weights do not rise from the first to the last. Raises NarrowSpaceError where
    there are no such weights, or fewer than one in some hundred trials.
    """
    if low.sum() > 1 + SLACK or high.sum() < 1 - SLACK or (low > high).any():
        raise NarrowSpaceError("no weights that sum to one lie within the bounds")
    free = np.all(low <= 0) and np.all(high >= 1)
    kept: list[FloatArray] = []
    for _ in range(MOST_TRIALS):
        trial = uniform(rng, draws, low.size) if free else _in_box(rng, draws, low, high)
        if free and len(order) == 1:
            trial[:, list(order[0])] = -np.sort(-trial[:, list(order[0])], axis=1)  # exchangeable, so still uniform
        kept.append(trial[_keeps(trial, low, high, order)])
        if sum(map(len, kept)) >= draws:
            return np.concatenate(kept)[:draws]
    raise NarrowSpaceError("the bounds and orders leave too small a part of the space of weights")


def _in_box(rng: np.random.Generator, draws: int, low: FloatArray, high: FloatArray) -> FloatArray:
    """Draw all weights but the freest from their bounds; that one is what is left of one."""
    last = int(np.argmax(high - low))
    trial = rng.uniform(low, high, (draws, low.size))
    trial[:, last] = 0
    trial[:, last] = 1 - trial.sum(axis=1)
    return trial


def _keeps(trial: FloatArray, low: FloatArray, high: FloatArray, order: Sequence[Sequence[int]]) -> BoolArray:
    kept: BoolArray = np.all((trial >= low - SLACK) & (trial <= high + SLACK), axis=1)
    for chain in order:
        members = trial[:, list(chain)]
        kept &= np.all(members[:, :-1] >= members[:, 1:] - SLACK, axis=1)
    return kept


def _sum_to_one(weights: FloatArray) -> FloatArray:
    summed: FloatArray = weights / weights.sum(axis=1, keepdims=True)
    return summed
