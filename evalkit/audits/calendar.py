"""The days of fieldwork, and how many calls they hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import BoolArray, IntArray

UNLIMITED = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The days of fieldwork.

    ``open`` (slots, days): whether a slot takes place on a day. ``daily`` (auditors, days): calls that an auditor can
    make on a day, 0 on a day off; ``usual``: the same of one without limits or days off of his own. ``in_slot``: calls
    that an auditor can make in one slot of a day; ``of_unit``: calls that a unit may receive on a day.
    """

    open: BoolArray
    daily: IntArray
    usual: int = UNLIMITED
    in_slot: int = UNLIMITED
    of_unit: int = UNLIMITED


def without_days(slots: int, auditors: int) -> Calendar:
    """Return the calendar of a plan without days: a single day that holds everything."""
    return Calendar(np.ones((slots, 1), dtype=bool), np.full((auditors, 1), UNLIMITED))
