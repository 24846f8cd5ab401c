"""Natural breaks: the division of scores into classes with the smallest sum of squares within classes."""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.ranking import DEFAULT_TOLERANCE, tie_groups

_EQUAL = 1e-12  # of the whole sum of squares: divisions that differ by less are equally good


def natural_breaks(scores: FloatArray, classes: int, *, tolerance: float = DEFAULT_TOLERANCE) -> IntArray | None:
    """Return the class of each score (units,), 0 for the highest, -1 for NaN; None where distinct scores are too few.

    The exact optimum by dynamic programming over the ordered scores, O(classes · n²): with D(c, j) the least sum of
    squared deviations from class means when the j highest scores make c classes, and S(i, j) that of scores i + 1 … j,
    D(c, j) = min over i of D(c − 1, i) + S(i, j) (W. D. Fisher, *JASA* 53, 1958, 789-798; the criterion of Jenks'
    natural breaks, 1977). Tied scores (:func:`evalkit.scoring.ranking.tie_groups`) are never divided. Among equally
    good divisions the one with the smallest lowest class is taken, then with the smallest class above it, and so on.
    Raises ValueError for fewer than one class, for infinite scores, and as ``tie_groups`` does.
    """
    scores = np.asarray(scores, dtype=np.float64)
    if classes < 1:
        raise ValueError(f"there must be at least one class, not {classes}")
    if np.isinf(scores).any():
        raise ValueError("scores must be finite, or NaN")
    groups = tie_groups(scores, tolerance)
    known = groups >= 0
    sizes = np.bincount(groups[known]).astype(np.float64)
    if sizes.size < classes:
        return None
    result = np.full(scores.shape, -1, dtype=np.int64)
    totals = np.bincount(groups[known], weights=scores[known])
    result[known] = _classes_of(totals / sizes, sizes, classes)[groups[known]]
    return result


def _classes_of(values: FloatArray, sizes: FloatArray, classes: int) -> IntArray:
    """Class of each distinct value (in descending order) that stands ``sizes`` times."""
    count = values.size
    centred = values - np.average(values, weights=sizes)  # squares of large scores would swallow small differences
    weight = np.concatenate(([0.0], np.cumsum(sizes)))
    first = np.concatenate(([0.0], np.cumsum(sizes * centred)))
    second = np.concatenate(([0.0], np.cumsum(sizes * centred**2)))

    def squares(end: int) -> FloatArray:
        """Sum of squares of the values from each start to ``end``, starts from 0 to end - 1."""
        total, mass = first[end] - first[:end], weight[end] - weight[:end]
        spread: FloatArray = np.maximum(second[end] - second[:end] - total**2 / mass, 0.0)
        return spread

    slack = _EQUAL * second[-1]
    best = np.full(count + 1, np.inf)
    best[0] = 0.0
    starts = np.zeros((classes, count + 1), dtype=np.int64)
    for number in range(classes):
        reached = np.full(count + 1, np.inf)
        for end in range(number + 1, count + 1):
            sums = best[:end] + squares(end)
            starts[number, end] = np.flatnonzero(sums <= sums.min() + slack)[-1]
            reached[end] = sums.min()
        best = reached
    labels = np.zeros(count, dtype=np.int64)
    end = count
    for number in range(classes - 1, -1, -1):
        start = int(starts[number, end])
        labels[start:end] = number
        end = start
    return labels
