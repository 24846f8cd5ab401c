"""The linear model of ratings: its normal equations with units absorbed, solved once for all that is asked of it.

y = unit + auditor + scenario + slot + … + error. A unit's effect is its level; the effects of every other factor,
weighted by their ratings, sum to zero, so that a unit's level is its score with the usual auditors, scenarios and
slots: its fair average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Scores with where they come from, one entry a rating, shape (n,) each.

    ``unit``, ``call`` and every factor are numbered from 0, and each number occurs. ``factors`` begin with the
    auditors; scenario, slot and others may follow. Two ratings of one call have the same ``call``.
    """

    score: FloatArray
    unit: IntArray
    call: IntArray
    factors: tuple[IntArray, ...]

    def without_auditors(self) -> Ratings:
        """Return the ratings with the auditors left out of the model."""
        return Ratings(self.score, self.unit, self.call, self.factors[1:])


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """The solution for p = units + levels of all factors, in this order.

    ``effects`` (p,), ``inverse`` (p, p): maps Xᵀy to the effects; ``design`` (n, p) sparse; ``rank`` of the design;
    ``deficit``: how many differences between levels the ratings cannot tell, 0 for a usable design, and only then do
    effects and inverse mean anything.
    """

    effects: FloatArray
    inverse: FloatArray
    design: sparse.csr_array
    residuals: FloatArray
    rank: int
    deficit: int


def solve(ratings: Ratings, penalty: float = 0.0) -> Solved:
    """Solve the normal equations; ``penalty`` > 0 is added to the auditors' diagonal, as Henderson's equations do.

    With D the ratings a unit, N the ratings a unit × level and C those of level × level, S = C − Nᵀ D⁻¹ N is as large
    as the number of levels, however many units there are. Its null vectors, one a factor, are taken out by the
    constraint on that factor; penalised auditors need none, since their effects are expected to be zero.
    """
    units, n = int(ratings.unit.max()) + 1, len(ratings.score)
    levels = [int(factor.max()) + 1 for factor in ratings.factors]
    design = _design(ratings, units, levels)
    per_unit = np.bincount(ratings.unit, minlength=units).astype(float)
    gram = (design.T @ design).toarray()
    shared, reduced = gram[:units, units:], gram[units:, units:].copy()
    scaled = shared / per_unit[:, None]
    reduced -= shared.T @ scaled
    blocks = np.split(np.arange(sum(levels)), np.cumsum(levels)[:-1]) if levels else []
    free = blocks[1:] if penalty > 0 else blocks
    if penalty > 0:
        reduced[blocks[0], blocks[0]] += penalty
    deficit = len(reduced) - rank_of_counts(reduced, n) - len(free)
    inverse = constrained_inverse(reduced, np.diag(gram)[units:], free, n)
    whole = np.zeros_like(gram)
    whole[units:, units:] = inverse
    whole[:units, units:] = -scaled @ inverse
    whole[units:, :units] = whole[:units, units:].T
    whole[:units, :units] = -whole[:units, units:] @ scaled.T
    whole[np.arange(units), np.arange(units)] += 1 / per_unit
    centre = ratings.score.mean()  # the effects of a factor sum to zero, so only the units' levels hold it
    effects = whole @ (design.T @ (ratings.score - centre))
    residuals = ratings.score - centre - design @ effects
    effects[:units] += centre
    return Solved(effects, whole, design, residuals, units + sum(levels) - len(free) - deficit, deficit)


def _design(ratings: Ratings, units: int, levels: list[int]) -> sparse.csr_array:
    n, starts = len(ratings.score), units + np.cumsum([0, *levels])[:-1]
    columns = [ratings.unit, *(start + factor for start, factor in zip(starts, ratings.factors, strict=True))]
    place = (np.tile(np.arange(n), len(columns)), np.concatenate(columns))
    return sparse.csr_array((np.ones(n * len(columns)), place), shape=(n, units + sum(levels)))


def rank_of_counts(matrix: FloatArray, ratings: float) -> int:
    """Return the rank; what is below the rounding of sums of so many ones is zero."""
    if not len(matrix):
        return 0
    return int((np.linalg.eigvalsh(matrix) > ratings * 1e3 * np.finfo(float).eps).sum())


def constrained_inverse(matrix: FloatArray, counts: FloatArray, free: list[IntArray], ratings: float) -> FloatArray:
    """Invert on the effects whose sums, weighted by ``counts``, are zero within each free factor."""
    if not len(matrix):
        return matrix
    ones = np.zeros((len(matrix), len(free)))
    for column, block in enumerate(free):
        ones[block, column] = 1.0
    weighted = ones * counts[:, None]
    inverse = np.linalg.pinv(matrix + weighted @ weighted.T / ratings, hermitian=True)
    return np.asarray(inverse - ones @ ones.T / ratings)
