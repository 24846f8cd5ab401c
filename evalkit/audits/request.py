"""What a plan of mystery calls is asked for, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.audits.schedule import Room
from evalkit.scoring.arrays import BoolArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What is to be planned; all are numbers from 0.

    ``calls`` a unit; ``reserves``: further calls a unit, to be made where another falls out; ``double``: share of the
    calls that a second auditor scores. ``applies`` (units, scenarios): whether a scenario is played at a unit;
    ``allowed`` (units, auditors): whether an auditor may call a unit, not so in his home town. ``most`` (auditors,):
    ratings that an auditor can take on; ``room``: calls, reserves apart, that the days of fieldwork allow him.
    ``region`` (units,), over which every auditor is to spread; ``slots`` is how many there are.
    """

    calls: int
    reserves: int
    double: float
    applies: BoolArray
    allowed: BoolArray
    most: IntArray
    room: Room
    region: IntArray
    slots: int
    seed: int


class NoCapacityError(ValueError):
    """The auditors who may call a unit have all the ratings that they can take on; ``unit`` is its number."""

    def __init__(self, unit: int) -> None:
        """Keep the unit."""
        super().__init__(f"no auditor has capacity left for unit {unit}")
        self.unit = unit


class NoDaysError(ValueError):
    """Calls find no auditor who has room for them on the days of fieldwork; ``calls`` is how many."""

    def __init__(self, calls: int) -> None:
        """Keep the number of calls."""
        super().__init__(f"{calls} calls find no auditor with a day left")
        self.calls = calls
