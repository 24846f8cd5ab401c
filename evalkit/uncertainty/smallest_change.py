"""The smallest change of weights that turns a result round: two units change places, or one crosses a cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from evalkit.scoring.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """``moved``: the weight that is taken from some and given to others, a share of one; ``weights`` (children,)."""

    moved: float
    weights: FloatArray


def smallest_change(shares: FloatArray, gains: FloatArray) -> Change | None:
    """Return the weights nearest to ``shares`` (children,) with ``gains @ weights >= 0``; None where there are none.

    ``gains`` (children,) are the scores of a unit minus those of the unit that it is to catch up with, or minus a cut;
    for the opposite, their negatives. At equality the two are level. Nearest is by the linear
    programme: minimise the sum of u, where weights = shares + u - v, u >= 0, 0 <= v <= shares and sum u = sum v.
    Raises ValueError for shares that are negative or sum to zero, or gains that are not finite.
    """
    shares, gains = np.asarray(shares, dtype=np.float64), np.asarray(gains, dtype=np.float64)
    if shares.shape != gains.shape or (shares < 0).any() or not shares.sum() > 0 or not np.isfinite(gains).all():
        raise ValueError("shares must be positive in sum, gains finite, both (children,)")
    shares = shares / shares.sum()
    scale = np.abs(gains).max(initial=0.0)
    if gains @ shares >= 0 or scale == 0:
        return Change(0.0, shares)
    if gains.max() < 0:
        return None
    gains = gains / scale
    found = linprog(
        c=np.repeat([1.0, 0.0], shares.size),
        A_ub=np.concatenate([-gains, gains])[np.newaxis],
        b_ub=[gains @ shares],
        A_eq=np.repeat([1.0, -1.0], shares.size)[np.newaxis],
        b_eq=[0.0],
        bounds=[*((0, 1) for _ in shares), *((0, share) for share in shares)],
        method="highs",
    )
    up, down = found.x[: shares.size], found.x[shares.size :]
    return Change(float(found.fun), shares + up - down)
