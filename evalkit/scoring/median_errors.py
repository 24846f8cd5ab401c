"""Sampling errors of weighted medians of respondents, by resampling them.

An interval of Woodruff (*Journal of the American Statistical Association* 47, 1952, 635-646), turned into a standard
error, does as well for answers of many values, but on a scale of few points it finds half to two thirds of the true
error: its ends fall on the points. Resampled respondents serve both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.call_bootstrap import bootstrap_counts
from evalkit.scoring import respondents
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray

REPLICATES = 400
"""The standard error of a standard error is then 4 %."""
STEADY = 2 / 3
"""A median with one value in more than this share of the replicates moves in steps. Of two respondents, of whom one is
drawn, either has half."""


@dataclass(frozen=True, slots=True, eq=False)
class MedianErrors:
    """What each respondent adds to the error of his unit's median (respondents,), so that squares sum to the variance.

    ``steps`` (units,): where the median moves in steps, so that its error is far from normal.
    """

    deviations: FloatArray
    steps: BoolArray


def median_errors(points: FloatArray, weights: FloatArray, owners: IntArray, units: int, *, seed: int) -> MedianErrors:
    """Return the errors of the weighted medians of ``points`` (respondents,), NaN for none; 0 for single respondents.

    The variance of a unit's median is that over :data:`REPLICATES` samples of its respondents with points, by the
    bootstrap of Rao and Wu (:func:`~evalkit.audits.call_bootstrap.bootstrap_counts`); a respondent's part in it is
    proportional to w (s - s̄), with s the sign of his points less the median: the influence of a median, so that the
    errors of other indicators of the same respondents go with it (Francisco and Fuller, *Annals of Statistics* 19,
    1991, 454-469). Where all have the same points, or the median never moves, the variance is 0.
    """
    deviations, steps = np.zeros(len(points)), np.zeros(units, dtype=bool)
    for unit, members in respondents.by_unit(points, owners, units):
        if members.size < 2:  # noqa: PLR2004 - one respondent varies with nobody
            continue
        x, w = points[members], weights[members]
        rng = np.random.default_rng(seed)  # the same for every unit, so that equal units have equal errors
        counts = bootstrap_counts(np.zeros(members.size, np.int64), replicates=REPLICATES, rng=rng)
        drawn = respondents.medians(x, counts * w)
        steps[unit] = np.unique(drawn, return_counts=True)[1].max() > STEADY * REPLICATES
        signs = np.sign(x - respondents.medians(x, w[np.newaxis])[0])
        shape = w * (signs - np.average(signs, weights=w))
        squares = float(shape @ shape)
        if squares > 0:
            deviations[members] = shape * np.sqrt(drawn.var(ddof=1) / squares)
    return MedianErrors(deviations, steps)
