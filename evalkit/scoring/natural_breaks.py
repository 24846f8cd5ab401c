"""Natural breaks: the division of scores into classes with the smallest sum of squares within classes."""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.ranking import DEFAULT_TOLERANCE, tie_groups

_ENDS = 512  # ends of classes looked at together, so that memory grows with the number of scores only
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

    def squares(starts: slice, ends: slice) -> FloatArray:
        """Return the sums of squares of the values between starts and ends, (starts, ends); infinite for none."""
        total = first[np.newaxis, ends] - first[starts, np.newaxis]
        mass = weight[np.newaxis, ends] - weight[starts, np.newaxis]
        spread = (second[np.newaxis, ends] - second[starts, np.newaxis]) - total**2 / np.where(mass > 0, mass, 1.0)
        return np.where(mass > 0, np.maximum(spread, 0.0), np.inf)

    slack = _EQUAL * second[-1]
    best = np.full((classes + 1, count + 1), np.inf)
    best[0, 0] = 0.0
    starts = np.zeros((classes, count + 1), dtype=np.int64)
    # ends in chunks from the left: what a class needs of the classes before it is then known
    for low in range(1, count + 1, _ENDS):
        ends = slice(low, min(low + _ENDS, count + 1))
        before = squares(slice(0, ends.stop), ends)
        for number in range(classes):
            sums = best[number, : ends.stop, np.newaxis] + before
            least = sums.min(axis=0)
            best[number + 1, ends] = least
            near = sums <= least + slack
            starts[number, ends] = ends.stop - 1 - np.argmax(near[::-1], axis=0)
    labels = np.zeros(count, dtype=np.int64)
    end = count
    for number in range(classes - 1, -1, -1):
        start = int(starts[number, end])
        labels[start:end] = number
        end = start
    return labels
