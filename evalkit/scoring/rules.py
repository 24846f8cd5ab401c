"""Scoring rules: from the answers of units to points. NaN means no value, in answers and in results.

What breaks a kernel's contract (an option that does not exist, a negative weight, shapes that do not fit) raises
ValueError; whatever a unit can answer does not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def points_by_option(choice: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of the option chosen: ``points[choice]``.

    ``choice`` (units,): index of the chosen option from 0, NaN = none. ``points`` (options,), NaN = an option that
    earns no score at all. Returns (units,), NaN where nothing is chosen or the option earns no score. Raises
    ValueError for an index that is not a whole number from 0 to options − 1.
    """
    chosen = _chosen(choice, len(points))
    result = np.full(choice.shape, np.nan)
    result[chosen] = points[choice[chosen].astype(np.intp)]
    return result


def position_on_scale(choice: NDArray[np.float64], options: int, *, best_first: bool) -> NDArray[np.float64]:
    """Position on an ordered scale, worst 0, best 100, equal steps.

    ``100 (options − 1 − choice) / (options − 1)`` if the best option stands first, else ``100 choice / (options − 1)``.
    ``choice`` (units,): index of the chosen option from 0, NaN = none. Returns (units,), NaN where nothing is chosen.
    Raises ValueError for fewer than two options and for an index that is not a whole number from 0 to options − 1.
    """
    if options < 2:  # noqa: PLR2004 - a scale has two ends
        raise ValueError("a scale needs at least two options")
    _chosen(choice, options)
    steps = options - 1 - choice if best_first else choice
    return 100.0 * steps / (options - 1)


def share_of_options(
    ticks: NDArray[np.float64], weights: NDArray[np.float64], *, full: float | None
) -> NDArray[np.float64]:
    """Share of the options ticked, by weight: ``100 min(1, Σ weight · tick / denominator)``.

    ``ticks`` (units, options): 1 ticked, 0 not, NaN = the option does not apply to the unit; all NaN = unanswered.
    ``weights`` (options,) ≥ 0; an option of weight 0 does not count. The denominator is ``full`` where given (the sum
    of weights that earns 100, the same for every unit), else the sum of the weights of the options that apply to the
    unit. Returns (units,) in 0 … 100, NaN where unanswered or where no option that counts applies. Raises ValueError
    for a tick other than 0 and 1, a weight that is negative or not finite, and a ``full`` that is not above 0.
    """
    applies = _ticks_given(ticks)
    _check_weights(weights, ticks.shape[1])
    if full is not None and not 0 < full < np.inf:
        raise ValueError("full must be above zero")
    earned = _sum_over_parts(np.where(ticks == 1, weights, 0.0))
    applicable = _sum_over_parts(np.where(applies, weights, 0.0))
    denominator = applicable if full is None else np.full(applicable.shape, float(full))
    # both arms are exact where the formula is: 100 for everything ticked, one rounding for whole weights
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        score = np.where(earned >= denominator, 100.0, 100.0 * earned / denominator)
    return np.where(applicable > 0, score, np.nan)


def count(ticks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count the options ticked.

    ``ticks`` (units, options): 1 ticked, 0 not, NaN = the option does not apply. Returns (units,), NaN where all are
    NaN (unanswered). Raises ValueError for a tick other than 0 and 1.
    """
    applies = _ticks_given(ticks)
    return np.where(applies.any(axis=1), np.count_nonzero(ticks == 1, axis=1), np.nan)


def ratio(
    numerator: NDArray[np.float64], denominator: NDArray[np.float64], *, scale: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Quotient of two answers, ``scale · numerator / denominator``, and which units divided by zero.

    All (units,). The quotient is NaN where an operand is NaN or the denominator is 0; the second array is true where
    the denominator is 0, whether or not there is a numerator.
    """
    divided_by_zero = denominator == 0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        quotient = scale * numerator / denominator
    return np.where(divided_by_zero, np.nan, quotient), divided_by_zero


def total(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of the parts that are given.

    ``parts`` (units, parts), NaN = not given. Returns (units,), NaN where none is given.
    """
    present = ~np.isnan(parts)
    return np.where(present.any(axis=1), _sum_over_parts(np.where(present, parts, 0.0)), np.nan)


def weighted_mean(
    values: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted mean over the parts that are given, ``Σ w v / Σ w``, and the weights used, ``w / Σ w``.

    ``values`` (units, parts), NaN = not given; ``weights`` (parts,) ≥ 0 of any sum; both sums run over the parts given.
    Returns the mean (units,), NaN where no part of positive weight is given, and the weights used (units, parts): they
    sum to 1 over the parts given and are 0 elsewhere, all 0 where there is no mean. Raises ValueError for a weight that
    is negative or not finite.
    """
    _check_weights(weights, values.shape[1])
    # a part of weight 0 is left out, since 0 times an infinite value would be NaN
    used = ~np.isnan(values) & (weights > 0)
    weight = np.where(used, weights, 0.0)
    weight_total = _sum_over_parts(weight)
    has_mean = weight_total > 0
    divisor = np.where(has_mean, weight_total, 1.0)
    with np.errstate(invalid="ignore", over="ignore"):
        weighted_total = _sum_over_parts(weight * np.where(used, values, 0.0))
    return np.where(has_mean, weighted_total / divisor, np.nan), weight / divisor[:, np.newaxis]


def _sum_over_parts(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum (units, parts) over the parts, one after another.

    ``np.sum`` and matrix products choose their order of addition by shape and memory layout, so the last digit of one
    unit would depend on how many others are in the call.
    """
    result = np.zeros(parts.shape[0])
    for part in range(parts.shape[1]):
        result = result + parts[:, part]
    return result


def _chosen(choice: NDArray[np.float64], options: int) -> NDArray[np.bool_]:
    """Return where an option is chosen; refuse indices that are not those of an option."""
    chosen = ~np.isnan(choice)
    given = choice[chosen]
    if np.any((given < 0) | (given >= options) | (given != np.floor(given))):
        raise ValueError(f"a choice must be a whole number from 0 to {options - 1}, or NaN")
    return chosen


def _ticks_given(ticks: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which ticks are given; refuse any that is neither 0 nor 1."""
    given = ~np.isnan(ticks)
    if np.any(given & (ticks != 0) & (ticks != 1)):
        raise ValueError("a tick must be 0, 1 or NaN")
    return given


def _check_weights(weights: NDArray[np.float64], parts: int) -> None:
    if weights.shape != (parts,):
        raise ValueError(f"expected {parts} weights, got an array of shape {weights.shape}")
    if not np.all(np.isfinite(weights) & (weights >= 0)):
        raise ValueError("weights must be finite and not negative")
