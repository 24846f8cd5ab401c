"""Bounds of the largest studentised difference of a draw, from the few units that are farthest out in it.

Let the own errors e be such that sigma_jk ** 2 >= e_j + e_k for all pairs. Then for any c (Cauchy-Schwarz)

    ((Z_j - Z_k) / sigma_jk) ** 2 <= (Z_j - c) ** 2 / e_j + (Z_k - c) ** 2 / e_k,

where the first term counts only if Z_j is above c, the second only if Z_k is below. So units that are not far out
cannot have the largest difference, and few draws need a look at all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray

FEW = 6  # units looked at on either side
_TIGHTENED = 20
_ROUNDED_UP = 1 + 1e-12


def own_errors(squared: FloatArray, known: BoolArray) -> FloatArray:
    """Return e (units,), not negative, with e_j + e_k <= sigma_jk ** 2 for all pairs that are not ``known``.

    ``squared`` (units, units) is sigma_jk ** 2. Half the smallest of a unit is small enough; so is the mean of what is
    and of the largest that the others leave.
    """
    room = np.where(known, squared.max(initial=1.0), squared)
    errors: FloatArray = room.min(axis=1, initial=np.inf) / 2
    for _ in range(_TIGHTENED):
        errors = (errors + (room - errors).min(axis=1, initial=np.inf)) / 2
    return errors


@dataclass(frozen=True, slots=True, eq=False)
class Outermost:
    """The units farthest out on one side: ``units`` and their ``draws``, both (few, draws).

    ``reach`` (draws,): (Z - c) ** 2 / e of the outermost; ``beyond`` (draws,): no other unit has more.
    """

    units: IntArray
    draws: FloatArray
    reach: FloatArray
    beyond: FloatArray

    @classmethod
    def of(cls, draws: FloatArray, far: FloatArray, order: IntArray) -> Outermost:
        """Take the units that ``order`` (few + 1, draws) names, the last the next of them; ``far`` as of Extremes."""
        out = np.maximum(np.take_along_axis(far, order, axis=0), 0.0)
        units = order[:-1]
        return cls(units, np.take_along_axis(draws, units, axis=0), out.max(axis=0), out[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Extremes:
    """How far out units are in each of ``draws`` (units, draws): ``far``, of their shape, (Z - c) * abs(Z - c) / e."""

    draws: FloatArray
    far: FloatArray
    high: Outermost
    low: Outermost

    @classmethod
    def of(cls, draws: FloatArray, errors: FloatArray, centre: FloatArray) -> Extremes:
        """Find them, given the own ``errors`` (units,) and a ``centre`` c of each draw (draws,)."""
        away = draws - centre
        with np.errstate(divide="ignore", invalid="ignore"):
            far = away * np.abs(away) / errors[:, np.newaxis]
        far[np.isnan(far)] = 0.0  # no error, and at the centre
        units = len(far)
        few = min(FEW, units - 1)
        order = np.argpartition(far, (few, units - few - 1), axis=0)
        high, low = order[units - few - 1 :][::-1], order[: few + 1]
        return cls(draws, far, Outermost.of(draws, far, high), Outermost.of(draws, -far, low))

    def bounds(self, inverse: FloatArray, family: BoolArray) -> tuple[FloatArray, FloatArray]:
        """Return bounds (draws,) from below and above of the maximum over a family of ordered pairs (units, units).

        ``inverse`` (units, units) is 1 / sigma_jk. The two are equal where the maximum is found.
        """
        pairs = self.high.units[:, np.newaxis], self.low.units
        scaled = (self.high.draws[:, np.newaxis] - self.low.draws) * inverse[pairs]
        found = np.where(family[pairs], scaled, -np.inf).max(axis=(0, 1))
        others = np.maximum(self.high.reach + self.low.beyond, self.high.beyond + self.low.reach)
        return found, np.maximum(found, np.sqrt(others) * _ROUNDED_UP)

    def bounds_of(
        self, inverse: FloatArray, unit: int, ahead: BoolArray, behind: BoolArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return such bounds for the pairs of one unit: with those it is ``ahead`` of, or ``behind``, both (units,)."""
        own, far = self.draws[unit], self.far[unit]
        found, others = np.full(own.shape, -np.inf), np.zeros(own.shape)
        for side, open_, away, sign in ((self.low, ahead, far, 1), (self.high, behind, -far, -1)):
            if open_.any():
                scaled = (own - side.draws) * (sign * inverse)[side.units]
                np.maximum(found, np.where(open_[side.units], scaled, -np.inf).max(axis=0), out=found)
                np.maximum(others, np.maximum(away, 0.0) + side.beyond, out=others)
        return found, np.maximum(found, np.sqrt(others) * _ROUNDED_UP)
