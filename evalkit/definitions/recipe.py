"""The recipe: every methodological choice of a study, resolved node by node; no default is left unwritten."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from evalkit.definitions.adjust import Adjust
from evalkit.definitions.base import Text
from evalkit.definitions.exports import RespondentRules
from evalkit.definitions.indicators import Branch, IndicatorSet, Measure, Node
from evalkit.definitions.rules import Aggregation, Missing, Normalisation
from evalkit.definitions.study import NodeOverride, Percentages, RecipeOverrides, Ties


@dataclass(frozen=True, slots=True)
class ResolvedNode:
    """A node with every choice made.

    ``share`` is its weight among its siblings, which sum to one (all zero where no sibling has a weight above zero);
    ``effective_weight`` the product of the shares from the root, which has 1, down to the node.
    """

    id: str
    name: Text
    parent: str | None
    level: int
    children: tuple[str, ...]
    weight: float
    share: float
    effective_weight: float
    aggregate: Aggregation
    missing: Missing
    adjust: Adjust | None
    direction: str
    unit: str
    normalise: Normalisation
    measure: Measure | None
    sampling_error: bool
    source: str
    attestation: str
    weighting: str = ""

    @property
    def is_indicator(self) -> bool:
        """A leaf."""
        return not self.children

    @property
    def choices(self) -> dict[str, Any]:
        """What was chosen for it, as plain values, for ``run.json``."""
        if not self.is_indicator:
            weighting = {"weighting": self.weighting} if self.weighting else {}
            adjust = {"adjust": self.adjust.model_dump(mode="json")} if self.adjust is not None else {}
            missing = {"missing": self.missing.model_dump()}
            return {"weight": self.weight, "aggregate": self.aggregate} | missing | weighting | adjust
        return {
            "weight": self.weight,
            "direction": self.direction,
            "normalise": self.normalise.model_dump(mode="json"),
            "measure": self.measure and self.measure.model_dump(mode="json", exclude_defaults=True),
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class Recipe:
    """All choices of a run; ``nodes`` from the root down, parents before children."""

    nodes: tuple[ResolvedNode, ...]
    ties: Ties
    tie_tolerance: float
    peer_groups: tuple[str, ...]
    percentages: Percentages
    respondents: RespondentRules

    @property
    def by_id(self) -> dict[str, ResolvedNode]:
        """Nodes by id."""
        return {node.id: node for node in self.nodes}

    @property
    def indicators(self) -> tuple[ResolvedNode, ...]:
        """The leaves."""
        return tuple(node for node in self.nodes if node.is_indicator)

    def as_dict(self) -> dict[str, Any]:
        """Return the choices as plain values, for ``run.json``."""
        return {
            "ties": self.ties,
            "tie_tolerance": self.tie_tolerance,
            "peer_groups": list(self.peer_groups),
            "percentages": self.percentages.model_dump(),
            "respondents": self.respondents.model_dump(),
            "nodes": {node.id: node.choices for node in self.nodes},
        }


def resolve(indicators: IndicatorSet, overrides: RecipeOverrides) -> Recipe:
    """Make every choice: a node's override, else the recipe's, else the node's own, else the set's default."""
    nodes: list[ResolvedNode] = []
    effective: dict[str, float] = {}
    for branch in indicators.walk():
        node = _resolve_node(branch, indicators, overrides, effective)
        effective[node.id] = node.effective_weight
        nodes.append(node)
    return Recipe(
        tuple(nodes),
        overrides.ties,
        overrides.tie_tolerance,
        overrides.peer_groups,
        overrides.percentages,
        overrides.respondents,
    )


def _resolve_node(
    branch: Branch, indicators: IndicatorSet, overrides: RecipeOverrides, effective: dict[str, float]
) -> ResolvedNode:
    node, parent, defaults = branch.node, branch.parent, indicators.defaults
    override = overrides.nodes.get(node.id, NodeOverride())
    weight = _weight(node, parent, overrides)
    total = math.fsum(_weight(sibling, parent, overrides) for sibling in parent.children) if parent else 0.0
    share = (weight / total if total > 0 else 0.0) if parent else 1.0
    return ResolvedNode(
        id=node.id,
        name=node.name,
        parent=parent.id if parent else None,
        level=branch.level,
        children=tuple(child.id for child in node.children),
        weight=weight,
        share=share,
        effective_weight=share * (effective[parent.id] if parent else 1.0),
        aggregate=override.aggregate or overrides.aggregate or node.aggregate or defaults.aggregate,
        missing=override.missing or overrides.missing or node.missing or defaults.missing,
        adjust=node.adjust,
        direction=node.direction,
        unit=node.unit,
        normalise=override.normalise or overrides.normalise or node.normalise or defaults.normalise,
        measure=node.measure,
        sampling_error=node.sampling_error,
        source=node.source,
        attestation=node.attestation,
        weighting=override.weighting or node.weighting or "",
    )


def _weight(node: Node, parent: Node | None, overrides: RecipeOverrides) -> float:
    if parent is not None and node.id in parent.adjusters:
        return 0.0
    override = overrides.nodes.get(node.id)
    if override is not None and override.weight is not None:
        return override.weight
    return 1.0 if node.weight is None else node.weight
