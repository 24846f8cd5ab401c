"""What a plan of mystery calls is asked for, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.audits.calendar import Calendar
from evalkit.scoring.arrays import BoolArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What is to be planned; all are numbers from 0.

    ``calls`` a unit; ``reserves``: further calls a unit, to be made where another falls out; ``double``: share of the
    calls that a second auditor scores. ``applies`` (units, scenarios): whether a scenario is played at a unit;
    ``allowed`` (units, auditors): whether an auditor may call a unit, not so in his home town. ``most`` (auditors,):
    ratings that an auditor can take on; ``calendar``: the days of all calls but reserves. ``region`` (units,), over
    which every auditor is to spread.
    """

    calls: int
    reserves: int
    double: float
    applies: BoolArray
    allowed: BoolArray
    most: IntArray
    calendar: Calendar
    region: IntArray
    seed: int

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return int(self.calendar.open.shape[0])


class NoCapacityError(ValueError):
    """Whatever is moved, ``calls`` find no auditor who may make them and has ratings left; ``unit``: of the first."""

    def __init__(self, calls: int, unit: int) -> None:
        """Keep the number of calls and the unit."""
        super().__init__(f"{calls} calls find no auditor with capacity left, the first of them at unit {unit}")
        self.calls, self.unit = calls, unit


class NoDaysError(ValueError):
    """Whatever is moved, ``calls`` find no auditor who has a day left for them.

    With ``days`` further days of auditors who may call everywhere all calls would find one.
    """

    def __init__(self, calls: int, days: int) -> None:
        """Keep the numbers of calls and of days."""
        super().__init__(f"{calls} calls find no auditor with a day left; {days} auditor-days are missing")
        self.calls, self.days = calls, days
