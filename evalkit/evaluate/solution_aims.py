"""What a unit aims at, as scores that nodes must reach while the scores of the other units stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from evalkit.definitions.award_compare import Score
from evalkit.definitions.award_rules import Band, Blocks, Top
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Field
from evalkit.scoring.awards import Given, apply_scheme

Kind = Literal["tier", "rank", "top", "score"]
State = Literal["open", "there", "closed"]


@dataclass(frozen=True, slots=True)
class Aim:
    """``floors``: the scores to be reached, by node; empty where the unit is ``there``, or the aim ``closed`` to it.

    ``place`` is the rung of the ladder, from 0, or the rank; ``scheme`` and ``award`` are the ids of a rung.
    """

    kind: Kind
    state: State
    scheme: str = ""
    award: str = ""
    place: float = 0.0
    floors: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a scheme, the highest first: each the award that gives it and its id in the tables."""

    scheme: AwardScheme
    rungs: tuple[tuple[Award, str], ...]

    def place(self, given: Sequence[Given], unit: str) -> int:
        """Return the rung that a unit holds, one below the last where it holds none."""
        held = {each.award for each in given if each.unit == unit and each.scheme == self.scheme.id}
        return next((place for place, (_, gives) in enumerate(self.rungs) if gives in held), len(self.rungs))

    def name(self, place: int) -> str:
        """Return the id of a rung, nothing below the last."""
        return self.rungs[place][1] if place < len(self.rungs) else ""


def first_ladder(schemes: Sequence[AwardScheme]) -> Ladder | None:
    """Return the first scheme whose awards are rungs, or the blocks of its first division, if there is one."""
    for scheme in schemes:
        rungs = [(award, award.id) for award in scheme.awards if scheme.exclusion(award) == "" and award.to == "unit"]
        blocks = [(award, gives) for award in scheme.awards if isinstance(award.rule, Blocks) for gives in award.gives]
        chosen = rungs or [pair for pair in blocks if pair[0] is blocks[0][0]]
        if chosen:
            return Ladder(scheme, tuple(chosen))
    return None


def tier_aim(ladder: Ladder, given: Sequence[Given], field: Field, row: int) -> Aim:
    """Return the aim of the rung above the one that the unit in ``row`` of the field holds.

    The award is given again and again, with other scores of the unit, until the lowest one is found that wins it; so
    every rule, exclusion and gate of the scheme counts. Besides, the unit must reach the minimums of the award. Closed
    is a rung that no score wins, or that is not won by scores.
    """
    place = ladder.place(given, field.units[row]) - 1
    if place < 0:
        return Aim("tier", "there", ladder.scheme.id, ladder.name(0))
    award, name = ladder.rungs[place]
    closed = Aim("tier", "closed", ladder.scheme.id, name, place)
    if not isinstance(award.compare, Score) or not isinstance(award.rule, Band | Top | Blocks):
        return closed
    node = award.node or field.root
    floors = {each: low for gates in ladder.scheme.gates_of(award) for each, low in gates.minimum.items()}
    for veto in (veto for gates in ladder.scheme.gates_of(award) for veto in gates.veto):
        if veto.node is not None and veto.below is not None:
            floors[veto.node] = max(veto.below, floors.get(veto.node, -np.inf))
    own = field.scores[node][row]
    if np.isnan(own):
        return closed
    gated = _with(field, row, {each: max(low, field.scores[each][row]) for each, low in floors.items()})
    values = _steps(award, field.scores[node], row, field.tolerance)
    values = [float(own), *(value for value in values if value > own)]

    def wins(value: float) -> bool:
        won, _ = apply_scheme(ladder.scheme, _with(gated, row, {node: value}))
        return ladder.place(won, field.units[row]) <= place

    if not wins(values[-1]):
        return closed
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if wins(values[middle]) else (middle + 1, high)
    floors[node] = max(values[low], floors.get(node, -np.inf))
    return Aim("tier", "open", ladder.scheme.id, name, place, floors)


def rank_aim(kind: Kind, field: Field, row: int, wanted: float) -> Aim:
    """Return the aim of a better rank, of a rank among the ``wanted`` best, or of the index ``wanted``."""
    scores, tolerance = field.scores[field.root], field.tolerance
    own = scores[row]
    if np.isnan(own):
        return Aim(kind, "closed", place=wanted)
    others = np.sort(np.delete(scores, row))[::-1]
    others = others[~np.isnan(others)]
    if kind == "score":
        if own >= wanted - tolerance:
            return Aim(kind, "there", place=wanted)
        return Aim(kind, "open", place=wanted, floors={field.root: wanted})
    above = int(np.count_nonzero(others > own + tolerance))
    rank = above if kind == "rank" else int(wanted)
    if above == 0 or (kind == "top" and above < rank):
        return Aim(kind, "there", place=rank)
    # only a score above that of the unit now at this place leaves no doubt, whatever the rule for ties
    return Aim(kind, "open", place=rank, floors={field.root: float(others[rank - 1]) + 2 * tolerance})


def _with(field: Field, row: int, scores: Mapping[str, float]) -> Field:
    changed = dict(field.scores)
    for node, score in scores.items():
        changed[node] = changed[node].copy()
        changed[node][row] = score
    return replace(field, scores=changed)


def _steps(award: Award, scores: FloatArray, row: int, tolerance: float) -> list[float]:
    """Return the scores at which winning may change: cuts, those of the other units, and what lies just above them."""
    others = np.delete(scores, row)
    values = set(others[~np.isnan(others)].tolist())
    if isinstance(award.rule, Band) and award.rule.low is not None:
        values.add(award.rule.low)
    if isinstance(award.rule, Blocks):
        values |= {block.low for block in award.rule.blocks if block.low is not None}
    return sorted(values | {value + 2 * tolerance for value in values})
