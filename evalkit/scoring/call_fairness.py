"""Scores freed of the auditors' severity, and what it is, for each indicator measured by the scores of calls."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evalkit.audits.linearisation import UnitMeans, unit_means
from evalkit.audits.severity import Auditors, Severity, estimable, severity
from evalkit.audits.severity_model import Ratings
from evalkit.calls import Calls
from evalkit.definitions.protocol import Protocol
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.audit_measures import MeasuredCalls
from evalkit.scoring.call_scores import unit_sums

DECIMALS = 7
"""Of effects and fair scores."""


@dataclass(frozen=True, slots=True, eq=False)
class Fairness:
    """Severity of the ratings of one indicator. ``severity`` is None unless ``state`` is ``ok``.

    ``state``: ``unknown`` where a rating names no auditor, ``few`` where there are too few ratings for all effects,
    else as :func:`evalkit.audits.severity.estimable` says. ``auditors`` are their codes, ``units`` the numbers of the
    units, in the order of the arrays of ``severity``. By auditor: ``ratings`` counts, ``mean`` and ``sd`` are of what
    he gave, ``alike`` is the share of the others' ratings that equal his mean. ``own``: each unit's mean by the weights
    of the protocol with its variance from its own calls, scenarios as strata.
    """

    state: str
    severity: Severity | None
    auditors: tuple[str, ...]
    units: IntArray
    ratings: IntArray
    mean: FloatArray
    sd: FloatArray
    alike: FloatArray
    own: UnitMeans


def fairness(found: MeasuredCalls, calls: Calls, protocol: Protocol) -> Fairness:
    """Return severity and fair scores of an indicator's ratings; auditors are fixed unless the protocol says random."""
    known = np.flatnonzero(~np.isnan(found.scores))
    used = [calls.ratings[index] for index in known.tolist()]
    codes = sorted({rating.auditor for rating in used})
    names = {code: index for index, code in enumerate(codes)}
    auditor = np.array([names[rating.auditor] for rating in used], dtype=np.int64)
    scores = found.scores[known]
    count = np.bincount(auditor, minlength=len(codes)).astype(np.int64)
    mean = np.bincount(auditor, scores, minlength=len(codes)) / count
    spread = np.bincount(auditor, (scores - mean[auditor]) ** 2, minlength=len(codes)) / np.maximum(count - 1, 1)
    units, unit = np.unique(calls.unit[known], return_inverse=True)
    others = np.array(
        [np.mean(scores[auditor != each] == mean[each]) if len(codes) > 1 else 1.0 for each in range(len(codes))]
    )
    scenario, call = _numbered([rating.scenario for rating in used]), calls.call[known]
    own = unit_means(scores, found.weights[known], unit.astype(np.int64), scenario, call, len(units))
    about = (tuple(codes), units.astype(np.int64), count, mean, np.sqrt(spread), others, own)
    if not len(known) or "" in names:
        return Fairness("unknown", None, *about)
    ratings = severity_ratings(found, calls)
    state = estimable(ratings)
    if state != "ok":
        return Fairness(state, None, *about)
    kind: Auditors = "random" if protocol.adjust == "random" else "fixed"
    try:
        found_severity = severity(ratings, auditors=kind)
    except ValueError:  # no degrees of freedom are left
        return Fairness("few", None, *about)
    return Fairness("ok", _steady(found_severity), *about)


def severity_ratings(found: MeasuredCalls, calls: Calls) -> Ratings:
    """Return the ratings of an indicator that have a score, as the model of severity takes them."""
    known = np.flatnonzero(~np.isnan(found.scores))
    used = [calls.ratings[index] for index in known.tolist()]
    factors = tuple(
        _numbered(codes)
        for codes in ([each.auditor for each in used], [each.scenario for each in used], [each.slot for each in used])
    )
    unit, call = _numbered(calls.unit[known].tolist()), _numbered(calls.call[known].tolist())
    return Ratings(found.scores[known], unit, call, factors)


def _steady(found: Severity) -> Severity:
    """Round what the tables and the tree take: its last digits depend on the threads of the linear algebra."""
    return replace(
        found,
        fair=np.round(found.fair, DECIMALS),
        auditors=np.round(found.auditors, DECIMALS),
        auditor_errors=np.round(found.auditor_errors, DECIMALS),
        covariance=np.round(found.covariance, DECIMALS),
    )


def adjusted(found: MeasuredCalls, fair: Fairness, calls: Calls) -> MeasuredCalls:
    """Return the measure with each rating's score less its auditor's effect; as it was where there are no effects.

    The weights of ratings, calls and scenarios stay as the protocol has them. Scores may leave 0 to 100.
    """
    if fair.severity is None:
        return found
    effects = dict(zip(fair.auditors, fair.severity.auditors.tolist(), strict=True))
    scores = found.scores - np.array([effects.get(rating.auditor, np.nan) for rating in calls.ratings])
    raw = unit_sums(scores, found.weights, calls.unit, len(calls.units))
    return replace(found, scores=scores, raw=raw, method=f"{found.method}_adjusted")


def _numbered(codes: list[str] | list[int]) -> IntArray:
    return np.unique(np.array(codes), return_inverse=True)[1].astype(np.int64)
