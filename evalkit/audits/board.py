"""Who makes each planned call: the rarest auditor first, then exchanges that even out what each one gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.request import NoCapacityError, NoDaysError, Request
from evalkit.scoring.arrays import BoolArray, IntArray

NOBODY = -1
_SWAPS_A_CALL = 50


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """The calls to be given out, one entry each: unit, scenario, slot, and whether it is a reserve."""

    unit: IntArray
    scenario: IntArray
    slot: IntArray
    reserve: BoolArray


class Board:
    """Counts of auditors by unit, scenario, slot and region while calls are given out and exchanged."""

    def __init__(self, request: Request, slate: Slate, draws: np.random.Generator) -> None:
        """Lay the calls out, nobody's yet."""
        self.request, self.draws = request, draws
        self.unit, self.scenario = slate.unit, slate.scenario
        auditors = request.allowed.shape[1]
        self.auditor = np.full(len(slate.unit), NOBODY, np.int64)
        self.load = np.zeros(auditors, np.int64)
        self.at_unit = np.zeros((request.allowed.shape[0], auditors), np.int64)
        self.playing: dict[tuple[int, int], set[int]] = {}
        sizes = (request.applies.shape[1], request.slots, int(request.region.max(initial=0)) + 1)
        self.traits = (slate.scenario, slate.slot, request.region[slate.unit])
        self.counts = tuple(np.zeros((size, auditors), np.int64) for size in sizes)
        self.takes = (request.room.within[:, slate.slot] & ~slate.reserve).astype(np.int64)
        self.taken = np.zeros_like(request.room.most)

    def fill(self) -> None:
        """Give every call to the allowed auditor who is rarest: at the unit, in load, then in what the call is like."""
        auditors, without_day = int(self.request.allowed.shape[1]), 0
        for call in self.draws.permutation(len(self.unit)).tolist():
            unit = int(self.unit[call])
            alike = np.zeros(auditors, np.int64)
            for counts, trait in zip(self.counts, self.traits, strict=True):
                alike += counts[trait[call]]
            free = self.load < self.request.most
            if not (self.request.allowed[unit] & free).any():
                raise NoCapacityError(unit)
            may = self._may(call, free & self._has_days(call))
            rarest = np.lexsort((self.draws.random(auditors), alike, self.load, self.at_unit[unit], ~may))
            best = int(rarest[0]) if may.any() else self._make_room(call)
            if best == NOBODY:
                without_day += 1
                continue
            self._give(call, best, 1)
            self.auditor[call] = best
        if without_day:
            raise NoDaysError(without_day)

    def _has_days(self, call: int) -> BoolArray:
        """Tell which auditors have room for the call on the days of its slot."""
        takes = self.takes[:, call, None]
        return np.asarray((self.taken + takes <= self.request.room.most).all(axis=0))

    def _make_room(self, call: int) -> int:
        """Pass a call on to an auditor with days left, and return who now has a day for this one; −1 where none can.

        Nobody comes to play a scenario at a unit where he plays it already.
        """
        most, allowed = self.request.room.most, self.request.allowed
        takers = np.flatnonzero(self._has_days(call) & (self.load < self.request.most))
        givers = np.flatnonzero(allowed[self.unit[call]]).tolist() if len(takers) else []
        for giver in (each for each in givers if each not in self._players(call)):
            others = np.flatnonzero((self.auditor == giver) & self.takes.any(axis=0))
            left = self.taken[:, giver, None] - self.takes[:, others] + self.takes[:, call, None]
            needed = self.taken[:, None, takers] + self.takes[:, others, None]
            fits = (needed <= most[:, None, takers]).all(axis=0) & allowed[self.unit[others]][:, takers]
            found = np.argwhere(fits & np.asarray((left <= most[:, giver, None]).all(axis=0))[:, None])
            for other, taker in zip(others[found[:, 0]].tolist(), takers[found[:, 1]].tolist(), strict=True):
                if taker not in self._players(other):
                    self._give(other, giver, -1)
                    self._give(other, taker, 1)
                    self.auditor[other] = taker
                    return giver
        return NOBODY

    def _may(self, call: int, free: BoolArray) -> BoolArray:
        """Tell which auditors may take the call; those who play its scenario at the unit only if nobody else may."""
        allowed = self.request.allowed[self.unit[call]] & free
        fresh = allowed.copy()
        fresh[list(self._players(call))] = False
        return np.asarray(fresh if fresh.any() else allowed)

    def _players(self, call: int) -> set[int]:
        """Return the auditors who play the scenario of the call at its unit."""
        return self.playing.setdefault((int(self.unit[call]), int(self.scenario[call])), set())

    def _give(self, call: int, auditor: int, sign: int) -> None:
        self.load[auditor] += sign
        self.at_unit[self.unit[call], auditor] += sign
        self.taken[:, auditor] += sign * self.takes[:, call]
        for counts, trait in zip(self.counts, self.traits, strict=True):
            counts[trait[call], auditor] += sign
        players = self._players(call)
        (players.add if sign > 0 else players.discard)(auditor)

    def swap(self) -> None:
        """Exchange the auditors of two calls where that evens out counts and no rule speaks against it."""
        n = len(self.unit)
        for one, other in self.draws.integers(0, n, (_SWAPS_A_CALL * n, 2)).tolist():
            first, second = int(self.auditor[one]), int(self.auditor[other])
            if (
                first != second
                and self._gain(one, other, first, second) > 0
                and self._possible(one, second, other, first)
            ):
                for call, old, new in ((one, first, second), (other, second, first)):
                    self._give(call, old, -1)
                    self._give(call, new, 1)
                    self.auditor[call] = new

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
            taken = self.taken[:, auditor] + self.takes[:, call] - self.takes[:, leaves]
            if (taken > self.request.room.most[:, auditor]).any():
                return False
            if not self.request.allowed[unit, auditor] or auditor in self.playing[unit, scenario]:
                return False
            if self.unit[one] != self.unit[other] and self.at_unit[unit, auditor] > self.at_unit[unit].min():
                return False
        return True

    def seconds(self, calls: IntArray) -> IntArray:
        """Return the second auditor of each call: a share drawn evenly over units, −1 elsewhere."""
        second = np.full(len(self.unit), NOBODY, np.int64)
        wanted = round(self.request.double * len(calls))
        order = self.draws.permutation(len(calls))
        within = np.zeros(len(calls), np.int64)
        seen: dict[int, int] = {}
        for place in order.tolist():
            unit = int(self.unit[calls[place]])
            within[place] = seen[unit] = seen.get(unit, -1) + 1
        chosen = calls[order[np.argsort(within[order], kind="stable")][:wanted]]
        extra = np.zeros(len(self.load), np.int64)
        for call in chosen.tolist():
            allowed = self._may(call, extra + self.load < self.request.most)
            allowed[self.auditor[call]] = False
            if allowed.any():
                unit = int(self.unit[call])
                key = np.lexsort((self.draws.random(len(extra)), self.at_unit[unit], extra + self.load, ~allowed))
                second[call] = key[0]
                extra[key[0]] += 1
                self.playing[unit, int(self.scenario[call])].add(int(key[0]))
        return second
