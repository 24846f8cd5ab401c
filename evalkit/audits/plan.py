"""Who calls whom, in which scenario and slot: turns that are even, auditors where they are rarest, random swaps.

The order of all things is fixed and every draw comes from one seeded generator, so that a plan can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.board import Board, Slate
from evalkit.audits.request import Request
from evalkit.audits.shortfall import refusal
from evalkit.scoring.arrays import BoolArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One entry a call, units in order: unit, scenario, slot, auditor; ``second`` is the second auditor or −1."""

    unit: IntArray
    scenario: IntArray
    slot: IntArray
    auditor: IntArray
    second: IntArray
    reserve: BoolArray


def make_plan(request: Request) -> Plan:
    """Return a plan in which scenarios and slots are balanced within units and within auditors.

    Within a unit, scenarios are used as evenly as their number allows, and so are slots and the auditors allowed
    there; no auditor plays one scenario twice at one unit as long as another may. Loads differ by little, since the
    auditor with the least is taken first, and calls move on to others where none is free; swaps of two calls' auditors
    that even out scenarios, slots and regions within auditors are then tried at random. For the scenarios and slots
    drawn, a plan is found if there is one: :class:`NoCapacityError` is raised where auditors cannot take on all calls,
    :class:`NoDaysError` where only days are lacking. Second scores are made as far as there is room for them. Raises
    ValueError for a unit without a scenario or an auditor.
    """
    if not request.applies.any(axis=1).all() or not request.allowed.any(axis=1).all():
        raise ValueError("every unit needs a scenario and an auditor")
    draws = np.random.Generator(np.random.PCG64(request.seed))
    slate = lay_out(request, draws)
    board = Board(request, slate, draws)
    if remaining := board.fill():
        raise refusal(request, slate, remaining)
    board.swap()
    board.add_seconds(np.flatnonzero(~slate.reserve))
    return Plan(slate.unit, slate.scenario, slate.slot, board.auditor, board.second, slate.reserve)


def lay_out(request: Request, draws: np.random.Generator) -> Slate:
    """Lay scenarios and slots out unit by unit, each where the unit has it least, in an order drawn once.

    Reserves come after a unit's calls and count apart, since they may never be made.
    """
    units, scenarios = request.applies.shape
    turns = _Turns(draws.permutation(scenarios), draws.permutation(request.slots))
    in_turns = scenarios % request.calls == 0
    many = request.calls + request.reserves
    rows: list[tuple[int, int, int]] = []
    for unit in range(units):
        turns.next_unit()
        if in_turns and turns.are_even:
            # units would fall into groups that share no scenario if the turns went on in one order
            turns.scenarios = draws.permutation(scenarios)
        open_to = request.applies[unit]
        rows += [(unit, *turns.take(open_to, reserve=call >= request.calls)) for call in range(many)]
    table = np.array(rows, np.int64)
    return Slate(table[:, 0], table[:, 1], table[:, 2], np.tile(np.arange(many) >= request.calls, units))


class _Turns:
    """How often scenarios and slots were used: by the unit, by all, and together, calls and reserves apart."""

    def __init__(self, scenarios: IntArray, slots: IntArray) -> None:
        self.scenarios, self.slots = scenarios, slots
        self.used = np.zeros((2, len(scenarios)), np.int64)
        self.used_slots = np.zeros((2, len(slots)), np.int64)
        self.together = np.zeros((2, len(scenarios), len(slots)), np.int64)

    @property
    def are_even(self) -> bool:
        """Whether all scenarios were used equally often by calls."""
        return bool((self.used[0] == self.used[0, 0]).all())

    def next_unit(self) -> None:
        """Begin with a unit that has had nothing yet."""
        self.own, self.own_slots = np.zeros(len(self.scenarios), np.int64), np.zeros(len(self.slots), np.int64)

    def take(self, open_to: BoolArray, *, reserve: bool) -> tuple[int, int]:
        """Return scenario and slot of the next call: what the unit has had least, then what all units have."""
        kind = int(reserve)
        scenarios = self.scenarios[open_to[self.scenarios]]
        scenario = int(scenarios[np.lexsort((self.used[kind, scenarios], self.own[scenarios]))[0]])
        keys = (self.used_slots[kind], self.together[kind, scenario], self.own_slots)
        slot = int(self.slots[np.lexsort(tuple(key[self.slots] for key in keys))[0]])
        for counts, at in ((self.own, scenario), (self.own_slots, slot)):
            counts[at] += 1
        self.used[kind, scenario] += 1
        self.used_slots[kind, slot] += 1
        self.together[kind, scenario, slot] += 1
        return scenario, slot
