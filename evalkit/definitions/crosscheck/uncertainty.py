"""What the study's ``uncertainty:`` says of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.recipe import Recipe, resolve
from evalkit.definitions.uncertainty import BoundedWeights, ExpertWeights, Uncertainty
from evalkit.definitions.yaml_source import Document, Way
from evalkit.messages.nearest import suggestion
from evalkit.problems import Problem, problem

_WAY: Way = ("uncertainty", "weights")
_ROUNDING = 1e-9


def check_uncertainty(context: Context) -> Iterator[Problem]:
    """Find unknown nodes, nodes without children, orders across the tree, bounds that leave no weights."""
    if context.study is None or context.study[0].uncertainty is None:
        return
    study, document = context.study
    choices = context.study[0].uncertainty
    recipe = resolve(context.indicators[0], study.recipe)
    yield from _check_names(choices, document, context.node_ids)
    yield from _check_groups(choices, document, recipe)
    yield from _check_directions(choices, document, recipe)


def _named(choices: Uncertainty) -> Iterator[tuple[str, Way, bool]]:
    """Yield every node that is named, the way to it, and whether it is a key."""
    space = choices.weights
    for index, node in enumerate(space.nodes):
        yield node, (*_WAY, "nodes", index), False
    if isinstance(space, BoundedWeights):
        for node in space.bounds:
            yield node, (*_WAY, "bounds", node), True
        for number, chain in enumerate(space.order):
            for index, node in enumerate(chain):
                yield node, (*_WAY, "order", number, index), False
    if isinstance(space, ExpertWeights):
        for number, expert in enumerate(space.experts):
            for node in expert:
                yield node, (*_WAY, "experts", number, node), True


def _check_names(choices: Uncertainty, document: Document, known: list[str]) -> Iterator[Problem]:
    for node, way, of_key in _named(choices):
        if node not in known:
            place = document.place(way, of_key=of_key)
            yield problem("EK307", place, where="uncertainty", node=node, **suggestion(node, known))


def _check_groups(choices: Uncertainty, document: Document, recipe: Recipe) -> Iterator[Problem]:
    space, resolved = choices.weights, recipe.by_id
    for index, node in enumerate(space.nodes):
        if node in resolved and resolved[node].is_indicator:
            yield problem("EK392", document.place((*_WAY, "nodes", index)), node=node)
    if isinstance(space, ExpertWeights):
        yield from _check_experts(space, document, recipe)
    if not isinstance(space, BoundedWeights):
        return
    for number, chain in enumerate(space.order):
        parents = {resolved[node].parent for node in chain if node in resolved}
        if len(parents) > 1:
            yield problem("EK394", document.place((*_WAY, "order", number)), nodes=", ".join(chain))
    for group in recipe.nodes:
        bounds = [space.bounds.get(child, (0.0, 1.0)) for child in group.children]
        named = [child for child in group.children if child in space.bounds]
        if named and not sum(low for low, _ in bounds) - _ROUNDING <= 1 <= sum(high for _, high in bounds) + _ROUNDING:
            yield problem("EK393", document.place((*_WAY, "bounds", named[0])), node=group.id)


def _check_experts(space: ExpertWeights, document: Document, recipe: Recipe) -> Iterator[Problem]:
    for number, expert in enumerate(space.experts):
        for group in recipe.nodes:
            named = [child for child in group.children if child in expert]
            if named and all(expert.get(child, recipe.by_id[child].weight) == 0 for child in group.children):
                yield problem("EK306", document.place((*_WAY, "experts", number, named[0])), node=group.id)


def _check_directions(choices: Uncertainty, document: Document, recipe: Recipe) -> Iterator[Problem]:
    lower = [node.id for node in recipe.indicators if node.direction == "lower"]
    for index, method in enumerate(choices.normalise):
        if method.method == "none" and lower:
            yield problem("EK321", document.place(("uncertainty", "normalise", index)), node=lower[0])
