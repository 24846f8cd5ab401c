"""Severity of auditors: fair averages of units, free of who called, with what scenario and when.

Linacre, *Many-Facet Rasch Measurement* (1989), names the fair average; here it comes from a linear model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import sparse, special

from evalkit.audits.design import connection
from evalkit.audits.severity_model import Ratings, Solved, solve
from evalkit.audits.severity_variances import CallVariances, auditor_variance, call_variances, calls_by_rating
from evalkit.scoring.arrays import FloatArray, IntArray

Auditors = Literal["fixed", "random"]
Errors = Literal["call_effects", "clustered"]
State = Literal["ok", "disconnected", "confounded"]


@dataclass(frozen=True, slots=True, eq=False)
class Severity:
    """Raw and fair scores, and every effect with its standard error.

    ``raw`` (units,): means of the ratings; ``fair`` (units,): with the usual auditors, scenarios and slots;
    ``covariance`` (units, units) of the fair scores: auditors shared by two units make them vary together.
    ``auditors`` (auditors,): points by which an auditor is milder than the others, and ``auditor_errors``;
    ``factors``: the effects of scenarios, slots and others. ``residuals`` (n,). ``degrees`` of freedom left.
    ``auditor_variance`` is NaN where auditors are fixed; ``call_variance`` of errors that the ratings of a call share;
    ``rating_variance`` of the rest. ``shrinkage`` is what was added to the auditors' diagonal, 0 where they are fixed.
    ``auditor_map`` (auditors, p) and ``design`` (n, p) sparse: errors of the ratings (n,) move the auditors' effects by
    auditor_map @ design.T @ errors.
    """

    raw: FloatArray
    fair: FloatArray
    covariance: FloatArray
    auditors: FloatArray
    auditor_errors: FloatArray
    factors: tuple[FloatArray, ...]
    residuals: FloatArray
    degrees: int
    auditor_variance: float
    call_variance: float
    rating_variance: float
    shrinkage: float
    auditor_map: FloatArray
    design: sparse.csr_array

    @property
    def errors(self) -> FloatArray:
        """Standard errors of the fair scores, (units,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def margin(self, level: float) -> float:
        """Return by how many standard errors an interval of this level reaches to either side (Student's t)."""
        return float(special.stdtrit(self.degrees, (1 + level) / 2))


def estimable(ratings: Ratings) -> State:
    """Tell whether units can be told from auditors and the other factors.

    ``disconnected``: units fall into parts that share no auditor; ``confounded``: they are connected, but another
    factor cannot be told apart, such as a scenario that only one auditor used and who used no other.
    """
    return _state(ratings, solve(ratings))


def _state(ratings: Ratings, solved: Solved) -> State:
    if connection(ratings.unit, ratings.factors[0]).components != 1:
        return "disconnected"
    return "confounded" if solved.deficit else "ok"


def severity(ratings: Ratings, *, auditors: Auditors = "fixed", errors: Errors = "call_effects") -> Severity:
    """Return fair scores and severities by least squares, auditors fixed, or random by REML.

    ``fixed``: an auditor's effect is what his ratings say, and the effects, weighted by ratings, sum to zero.
    ``random``: auditors are a sample, and the effects of those with few ratings are drawn to zero (best linear
    unbiased prediction); the ratio of variances is found as if ratings of one call were independent.

    Standard errors never take two ratings of one call as independent. ``call_effects``: errors of calls and of
    ratings have one variance each for all units. ``clustered``: every call has its own (a sandwich, corrected by
    C ÷ (C − 1) × (n − 1) ÷ (n − rank) for C calls); with few calls a unit this varies much by itself.

    Raises ValueError unless :func:`estimable` says ``ok``, whatever auditors are, and where no degrees of freedom are
    left. Cameron and Miller, "A practitioner's guide to cluster-robust inference", *Journal of Human Resources* 50
    (2015); Henderson, "Best linear unbiased estimation and prediction under a selection model", *Biometrics* 31 (1975).
    """
    fixed = solve(ratings)
    state = _state(ratings, fixed)
    if state != "ok" or fixed.rank >= len(ratings.score):
        raise ValueError(f"auditors and units cannot be told apart: {state}")
    parts = call_variances(fixed, ratings.call)
    if auditors == "fixed":
        covariance = _covariance(fixed, ratings.call, parts, errors, fixed.rank)
        return _result(ratings, fixed, covariance, parts, (fixed.rank, np.nan, 0.0))
    found = auditor_variance(ratings)
    if found.ratio == 0:
        return _without_auditors(ratings, parts, errors)
    penalty = 1 / found.ratio
    solved = solve(ratings, penalty)
    units, many = int(ratings.unit.max()) + 1, int(ratings.factors[0].max()) + 1
    shrunk = penalty * solved.inverse[:, units : units + many]
    covariance = _covariance(solved, ratings.call, parts, errors, fixed.rank) + found.auditor * shrunk @ shrunk.T
    return _result(ratings, solved, covariance, parts, (fixed.rank, found.auditor, penalty))


def _covariance(solved: Solved, call: IntArray, parts: CallVariances, errors: Errors, rank: int) -> FloatArray:
    """Return the covariance of all effects that the errors make, (p, p)."""
    together = calls_by_rating(call)
    n, calls = len(call), together.shape[0]
    if errors == "clustered":
        scores = together @ solved.design.multiply(solved.residuals[:, None]).tocsr()
        inner = (scores.T @ scores).toarray() * (calls / max(calls - 1, 1) * (n - 1) / (n - rank))
    else:
        shared = together @ solved.design
        inner = parts.rating * (solved.design.T @ solved.design).toarray()
        inner += parts.call * (shared.T @ shared).toarray()
    return np.asarray(solved.inverse @ inner @ solved.inverse)


def _without_auditors(ratings: Ratings, parts: CallVariances, errors: Errors) -> Severity:
    """Return the result where REML finds no difference between auditors: every auditor's effect is zero."""
    others = solve(ratings.without_auditors())
    units, many = int(ratings.unit.max()) + 1, int(ratings.factors[0].max()) + 1
    small = _covariance(others, ratings.call, parts, errors, others.rank)
    spread = np.insert(np.arange(len(small)), units, np.full(many, -1))
    covariance = np.where((spread[:, None] >= 0) & (spread >= 0), small[np.ix_(spread, spread)], 0.0)
    effects = np.insert(others.effects, units, np.zeros(many))
    solved = Solved(effects, covariance, others.design, others.residuals, others.rank, 0)
    found = _result(ratings, solved, covariance, parts, (others.rank, 0.0, np.inf))
    return replace(found, auditor_map=np.zeros((many, others.design.shape[1])))


def _result(
    ratings: Ratings, solved: Solved, covariance: FloatArray, parts: CallVariances, rest: tuple[int, float, float]
) -> Severity:
    rank, between, penalty = rest
    units = int(ratings.unit.max()) + 1
    counts = np.bincount(ratings.unit)
    ends = units + np.cumsum([int(factor.max()) + 1 for factor in ratings.factors])
    _, auditors, *others = np.split(solved.effects, [units, *ends[:-1]])
    return Severity(
        raw=np.bincount(ratings.unit, ratings.score) / counts,
        fair=solved.effects[:units],
        covariance=covariance[:units, :units],
        auditors=auditors,
        auditor_errors=np.sqrt(np.diag(covariance)[units : ends[0]]),
        factors=tuple(others),
        residuals=solved.residuals,
        degrees=len(ratings.score) - rank,
        auditor_variance=between,
        call_variance=parts.call,
        rating_variance=parts.rating,
        shrinkage=penalty,
        auditor_map=solved.inverse[units : ends[0]],
        design=solved.design,
    )
