"""Sampling errors where there is no formula: the calls are resampled, and the indicator is scored again each time."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from evalkit.audits.call_bootstrap import bootstrap_counts
from evalkit.audits.linearisation import collapse_strata
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.call_refit import Refit
from evalkit.scoring.influence import Influence

REPLICATES = 400
"""The standard error of a variance is then 7 %, before the units are pooled."""


def resampled_influence(refit: Refit, strata: IntArray, *, clusters: int, seed: int) -> Influence | None:
    """Return the errors of an indicator's raw values by the bootstrap of Rao and Wu; the calls come first of clusters.

    ``strata`` (calls,): each call's scenario. As for other calls (:mod:`evalkit.scoring.call_errors`), one call's error
    has the same variance in all units: that of a unit is V ÷ m for its m calls, V pooled over units by m − 1. How much
    of it is a call's is the covariance of its count and the unit's value over the replicates: the infinitesimal
    jackknife of Efron, *Journal of the American Statistical Association* 109 (2014), 991-1007, so that the errors of
    other indicators of the same calls go with it. None where no unit has two calls with a value.
    """
    known = np.flatnonzero(~np.isnan(refit.scores))
    call, first = np.unique(refit.call[known], return_index=True)
    unit = refit.unit[known][first]
    size = np.bincount(unit, minlength=refit.units)
    several = size > 1
    if not several.any():
        return None
    groups, _, _ = collapse_strata(unit, strata[call], refit.units)
    drawn = bootstrap_counts(groups, replicates=REPLICATES, rng=np.random.default_rng(seed))
    counts = np.zeros((REPLICATES, len(strata)))
    counts[:, call] = drawn
    values = np.array([refit.resampled(each) for each in counts])
    deviations = values - values.mean(axis=0)
    variance = (deviations**2).sum(axis=0) / (REPLICATES - 1)
    pooled = float(((size - 1) * size * variance)[several].sum() / (size - 1)[several].sum())
    shared = _covariances(drawn, deviations, unit)
    own = sparse.csr_array((shared, (unit, call)), shape=(refit.units, clusters))
    wanted = np.divide(pooled, size, out=np.zeros(refit.units), where=size > 0)
    return Influence.of("calls", own, "resampled, pooled").with_variances(wanted)


def _covariances(counts: FloatArray, deviations: FloatArray, unit: IntArray) -> FloatArray:
    """Return the covariance of each call's count with the value of its unit, (calls,)."""
    centred = counts - counts.mean(axis=0)
    return np.asarray((centred * deviations[:, unit]).sum(axis=0) / (len(counts) - 1))
