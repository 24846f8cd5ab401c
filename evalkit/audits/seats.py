"""Seats for calls: auditors with their slots and days as a network of flow, in which chains of moves find room.

A call flows from an auditor's slot to one of its days and on to his total; a reserve, or a second score made from the
recording, has no day and flows to the total straight away. By the theorem of Ford and Fulkerson ("Maximal flow through
a network", *Canadian Journal of Mathematics* 8, 1956) a further call has a seat if and only if there is a chain of
moves that ends at a seat that is free; the shortest is found breadth first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from evalkit.audits.calendar import Calendar
from evalkit.scoring.arrays import BoolArray, IntArray

NOBODY = -1
UNDATED = -1
"""The slot of a rating that takes no seat on a day: a reserve or a second score."""


class Node(NamedTuple):
    """A node of the network: an auditor with a slot, with a day, or (both −1) with his total."""

    auditor: int
    slot: int = -1
    day: int = -1


class Step(NamedTuple):
    """The node that a node was reached from, None at the start, and the rating that moves along, −1 for none."""

    back: Node | None
    rating: int = -1


class Seats:
    """Who makes which rating, and how many calls every auditor has by slot and day.

    ``slot`` (ratings,), :data:`UNDATED` where no day is needed; ``most`` (auditors,). ``auditor`` (ratings,) is who
    makes a rating, :data:`NOBODY` at first. ``at`` (auditors, slots, days) are seats taken; the days are provisional.
    """

    def __init__(self, calendar: Calendar, most: IntArray, slot: IntArray) -> None:
        """Leave all seats free."""
        self.calendar, self.most, self.slot = calendar, most, slot
        self.auditor = np.full(len(slot), NOBODY, np.int64)
        self.at = np.zeros((len(most), *calendar.open.shape), np.int64)
        self.total = np.zeros(len(most), np.int64)
        self.dead: set[Node] = set()
        self._open = np.zeros((len(most), calendar.open.shape[0]), dtype=bool)
        for auditor in range(len(most)):
            self._look(auditor)

    def free(self, slot: int) -> BoolArray:
        """Tell which auditors have a seat for one more rating, (auditors,)."""
        spare = np.asarray(self.total < self.most)
        return spare if slot == UNDATED else spare & self._open[:, slot]

    def seat(self, rating: int, auditor: int) -> None:
        """Give a rating to an auditor who is free for it."""
        self._walk(self._search([(_start(auditor, int(self.slot[rating])), rating)], None))

    def leave(self, rating: int) -> None:
        """Take a rating from its auditor."""
        auditor, slot = int(self.auditor[rating]), int(self.slot[rating])
        if slot != UNDATED:
            self.at[auditor, slot, int(np.argmax(self.at[auditor, slot]))] -= 1
        self.total[auditor] -= 1
        self.auditor[rating] = NOBODY
        self._look(auditor)

    def can_exchange(self, auditor: int, gains: int, loses: int) -> bool:
        """Tell whether an auditor has a seat for a rating of slot ``gains`` once one of slot ``loses`` has left."""
        if gains in {loses, UNDATED} or self._open[auditor, gains]:
            return True
        if loses == UNDATED:
            return False
        day = int(np.argmax(self.at[auditor, loses]))
        self.at[auditor, loses, day] -= 1
        found = self._reach(auditor)[gains]
        self.at[auditor, loses, day] += 1
        return bool(found)

    def make_room(self, rating: int, may: Callable[[int], BoolArray], *, last: bool) -> list[int]:
        """Seat a rating by moving others on; returns all that moved, itself first, empty where no chain is found.

        ``may`` tells which auditors can make a rating, (auditors,). With ``last`` a chain that is not found is never
        looked for again, which is right if ``may`` stays as it is and no rating leaves.
        """
        slot = int(self.slot[rating])
        starts = [(_start(auditor, slot), rating) for auditor in np.flatnonzero(may(rating)).tolist()]
        end = self._search(starts, may, remember=last)
        return [] if end is None else self._walk(end)

    def _search(
        self, starts: list[tuple[Node, int]], may: Callable[[int], BoolArray] | None, *, remember: bool = False
    ) -> tuple[Node, dict[Node, Step]] | None:
        """Return the total with a free seat that is nearest, and how all nodes were reached; None where there is none.

        Without ``may`` no rating moves to another auditor.
        """
        steps = {node: Step(None, rating) for node, rating in starts if node not in self.dead}
        queue = deque(steps)
        seen = np.zeros((self.calendar.open.shape[0] + 1, len(self.most)), dtype=bool)
        for node in (*self.dead, *steps):
            seen[node.slot, node.auditor] |= node.day < 0
        while queue:
            node = queue.popleft()
            if node.slot == node.day and self.total[node.auditor] < self.most[node.auditor]:
                return node, steps
            for then, rating in self._next(node, may, seen[node.slot]):
                if then not in steps and then not in self.dead:
                    steps[then] = Step(node, rating)
                    seen[then.slot, then.auditor] |= then.day < 0
                    queue.append(then)
        if remember:
            self.dead |= steps.keys()
        return None

    def _next(self, node: Node, may: Callable[[int], BoolArray] | None, seen: BoolArray) -> Iterator[tuple[Node, int]]:
        """Yield where a chain can go on, and with which rating; auditors that are ``seen`` by then are left out."""
        auditor, slot, day = node
        taken = self.at[auditor]
        if slot >= 0:
            ways = self.calendar.open[slot] & (taken[slot] < self.calendar.in_slot)
            yield from ((Node(auditor, day=each), -1) for each in np.flatnonzero(ways).tolist())
        elif day >= 0:
            if taken[:, day].sum() < self.calendar.daily[auditor, day]:
                yield Node(auditor), -1
            yield from ((Node(auditor, slot=each), -1) for each in np.flatnonzero(taken[:, day]).tolist())
        elif may is not None:
            yield from ((Node(auditor, day=each), -1) for each in np.flatnonzero(taken.any(axis=0)).tolist())
        if may is not None and day < 0:
            for rating in np.flatnonzero((self.auditor == auditor) & (self.slot == slot)).tolist():
                if seen.all():
                    break
                yield from ((_start(each, slot), rating) for each in np.flatnonzero(may(rating) & ~seen).tolist())

    def _walk(self, found: tuple[Node, dict[Node, Step]] | None) -> list[int]:
        """Move along the chain that ended at a free seat; returns the ratings that moved, the first one first."""
        if found is None:
            raise ValueError("no seat is free")
        node, steps = found
        self.total[node.auditor] += 1
        moved, changed = [], {node.auditor}
        while True:
            back, rating = steps[node]
            if rating >= 0:
                self.auditor[rating] = node.auditor
                moved.append(rating)
            elif back is not None and back.slot >= 0:
                self.at[node.auditor, back.slot, node.day] += 1
            elif back is not None and node.slot >= 0:
                self.at[node.auditor, node.slot, back.day] -= 1
            if back is None:
                break
            node = back
            changed.add(node.auditor)
        for auditor in changed:
            self._look(auditor)
        return moved[::-1]

    def _look(self, auditor: int) -> None:
        self._open[auditor] = self._reach(auditor)

    def _reach(self, auditor: int) -> BoolArray:
        """Tell for which slots the auditor's days have a seat left, perhaps by moving his calls to other days."""
        taken = self.at[auditor]
        ways, days = (
            self.calendar.open & (taken < self.calendar.in_slot),
            taken.sum(axis=0) < self.calendar.daily[auditor],
        )
        while True:
            slots = np.asarray((ways & days).any(axis=1))
            more = days | (taken[slots] > 0).any(axis=0)
            if (more == days).all():
                return slots
            days = more


def _start(auditor: int, slot: int) -> Node:
    return Node(auditor, slot=slot) if slot >= 0 else Node(auditor)
