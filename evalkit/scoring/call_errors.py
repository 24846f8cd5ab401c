"""Sampling errors of an indicator measured by mystery calls, and how auditors whom units share make them hang together.

The error of a call has one variance for all units, since eleven calls tell little of a variance of their own; how the
errors of indicators and of units go together comes from the calls' own deviations.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from evalkit.audits.linearisation import call_deviations
from evalkit.calls import Calls
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.audit_measures import MeasuredCalls
from evalkit.scoring.call_fairness import Fairness, adjusted
from evalkit.scoring.influence import Influence


def call_influence(found: MeasuredCalls, fair: Fairness | None, calls: Calls) -> Influence | None:
    """Return the errors of the raw values of ``found``; its clusters are the calls, then the auditors.

    As they were rated: the deviations of a unit's calls from its mean, scenarios as strata
    (:func:`evalkit.audits.linearisation.call_deviations`), and besides them the severity of its auditors, who are then
    a sample: two units vary together as far as the same auditors called them. Freed of severity: errors of calls and
    ratings as the model of severity has them, in the unit's own calls and in the estimated effects of its auditors.

    ``fair`` is None for an indicator without severity. None where no variance can be computed: for quantiles, which
    :func:`evalkit.scoring.call_resampling.resampled_influence` serves, and where no unit has two calls in a stratum.
    """
    used = np.flatnonzero(found.weights > 0)
    if not len(used):
        return None
    if fair is not None and fair.severity is not None and found.method.endswith("_adjusted"):
        return _freed(found, fair, calls)
    return _as_rated(found, fair, calls, used)


def _as_rated(found: MeasuredCalls, fair: Fairness | None, calls: Calls, used: IntArray) -> Influence | None:
    units = len(calls.units)
    scenario = np.unique([calls.ratings[at].scenario for at in used.tolist()], return_inverse=True)[1]
    weight, unit, call = found.weights[used], calls.unit[used], calls.call[used]
    scores = found.scores if fair is None else adjusted(found, fair, calls).scores
    of_call = call_deviations(scores[used], weight, unit, scenario.astype(np.int64), call, units)
    shares = np.bincount(call, weight, minlength=int(calls.call.max()) + 1)[of_call.call]
    counted = np.bincount(of_call.unit, minlength=units)
    spread = np.bincount(of_call.unit, shares**2, minlength=units)
    variance = np.bincount(of_call.unit, of_call.deviation**2, minlength=units)
    degrees = np.where(counted > 1, counted - of_call.strata, 0)
    if not degrees.any():
        return None
    per_call = np.divide(variance, spread, out=np.zeros(units), where=spread > 0)
    pooled = float(degrees @ per_call / degrees.sum())
    own = _sparse(of_call.deviation, of_call.unit, of_call.call, (units, call_clusters(calls)))
    sampled = Influence.of("calls", own, "pooled").with_variances(np.asarray(pooled * spread))
    return _with_severity(sampled, found, fair, calls)


def _with_severity(influence: Influence, found: MeasuredCalls, fair: Fairness | None, calls: Calls) -> Influence:
    """Add the auditors' effects, less what of their spread is chance, as errors that the units they called share.

    J effects that sum to zero spread less than those of all auditors, by the factor (J − 1) ÷ J.
    """
    if fair is None or fair.severity is None:
        return influence
    effects, errors = fair.severity.auditors, fair.severity.auditor_errors
    squares, many = float((effects**2).sum()), len(effects)
    real = max(1 - float((errors**2).sum()) / squares, 0.0) if squares > 0 else 0.0
    exposure = _exposure(found, fair, calls)
    places = _auditor_places(fair, calls)
    added = np.zeros((len(calls.units), influence.clusters))
    added[:, places] = exposure * effects * np.sqrt(real * many / max(many - 1, 1))
    return Influence.of("calls", sparse.csr_array(influence.own + sparse.csr_array(added)), influence.how)


def _freed(found: MeasuredCalls, fair: Fairness, calls: Calls) -> Influence | None:
    severity = fair.severity
    if severity is None or not np.isfinite(severity.rating_variance):
        return None
    known = np.flatnonzero(~np.isnan(found.scores))
    n, clusters = len(known), call_clusters(calls)
    weights = _sparse(found.weights[known], calls.unit[known], np.arange(n), (len(calls.units), n))
    exposure = _exposure(found, fair, calls)
    rows, call = np.arange(n), calls.call[known]
    modelled = sparse.csr_array(
        sparse.hstack(
            [
                _sparse(np.full(n, np.sqrt(severity.call_variance)), rows, call, (n, clusters)),
                sparse.diags_array(np.full(n, np.sqrt(severity.rating_variance))),
            ]
        )
    )
    squares = float((severity.residuals**2).sum())
    inflated = n * (severity.call_variance + severity.rating_variance) / squares if squares > 0 else 0.0
    observed = _sparse(severity.residuals * np.sqrt(inflated), rows, call, (n, clusters))
    wanted, shaped = (
        _moved(weights, exposure, fair, each, _auditor_places(fair, calls)) for each in (modelled, observed)
    )
    return shaped.with_variances(wanted.variances())


def _moved(
    weights: sparse.csr_array, exposure: FloatArray, fair: Fairness, errors: sparse.csr_array, places: IntArray
) -> Influence:
    """Return what errors of the ratings (n, clusters) do to units, directly and by the effects of their auditors."""
    severity = fair.severity
    if severity is None:
        raise ValueError("there are no effects of auditors")
    through = np.asarray(severity.auditor_map @ (severity.design.T @ errors).toarray())
    if 0 < severity.shrinkage < np.inf:  # effects drawn to zero miss a part of the auditors' own
        units = len(fair.units)
        missed = severity.shrinkage * severity.auditor_map[:, units : units + len(fair.auditors)]
        through[:, places] -= missed * np.sqrt(severity.auditor_variance)
    return Influence("calls", sparse.csr_array(weights @ errors), exposure, through, "severity model")


def _exposure(found: MeasuredCalls, fair: Fairness, calls: Calls) -> FloatArray:
    """Return the share of each auditor in each unit's raw value, (units, auditors of ``fair``)."""
    place = {code: at for at, code in enumerate(fair.auditors)}
    used = [at for at in np.flatnonzero(found.weights > 0).tolist() if calls.ratings[at].auditor in place]
    auditor = np.array([place[calls.ratings[at].auditor] for at in used], dtype=np.int64)
    shape = (len(calls.units), len(place))
    return np.asarray(_sparse(found.weights[used], calls.unit[used], auditor, shape).toarray())


def _auditor_places(fair: Fairness, calls: Calls) -> IntArray:
    """Return the clusters of the auditors of ``fair``, which come after the calls."""
    place = {code: at for at, code in enumerate(_auditors(calls))}
    return int(calls.call.max()) + 1 + np.array([place[code] for code in fair.auditors], dtype=np.int64)


def _auditors(calls: Calls) -> list[str]:
    return sorted({rating.auditor for rating in calls.ratings})


def call_clusters(calls: Calls) -> int:
    """Return how many clusters the errors of calls have: the calls, then the auditors."""
    return int(calls.call.max()) + 1 + len(_auditors(calls))


def _sparse(values: FloatArray, rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((values, (rows, columns)), shape=shape)
