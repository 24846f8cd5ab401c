"""The tree of indicators: what each node weighs, how it is put together, how the units do there."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from evalkit.definitions.rules import MEANS
from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language, word
from evalkit.reports.outline.names import node_names
from evalkit.reports.outline.sheet import records


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with those below it; ``share`` among siblings and ``effective`` in the index are shares of one.

    ``mean`` is that of the units with a score there, NaN where none has; ``missing`` counts those without. ``method``
    is how its children are put together, empty for an indicator.
    """

    node: str
    name: str
    level: int
    share: float
    effective: float
    method: str
    mean: float
    missing: int
    branches: tuple[Branch, ...]


def branches(evaluation: Evaluation, language: Language) -> Branch:
    """Return the tree from the index down."""
    nodes = records(evaluation["nodes"])
    names, wide = node_names(evaluation, language), wide_scores(evaluation)
    means, missing = wide.mean().to_dict(), wide.isna().sum().to_dict()
    below: dict[str, list[Mapping[Hashable, Any]]] = {}
    for row in nodes[1:]:
        below.setdefault(row["parent"], []).append(row)

    def branch(row: Mapping[Hashable, Any]) -> Branch:
        node = row["node"]
        return Branch(
            node,
            names[node],
            int(row["level"]),
            row["share"],
            row["effective_weight"],
            "" if row["measure"] else _method(row["aggregate"], language),
            means.get(node, math.nan),
            int(missing[node]),
            tuple(branch(each) for each in below.get(node, ())),
        )

    return branch(nodes[0])


def _method(aggregate: str, language: Language) -> str:
    return word(f"page_aggregate_{aggregate}", language) if aggregate in MEANS else aggregate
