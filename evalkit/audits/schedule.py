"""On which day each planned call is made: within the auditors' daily capacity, spread over the days of fieldwork."""

from __future__ import annotations

from collections import deque

import numpy as np

from evalkit.audits.calendar import Calendar
from evalkit.scoring.arrays import BoolArray, IntArray

_PROPOSALS_A_CALL = 20
_NO_DAY = -1


def schedule(unit: IntArray, slot: IntArray, auditor: IntArray, calendar: Calendar, seed: int) -> IntArray:
    """Return the day of each call, a number from 0; the arrays have one entry a call.

    Every call is on a day of its slot, and no auditor has more calls on a day, or in a slot of a day, than he can make.
    Among such schedules, calls beyond those that a unit may receive on a day are avoided first, then calls of one unit
    in one slot of one day, then calls of one unit on one day, then uneven days of an auditor: days are taken by these
    counts, then moves and exchanges of two calls' days are tried at random and kept where the sums of squared counts
    fall, in this order. Raises ValueError where the days of an auditor do not hold his calls.
    """
    board = _Days(unit, slot, auditor, calendar, np.random.default_rng([seed, 1]))
    board.fill()
    board.settle()
    board.relieve()
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
        self.taken = np.zeros((len(calendar.daily), slots, days), np.int64)

    def fill(self) -> None:
        """Give every call a day, those first whose slots take place on the fewest days; others move on for them."""
        order = self.draws.permutation(len(self.unit))
        order = order[np.argsort(self.calendar.open.sum(axis=1)[self.slot[order]], kind="stable")]
        lots = self.draws.random((len(order), self.calendar.open.shape[1]))
        for call, lot in zip(order.tolist(), lots, strict=True):
            unit, slot, auditor = self.unit[call], self.slot[call], self.auditor[call]
            free = self._ways(call) & (self.load[auditor] < self.calendar.daily[auditor])
            full = self.of_unit[unit] >= self.calendar.of_unit
            counts = (self.load[auditor], self.of_unit[unit], self.together[unit, slot], full)
            best = int(np.lexsort((lot, *counts, ~free))[0]) if free.any() else self._make_way(call)
            self._put(call, best, 1)

    def _ways(self, call: int) -> BoolArray:
        """Tell on which days the slot of a call takes place and its auditor can make one more call in it."""
        slot = self.slot[call]
        return np.asarray(self.calendar.open[slot] & (self.taken[self.auditor[call], slot] < self.calendar.in_slot))

    def _make_way(self, call: int) -> int:
        """Return a day for a call from which others of its auditor have moved to other days, in the shortest chain."""
        auditor = self.auditor[call]
        own = np.flatnonzero((self.auditor == auditor) & (self.day != _NO_DAY))
        movers = dict.fromkeys(np.flatnonzero(self._ways(call)).tolist(), call)
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
                for then in np.flatnonzero(self._ways(mover)).tolist():
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
            slot, auditor, old = self.slot[call], self.auditor[call], int(self.day[call])
            if day == old or not self.calendar.open[slot, day]:
                continue
            moves = [(call, day)]
            same = self.taken[auditor, slot, day] >= self.calendar.in_slot
            if same or self.load[auditor, day] >= self.calendar.daily[auditor, day]:
                there = own[auditor][self.day[own[auditor]] == day]
                there = there[self.slot[there] == slot] if same else there
                if not len(there):
                    continue
                other = int(there[lot % len(there)])
                if self.slot[other] != slot and not self._ways(other)[old]:
                    continue
                moves.append((other, old))
            self._try(moves)

    def relieve(self) -> None:
        """Take calls from days on which their units receive more than they may, as far as chains of moves allow it."""
        for call in np.flatnonzero(self.of_unit[self.unit, self.day] > self.calendar.of_unit).tolist():
            counts = self.of_unit[self.unit[call]]
            if counts[self.day[call]] > self.calendar.of_unit:
                days = np.flatnonzero(self._ways(call) & (counts < self.calendar.of_unit))
                any(self._pass_on(call, day) for day in self.draws.permutation(days).tolist())

    def _pass_on(self, call: int, day: int) -> bool:
        """Move a call to a day; where its auditor's day is full then, another of his calls takes its old place.

        Where that one's unit receives too many then, another of the unit's calls goes the first one's way, and so on:
        an alternating chain between two days, as in the proof of Kőnig's theorem on edge colouring. It comes to its end
        if all days are open to all; if none is found, nothing is moved.
        """
        moved: dict[int, int] = {}
        mover, target, by_auditor = call, day, True
        while True:
            moved[mover] = old = int(self.day[mover])
            self._put(mover, old, -1)
            self._put(mover, target, 1)
            owners, auditor, unit = (self.auditor if by_auditor else self.unit), self.auditor[mover], self.unit[mover]
            full = self.load[auditor, target] > self.calendar.daily[auditor, target]
            if not (full if by_auditor else self.of_unit[unit, target] > self.calendar.of_unit):
                return True
            there = np.flatnonzero((owners == owners[mover]) & (self.day == target)).tolist()
            after = next((each for each in there if each not in moved and self._ways(each)[old]), None)
            if after is None:
                break
            mover, target, by_auditor = after, old, not by_auditor
        for each, back in moved.items():
            self._put(each, int(self.day[each]), -1)
            self._put(each, back, 1)
        return False

    def _try(self, moves: list[tuple[int, int]]) -> None:
        """Make the moves (call, day), and take them back unless they lower the cost."""
        olds = [(call, int(self.day[call])) for call, _ in moves]
        change = np.zeros(4, np.int64)
        for call, day in moves:
            change -= self._put(call, int(self.day[call]), -1)
            change += self._put(call, day, 1)
        if tuple(change.tolist()) >= (0, 0, 0, 0):
            for call, day in olds:
                self._put(call, int(self.day[call]), -1)
                self._put(call, day, 1)

    def _put(self, call: int, day: int, sign: int) -> IntArray:
        """Count a call on a day, or no longer.

        Returns whether it is beyond what the unit may receive, and the other calls it meets in slot, unit and
        auditor's day.
        """
        unit, slot, auditor = self.unit[call], self.slot[call], self.auditor[call]
        cells = ((self.together, (unit, slot, day)), (self.of_unit, (unit, day)), (self.load, (auditor, day)))
        for counts, cell in (*cells, (self.taken, (auditor, slot, day))):
            counts[cell] += sign
        self.day[call] = day
        met = [int(counts[cell]) - (sign > 0) for counts, cell in cells]
        return np.array([met[1] >= self.calendar.of_unit, *met], np.int64)
