"""Adjustment: points taken off a node's score and added to it, after the mean of its other children."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from evalkit.definitions.adjust import Adjust
from evalkit.scoring.arrays import FloatArray

_GUARD = 1e-9  # a score that is above the threshold by rounding alone is not above it


def adjusted(
    base: FloatArray,
    deductions: FloatArray,
    bonuses: FloatArray,
    *,
    above: float | None = None,
    most: float | None = None,
    lowest: float | None = None,
    highest: float | None = None,
) -> FloatArray:
    """Return ``base`` − Σ deductions, + min(Σ bonuses, ``most``) where that difference is above ``above``.

    ``base`` (units,), NaN stays NaN; ``deductions`` and ``bonuses`` (units, children), NaN counts as nothing. The
    result is held within ``lowest`` and ``highest``, the difference too before it is compared with ``above``.
    Scheme of the inspection of government websites (国办秘函〔2019〕19号): 100 less deductions; a bonus of at most 30
    counts only above 80.
    """
    score = base - _total(deductions)
    if lowest is not None:
        score = np.maximum(score, lowest)
    bonus = _total(bonuses)
    if most is not None:
        bonus = np.minimum(bonus, most)
    if above is not None:
        bonus = np.where(score > above + _GUARD, bonus, 0.0)
    score = score + bonus
    return score if highest is None else np.minimum(score, highest)


def adjust_node(rule: Adjust, base: FloatArray, children: Mapping[str, FloatArray]) -> FloatArray:
    """Adjust the scores of a node by those of the children that ``rule`` names.

    With ``start`` the base is that many points for every unit with a value in any of them, and none for the others.
    """
    points = {name: children[name] for name in rule.named}
    if rule.start is not None:
        known = ~np.isnan(np.column_stack(list(points.values()))).all(axis=1)
        base = np.where(known, rule.start, np.nan)
    empty = np.empty((len(base), 0))
    bonus = rule.bonus
    return adjusted(
        base,
        np.column_stack([points[name] for name in rule.deduct]) if rule.deduct else empty,
        np.column_stack([points[name] for name in bonus.of]) if bonus is not None else empty,
        above=bonus.above if bonus is not None else None,
        most=bonus.most if bonus is not None else None,
        lowest=rule.lowest,
        highest=rule.highest,
    )


def _total(points: FloatArray) -> FloatArray:
    """Add up axis 1 in the order of the children, NaN as nothing."""
    total = np.zeros(points.shape[0])
    for child in range(points.shape[1]):
        total += np.where(np.isnan(points[:, child]), 0.0, points[:, child])
    return total
