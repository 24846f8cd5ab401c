"""Who calls whom, in which scenario and slot: a cyclic start, auditors where they are rarest, then random swaps.

The order of all things is fixed and every draw comes from one seeded generator, so that a plan can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.board import Board, Slate
from evalkit.audits.request import Request
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
    auditor with the least is taken first; swaps of two calls' auditors that even out scenarios, slots and regions
    within auditors are then tried at random. Raises ValueError for a unit without a scenario or an auditor,
    :class:`NoCapacityError` where a call finds no auditor with capacity left, and :class:`NoDaysError` where calls
    find none with a day left.
    """
    if not request.applies.any(axis=1).all() or not request.allowed.any(axis=1).all():
        raise ValueError("every unit needs a scenario and an auditor")
    draws = np.random.Generator(np.random.PCG64(request.seed))
    unit, scenario, slot, reserve = _calls(request, draws)
    board = Board(request, Slate(unit, scenario, slot, reserve), draws)
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
