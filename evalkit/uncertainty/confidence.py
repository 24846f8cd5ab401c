"""Confidence factors: how often a unit is the first under the weights that speak for it most, errors considered.

Lahdelma and Salminen, "SMAA-2", *Operations Research* 49 (2001), 444-454.
"""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.uncertainty.error_propagation import draw_leaves
from evalkit.uncertainty.inputs import Inputs

MOST_DRAWS = 2000
"""A standard error of at most 1.2 percentage points."""


def confidence_factors(inputs: Inputs, central: FloatArray, rivals: BoolArray) -> FloatArray:
    """Return the share of samples in which each unit scores highest under its ``central`` weights, (units,).

    ``central`` (units, indicators), NaN for units that are first under no weights: they have no factor. ``rivals``
    (units,): who has a score at all; the others cannot come before anybody. Without sampling errors it is 1 or 0. Only
    where all means are arithmetic and no rival lacks a value; else NaN, since effective weights then do not make the
    index.
    """
    found = np.full(len(inputs.units), np.nan)
    leaves = inputs.leaves()[rivals]
    arithmetic = all(node.is_indicator or node.aggregate == "arithmetic" for node in inputs.recipe.nodes)
    units = np.flatnonzero(~np.isnan(central[rivals]).any(axis=1))
    if not arithmetic or not np.isfinite(leaves).all() or not units.size:
        return found
    weights, tolerance = central[rivals][units], inputs.recipe.tie_tolerance
    if inputs.has_error.any():
        shares = _shares_first(inputs, leaves, rivals, units, weights)
    else:
        scores = leaves @ weights.T
        shares = scores[units, np.arange(units.size)] >= scores.max(axis=0) - tolerance
    found[np.flatnonzero(rivals)[units]] = shares
    return found


def _shares_first(
    inputs: Inputs, leaves: FloatArray, rivals: BoolArray, units: IntArray, weights: FloatArray
) -> FloatArray:
    """Return the share of samples in which each of ``units`` (of the rivals) is the first under its own weights."""
    draws = min(inputs.choices.replicates, MOST_DRAWS)
    wins = np.zeros(units.size)
    for drawn in draw_leaves(inputs, draws=draws):
        size = next(iter(drawn.values())).shape[1]
        values = np.broadcast_to(leaves[:, :, np.newaxis], (*leaves.shape, size)).copy()
        for at, own in drawn.items():
            values[:, at] = own[rivals]
        for number, unit in enumerate(units.tolist()):
            scores = np.tensordot(weights[number], values, axes=(0, 1))
            wins[number] += np.sum(scores[unit] >= scores.max(axis=0) - inputs.recipe.tie_tolerance)
    return wins / draws
