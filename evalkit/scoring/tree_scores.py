"""From raw values to scores at every node: normalise the indicators, then aggregate up the tree."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.definitions.rules import (
    PLUG_IN,
    Goalposts,
    MinMax,
    Normalisation,
    PercentileRank,
    PlugInNormalisation,
    RankScore,
    Target,
    ZScore,
)
from evalkit.problems import Place, Problem, problem
from evalkit.registry import NO_PLUG_INS, PlugIn, Registry
from evalkit.scoring import normalisation
from evalkit.scoring.adjustment import adjust_node
from evalkit.scoring.aggregation import COVERAGE_GUARD, Mean, Method, aggregate
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.normalisation import Normalised
from evalkit.scoring.plug_ins import call, named


@dataclass(frozen=True, slots=True)
class TreeScores:
    """Arrays over (units, nodes), nodes in the order of the recipe.

    ``scores``: NaN where a unit has none. ``coverage``: the share of the node's weight whose data enter its score.
    ``effective``: the weight with which the node enters the unit's index after missing siblings are made up for;
    over the indicators it sums to one, or is zero for a unit without an index.
    """

    nodes: tuple[str, ...]
    scores: FloatArray
    coverage: FloatArray
    effective: FloatArray

    def of(self, node: str) -> FloatArray:
        """Return the scores of a node over the units."""
        return self.scores[:, self.nodes.index(node)]


def normalise(
    values: FloatArray, method: Normalisation, *, higher_is_better: bool, plug_ins: Registry = NO_PLUG_INS
) -> Normalised:
    """Call the kernel that the declaration means. Raises PlugInError where it is a plug-in that fails."""
    if isinstance(method, PlugInNormalisation):
        return _by_plug_in(values, method, named(plug_ins, "normalisations", method.name), higher_is_better)
    if isinstance(method, ZScore):
        return normalisation.zscore(values, higher_is_better=higher_is_better, mean=method.mean, sd=method.sd)
    if isinstance(method, Target):
        return normalisation.target_ratio(
            values, higher_is_better=higher_is_better, target=method.target, cap=method.cap
        )
    if isinstance(method, Goalposts | MinMax | RankScore | PercentileRank):
        low, high = method.range
        if isinstance(method, Goalposts):
            return normalisation.goalposts(
                values,
                higher_is_better=higher_is_better,
                floor=method.low,
                ceiling=method.high,
                clip=method.clip,
                low=low,
                high=high,
            )
        kernel = {
            MinMax: normalisation.minmax,
            RankScore: normalisation.rank,
            PercentileRank: normalisation.percentile_rank,
        }[type(method)]
        return kernel(values, higher_is_better=higher_is_better, low=low, high=high)
    return normalisation.unchanged(values)


def _by_plug_in(values: FloatArray, method: PlugInNormalisation, plug_in: PlugIn, higher_is_better: bool) -> Normalised:
    """Call a plug-in with the finite values; a score that is not finite, or of a unit without a value, is none."""
    finite = np.isfinite(values)
    direction = {"higher_is_better": higher_is_better} if plug_in.wants_direction else {}
    scores = call(plug_in, (np.where(finite, values, np.nan),), {**method.settings, **direction})
    scores = np.where(finite & np.isfinite(scores), scores, np.nan)
    return Normalised(scores, "ok" if finite.any() else "empty")


def normalise_indicator(
    node: ResolvedNode, values: FloatArray, units: Sequence[str], plug_ins: Registry = NO_PLUG_INS
) -> tuple[FloatArray, list[Problem]]:
    """Return the scores of an indicator, and what had to be said of its values (each finite or infinite, or NaN).

    An infinite value has no score and is reported, as is an indicator that cannot tell units apart, by a relative
    method: its constant or single value, or that there is none.
    """
    problems = [
        problem("EK402", Place(unit=units[index]), node=node.id) for index in np.flatnonzero(np.isinf(values)).tolist()
    ]
    result = normalise(values, node.normalise, higher_is_better=node.direction == "higher", plug_ins=plug_ins)
    relative = node.normalise.method not in {"goalposts", "target", "none", "plugin"}
    known = result.scores[~np.isnan(result.scores)]
    score = f"{known[0]:g}" if len(known) else ""
    if result.state == "empty":
        problems.append(problem("EK409", node=node.id))
    elif relative and result.state == "constant":
        problems.append(problem("EK401", node=node.id, value=f"{values[np.isfinite(values)][0]:g}", score=score))
    elif relative and result.state == "single":
        problems.append(problem("EK403", node=node.id, count=1, score=score))
    return result.scores, problems


def mean_of(aggregate: str, plug_ins: Registry) -> Method | Mean:
    """Return the mean that a declaration means: the name of one of ours, or the function of a plug-in."""
    if not aggregate.startswith(PLUG_IN):
        return cast("Method", aggregate)
    plug_in = named(plug_ins, "aggregations", aggregate.removeprefix(PLUG_IN))
    return lambda scores, weights: call(plug_in, (scores, weights), {})


def score_tree(
    nodes: Sequence[ResolvedNode],
    leaves: Mapping[str, FloatArray],
    units: Sequence[str],
    plug_ins: Registry = NO_PLUG_INS,
) -> tuple[TreeScores, list[Problem]]:
    """Aggregate the indicators' scores (``leaves``, by id, arrays over units) up to the index."""
    tree, negative = aggregate_tree(nodes, leaves, np.array([node.share for node in nodes]), len(units), plug_ins)
    problems = [each for node in reversed(nodes) for each in _not_adjusted(node, tree, units)]
    problems += [
        problem("EK404", Place(unit=units[index]), node=node.id, method=node.aggregate)
        for node, at in negative
        for index in np.flatnonzero(at).tolist()
    ]
    return tree, problems


