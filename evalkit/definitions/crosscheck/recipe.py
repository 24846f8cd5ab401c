"""What the study's recipe makes of the indicator set."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.recipe import Recipe, ResolvedNode, resolve
from evalkit.definitions.rules import PlugInNormalisation
from evalkit.definitions.study import Study
from evalkit.definitions.yaml_source import Document
from evalkit.messages.nearest import suggestion
from evalkit.problems import Problem, problem
from evalkit.registry import PlugIn, Registry

_OF_GROUPS = ("aggregate", "missing", "weighting")
_OF_INDICATORS = ("normalise",)


def check_recipe(context: Context) -> Iterator[Problem]:
    """Find changes at unknown nodes or without effect, weights made zero, and directions that would be lost."""
    if context.study is None:
        return
    (study, document), (tree, tree_document) = context.study, context.indicators
    recipe = resolve(tree, study.recipe)
    yield from _check_overrides(study, document, context.node_ids, recipe)
    yield from _check_weights(study, document, recipe)
    yield from _check_directions(tree, tree_document, recipe, context.plug_ins)


def _check_overrides(study: Study, document: Document, known: list[str], recipe: Recipe) -> Iterator[Problem]:
    resolved = recipe.by_id
    for name, override in study.recipe.nodes.items():
        way = ("recipe", "nodes", name)
        if name not in known:
            near = suggestion(name, known)
            yield problem("EK307", document.place(way, of_key=True), where="recipe", node=name, **near)
            continue
        is_indicator = resolved[name].is_indicator
        words = (
            ("没有下级的节点", "a node without children") if is_indicator else ("有下级的节点", "a node with children")
        )
        for key in _OF_GROUPS if is_indicator else _OF_INDICATORS:
            if key in override.model_fields_set:
                place = document.place((*way, key), of_key=True)
                yield problem("EK121", place, key=key, where_zh=words[0], where_en=words[1])


def _check_weights(study: Study, document: Document, recipe: Recipe) -> Iterator[Problem]:
    """Find groups whose children have no weight left by the recipe; the set's own zeros are found in the tree."""
    resolved = recipe.by_id
    for node in recipe.nodes:
        changed = [
            child
            for child in node.children
            if child in study.recipe.nodes and study.recipe.nodes[child].weight is not None
        ]
        if changed and all(resolved[child].weight == 0 for child in node.children):
            yield problem("EK306", document.place(("recipe", "nodes", changed[0], "weight")), node=node.id)


def _check_directions(tree: IndicatorSet, document: Document, recipe: Recipe, plug_ins: Registry) -> Iterator[Problem]:
    for branch, node in zip(tree.walk(), recipe.nodes, strict=True):
        if node.is_indicator and _loses_direction(node):
            place = document.place((*branch.loc, "direction"))
            yield problem("EK321", place, node=node.id)
        plug_in = _deaf_plug_in(node, plug_ins)
        if plug_in is not None:
            yield problem("EK361", document.place((*branch.loc, "direction")), node=node.id, name=plug_in.name)


def _deaf_plug_in(node: ResolvedNode, plug_ins: Registry) -> PlugIn | None:
    """Return the plug-in that normalises an indicator of which less is better, if it does not ask for the direction."""
    if node.direction == "higher" or not isinstance(node.normalise, PlugInNormalisation):
        return None
    found = plug_ins.find("normalisations", node.normalise.name)
    return None if found is None or found.wants_direction else found


def _loses_direction(node: ResolvedNode) -> bool:
    return node.direction == "lower" and node.normalise.method == "none"
