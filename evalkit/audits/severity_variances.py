"""How much ratings differ by auditor, by call and by rating: REML for the auditors, moments for the calls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evalkit.audits.severity_model import Ratings, Solved, solve
from evalkit.scoring.arrays import FloatArray, IntArray

_GRID = np.linspace(-14.0, 14.0, 57)  # logarithms of the ratio of variances among which the best is sought first


@dataclass(frozen=True, slots=True)
class CallVariances:
    """Variance of the errors that all ratings of a call share, and of those that each rating has for itself."""

    call: float
    rating: float


@dataclass(frozen=True, slots=True)
class AuditorVariance:
    """Variance of the auditors' effects, and of the errors about them, by REML; ``ratio`` is auditor ÷ error."""

    auditor: float
    error: float
    ratio: float


def calls_by_rating(call: IntArray) -> sparse.csr_array:
    """Return which rating belongs to which call, sparse (calls, n)."""
    n = len(call)
    return sparse.csr_array((np.ones(n), (call, np.arange(n))), shape=(int(call.max()) + 1, n))


def call_variances(solved: Solved, call: IntArray) -> CallVariances:
    """Return the variances of calls and ratings, from the residuals of the model with all effects fixed.

    With A the matrix that is 1 for two ratings of one call and M the maker of residuals e, the expectations
    E(eᵀe) = r tr(M) + c tr(MA) and E(eᵀAe) = r tr(MA) + c tr(MAMA) are two equations for r and c. Without a call
    rated twice they are one, and all is put to the rating. A negative solution becomes 0, the other is fitted alone.
    NaN where no degrees of freedom are left. Searle, Casella and McCulloch, *Variance Components* (1992), chapter 5.
    """
    n = len(call)
    free = n - solved.rank
    if free <= 0:
        return CallVariances(np.nan, np.nan)
    together = calls_by_rating(call)
    size = together.sum(axis=1)
    sums, squares = together @ solved.residuals, float(solved.residuals @ solved.residuals)
    if len(size) == n:
        return CallVariances(0.0, squares / free)
    shared = together @ solved.design
    once = solved.inverse @ (shared.T @ shared).toarray()
    twice = float(np.sum(solved.inverse * (shared.T @ sparse.diags_array(size) @ shared).toarray()))
    first = n - float(np.trace(once))
    second = float((size**2).sum()) - 2 * twice + float(np.sum(once * once.T))
    rating, call_part = np.linalg.solve([[free, first], [first, second]], [squares, float(sums @ sums)])
    if call_part <= 0:
        return CallVariances(0.0, squares / free)
    if rating <= 0:
        return CallVariances(squares / first, 0.0)
    return CallVariances(float(call_part), float(rating))


def auditor_variance(ratings: Ratings) -> AuditorVariance:
    """Return the variances of auditors and errors by restricted maximum likelihood; all other effects are fixed.

    With M the maker of residuals of the other effects, Q diag(d) Qᵀ = ZᵀMZ over the auditors' indicators Z,
    b = QᵀZᵀMy and g the ratio of variances, the error's variance is (yᵀMy − Σ b² ÷ (d + 1 ÷ g)) ÷ (n − rank) and the
    log-likelihood −½ ((n − rank) log of it + Σ log(1 + g d)): one eigen-decomposition as large as the number of
    auditors, then a search over one number. The ratio is 0 where that is likeliest, and at most e^14.
    Patterson and Thompson, "Recovery of inter-block information when block sizes are unequal", *Biometrika* 58
    (1971); Henderson, *Applications of Linear Models in Animal Breeding* (1984).
    """
    others = solve(ratings.without_auditors())
    n, auditor = len(ratings.score), ratings.factors[0]
    indicator = calls_by_rating(auditor)
    crossed = (indicator @ others.design).toarray()
    between = np.diag(np.bincount(auditor).astype(float)) - crossed @ others.inverse @ crossed.T
    squares = float(others.residuals @ others.residuals)
    return likeliest_variance(between, indicator @ others.residuals, squares, n - others.rank)


def likeliest_variance(between: FloatArray, sums: FloatArray, squares: float, free: float) -> AuditorVariance:
    """Return the variances of :func:`auditor_variance` from ZᵀMZ, ZᵀMy, yᵀMy and n − rank."""
    values, vectors = np.linalg.eigh(between)
    values = np.maximum(values, 0.0)
    rotated = vectors.T @ sums
    log_ratio = _likeliest(values, rotated, squares, free)
    ratio = 0.0 if log_ratio == -np.inf else float(np.exp(log_ratio))
    error = _error(ratio, values, rotated, squares, free)
    return AuditorVariance(ratio * error, error, ratio)


def _error(ratio: float, values: FloatArray, rotated: FloatArray, squares: float, free: float) -> float:
    explained = float((ratio * rotated**2 / (1 + ratio * values)).sum())
    return max(squares - explained, squares * np.finfo(float).eps) / free


def _likeliest(values: FloatArray, rotated: FloatArray, squares: float, free: float) -> float:
    """Return the logarithm of the likeliest ratio; minus infinity for a ratio of 0."""
    from scipy.optimize import brentq  # noqa: PLC0415 - late: loads in 60 ms, and few studies have calls

    if squares <= 0:
        return -np.inf

    def loss(log_ratio: float) -> float:
        ratio = np.exp(log_ratio)
        error = _error(ratio, values, rotated, squares, free)
        return float(free * np.log(error) + np.log1p(ratio * values).sum())

    def slope(log_ratio: float) -> float:
        ratio = np.exp(log_ratio)
        gained = float((rotated**2 / (1 + ratio * values) ** 2).sum())
        error = _error(ratio, values, rotated, squares, free)
        return float(ratio * ((values / (1 + ratio * values)).sum() - gained / error))

    best = int(np.argmin([loss(point) for point in _GRID]))
    low, high = float(_GRID[max(best - 1, 0)]), float(_GRID[min(best + 1, len(_GRID) - 1)])
    # the root of the slope is sharper than the least loss, whose last digits the order of summation decides
    found = (
        float(round(brentq(slope, low, high, xtol=1e-13), 9)) if slope(low) < 0 < slope(high) else float(_GRID[best])
    )
    none = free * np.log(_error(0.0, values, rotated, squares, free))
    return found if loss(found) < none else -np.inf
