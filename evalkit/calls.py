"""Ratings of mystery calls: what an auditor entered about one attempt, and the same as arrays for the kernels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalkit.observations import ABSENT, OK, Cell
from evalkit.problems import NOWHERE, Place

OUTCOME = "outcome"
"""Key of the cell with a call's outcome; no item may stand for it but those of type ``outcome``."""


FIRST, SECOND, RESERVE = "first", "second", "reserve"
"""What a planned rating is for: the call itself, a second score of it, a call in place of one that falls out."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a call began, in the hotline's local time, and how many seconds it took; NaN or None where not entered.

    ``to_the_second`` tells that the start was entered with seconds, not in whole minutes.
    """

    date: dt.date | None = None
    start: dt.time | None = None
    duration: float = float("nan")
    to_the_second: bool = False


NO_TIMING = Timing()


def rating_name(call: str, auditor: str, attempt: int) -> str:
    """Return what tells a rating from others: call, auditor, and the attempt from the second on."""
    again = f"#{attempt}" if attempt > 1 else ""
    return f"{call}/{auditor}{again}" if auditor else f"{call}{again}"


@dataclass(frozen=True, slots=True)
class Rating:
    """One attempt at one call as one auditor rated it; names are codes of the protocol, ``slot`` may be empty.

    ``cells``: the outcome, then the items that are judged in this scenario on this channel. ``place``: where the number
    of the call stands. ``number``: code of the telephone number that the call was made from, and ``agent``: of who
    answered it, within the unit; empty where not entered.
    """

    call: str
    unit: str
    auditor: str
    scenario: str
    channel: str
    slot: str
    outcome: str
    attempt: int
    file: str
    cells: tuple[Cell, ...]
    timing: Timing = NO_TIMING
    place: Place = NOWHERE
    number: str = ""
    agent: str = ""

    @property
    def respondent(self) -> str:
        """What tells the rating from others in the observations."""
        return rating_name(self.call, self.auditor, self.attempt)


@dataclass(frozen=True, slots=True)
class Calls:
    """The ratings that count, as arrays over (ratings, keys); a key is ``outcome`` or an item.

    ``unit`` and ``call`` are numbers, ``ratings`` the ratings themselves in the same order. ``numbers`` is the position
    of the answer or outcome, or the number entered, NaN wherever ``statuses`` is not ``OK``; ``statuses`` is ``ABSENT``
    for an item that is not judged in the call; ``observations`` has the row ids, 0 for none.
    """

    units: tuple[str, ...]
    ratings: tuple[Rating, ...]
    unit: NDArray[np.int64]
    call: NDArray[np.int64]
    keys: Mapping[str, int]
    numbers: NDArray[np.float64]
    statuses: NDArray[np.int8]
    observations: NDArray[np.int64]


def call_arrays(
    ratings: Sequence[Rating], counted: Sequence[bool], units: tuple[str, ...], keys: tuple[str, ...], first: int
) -> Calls:
    """Return the arrays of the ratings that are ``counted``; row ids of all ratings' cells run on from ``first``."""
    rows = {unit: index for index, unit in enumerate(units)}
    columns = {key: index for index, key in enumerate(keys)}
    starts = first + np.cumsum([0, *(len(rating.cells) for rating in ratings)])
    kept = [index for index, counts in enumerate(counted) if counts]
    used = tuple(ratings[index] for index in kept)
    names: dict[str, int] = {}
    shape = (len(used), len(keys))
    calls = Calls(
        units,
        used,
        np.array([rows[rating.unit] for rating in used], dtype=np.int64),
        np.array([names.setdefault(rating.call, len(names)) for rating in used], dtype=np.int64),
        columns,
        np.full(shape, np.nan),
        np.full(shape, ABSENT, np.int8),
        np.zeros(shape, np.int64),
    )
    for row, index in enumerate(kept):
        for offset, cell in enumerate(ratings[index].cells):
            column = columns[cell.key]
            calls.statuses[row, column] = cell.status
            calls.numbers[row, column] = cell.number if cell.status == OK else np.nan
            calls.observations[row, column] = starts[index] + offset
    return calls
