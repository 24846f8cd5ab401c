"""Integrity screens as kernels: which answers deserve a look. None is a verdict; NaN is no answer everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray

NORMAL_MAD = 0.6745
"""The median absolute deviation of a standard normal distribution, as Iglewicz and Hoaglin (1993) print it."""

SMALLEST_GROUP = 8
"""Numbers below which a peer group is too small for a spread of its own: the median deviation of seven stands on four.
A choice of ours; Iglewicz and Hoaglin (1993) examined the limit 3.5 for samples of 10, 20 and 40."""

_WHOLE = 100.0
_EXACT_ENOUGH = 1e-9


def straight_lines(positions: FloatArray, least: int) -> BoolArray:
    """Tell which units (units,) gave the same position to all of at least ``least`` questions answered.

    ``positions`` (units, questions): index of the option chosen, counted as it stands on the form, NaN = no answer.
    """
    answered = ~np.isnan(positions)
    lowest = np.where(answered, positions, np.inf).min(axis=1, initial=np.inf)
    highest = np.where(answered, positions, -np.inf).max(axis=1, initial=-np.inf)
    found: BoolArray = (answered.sum(axis=1) >= least) & (lowest == highest)
    return found


def same_answers(values: FloatArray, least: int) -> IntArray:
    """Return for each unit (units,) the first unit with the same answers throughout, itself if it is that; else −1.

    ``values`` (units, cells), NaN = no answer. Two units are the same where they answered the same cells, at least
    ``least`` of them, and all alike. A unit that nobody else equals has −1. One pass over the rows.
    """
    rows = np.where(np.isnan(values), np.nan, values + 0.0)  # one NaN and one zero, so that equal rows have equal bytes
    enough = (~np.isnan(values)).sum(axis=1) >= least
    members: dict[bytes, list[int]] = {}
    for index in np.flatnonzero(enough).tolist():
        members.setdefault(rows[index].tobytes(), []).append(index)
    result = np.full(len(values), -1, np.int64)
    for group in members.values():
        if len(group) > 1:
            result[group] = group[0]
    return result


def modified_z(values: FloatArray) -> FloatArray:
    """Return the modified z-scores ``0.6745 (x − median) / MAD`` (units,), MAD the median of ``|x − median|``.

    NaN where ``values`` (units,) is NaN, and everywhere where MAD is zero (at least half of the values are equal) or
    there is no value: then there is no spread to compare with. Iglewicz and Hoaglin (1993), *How to Detect and Handle
    Outliers*, ASQC Basic References in Quality Control 16, 11-13; they label |z| > 3.5 potential outliers.
    """
    known = ~np.isnan(values)
    result = np.full(values.shape, np.nan)
    if known.any():
        deviations = values[known] - np.median(values[known])
        spread = np.median(np.abs(deviations))
        if spread > 0:
            result[known] = NORMAL_MAD * deviations / spread
    return result


@dataclass(frozen=True, slots=True)
class Compared:
    """Numbers beside those of their peers, arrays over units; NaN and 0 where a number was not compared.

    ``medians`` are of the numbers as they are; ``counts`` says of how many, ``in_group`` whether of the peer group
    (else of the whole field).
    """

    z: FloatArray
    medians: FloatArray
    counts: IntArray
    in_group: BoolArray


def compare_with_peers(values: FloatArray, groups: IntArray) -> Compared:
    """Return the modified z-scores of ``values`` (units,) within the peer ``groups`` (units,), numbered from 0.

    Where no value is negative, z is taken of ``log(1 + x)``, since amounts differ by factors, and zeros are left out:
    a zero says “none of it”, on a logarithmic scale it is infinitely far from any amount, and the distance that the 1
    gives it depends on the unit of measurement alone. Where a value is negative, all are taken as they are.

    A group of fewer than :data:`SMALLEST_GROUP` numbers is compared with the whole field; where that has no more
    either, or where MAD is zero, there is no z.
    """
    amounts = not (values < 0).any()
    known = ~np.isnan(values) & (values > 0 if amounts else True)
    scale = np.full(values.shape, np.nan)
    scale[known] = np.log1p(values[known]) if amounts else values[known]
    shape = values.shape
    result = Compared(np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, np.int64), np.zeros(shape, bool))
    for group in np.unique(groups[known]):
        members = known & (groups == group)
        in_group = members.sum() >= SMALLEST_GROUP
        peers = members if in_group else known
        if peers.sum() < SMALLEST_GROUP:
            continue
        result.z[members] = modified_z(np.where(peers, scale, np.nan))[members]
        result.medians[members] = np.median(values[peers])
        result.counts[members] = peers.sum()
        result.in_group[members] = in_group
    return result


def changed_since(values: FloatArray, previous: FloatArray, limit: float) -> tuple[BoolArray, float, int]:
    """Tell which numbers (units,) changed by more than a factor of ``limit`` beyond the median change of the field.

    ``r = x / x_previous`` where both are known and positive; told where ``max(d, 1/d) > limit`` for ``d = r / m``, with
    ``m`` the median of ``r``, or 1 where fewer than :data:`SMALLEST_GROUP` units can be compared. Returns also ``m``
    and how many those are. A number from or to zero has no ratio and is not told of.

    The ratio centred at its median is that of Hidiroglou and Berthelot (1986), "Statistical editing and imputation for
    periodic business surveys", *Survey Methodology* 12, 73-83; a stated limit stands here for their quartiles.
    """
    known = (values > 0) & (previous > 0)  # false where either is NaN
    ratios = np.full(values.shape, np.nan)
    ratios[known] = values[known] / previous[known]
    count = int(known.sum())
    median = float(np.median(ratios[known])) if count >= SMALLEST_GROUP else 1.0
    deviation = ratios / median
    found: BoolArray = (deviation > limit) | (deviation < 1 / limit)
    return found, median, count


def over_whole(parts: FloatArray, slack: float) -> tuple[BoolArray, FloatArray]:
    """Tell which units (units,) give shares of more than 100 + ``slack`` together, and their sums (units,).

    ``parts`` (units, parts) in %, NaN = not given and passed over. Rates of different things (connected, satisfied)
    are in % too and are no shares of one whole: where at least :data:`SMALLEST_GROUP` units answered and more than
    half of them are over the limit, none is told.
    """
    answered = ~np.isnan(parts).all(axis=1)
    sums = np.where(answered, np.nansum(parts, axis=1), np.nan)
    over = sums > _WHOLE + slack + _EXACT_ENOUGH
    if answered.sum() >= SMALLEST_GROUP and 2 * over.sum() > answered.sum():
        return np.zeros(len(parts), dtype=bool), sums
    return over, sums
