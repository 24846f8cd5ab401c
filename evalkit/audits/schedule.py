"""On which day each planned call is made: within the auditors' daily capacity, spread over the days of fieldwork."""

from __future__ import annotations

from collections import deque

import numpy as np

from evalkit.audits.calendar import Calendar
from evalkit.scoring.arrays import IntArray

_PROPOSALS_A_CALL = 20
_NO_DAY = -1


def schedule(unit: IntArray, slot: IntArray, auditor: IntArray, calendar: Calendar, seed: int) -> IntArray:
    """Return the day of each call, a number from 0; the arrays have one entry a call.

    Every call is on a day of its slot, and no auditor has more calls on a day than he can make. Among such schedules,
    calls of one unit in one slot of one day are avoided first, then calls of one unit on one day, then uneven days of
    an auditor: days are taken by these counts, then moves and exchanges of two calls' days are tried at random and
    kept where the sums of squared counts fall, in this order. Raises ValueError where the days of an auditor
    do not hold his calls.
    """
    board = _Days(unit, slot, auditor, calendar, np.random.default_rng([seed, 1]))
    board.fill()
    board.settle()
    return board.day


class _Days:
    """Counts of calls by unit, slot, auditor and day while days are given out and exchanged."""

    def __init__(
        self, unit: IntArray, slot: IntArray, auditor: IntArray, calendar: Calendar, draws: np.random.Generator
    ) -> None:
        self.unit, self.slot, self.auditor, self.calendar, self.draws = unit, slot, auditor, calendar, draws
        (slots, days), units = calendar.open.shape, int(unit.max(initial=-1)) + 1
        self.day = np.full(len(unit), _NO_DAY, np.int64)
        self.together = np.zeros((units, slots, days), np.int64)
        self.of_unit = np.zeros((units, days), np.int64)
        self.load = np.zeros(calendar.daily.shape, np.int64)

    def fill(self) -> None:
        """Give every call a day, those first whose slots take place on the fewest days; others move on for them."""
        order = self.draws.permutation(len(self.unit))
        order = order[np.argsort(self.calendar.open.sum(axis=1)[self.slot[order]], kind="stable")]
        lots = self.draws.random((len(order), self.calendar.open.shape[1]))
        for call, lot in zip(order.tolist(), lots, strict=True):
            unit, slot, auditor = self.unit[call], self.slot[call], self.auditor[call]
            free = self.calendar.open[slot] & (self.load[auditor] < self.calendar.daily[auditor])
            counts = (self.load[auditor], self.of_unit[unit], self.together[unit, slot])
            best = int(np.lexsort((lot, *counts, ~free))[0]) if free.any() else self._make_way(call)
            self._put(call, best, 1)

    def _make_way(self, call: int) -> int:
        """Return a day for a call from which others of its auditor have moved to other days, in the shortest chain."""
        auditor = self.auditor[call]
        own = np.flatnonzero((self.auditor == auditor) & (self.day != _NO_DAY))
        movers = dict.fromkeys(np.flatnonzero(self.calendar.open[self.slot[call]]).tolist(), call)
        queue = deque(movers)
        while queue:
            day = queue.popleft()
            if self.load[auditor, day] < self.calendar.daily[auditor, day]:
                while movers[day] != call:
                    mover, end = movers[day], day
                    day = int(self.day[mover])
                    self._put(mover, day, -1)
                    self._put(mover, end, 1)
                return day
            for mover in own[self.day[own] == day].tolist():
                for then in np.flatnonzero(self.calendar.open[self.slot[mover]]).tolist():
                    if then not in movers:
                        movers[then] = mover
                        queue.append(then)
        raise ValueError("an auditor has more calls than his days allow")

    def settle(self) -> None:
        """Move calls to other days, or exchange two calls of an auditor, as long as that spreads them better."""
        calls, days = len(self.unit), self.calendar.open.shape[1]
        own = [np.flatnonzero(self.auditor == auditor) for auditor in range(len(self.load))]
        size = (_PROPOSALS_A_CALL * calls,)
        proposals = (self.draws.integers(0, high, size).tolist() for high in (max(calls, 1), days, 1 << 30))
        for call, day, lot in zip(*proposals, strict=True):
            auditor, old = self.auditor[call], int(self.day[call])
            if day == old or not self.calendar.open[self.slot[call], day]:
                continue
            moves = [(call, day)]
            if self.load[auditor, day] >= self.calendar.daily[auditor, day]:
                there = [each for each in own[auditor] if self.day[each] == day]
                if not there or not self.calendar.open[self.slot[there[lot % len(there)]], old]:
                    continue
                moves.append((int(there[lot % len(there)]), old))
            self._try(moves)

    def _try(self, moves: list[tuple[int, int]]) -> None:
        """Make the moves (call, day), and take them back unless they lower the cost."""
        olds = [(call, int(self.day[call])) for call, _ in moves]
        change = np.zeros(3, np.int64)
        for call, day in moves:
            change -= self._put(call, int(self.day[call]), -1)
            change += self._put(call, day, 1)
        if tuple(change.tolist()) >= (0, 0, 0):
            for call, day in olds:
                self._put(call, int(self.day[call]), -1)
                self._put(call, day, 1)

    def _put(self, call: int, day: int, sign: int) -> IntArray:
        """Count a call on a day, or no longer; returns the other calls it meets in slot, unit and auditor's day."""
        unit, slot, auditor = self.unit[call], self.slot[call], self.auditor[call]
        cells = ((self.together, (unit, slot, day)), (self.of_unit, (unit, day)), (self.load, (auditor, day)))
        for counts, cell in cells:
            counts[cell] += sign
        self.day[call] = day
        return np.array([counts[cell] - (sign > 0) for counts, cell in cells], np.int64)