def aggregate_tree(
    nodes: Sequence[ResolvedNode],
    leaves: Mapping[str, FloatArray],
    shares: FloatArray,
    rows: int,
    plug_ins: Registry = NO_PLUG_INS,
) -> tuple[TreeScores, list[tuple[ResolvedNode, BoolArray]]]:
    """Aggregate ``leaves`` (rows,), by id, with the weights among siblings ``shares``: (nodes,), or (rows, nodes).

    Also returns the nodes whose mean a negative child rules out, each with the rows where it does.
    """
    column = {node.id: index for index, node in enumerate(nodes)}
    shape = (rows, len(nodes))
    scores, coverage = np.full(shape, np.nan), np.zeros(shape)
    used = np.ones(shape)
    negative: list[tuple[ResolvedNode, BoolArray]] = []
    for node in reversed(nodes):
        at = column[node.id]
        if node.is_indicator:
            scores[:, at] = leaves[node.id]
            coverage[:, at] = ~np.isnan(leaves[node.id])
            continue
        children = [column[child] for child in node.children]
        adjusters = {child: scores[:, column[child]] for child in node.adjust.named} if node.adjust else {}
        if node.adjust is not None and node.adjust.start is not None:
            scores[:, at] = adjust_node(node.adjust, np.full(rows, np.nan), adjusters)
            coverage[:, at], used[:, children] = ~np.isnan(scores[:, at]), 0.0
            continue
        result = aggregate(
            scores[:, children],
            coverage[:, children],
            shares[..., children],
            method=mean_of(node.aggregate, plug_ins),
            missing=node.missing.rule,
            min_coverage=node.missing.min_coverage,
        )
        scores[:, at], coverage[:, at], used[:, children] = result.score, result.coverage, result.weights
        if node.adjust is not None:
            scores[:, at] = adjust_node(node.adjust, result.score, adjusters)
        if result.negative.any():
            negative.append((node, result.negative))
    effective = np.ones(shape)
    effective[:, 0] = ~np.isnan(scores[:, 0])
    for node in nodes[1:]:
        effective[:, column[node.id]] = effective[:, column[node.parent or ""]] * used[:, column[node.id]]
    return TreeScores(tuple(column), scores, coverage, effective), negative


def _not_adjusted(node: ResolvedNode, tree: TreeScores, units: Sequence[str]) -> list[Problem]:
    """Say which units have a value of some children that adjust the node, but not of others."""
    if node.adjust is None:
        return []
    adjusters = {child: tree.of(child) for child in node.adjust.named}
    lacking = np.isnan(np.column_stack(list(adjusters.values())))
    heard = ~lacking.all(axis=1)
    return [
        problem("EK515", Place(unit=units[row]), unit=units[row], node=node.id, child=child)
        for number, child in enumerate(adjusters)
        for row in np.flatnonzero(lacking[:, number] & heard).tolist()
    ]


def unranked(
    tree: TreeScores, nodes: Sequence[ResolvedNode], units: Sequence[str], sent_data: BoolArray
) -> list[Problem]:
    """Say which of the units that sent data have no index because of its coverage (a negative child has EK404)."""
    root = nodes[0]
    minimum = 1.0 if root.missing.rule == "fail" else root.missing.min_coverage
    found = []
    for index in np.flatnonzero(np.isnan(tree.scores[:, 0]) & sent_data).tolist():
        place, coverage = Place(unit=units[index]), float(tree.coverage[index, 0])
        if coverage == 0:
            found.append(problem("EK411", place, unit=units[index]))
        elif coverage < minimum - COVERAGE_GUARD:
            # cut off, not rounded: 49.96 % is below 50 %, and must not read as 50.0 %
            params = {"coverage": f"{math.floor(coverage * 1000) / 10:g}%", "minimum": f"{minimum * 100:g}%"}
            found.append(problem("EK405", place, unit=units[index], node=root.id, **params))
    return found
