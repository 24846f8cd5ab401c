"""Which choice of method moves the ranks most: Sobol indices of the mean shift of the ranks.

First-order index: the share of the variance that a choice explains by itself; total index: together with the others.
Estimators of Saltelli et al., *Computer Physics Communications* 181 (2010), 259-270, by ``scipy.stats.sobol_indices``.
All weights are one choice: within it they are drawn together, as independent multipliers that are then rescaled, so
that their sum of one couples them with nothing else. The other choices are drawn by their number, each as likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import sobol_indices

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.acceptability import count_ranks
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.method_space import MethodDraws, draw_all, without
from evalkit.uncertainty.replicates import ReplicateScores

CHUNK = 500
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Index:
    """A sensitivity index of a choice with its bootstrap interval."""

    choice: str
    order: str
    value: float
    low: float
    high: float

    def is_sharper_than(self, precision: float) -> bool:
        """Tell whether half the interval is no wider than asked."""
        return (self.high - self.low) / 2 <= precision


def choices_of(inputs: Inputs) -> list[str]:
    """Return what can be chosen otherwise, the weights always among it."""
    declared = inputs.choices
    others = {
        "normalise": bool(declared.normalise),
        "outliers": bool(declared.outliers),
        "aggregate": bool(declared.aggregate),
        "missing": bool(declared.missing),
        "dropped": declared.drop_one,
    }
    return ["weights", *(name for name, varies in others.items() if varies)]


def rank_shift(ranks: FloatArray, official: FloatArray) -> FloatArray:
    """Return the mean over units of how far a rank is from the official one, (draws,); 0 where no unit has both."""
    distance = np.abs(ranks - official)
    known = ~np.isnan(distance)
    shift: FloatArray = np.where(known, distance, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return shift


def indices(inputs: Inputs, official: FloatArray) -> list[Index]:
    """Return first-order and total indices of all choices; none where only one choice varies, or no rank ever moves.

    ``official`` (units,): the ranks of the recipe. The base sample is as the study says; its generator is
    ``[seed, 3]``.
    """
    choices = choices_of(inputs)
    if len(choices) == 1:
        return []
    runs = inputs.choices.sensitivity.runs
    rng = np.random.default_rng([inputs.choices.seed, 3])
    first, second = draw_all(inputs, runs, rng), draw_all(inputs, runs, rng)
    mixed = [_with(first, second, choice) for choice in choices]
    moved = [_shifts(inputs, sample, official) for sample in (first, second, *mixed)]
    if np.ptp(moved[:2]) == 0:
        return []
    values = {"f_A": moved[0][np.newaxis], "f_B": moved[1][np.newaxis], "f_AB": np.array(moved[2:])[:, np.newaxis]}
    result = sobol_indices(func=values, n=runs)
    # resampled by our own generator, since the intervals must be the same in every run
    return _with_intervals(choices, result, moved, rng)


def _with_intervals(
    choices: Sequence[str], result: object, moved: Sequence[FloatArray], rng: np.random.Generator
) -> list[Index]:
    runs, resamples = len(moved[0]), 500
    drawn = {"first": np.empty((resamples, len(choices))), "total": np.empty((resamples, len(choices)))}
    for at in range(resamples):
        rows = rng.integers(runs, size=runs)
        values = {
            "f_A": moved[0][rows][np.newaxis],
            "f_B": moved[1][rows][np.newaxis],
            "f_AB": np.array([each[rows] for each in moved[2:]])[:, np.newaxis],
        }
        again = sobol_indices(func=values, n=runs)
        drawn["first"][at], drawn["total"][at] = np.ravel(again.first_order), np.ravel(again.total_order)
    found = []
    for order, name in (("first", "first_order"), ("total", "total_order")):
        low, high = np.quantile(drawn[order], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0)
        for at, choice in enumerate(choices):
            value = float(np.ravel(getattr(result, name))[at])
            found.append(Index(choice, order, value, float(low[at]), float(high[at])))
    return found


def _with(first: MethodDraws, second: MethodDraws, choice: str) -> MethodDraws:
    """Return the first sample with one choice of the second."""
    field = "shares" if choice == "weights" else choice
    return replace(first, **{field: getattr(second, field)})


def _shifts(inputs: Inputs, sample: MethodDraws, official: FloatArray) -> FloatArray:
    root = inputs.recipe.nodes[0].id
    moved = []
    for start in range(0, len(sample.shares), CHUNK):
        rows = slice(start, start + CHUNK)
        draws = sample.rows(rows)
        draws = replace(draws, shares=without(inputs.recipe.nodes, draws.shares, draws.dropped))
        scores = ReplicateScores(inputs, draws, inputs.raw)[root]
        _, ranks = count_ranks(scores, np.zeros((len(scores), 1)), tolerance=inputs.recipe.tie_tolerance, pairs=False)
        moved.append(rank_shift(ranks, official))
    return np.concatenate(moved)
