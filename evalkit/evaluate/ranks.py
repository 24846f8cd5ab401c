"""The table ``ranks``: every node that has children, in the field and in every peer group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from evalkit.definitions.recipe import Recipe
from evalkit.definitions.study import Ties
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages.nearest import listed
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.ranking import rank, tie_groups
from evalkit.scoring.tree_scores import TreeScores

RANK_COLUMNS = ("unit", "node", "group", "rank", "score", "rank_low", "rank_high", "tied_with")
"""group: empty for the whole field, else ``column:value``; rank_low and rank_high: empty unless the study has
``uncertainty:``, which adds the column ``interval``, their method; tied_with: units of the same rank, joined by
``|``, the first twenty."""
_MOST_TIED_SHOWN = 20


def rank_table(tree: TreeScores, recipe: Recipe, register: pd.DataFrame) -> pd.DataFrame:
    """Rank the units that have a score; those without one have no row."""
    ranked = {node.id: tree.of(node.id) for node in recipe.nodes if node.parent is None or not node.is_indicator}
    return rank_nodes(ranked, register, recipe.peer_groups, recipe.ties, recipe.tie_tolerance)


def rank_nodes(
    scores: Mapping[str, FloatArray], register: pd.DataFrame, columns: Sequence[str], ties: Ties, tolerance: float
) -> pd.DataFrame:
    """Rank the units, in the order of the register, by node in the field and in the groups of each of ``columns``."""
    units = np.array(register["unit"], dtype=object)
    frames = []
    for node, own in scores.items():
        for group, members in peer_groups(register, columns):
            frames.append(rank_rows(units, own, members, ties, tolerance))
            frames[-1].insert(1, "node", node)
            frames[-1].insert(2, "group", group)
    return pd.concat(frames, ignore_index=True)[list(RANK_COLUMNS)]


def peer_groups(register: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[str, BoolArray]]:
    """Yield the whole field (nameless), then each group of each column, with the units in it."""
    yield "", np.ones(len(register), dtype=bool)
    for column in columns:
        values = np.array(register[column], dtype=object)
        for value in dict.fromkeys(values):
            if value:
                yield f"{column}:{value}", values == value


def rank_rows(
    units: np.ndarray[tuple[int], np.dtype[np.object_]],
    scores: FloatArray,
    members: BoolArray,
    ties: Ties,
    tolerance: float,
) -> pd.DataFrame:
    """Rank the members that have a score; rows in the order of the units."""
    chosen = members & ~np.isnan(scores)
    ids, values = units[chosen], scores[chosen]
    groups = tie_groups(values, tolerance)
    sizes = np.bincount(groups, minlength=1)
    members_of: dict[int, list[str]] = {}
    for index in np.flatnonzero(sizes[groups] > 1).tolist():
        members_of.setdefault(int(groups[index]), []).append(ids[index])
    tied = [_others(members_of.get(int(group), []), unit) for group, unit in zip(groups, ids, strict=True)]
    return pd.DataFrame(
        {
            "unit": ids,
            "rank": rank(values, ties=ties, tolerance=tolerance),
            "score": values,
            "rank_low": np.nan,
            "rank_high": np.nan,
            "tied_with": tied,
        }
    )


class UnknownGroupError(LookupError):
    """There is no such peer group; ``problem`` lists those there are."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


def rank_by(evaluation: Evaluation, node: str, group: str = "") -> pd.DataFrame:
    """Rank the units of a finished run at any node, indicators too, within a peer group written ``column:value``.

    Columns as of ``ranks`` without node and group, best first. Raises UnknownGroupError.
    """
    register = evaluation["units"]
    columns = [str(column) for column in register.columns if group.startswith(f"{column}:")]
    groups = dict(peer_groups(register, columns))
    if group not in groups:
        allowed = [name for name, _ in peer_groups(register, evaluation.manifest["recipe"]["peer_groups"]) if name]
        raise UnknownGroupError(problem("EK319", group=group, allowed=listed(allowed) or "-"))
    ranks = evaluation["ranks"]
    stored = ranks[(ranks["node"] == node) & (ranks["group"] == group)]
    if not stored.empty:
        return stored.drop(columns=["node", "group"]).sort_values(["rank", "unit"], ignore_index=True)
    scores = evaluation["scores"]
    own = scores[scores["node"] == node].set_index("unit")["score"].reindex(register["unit"])
    choices = evaluation.manifest["recipe"]
    units = np.array(register["unit"], dtype=object)
    rows = rank_rows(units, own.to_numpy(dtype=float), groups[group], choices["ties"], choices["tie_tolerance"])
    return rows.sort_values(["rank", "unit"], ignore_index=True)


def _others(group: list[str], unit: str) -> str:
    others = [each for each in group[: _MOST_TIED_SHOWN + 1] if each != unit][:_MOST_TIED_SHOWN]
    more = len(group) - 1 - len(others)
    return "|".join(others) + (f"|+{more}" if more > 0 else "")
