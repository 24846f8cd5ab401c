"""The choices of method that could be otherwise: draws of weights, normalisations, means, missing rules, omissions.

Draws come in blocks with a generator each, ``[seed, 1, block]``, so that any draw can be made again from its number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.definitions.rules import Normalisation
from evalkit.definitions.uncertainty import (
    BoundedWeights,
    DirichletWeights,
    ExpertWeights,
    ShareWeights,
    Uncertainty,
    WeightSpace,
)
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.uncertainty import weight_draws
from evalkit.uncertainty.inputs import Inputs

BLOCK = 500
"""Draws of a block."""
NONE = -1
"""No indicator is left out."""


class SpaceError(Exception):
    """The space of weights cannot be drawn from; ``problem`` says where."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


@dataclass(frozen=True, slots=True, eq=False)
class MethodDraws:
    """Draws of all choices. ``shares`` (draws, nodes): weights among siblings; the others (draws,).

    ``normalise``, ``outliers``, ``aggregate`` and ``missing`` are 0 for the official choice, else the place in the list
    of others; ``dropped``: the number of the indicator that is left out, -1 for none.
    """

    shares: FloatArray
    normalise: IntArray
    outliers: IntArray
    aggregate: IntArray
    missing: IntArray
    dropped: IntArray

    def rows(self, rows: slice) -> MethodDraws:
        """Return some of the draws."""
        return MethodDraws(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    @property
    def categories(self) -> IntArray:
        """The choices that make a scenario, (draws, 4), in the order of the arguments of :func:`scenario`."""
        return np.stack([self.normalise, self.outliers, self.aggregate, self.missing], axis=1)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The categorical choices of a draw, made.

    ``nodes`` with their methods; one normalisation for all, or None; the modified z-score beyond which raw values are
    pulled in, or None.
    """

    nodes: tuple[ResolvedNode, ...]
    normalise: Normalisation | None
    outliers: float | None


def blocks(choices: Uncertainty) -> int:
    """Return how many blocks the replicates fill; the last may be cut."""
    return -(-choices.replicates // BLOCK)


def draw_block(inputs: Inputs, block: int) -> MethodDraws:
    """Return the draws of a block. Raises SpaceError (EK707)."""
    choices = inputs.choices
    size = min(BLOCK, choices.replicates - block * BLOCK)
    drawn = draw_all(inputs, size, np.random.default_rng([choices.seed, 1, block]))
    return replace(drawn, shares=without(inputs.recipe.nodes, drawn.shares, drawn.dropped))


def official(inputs: Inputs, size: int) -> MethodDraws:
    """Return so many draws that are all the official choices."""
    none = np.zeros(size, dtype=np.int64)
    shares = np.tile(np.array([node.share for node in inputs.recipe.nodes]), (size, 1))
    return MethodDraws(shares, none, none, none, none, np.full(size, NONE))


def draw_all(inputs: Inputs, size: int, rng: np.random.Generator) -> MethodDraws:
    """Return draws of all choices, each by itself: the weights are those before an indicator is left out.

    Raises SpaceError (EK707).
    """
    choices, nodes = inputs.choices, inputs.recipe.nodes
    shares = np.tile(np.array([node.share for node in nodes]), (size, 1))
    for children, draw in _groups(nodes, choices.weights):
        shares[:, children] = draw(rng, size)
    normalise, outliers, aggregate, missing = (
        rng.integers(len(others) + 1, size=size)
        for others in (choices.normalise, choices.outliers, choices.aggregate, choices.missing)
    )
    count = len(inputs.recipe.indicators)
    dropped = rng.integers(NONE, count, size=size) if choices.drop_one else np.full(size, NONE)
    return MethodDraws(shares, normalise, outliers, aggregate, missing, dropped)


def draw_one(inputs: Inputs, number: int) -> MethodDraws:
    """Make one draw again, by its number from 0. Raises ValueError for one that was never made."""
    if not 0 <= number < inputs.choices.replicates:
        raise ValueError(f"draws are numbered 0 to {inputs.choices.replicates - 1}, not {number}")
    block, row = divmod(number, BLOCK)
    drawn = draw_block(inputs, block)
    return drawn.rows(slice(row, row + 1))


def scenario(inputs: Inputs, normalise: int, outliers: int, aggregate: int, missing: int) -> Scenario:
    """Return what the numbers of a draw's choices mean; the official choices keep each node's own."""
    choices, nodes = inputs.choices, inputs.recipe.nodes
    if aggregate:
        nodes = tuple(replace(node, aggregate=choices.aggregate[aggregate - 1]) for node in nodes)
    if missing:
        nodes = tuple(replace(node, missing=choices.missing[missing - 1]) for node in nodes)
    return Scenario(
        nodes,
        choices.normalise[normalise - 1] if normalise else None,
        choices.outliers[outliers - 1] if outliers else None,
    )


def without(nodes: Sequence[ResolvedNode], shares: FloatArray, dropped: IntArray) -> FloatArray:
    """Return ``shares`` (draws, nodes) with the dropped indicators (draws,) at 0, and groups left empty by that too."""
    if (dropped == NONE).all():
        return shares
    shares = shares.copy()
    place = {node.id: at for at, node in enumerate(nodes)}
    indicators = [at for at, node in enumerate(nodes) if node.is_indicator]
    for row in np.flatnonzero(dropped != NONE).tolist():
        at = indicators[int(dropped[row])]
        while (parent := nodes[at].parent) is not None:
            siblings = [place[child] for child in nodes[place[parent]].children]
            left = shares[row, siblings].sum() - shares[row, at]
            if left > 0:
                shares[row, at] = 0
                shares[row, siblings] /= left
                break
            at = place[parent]
    return shares


Draw = Callable[[np.random.Generator, int], FloatArray]


def _groups(nodes: Sequence[ResolvedNode], space: WeightSpace) -> list[tuple[list[int], Draw]]:
    """Return the groups of siblings whose weights vary, each with its draw."""
    place = {node.id: at for at, node in enumerate(nodes)}
    found = []
    for node in nodes:
        if len(node.children) > 1 and _varies(node, space):
            children = [place[child] for child in node.children]
            shares = np.array([nodes[at].share for at in children])
            if shares.sum() > 0:
                found.append((children, _draw(node, shares, space)))
    return found


def _varies(node: ResolvedNode, space: WeightSpace) -> bool:
    if space.nodes:
        return node.id in space.nodes
    named: set[str] = set()
    if isinstance(space, BoundedWeights):
        named = {*space.bounds, *(each for chain in space.order for each in chain)}
    elif isinstance(space, ExpertWeights):
        named = {each for expert in space.experts for each in expert}
    else:
        return True
    return not named.isdisjoint(node.children)


def _draw(node: ResolvedNode, shares: FloatArray, space: WeightSpace) -> Draw:
    if isinstance(space, DirichletWeights):
        return lambda rng, draws: weight_draws.around(rng, draws, shares, space.concentration)
    if isinstance(space, ShareWeights):
        return lambda rng, draws: weight_draws.scaled(rng, draws, shares, space.share)
    if isinstance(space, ExpertWeights):
        own = dict(zip(node.children, shares, strict=True))
        sets = np.array([[expert.get(child, own[child]) for child in node.children] for expert in space.experts])
        return lambda rng, draws: weight_draws.between(rng, draws, sets)
    if isinstance(space, BoundedWeights):
        return lambda rng, draws: _constrained(rng, draws, node, space)
    return lambda rng, draws: weight_draws.uniform(rng, draws, shares.size)


def _constrained(rng: np.random.Generator, draws: int, node: ResolvedNode, space: BoundedWeights) -> FloatArray:
    bounds = np.array([space.bounds.get(child, (0.0, 1.0)) for child in node.children], dtype=np.float64)
    chains = [[node.children.index(each) for each in chain if each in node.children] for chain in space.order]
    chains = [chain for chain in chains if len(chain) > 1]
    try:
        return weight_draws.constrained(rng, draws, bounds[:, 0], bounds[:, 1], chains)
    except weight_draws.NarrowSpaceError as error:
        raise SpaceError(problem("EK707", node=node.id)) from error
