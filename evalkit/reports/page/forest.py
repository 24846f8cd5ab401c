"""The forest plot of the page: a rank interval a unit, and the groups whose order they leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.reports.page.ranked import RankedUnit
from evalkit.uncertainty.rank_groups import open_groups

ROW = 17.0
LEFT, PLOT, RIGHT = 170.0, 470.0, 80.0
TOP = 26.0
PAGE_ROWS = 40
"""Rows of a drawing: as many as fit on a sheet of paper."""
MOST = 400
"""Units that are drawn; the table of ranks has the intervals of all."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TICKS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of the plot: where it stands, its interval and its rank in the units of the drawing, its groups."""

    y: float
    name: str
    low: float
    high: float
    rank: float
    text: str
    groups: str


@dataclass(frozen=True, slots=True)
class Forest:
    """Drawings of at most ``PAGE_ROWS`` rows, on one axis; ``left_out`` units have an interval and are not drawn."""

    width: float
    ticks: tuple[tuple[float, int], ...]
    drawings: tuple[tuple[Mark, ...], ...]
    count: int
    left_out: int

    @staticmethod
    def height(rows: int) -> float:
        """Return the height of a drawing of so many rows."""
        return TOP + ROW * rows + 8


def forest(units: Sequence[RankedUnit]) -> Forest | None:
    """Draw the units that have a rank interval, in their order; None where none has."""
    known = [each for each in units if each.interval is not None and each.rank is not None]
    if not known:
        return None
    low, high = np.array([each.interval for each in known], dtype=float).T
    groups = open_groups(low, high)
    worst = float(max(high.max(), *(each.rank or 0 for each in known)))

    def across(rank: float) -> float:
        return LEFT + PLOT * (rank - 0.5) / worst

    marks = [
        Mark(
            TOP + ROW * (number % PAGE_ROWS + 0.5),
            each.name,
            across(low[number] - 0.35),
            across(high[number] + 0.35),
            across(each.rank or 0),
            f"{low[number]:g}–{high[number]:g}",
            group_text(groups.first[number], groups.last[number]),
        )
        for number, each in enumerate(known[:MOST])
    ]
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if worst / size <= _TICKS)
    ticks = [1, *range(step, int(worst) + 1, step)]
    places = tuple((across(tick), tick) for tick in dict.fromkeys(ticks))
    drawings = tuple(tuple(marks[start : start + PAGE_ROWS]) for start in range(0, len(marks), PAGE_ROWS))
    return Forest(LEFT + PLOT + RIGHT, places, drawings, groups.count, len(known) - len(marks))


def group_text(first: int, last: int) -> str:
    """Return the letters of consecutive groups, such as ``C`` or ``C–F``; empty for none."""
    if first < 0:
        return ""
    return _letter(first) if first == last else f"{_letter(first)}–{_letter(last)}"


def _letter(number: int) -> str:
    """Return A to Z, AA, AB and so on."""
    text = ""
    while number >= 0:
        text = _LETTERS[number % len(_LETTERS)] + text
        number = number // len(_LETTERS) - 1
    return text
