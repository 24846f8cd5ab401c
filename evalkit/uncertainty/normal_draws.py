"""Draws of estimation errors: normal, with the covariance of the estimates."""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import FloatArray

ROUNDING = 1e-10
"""Share of the largest eigenvalue by which a covariance may be negative from rounding alone."""


def check_estimates(estimates: FloatArray, covariance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return both as floats. Raises ValueError for what is no vector of finite estimates with its (co)variances."""
    estimates = np.asarray(estimates, dtype=np.float64)
    covariance = np.asarray(covariance, dtype=np.float64)
    if estimates.ndim != 1 or covariance.shape not in {estimates.shape, estimates.shape * 2}:
        shapes = f"{estimates.shape} and {covariance.shape}"
        raise ValueError(f"estimates must be (units,) and covariance (units,) or (units, units), not {shapes}")
    if not (np.isfinite(estimates).all() and np.isfinite(covariance).all()):
        raise ValueError("estimates and covariance must be finite")
    if (variances(covariance) < 0).any():
        raise ValueError("no variance may be negative")
    if covariance.ndim > 1 and not np.allclose(covariance, covariance.T, rtol=1e-9, atol=0):
        raise ValueError("a covariance is symmetric")
    return estimates, covariance


def variances(covariance: FloatArray) -> FloatArray:
    """Return the variances of a covariance (units, units), or of (units,), where they are all there is."""
    return covariance if covariance.ndim == 1 else np.diagonal(covariance)


def normal_draws(estimates: FloatArray, covariance: FloatArray, *, draws: int, seed: int) -> FloatArray:
    """Return ``draws`` of Z ~ N(0, covariance), shape (units, draws).

    ``covariance`` is (units, units), or (units,) for independent estimates. The numbers go to the units in the order
    of their estimates, then variances, so that a list in another order or with other names gets the same ones.
    Raises ValueError as :func:`check_estimates` does, and for a covariance with a negative eigenvalue.
    """
    estimates, covariance = check_estimates(estimates, covariance)
    order = np.lexsort((variances(covariance), estimates))
    standard = np.random.default_rng(seed).standard_normal((draws, estimates.size)).T
    drawn = np.empty((estimates.size, draws))
    if covariance.ndim == 1:
        drawn[order] = np.sqrt(covariance[order])[:, np.newaxis] * standard
    else:
        drawn[order] = _root(covariance[np.ix_(order, order)]) @ standard
    return drawn


def _root(covariance: FloatArray) -> FloatArray:
    """Return R with R @ R.T = covariance; eigenvalues serve singular covariances too."""
    values, vectors = np.linalg.eigh(covariance)
    if values.size and values[0] < -ROUNDING * max(values[-1], 0.0):
        raise ValueError("a covariance has no negative eigenvalue")
    root: FloatArray = vectors * np.sqrt(np.clip(values, 0.0, None))
    return root
