"""From which number each call is made, so that a hotline does not come to know the numbers of its test callers."""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import BoolArray, IntArray

NO_NUMBER, NO_DAY = -1, -1


def calling_numbers(unit: IntArray, day: IntArray, auditor: IntArray, may_use: BoolArray, seed: int) -> IntArray:
    """Return the number of each call, −1 where its auditor has none; the arrays have one entry a call.

    ``may_use`` (auditors, numbers); ``day`` is −1 for a call without a date. Calls take their numbers day by day, at
    one day those first whose auditors have the fewest: the number that has called the unit least on that day, then
    least in all, then least anywhere, then by lot.
    """
    draws = np.random.default_rng([seed, 2])
    units, numbers = int(unit.max(initial=-1)) + 1, may_use.shape[1]
    at_unit, used = np.zeros((units, numbers), np.int64), np.zeros(numbers, np.int64)
    today: dict[tuple[int, int], IntArray] = {}
    chosen = np.full(len(unit), NO_NUMBER, np.int64)
    choices = may_use.sum(axis=1)[auditor]
    lots = draws.random((len(unit), numbers))
    dated_first = np.where(day == NO_DAY, np.iinfo(np.int64).max, day)
    for call in np.lexsort((np.arange(len(unit)), choices, dated_first)).tolist():
        if not choices[call]:
            continue
        own, when = int(unit[call]), int(day[call])
        same_day = today.setdefault((own, when), np.zeros(numbers, np.int64))
        keys = (lots[call], used, at_unit[own], same_day, ~may_use[auditor[call]])
        best = int(np.lexsort(keys)[0])
        chosen[call] = best
        for counts in (same_day, at_unit[own], used):
            counts[best] += 1
    return chosen


def repeated(*traits: IntArray) -> int:
    """Return how many entries share all traits with an earlier one, such as unit, day and number."""
    if not len(traits[0]):
        return 0
    return len(traits[0]) - len(np.unique(np.column_stack(traits), axis=0))
