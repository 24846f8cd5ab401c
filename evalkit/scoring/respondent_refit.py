"""The raw values of indicators that respondents answer, as other samples of the respondents would give them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evalkit.audits.call_bootstrap import bootstrap_counts
from evalkit.scoring import respondents
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.scoring.respondent_points import PartPoints, answered


@dataclass(frozen=True, slots=True, eq=False)
class RespondentRefits:
    """The parts of the indicators by id; ``owners`` and ``weights`` (respondents,) are those of a pool of ``units``."""

    owners: IntArray
    weights: FloatArray
    units: int
    by_indicator: Mapping[str, tuple[PartPoints, ...]]

    @property
    def needed(self) -> bool:
        """Whether any value is a median, which other samples move in steps that no normal error has."""
        return any(part.together == "median" for parts in self.by_indicator.values() for part in parts)

    def alone(self, indicator: str) -> BoolArray:
        """Tell which units have but one respondent with points, (units,): no other sample can be drawn from him."""
        n = np.bincount(self.owners[answered(self.by_indicator[indicator])], minlength=self.units)
        single: BoolArray = n == 1
        return single

    def resampled(self, draws: int, rng: np.random.Generator) -> dict[str, FloatArray]:
        """Return the raw values of all indicators in samples drawn again, (draws, units) each.

        Of the n respondents of a unit n - 1 are drawn with replacement, the same ones for all indicators
        (:func:`~evalkit.audits.call_bootstrap.bootstrap_counts`). NaN where none of those drawn has points.
        """
        values = {indicator: np.full((draws, self.units), np.nan) for indicator in self.by_indicator}
        nobody = np.zeros(len(self.owners))  # a value for everyone, so that all members of a unit are found
        for unit, members in respondents.by_unit(nobody, self.owners, self.units):
            counts = bootstrap_counts(np.zeros(members.size, np.int64), replicates=draws, rng=rng)
            often = counts * self.weights[members]
            for indicator, parts in self.by_indicator.items():
                values[indicator][:, unit] = _value(parts, unit, members, often)
        return values


def _value(parts: tuple[PartPoints, ...], unit: int, members: IntArray, often: FloatArray) -> FloatArray:
    """Return a unit's raw values (draws,): the mean of the parts that have a value, by their weights in the run."""
    total, weight = np.zeros(len(often)), np.zeros(len(often))
    for part in parts:
        found = _together(part, part.points[members], often)
        counted = np.where(np.isnan(found), 0.0, part.weights[unit])
        total += counted * np.nan_to_num(found)
        weight += counted
    return _quotient(total, weight)


def _together(part: PartPoints, points: FloatArray, often: FloatArray) -> FloatArray:
    known = np.flatnonzero(~np.isnan(points))
    if not known.size:
        return np.full(len(often), np.nan)
    if part.together == "median":
        known = known[np.argsort(points[known], kind="stable")]
        return respondents.medians(points[known], often[:, known])
    return _quotient(often[:, known] @ points[known], often[:, known].sum(axis=1))


def _quotient(total: FloatArray, weight: FloatArray) -> FloatArray:
    means: FloatArray = np.divide(total, weight, out=np.full(len(total), np.nan), where=weight > 0)
    return means
