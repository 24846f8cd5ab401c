"""On which day each planned call is made: within the auditors' daily capacity, spread over the days of fieldwork."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import BoolArray, IntArray

_PROPOSALS_A_CALL = 20


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The days of fieldwork.

    ``open`` (slots, days): whether a slot takes place on a day; the days of two slots are the same, disjoint, or one
    part of the other, as workdays, weekends and all days are. ``daily`` (auditors, days): calls that an auditor can
    make on a day, 0 on a day off.
    """

    open: BoolArray
    daily: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """How many calls auditors can make in all, by sets of days.

    ``within`` (sets, slots): whether a slot takes place on days of the set only; ``most`` (sets, auditors): calls that
    an auditor can make on the days of the set. No set: no limit.
    """

    within: BoolArray
    most: IntArray


def no_room_needed(slots: int, auditors: int) -> Room:
    """Return the room of a plan without days, which nothing exceeds."""
    return Room(np.zeros((0, slots), dtype=bool), np.zeros((0, auditors), np.int64))


def room(calendar: Calendar) -> Room:
    """Return how many calls the auditors can make within each set of days on which some slot takes place.

    An auditor's calls can be given days if and only if, for every set, those in slots within it are no more than its
    room: Hall's condition, which sets that are nested or disjoint need be checked for only one by one (P. Hall, "On
    representatives of subsets", *Journal of the London Mathematical Society* 10, 1935). Raises ValueError for sets
    that overlap in part.
    """
    sets = np.unique(calendar.open, axis=0)
    shared = sets.astype(np.int64) @ sets.T.astype(np.int64)
    sizes = np.diag(shared)
    if not ((shared == 0) | (shared == sizes[:, None]) | (shared == sizes)).all():
        raise ValueError("the days of two slots overlap in part")
    within = ~(calendar.open[None, :, :] & ~sets[:, None, :]).any(axis=2)
    return Room(np.asarray(within), sets.astype(np.int64) @ calendar.daily.T)


def schedule(unit: IntArray, slot: IntArray, auditor: IntArray, calendar: Calendar, seed: int) -> IntArray:
    """Return the day of each call, a number from 0; the arrays have one entry a call.

    Every call is on a day of its slot, and no auditor has more calls on a day than he can make. Among such schedules,
    calls of one unit in one slot of one day are avoided first, then calls of one unit on one day, then uneven days of
    an auditor: days are taken by these counts, then moves and exchanges of two calls' days are tried at random and
    kept where the sums of squared counts fall, in this order. Raises ValueError where :func:`room` is exceeded.
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
        self.day = np.zeros(len(unit), np.int64)
        self.together = np.zeros((units, slots, days), np.int64)
        self.of_unit = np.zeros((units, days), np.int64)
        self.load = np.zeros(calendar.daily.shape, np.int64)

    def fill(self) -> None:
        """Give every call a day, those first whose slots take place on the fewest days."""
        order = self.draws.permutation(len(self.unit))
        order = order[np.argsort(self.calendar.open.sum(axis=1)[self.slot[order]], kind="stable")]
        lots = self.draws.random((len(order), self.calendar.open.shape[1]))
        for call, lot in zip(order.tolist(), lots, strict=True):
            unit, slot, auditor = self.unit[call], self.slot[call], self.auditor[call]
            free = self.calendar.open[slot] & (self.load[auditor] < self.calendar.daily[auditor])
            if not free.any():
                raise ValueError("an auditor has more calls than his days allow")
            counts = (self.load[auditor], self.of_unit[unit], self.together[unit, slot])
            self._put(call, int(np.lexsort((lot, *counts, ~free))[0]), 1)

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
