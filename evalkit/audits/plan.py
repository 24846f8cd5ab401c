"""Who calls whom, in which scenario and slot: a cyclic start, auditors where they are rarest, then random swaps.

The order of all things is fixed and every draw comes from one seeded generator, so that a plan can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.scoring.arrays import BoolArray, IntArray

NOBODY = -1
_SWAPS_A_CALL = 50


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What is to be planned; all are numbers from 0.

    ``calls`` a unit; ``reserves``: further calls a unit, to be made where another falls out; ``double``: share of the
    calls that a second auditor scores. ``applies`` (units, scenarios): whether a scenario is played at a unit;
    ``allowed`` (units, auditors): whether an auditor may call a unit, not so in his home town. ``most`` (auditors,):
    ratings that an auditor can take on. ``region`` (units,), over which every auditor is to spread; ``slots`` is how
    many there are.
    """

    calls: int
    reserves: int
    double: float
    applies: BoolArray
    allowed: BoolArray
    most: IntArray
    region: IntArray
    slots: int
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One entry a call, units in order: unit, scenario, slot, auditor; ``second`` is the second auditor or −1."""

    unit: IntArray
    scenario: IntArray
    slot: IntArray
    auditor: IntArray
    second: IntArray
    reserve: BoolArray


class NoCapacityError(ValueError):
    """The auditors who may call a unit have all the ratings that they can take on; ``unit`` is its number."""

    def __init__(self, unit: int) -> None:
        """Keep the unit."""
        super().__init__(f"no auditor has capacity left for unit {unit}")
        self.unit = unit


def make_plan(request: Request) -> Plan:
    """Return a plan in which scenarios and slots are balanced within units and within auditors.

    Within a unit, scenarios are used as evenly as their number allows, and so are slots and the auditors allowed
    there; no auditor plays one scenario twice at one unit as long as another may. Loads differ by little, since the
    auditor with the least is taken first; swaps of two calls' auditors that even out scenarios, slots and regions
    within auditors are then tried at random. Raises ValueError for a unit without a scenario or an auditor, and
    :class:`NoCapacityError` where a call finds no auditor with capacity left.
    """
    if not request.applies.any(axis=1).all() or not request.allowed.any(axis=1).all():
        raise ValueError("every unit needs a scenario and an auditor")
    draws = np.random.Generator(np.random.PCG64(request.seed))
    unit, scenario, slot, reserve = _calls(request, draws)
    board = _Board(request, unit, scenario, slot, draws)
    board.fill()
    board.swap()
    auditor = board.auditor
    second = board.seconds(np.flatnonzero(~reserve))
    return Plan(unit, scenario, slot, auditor, second, reserve)


def _calls(request: Request, draws: np.random.Generator) -> tuple[IntArray, IntArray, IntArray, BoolArray]:
    """Lay scenarios and slots out in turns that go on from unit to unit, in an order drawn once."""
    units, scenarios = request.applies.shape
    order, slots = draws.permutation(scenarios), draws.permutation(request.slots)
    many = request.calls + request.reserves
    used = np.zeros(scenarios, np.int64)
    rows: list[tuple[int, int, int]] = []
    turn = 0
    for unit in range(units):
        own = np.zeros(scenarios, np.int64)
        for call in range(many):
            open_to = order[request.applies[unit, order]]
            # first the scenario that the unit has least, then the one that all units together have least
            best = min(open_to.tolist(), key=lambda each: (own[each], used[each]))
            own[best] += 1
            used[best] += call < request.calls
            rows.append((unit, best, int(slots[turn % request.slots])))
            turn += 1
    table = np.array(rows, np.int64)
    reserve = np.tile(np.arange(many) >= request.calls, units)
    return table[:, 0], table[:, 1], table[:, 2], reserve


class _Board:
    """Counts of auditors by unit, scenario, slot and region while calls are given out and exchanged."""

    def __init__(
        self, request: Request, unit: IntArray, scenario: IntArray, slot: IntArray, draws: np.random.Generator
    ) -> None:
        self.request, self.draws = request, draws
        self.unit, self.scenario, self.slot = unit, scenario, slot
        auditors = request.allowed.shape[1]
        self.auditor = np.full(len(unit), NOBODY, np.int64)
        self.load = np.zeros(auditors, np.int64)
        self.at_unit = np.zeros((request.allowed.shape[0], auditors), np.int64)
        self.playing: dict[tuple[int, int], set[int]] = {}
        sizes = (request.applies.shape[1], request.slots, int(request.region.max(initial=0)) + 1)
        self.traits = (scenario, slot, request.region[unit])
        self.counts = tuple(np.zeros((size, auditors), np.int64) for size in sizes)

    def fill(self) -> None:
        """Give every call to the allowed auditor who is rarest: at the unit, in load, then in what the call is like."""
        auditors = int(self.request.allowed.shape[1])
        for call in self.draws.permutation(len(self.unit)).tolist():
            unit = int(self.unit[call])
            alike = np.zeros(auditors, np.int64)
            for counts, trait in zip(self.counts, self.traits, strict=True):
                alike += counts[trait[call]]
            may = self._may(call, self.load < self.request.most)
            if not may.any():
                raise NoCapacityError(unit)
            best = np.lexsort((self.draws.random(auditors), alike, self.load, self.at_unit[unit], ~may))[0]
            self._give(call, int(best), 1)
            self.auditor[call] = best

    def _may(self, call: int, free: BoolArray) -> BoolArray:
        """Tell which auditors may take the call; those who play its scenario at the unit only if nobody else may."""
        unit = int(self.unit[call])
        allowed = self.request.allowed[unit] & free
        fresh = allowed.copy()
        fresh[list(self.playing.get((unit, int(self.scenario[call])), ()))] = False
        return np.asarray(fresh if fresh.any() else allowed)

    def _give(self, call: int, auditor: int, sign: int) -> None:
        unit, scenario = int(self.unit[call]), int(self.scenario[call])
        self.load[auditor] += sign
        self.at_unit[unit, auditor] += sign
        for counts, trait in zip(self.counts, self.traits, strict=True):
            counts[trait[call], auditor] += sign
        players = self.playing.setdefault((unit, scenario), set())
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
        for call, auditor in ((one, second), (other, first)):
            unit, scenario = int(self.unit[call]), int(self.scenario[call])
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
