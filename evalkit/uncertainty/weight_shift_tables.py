"""The table ``weight_shifts``, and the change of one weight that turns a rank with the least ado."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.uncertainty.inputs import Inputs
from evalkit.uncertainty.turning_points import Answers
from evalkit.uncertainty.weight_shifts import NOBODY

WEIGHT_SHIFT_COLUMNS = ("unit", "target", "of", "weights", "node", "share", "needed", "moved")
"""How weights would have to change for a unit to be level with the one a place above (target ``unit``; of: its code),
or to be at the cut of an award that the least weight reaches (target ``cut``; of: the score). weights ``all``: all
below the index may move, and each row is a node whose weight in the index goes from ``share`` to ``needed``; weights
``one``: only that of the node moves, among its siblings, which keep their proportions, and each row is another way.
moved: the weight of the index that changes hands altogether. A row without a node: the two are level already where
moved is 0, no weights do it where moved is empty. Units of which it cannot be said (missing data, points taken off or
added, means of another kind) have no rows."""
_DIGITS = 12
"""Digits of a weight that count: moves that differ by less are the same, and the first node of the tree is named."""
_LEAST = 10.0**-_DIGITS


def weight_shifts(inputs: Inputs, found: Sequence[Answers]) -> pd.DataFrame:
    """Return the table, units in the order of the register, the least change of one weight first."""
    rows = [row for answers in found for row in _rows(inputs, answers)]
    table = pd.DataFrame(rows, columns=["at", *WEIGHT_SHIFT_COLUMNS])
    return table.sort_values("at", kind="stable", ignore_index=True)[list(WEIGHT_SHIFT_COLUMNS)]


def _rows(inputs: Inputs, answers: Answers) -> Iterator[tuple[Any, ...]]:
    questions, nothing = answers.questions, float("nan")
    for number, unit in enumerate(questions.units.tolist()):
        other = int(questions.others[number])
        cut = f"{questions.cuts[number]:.15g}"
        about = (unit, inputs.units[unit], *(("cut", cut) if other == NOBODY else ("unit", inputs.units[other])))
        level = answers.together.moved[number] == 0
        none = ("", nothing, nothing, 0.0 if level else nothing)
        for weights, ways in (("all", _together(answers, number)), ("one", _alone(answers, number))):
            yield from ((*about, weights, *row) for row in list(ways) or [none])


def _together(answers: Answers, number: int) -> Iterator[tuple[str, float, float, float]]:
    moved, after = float(answers.together.moved[number]), answers.together.weights[number]
    for node, before, needed in zip(answers.index.terms, answers.index.weights.tolist(), after.tolist(), strict=True):
        if abs(needed - before) > _LEAST:
            yield node, before, needed, moved


def _alone(answers: Answers, number: int) -> Iterator[tuple[str, float, float, float]]:
    moved, needed = answers.alone.moved[number], answers.alone.needed[number]
    if answers.together.moved[number] == 0:
        return
    for at in np.argsort(np.round(moved, _DIGITS), kind="stable").tolist():
        if not np.isnan(moved[at]):
            node = answers.alone.nodes[at]
            yield node.id, node.share, float(needed[at]), float(moved[at])


def least_changes(inputs: Inputs, found: Sequence[Answers]) -> dict[str, Any]:
    """Return columns of the table ``robustness``: what it takes to come level with the unit one place above.

    ``overtake_all``: the least weight that moves where all weights below the index may; ``overtake_node`` with
    ``overtake_share`` and ``overtake_needed``: the node whose own weight has to move least, from its share to that.
    """
    units = len(inputs.units)
    together, share, needed = (np.full(units, np.nan) for _ in range(3))
    node = np.full(units, "", dtype=object)
    for answers in found:
        for number in np.flatnonzero(answers.questions.others != NOBODY).tolist():
            unit = int(answers.questions.units[number])
            together[unit] = answers.together.moved[number]
            for name, before, after, _ in _alone(answers, number):
                node[unit], share[unit], needed[unit] = name, before, after
                break
    return {
        "overtake_all": together,
        "overtake_node": node,
        "overtake_share": share,
        "overtake_needed": needed,
    }
