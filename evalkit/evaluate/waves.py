"""This wave against earlier ones: ranks, scores and awards then and now, on what the two waves have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from evalkit.definitions.comparison import Essence, essences, lost_scores
from evalkit.definitions.recipe import Recipe
from evalkit.evaluate.common_tree import common_tree
from evalkit.messages.nearest import listed
from evalkit.problems import Problem, problem
from evalkit.registry import NO_PLUG_INS, Registry
from evalkit.scoring.arrays import BoolArray, FloatArray, IntArray
from evalkit.scoring.ranking import rank
from evalkit.scoring.tree_scores import TreeScores, score_tree
from evalkit.sources.cell_text import shortened
from evalkit.sources.earlier_run import EarlierRun
from evalkit.sources.register import Register

Basis = Literal["whole", "common", ""]
_NOT_RELATIVE = ("goalposts", "target", "none", "plugin")


@dataclass(frozen=True, slots=True)
class Compared:
    """The scores of a node then (over the units of the earlier run) and now (over the units of the register).

    ``basis``: ``whole`` where both are the scores as published, ``common`` where both are computed from the common
    indicators by today's methods and weights, empty where there is nothing to compare.
    """

    basis: Basis
    then: FloatArray
    now: FloatArray


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier run beside this one; ``row`` is the row of each unit in the earlier run, -1 where it had none."""

    run: EarlierRun
    row: IntArray
    nodes: Mapping[str, Compared]
    recipe: Recipe

    def aligned(self, of_then: FloatArray) -> FloatArray:
        """Bring values over the earlier units to the units of today, NaN for a unit that is new."""
        return np.where(self.row >= 0, np.append(of_then, np.nan)[self.row], np.nan)

    def members_then(self, group: str) -> BoolArray:
        """Return which units were in a peer group ``column:value`` at that time; none where it had no such column."""
        if not group:
            return np.ones(len(self.run.units), dtype=bool)
        for column in self.recipe.peer_groups:
            if group.startswith(f"{column}:") and column in self.run.units:
                return np.asarray(self.run.units[column] == group.removeprefix(f"{column}:"), dtype=bool)
        return np.zeros(len(self.run.units), dtype=bool)

    def ranks(self, scores: FloatArray, members: BoolArray) -> FloatArray:
        """Rank the members by today's rule for ties."""
        chosen = np.where(members, scores, np.nan)
        return rank(chosen, ties=self.recipe.ties, tolerance=self.recipe.tie_tolerance)

    @property
    def as_dict(self) -> dict[str, Any]:
        """What was compared, for ``run.json``."""
        return {
            "wave": self.run.wave,
            "folder": self.run.folder,
            "study": self.run.study,
            "indicators": self.run.indicators,
            "sha256": self.run.sha256,
            "units_in_both": int((self.row >= 0).sum()),
            "basis": {node: each.basis for node, each in self.nodes.items()},
        }


def compare(
    run: EarlierRun,
    recipe: Recipe,
    tree: TreeScores,
    register: Register,
    *,
    indicators: str,
    plug_ins: Registry = NO_PLUG_INS,
) -> tuple[Comparison, list[Problem]]:
    """Compare every ranked node with an earlier run; ``indicators`` is today's set, for the findings.

    A node whose score is computed in the same way is compared as a whole; any other group on the indicators below it
    that both have in common, both waves computed by today's methods and weights (``EK415``); a node without such
    indicators is not compared (``EK416``). A unit is the same where its id is, unless the name that it had belongs to
    another unit now (``EK417``). Scores relative to the field are pointed out (``EK419``).
    """
    row, problems = _rows(run, register)
    old = {node: Essence.of(run.shares[node], choices) for node, choices in run.choices.items()}
    lost = lost_scores(old, essences(recipe))
    common = [node.id for node in recipe.indicators if node.id in old and node.id not in lost]
    now, then = _on_common(recipe, tree, common, run, plug_ins)
    nodes: dict[str, Compared] = {}
    for node in recipe.nodes:
        if node.is_indicator and node.parent is not None:
            continue
        if node.id in old and node.id not in lost:
            nodes[node.id] = Compared("whole", run.scores[node.id], tree.of(node.id))
        elif now is not None and then is not None and node.id in now.nodes and not node.is_indicator:
            nodes[node.id] = Compared("common", then.of(node.id), now.of(node.id))
        else:
            nodes[node.id] = Compared("", np.full(len(run.units), np.nan), np.full(len(register.units), np.nan))
    relative = [
        node.id for node in recipe.indicators if node.id in common and node.normalise.method not in _NOT_RELATIVE
    ]
    problems += _about_nodes(run, nodes, len(common), indicators)
    if relative:
        problems.append(problem("EK419", run.place, nodes=listed(relative)))
    return Comparison(run, row, nodes, recipe), problems


def _rows(run: EarlierRun, register: Register) -> tuple[IntArray, list[Problem]]:
    rows = {unit: index for index, unit in enumerate(run.units["unit"])}
    names = dict(zip(run.units["unit"], run.units["name"], strict=True))
    found = np.full(len(register.units), -1, dtype=np.int64)
    problems = []
    for index, unit in enumerate(register.units):
        other = register.find(names[unit]) if unit in names else None
        if other not in (None, unit):
            about = {"unit": unit, "wave": run.wave, "then": shortened(names[unit]), "other": other}
            problems.append(problem("EK417", run.place.at(unit=unit), **about))
        elif unit in rows:
            found[index] = rows[unit]
    new = [unit for unit in register.units if unit not in rows]
    gone = [shortened(unit) for unit in rows if unit not in set(register.units)]
    if new or gone:
        problems.append(problem("EK418", run.place, wave=run.wave, new=listed(new) or "-", gone=listed(gone) or "-"))
    return found, problems


def _on_common(
    recipe: Recipe, tree: TreeScores, common: Sequence[str], run: EarlierRun, plug_ins: Registry
) -> tuple[TreeScores | None, TreeScores | None]:
    """Score today's and the earlier units on the common indicators, by today's methods and weights."""
    nodes = common_tree(recipe.nodes, common)
    if not nodes:
        return None, None
    now, _ = score_tree(nodes, {node: tree.of(node) for node in common}, [""] * len(tree.scores), plug_ins)
    then, _ = score_tree(nodes, {node: run.scores[node] for node in common}, [""] * len(run.units), plug_ins)
    return now, then


def _about_nodes(run: EarlierRun, nodes: Mapping[str, Compared], count: int, now: str) -> list[Problem]:
    changed = [node for node, each in nodes.items() if each.basis == "common"]
    apart = [node for node, each in nodes.items() if not each.basis]
    found = []
    if changed:
        about = {"wave": run.wave, "then": run.indicators, "now": now, "nodes": listed(changed), "count": count}
        found.append(problem("EK415", run.place, **about))
    if apart:
        found.append(problem("EK416", run.place, wave=run.wave, nodes=listed(apart)))
    return found
