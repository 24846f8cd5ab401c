"""Who makes each planned call: the rarest auditor first, then exchanges that even out what each one gets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from evalkit.audits.request import Request
from evalkit.audits.seats import NOBODY, UNDATED, Seats
from evalkit.scoring.arrays import BoolArray, IntArray

_SWAPS_A_CALL = 50
_BY_PREFERENCE = (True, False)
"""Whether an auditor who plays the scenario at the unit already is left out: first so, then anybody."""


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """The calls to be given out, one entry each: unit, scenario, slot, and whether it is a reserve."""

    unit: IntArray
    scenario: IntArray
    slot: IntArray
    reserve: BoolArray

    @property
    def dated(self) -> IntArray:
        """The slot of each call that needs a day, :data:`UNDATED` for reserves."""
        return np.where(self.reserve, UNDATED, self.slot)


class Board:
    """Counts of auditors by unit, scenario, slot and region while calls are given out and exchanged.

    A rating is the number of a call; the second score of a call has its number plus that of all calls.
    """

    def __init__(self, request: Request, slate: Slate, draws: np.random.Generator) -> None:
        """Lay the calls out, nobody's yet."""
        self.request, self.draws = request, draws
        self.unit, self.scenario = slate.unit, slate.scenario
        self.size, (units, auditors) = len(slate.unit), request.allowed.shape
        slots = np.concatenate([slate.dated, np.full(self.size, UNDATED)])
        self.seats = Seats(request.calendar, request.most, slots)
        self.at_unit = np.zeros((units, auditors), np.int64)
        self.playing = np.zeros((units, request.applies.shape[1], auditors), np.int16)
        sizes = (request.applies.shape[1], request.slots, int(request.region.max(initial=0)) + 1)
        self.traits = (slate.scenario, slate.slot, request.region[slate.unit])
        self.counts = tuple(np.zeros((size, auditors), np.int64) for size in sizes)
        self.fixed = np.zeros(self.size, dtype=bool)

    @property
    def auditor(self) -> IntArray:
        """The auditor of each call, :data:`NOBODY` where it has none."""
        return self.seats.auditor[: self.size]

    @property
    def second(self) -> IntArray:
        """The second auditor of each call."""
        return self.seats.auditor[self.size :]

    def fill(self) -> int:
        """Give calls to the allowed auditor who is rarest: at the unit, in load, then in what the call is like.

        Where none is free, calls are moved from one auditor to another until one is, if that can be at all. Returns
        how many calls remain, which is the least possible.
        """
        remaining = 0
        for call in self.draws.permutation(self.size).tolist():
            alike = np.zeros(self.request.allowed.shape[1], np.int64)
            for counts, trait in zip(self.counts, self.traits, strict=True):
                alike += counts[trait[call]]
            remaining += not (self._give(call, alike) or self._make_room(call, last=True))
        return remaining

    def _give(self, rating: int, alike: IntArray) -> bool:
        """Give a rating to the rarest auditor who is free for it; tell whether there is one."""
        free, unit = self.seats.free(int(self.seats.slot[rating])), self.unit[rating % self.size]
        lots = self.draws.random(len(free))
        for fresh in _BY_PREFERENCE:
            may = self._who(rating, fresh=fresh) & free
            if may.any():
                auditor = int(np.lexsort((lots, alike, self.seats.total, self.at_unit[unit], ~may))[0])
                self.seats.seat(rating, auditor)
                self._count(rating, auditor, 1)
                return True
        return False

    def _make_room(self, rating: int, *, last: bool) -> bool:
        """Give a rating to an auditor for whom others move on; tell whether that can be."""
        before = self.seats.auditor.copy()
        for fresh in _BY_PREFERENCE:
            moved = self.seats.make_room(rating, partial(self._who, fresh=fresh), last=last and not fresh)
            for each in moved:
                if before[each] != NOBODY:
                    self._count(each, int(before[each]), -1)
                self._count(each, int(self.seats.auditor[each]), 1)
            if moved:
                return True
        return False

    def _who(self, rating: int, *, fresh: bool) -> BoolArray:
        """Tell which auditors may make a rating; with ``fresh`` only those who do not play its scenario at its unit."""
        call = rating % self.size
        who = self.request.allowed[self.unit[call]].copy()
        if self.seats.auditor[rating] != NOBODY and self.fixed[call]:
            who[:] = False
        if fresh:
            who &= self.playing[self.unit[call], self.scenario[call]] == 0
        other = self.seats.auditor[(rating + self.size) % (2 * self.size)]
        if other != NOBODY:
            who[other] = False
        return np.asarray(who)

    def _count(self, rating: int, auditor: int, sign: int) -> None:
        call = rating % self.size
        self.playing[self.unit[call], self.scenario[call], auditor] += sign
        if rating < self.size:
            self.at_unit[self.unit[call], auditor] += sign
            for counts, trait in zip(self.counts, self.traits, strict=True):
                counts[trait[call], auditor] += sign

    def swap(self) -> None:
        """Exchange the auditors of two calls where that evens out counts and no rule speaks against it."""
        auditors = self.auditor
        for one, other in self.draws.integers(0, self.size, (_SWAPS_A_CALL * self.size, 2)).tolist():
            first, second = int(auditors[one]), int(auditors[other])
            if (
                first != second
                and self._gain(one, other, first, second) > 0
                and self._possible(one, second, other, first)
            ):
                for call, old in ((one, first), (other, second)):
                    self.seats.leave(call)
                    self._count(call, old, -1)
                for call, new in ((one, second), (other, first)):
                    self.seats.seat(call, new)
                    self._count(call, new, 1)

    def _gain(self, one: int, other: int, first: int, second: int) -> int:
        """Return by how much the sum of squared counts falls, halved."""
        gain = 0
        for counts, trait in zip(self.counts, self.traits, strict=True):
            a, b = int(trait[one]), int(trait[other])
            if a != b:
                gain += int(counts[a, first] - counts[a, second] + counts[b, second] - counts[b, first]) - 2
        return gain

    def _possible(self, one: int, second: int, other: int, first: int) -> bool:
        for call, auditor, leaves in ((one, second, other), (other, first, one)):
            unit, scenario = int(self.unit[call]), int(self.scenario[call])
            if not self.request.allowed[unit, auditor] or self.playing[unit, scenario, auditor]:
                return False
            if self.unit[one] != self.unit[other] and self.at_unit[unit, auditor] > self.at_unit[unit].min():
                return False
            if not self.seats.can_exchange(auditor, int(self.seats.slot[call]), int(self.seats.slot[leaves])):
                return False
        return True

    def add_seconds(self, calls: IntArray) -> None:
        """Give a share of the calls, drawn evenly over units, a second auditor, as far as there is room.

        Where none is free, calls that are scored once make room.
        """
        order = self.draws.permutation(len(calls))
        within = np.zeros(len(calls), np.int64)
        seen: dict[int, int] = {}
        for place in order.tolist():
            unit = int(self.unit[calls[place]])
            within[place] = seen[unit] = seen.get(unit, -1) + 1
        wanted = round(self.request.double * len(calls))
        chosen = calls[order[np.argsort(within[order], kind="stable")][:wanted]]
        self.fixed[chosen] = True
        nothing = np.zeros(self.request.allowed.shape[1], np.int64)
        for rating in (chosen + self.size).tolist():
            if not self._give(rating, nothing):
                self._make_room(rating, last=False)
