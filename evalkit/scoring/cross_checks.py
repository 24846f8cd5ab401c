"""Whether a check across questions holds, for all units at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from evalkit.definitions.checks import Check
from evalkit.definitions.expression import Name, Option
from evalkit.definitions.expression_values import evaluate
from evalkit.scoring.arrays import BoolArray, FloatArray

ROUNDING = 1e-12
"""Share of the larger side by which sums of decimals may differ for the machine's arithmetic alone, as 0.1 + 0.2 does
from 0.3; far below one in the largest whole numbers that occur."""


def fails(
    check: Check,
    values: Mapping[str, FloatArray],
    answered: BoolArray,
    option_index: Callable[[Name, Option], float],
) -> BoolArray:
    """Tell for which units (units,) a check does not hold.

    ``values`` has an array (units,) for every name of the formula, as :func:`evaluate` takes them. A unit fails only
    where it ``answered`` (units,) every question the check names, and where the formula has a value: a division by
    zero leaves the unit out. ``left = right`` holds where ``|left − right| ≤ tolerance + ROUNDING · max(|left|,
    |right|)``, and ``<=`` and ``>=`` likewise; comparisons within a larger formula, and ``< > !=``, are exact.
    """
    compared = check.compared_numbers
    if compared is None:
        result = evaluate(check.condition, values, option_index)
        return answered & ~result.divided_by_zero & (result.values <= 0)
    left, right = (evaluate(side, values, option_index).values for side in (compared.left, compared.right))
    with np.errstate(invalid="ignore"):
        difference = left - right
        slack = check.tolerance + ROUNDING * np.maximum(np.abs(left), np.abs(right))
    too_high, too_low = difference > slack, difference < -slack
    wrong = {"=": too_high | too_low, "<=": too_high, ">=": too_low}[compared.operator]
    return answered & wrong
