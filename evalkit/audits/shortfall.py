"""What is lacking where there is no plan: auditors who may call a unit, or days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from evalkit.audits.board import Slate
from evalkit.audits.calendar import UNLIMITED, Calendar, without_days
from evalkit.audits.request import NoCapacityError, NoDaysError, Request
from evalkit.audits.seats import Seats
from evalkit.scoring.arrays import IntArray


def refusal(request: Request, slate: Slate, remaining: int) -> NoCapacityError | NoDaysError:
    """Return why ``remaining`` calls, the least possible, have no auditor: even without days, or for want of days."""
    seats = Seats(without_days(request.slots, len(request.most)), request.most, slate.dated)
    alone: list[int] = []
    for call, (unit, slot) in enumerate(zip(slate.unit.tolist(), slate.dated.tolist(), strict=True)):
        free = request.allowed[unit] & seats.free(slot)
        if free.any():
            seats.seat(call, int(np.argmin(np.where(free, seats.total, UNLIMITED))))
        elif not seats.make_room(call, lambda each: request.allowed[slate.unit[each]], last=True):
            alone.append(call)
    if alone:
        return NoCapacityError(len(alone), int(slate.unit[alone[0]]))
    return NoDaysError(remaining, missing_days(request, slate))


def missing_days(request: Request, slate: Slate) -> int:
    """Return the fewest further auditor-days with which all calls would have a seat.

    Such a day has the usual number of calls, is of the kind of any day of fieldwork, or of one for the slots that have
    none, and is that of an auditor who may call everywhere. An integer programme: the flow of
    :mod:`evalkit.audits.seats`, units with the same auditors taken together, and a whole number of further days of each
    kind, whose sum is least.
    """
    problem = _Flow(request, slate)
    problem.auditors()
    problem.further_days()
    return problem.least()


def crowded(unit: IntArray, slot: IntArray, calendar: Calendar) -> IntArray:
    """Return the calls of each unit, (units,), beyond those that its days hold at ``calendar.of_unit`` calls a day."""
    units = int(unit.max(initial=-1)) + 1
    shape = (units, calendar.open.shape[1])
    seats = Seats(Calendar(calendar.open, np.full(shape, calendar.of_unit)), np.full(units, UNLIMITED), slot)
    beyond = np.zeros(units, np.int64)
    for call, own in enumerate(unit.tolist()):
        if seats.free(int(slot[call]))[own]:
            seats.seat(call, own)
        else:
            beyond[own] += 1
    return beyond


class _Flow:
    """Variables (cost, whether whole) and rows of the programme: a row says that its sum lies in an interval."""

    def __init__(self, request: Request, slate: Slate) -> None:
        self.request = request
        self.groups, group = np.unique(request.allowed, axis=0, return_inverse=True)
        self.needed: dict[tuple[int, int], int] = {}
        for key in zip(group.ravel()[slate.unit].tolist(), slate.dated.tolist(), strict=True):
            self.needed[key] = self.needed.get(key, 0) + 1
        self.calls = len(slate.unit)
        self.cost: list[int] = []
        self.most: list[float] = []
        self.entries: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.demand = {key: self.row(count, count) for key, count in self.needed.items()}

    def row(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def variable(self, entries: Mapping[int, float], *, cost: int = 0, most: float = np.inf) -> None:
        self.entries += [(row, len(self.cost), value) for row, value in entries.items()]
        self.cost.append(cost)
        self.most.append(most)

    def auditors(self) -> None:
        """Let the auditors make calls, within their slots, days and totals."""
        calendar = self.request.calendar
        for auditor, most in enumerate(self.request.most.tolist()):
            total = self.row(0, min(most, self.calls))
            slots = [self.row(0, 0) for _ in range(self.request.slots)]
            for (group, slot), demand in self.demand.items():
                if self.groups[group, auditor]:
                    self.variable({demand: 1, total: 1} | ({slots[slot]: 1} if slot >= 0 else {}))
            for day in np.flatnonzero(calendar.daily[auditor]).tolist():
                seats = self.row(0, min(int(calendar.daily[auditor, day]), self.calls))
                for slot in np.flatnonzero(calendar.open[:, day]).tolist():
                    self.variable({slots[slot]: -1, seats: 1}, most=min(calendar.in_slot, self.calls))

    def further_days(self) -> None:
        """Let further days take any call but reserves, at the cost of one each."""
        slots = [self.row(0, 0) for _ in range(self.request.slots)]
        for (_, slot), demand in self.demand.items():
            if slot >= 0:
                self.variable({demand: 1, slots[slot]: 1})
        open_days = self.request.calendar.open
        nowhere = ~open_days.any(axis=1)
        for kind in np.unique(np.column_stack([open_days, nowhere]), axis=1).T:
            seats = self.row(-np.inf, 0)
            day = {seats: -min(self.request.calendar.usual, self.calls)}
            for slot in np.flatnonzero(kind).tolist():
                in_slot = self.row(-np.inf, 0)
                self.variable({slots[slot]: -1, seats: 1, in_slot: 1})
                day[in_slot] = -min(self.request.calendar.in_slot, self.calls)
            self.variable(day, cost=1)

    def least(self) -> int:
        rows, columns, values = zip(*self.entries, strict=True)
        shape = (len(self.low), len(self.cost))
        matrix = sparse.csr_array((values, (rows, columns)), shape=shape)
        cost = np.array(self.cost, dtype=float)
        found = milp(
            cost,
            integrality=cost,
            bounds=Bounds(0, np.array(self.most)),
            constraints=LinearConstraint(matrix, self.low, self.high),
        )
        return round(float(found.fun))
