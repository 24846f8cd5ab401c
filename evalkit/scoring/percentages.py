"""Percentages as a report prints them, exact from the counts: no float is rounded on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evalkit.scoring.arrays import FloatArray

WHOLE = 100  # percent


def half_up(counts: NDArray[np.integer] | Sequence[int], base: int, decimals: int) -> FloatArray:
    """Return 100 * count / base, rounded half away from zero at ``decimals``, as the nearest floats.

    ``counts`` is (options,). The rounded percentages of one question need not sum to 100. A base of 0 gives NaN.
    Raises TypeError for counts that are not integers, ValueError for a negative base or negative decimals.
    """
    whole = _checked(counts, base, decimals)
    if base == 0:
        return np.full(len(whole), np.nan)
    return _as_percentages([_rounded_half_up(count, base, decimals) for count in whole], decimals)


def largest_remainder(counts: NDArray[np.integer] | Sequence[int], base: int, decimals: int) -> FloatArray:
    """Return 100 * count / base at ``decimals`` so that the printed values sum to the printed total.

    Each percentage is cut off at that decimal; the units of the last digit that are missing from the half-up rounding
    of 100 * sum(counts) / base go, one each, to the largest remainders; among equal remainders to the larger count,
    then to the earlier. So options that exclude each other sum to 100. ``counts`` is (options,), none negative. A
    base of 0 gives NaN. Raises as :func:`half_up` does, and ValueError for a negative count.
    Hamilton's method: Balinski and Young, *Fair Representation* (2nd ed. 2001).
    """
    whole = _checked(counts, base, decimals)
    if any(count < 0 for count in whole):
        raise ValueError("counts must not be negative")
    if base == 0:
        return np.full(len(whole), np.nan)
    parts = [divmod(count * WHOLE * 10**decimals, base) for count in whole]
    digits = [floor for floor, _ in parts]
    missing = _rounded_half_up(sum(whole), base, decimals) - sum(digits)
    by_claim = sorted(range(len(whole)), key=lambda option: (-parts[option][1], -whole[option], option))
    for option in by_claim[:missing]:
        digits[option] += 1
    return _as_percentages(digits, decimals)


def _checked(counts: NDArray[np.integer] | Sequence[int], base: int, decimals: int) -> list[int]:
    if isinstance(counts, list) and all(type(each) is int for each in counts):
        given: NDArray[Any] = np.array(counts, dtype=object)  # of any size, as sums of weights are when made whole
    else:
        given = np.asarray(counts)
    if given.size and given.dtype.kind not in "iuO":
        raise TypeError(f"counts must be integers, not {given.dtype}")
    if given.ndim != 1:
        raise ValueError(f"counts must be (options,), not of shape {given.shape}")
    if base < 0 or decimals < 0:
        raise ValueError(f"base and decimals must not be negative, not {base} and {decimals}")
    return [int(count) for count in given]


def _rounded_half_up(count: int, base: int, decimals: int) -> int:
    """100 * count / base in units of the last printed digit, rounded half away from zero."""
    size: int = (2 * abs(count) * WHOLE * 10**decimals + base) // (2 * base)
    return size if count >= 0 else -size


def _as_percentages(digits: list[int], decimals: int) -> FloatArray:
    # dividing two Python integers rounds once, to the nearest float: 187 / 10 is the float that prints as 18.7
    return np.array([each / 10**decimals for each in digits], dtype=np.float64)
