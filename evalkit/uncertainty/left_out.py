"""Whether a rank or an award hangs on one person or one indicator: each left out in turn (the jackknife)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from evalkit.definitions.awards import AwardScheme
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.award_field import Field
from evalkit.scoring.call_refit import Refits
from evalkit.scoring.ranking import rank
from evalkit.uncertainty.award_shares import Awarded, count_awards
from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.method_space import MethodDraws, official, without
from evalkit.uncertainty.replicates import ReplicateScores

What = Literal["indicator", "auditor"]
LEAVE_ONE_OUT_COLUMNS = ("what", "left_out", "unit", "rank", "rank_change", "awards_gained", "awards_lost")
"""what: ``indicator`` or ``auditor``; left_out: its id or code. A row a unit whose rank in the index, or awards, are
others without it: the rank then, empty where the unit has no score left, and by how many places it is better;
awards as scheme/award, by ``|``."""


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Ranks of the index with each of ``names`` left out in turn, (names, units), and the awards given then."""

    what: What
    names: tuple[str, ...]
    ranks: FloatArray
    awards: tuple[Awarded, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """Ranks (units,) and awards with nothing left out, computed in the same way."""

    ranks: FloatArray
    awards: Awarded


def whole(inputs: Inputs, schemes: Sequence[AwardScheme], field: Field) -> Whole:
    """Return ranks and awards by all indicators and all auditors."""
    ranks, awards = _applied(inputs, official(inputs, 1), inputs.raw, schemes, field)
    return Whole(ranks[0], awards[0])


def without_each_indicator(inputs: Inputs, schemes: Sequence[AwardScheme], field: Field) -> LeftOut:
    """Leave out each indicator: its siblings take over its weight, or those of its parent where it has none."""
    names = tuple(node.id for node in inputs.recipe.indicators)
    draws = official(inputs, len(names))
    shares = without(inputs.recipe.nodes, draws.shares, np.arange(len(names)))
    draws = replace(draws, shares=shares, dropped=np.arange(len(names)))
    return LeftOut("indicator", names, *_applied(inputs, draws, inputs.raw, schemes, field))


def without_each_auditor(inputs: Inputs, refits: Refits, schemes: Sequence[AwardScheme], field: Field) -> LeftOut:
    """Leave out the ratings of each auditor, and estimate the others' severity again (:class:`Refits`)."""
    names = tuple(refits.auditors)
    column = {node.id: at for at, node in enumerate(inputs.recipe.indicators)}
    raw = np.tile(inputs.raw, (len(names), 1, 1))
    for row, name in enumerate(names):
        for node, values in refits.without(name).items():
            raw[row, :, column[node]] = values
    return LeftOut("auditor", names, *_applied(inputs, official(inputs, len(names)), raw, schemes, field))


def _applied(
    inputs: Inputs, draws: MethodDraws, raw: FloatArray, schemes: Sequence[AwardScheme], field: Field
) -> tuple[FloatArray, tuple[Awarded, ...]]:
    """Return the ranks of the index (draws, units), and the awards of every draw."""
    recipe = inputs.recipe
    scores = ReplicateScores(inputs, draws, raw)
    index = scores[recipe.nodes[0].id]
    ranks = np.array([rank(row, ties=recipe.ties, tolerance=recipe.tie_tolerance) for row in index])
    one_by_one = ({node: scores[node][[at]] for node in scores} for at in range(len(index)))
    awards = tuple(count_awards(schemes, field, each) for each in one_by_one) if schemes else ()
    return ranks.reshape(index.shape), awards or tuple(Awarded({}, 1) for _ in index)


def leave_one_out_table(inputs: Inputs, all_in: Whole, found: Sequence[LeftOut]) -> pd.DataFrame:
    """Return the table ``leave_one_out``."""
    rows = []
    for each in found:
        for at, name in enumerate(each.names):
            gained, lost = _changes(all_in.awards, each.awards[at], len(inputs.units))
            same = (each.ranks[at] == all_in.ranks) | (np.isnan(each.ranks[at]) & np.isnan(all_in.ranks))
            for unit, label in enumerate(inputs.units):
                if not same[unit] or gained[unit] or lost[unit]:
                    change = all_in.ranks[unit] - each.ranks[at][unit]
                    rows.append((each.what, name, label, each.ranks[at][unit], change, gained[unit], lost[unit]))
    return pd.DataFrame(rows, columns=list(LEAVE_ONE_OUT_COLUMNS))


def _changes(before: Awarded, after: Awarded, units: int) -> tuple[list[str], list[str]]:
    """Return by unit the awards gained and lost."""
    gained: list[list[str]] = [[] for _ in range(units)]
    lost: list[list[str]] = [[] for _ in range(units)]
    for key, counts in before.counts.items():
        moved = after.counts[key] - counts
        for unit in np.flatnonzero(moved).tolist():
            (gained if moved[unit] > 0 else lost)[unit].append("/".join(key))
    return ["|".join(each) for each in gained], ["|".join(each) for each in lost]


def reach(found: LeftOut, ranks: FloatArray) -> tuple[FloatArray, FloatArray, np.ndarray]:
    """Return best and worst rank (units,) with one left out, and the name of the one that moves the unit most.

    ``ranks``: those with nothing left out. The name is empty where none moves it; NaN where a unit never has a rank.
    """
    if not found.names:
        nothing = np.full(len(ranks), np.nan)
        return nothing, nothing, np.full(len(ranks), "", dtype=object)
    moved = np.nan_to_num(np.abs(found.ranks - ranks), nan=-1.0)
    names = np.array(found.names, dtype=object)[moved.argmax(axis=0)]
    return (
        np.fmin.reduce(found.ranks, axis=0),
        np.fmax.reduce(found.ranks, axis=0),
        np.where(moved.max(axis=0) > 0, names, ""),
    )
