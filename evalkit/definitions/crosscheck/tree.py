"""The indicator set alone: ids, weights, and indicators nobody measures."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.indicators import Branch
from evalkit.definitions.yaml_source import Document
from evalkit.problems import Problem, problem


def check_tree(context: Context) -> Iterator[Problem]:
    """Find duplicate ids, indicators without a measure, open choices, weights that are missing or all zero."""
    tree, document = context.indicators
    seen: dict[str, int | None] = {}
    for branch in tree.walk():
        place = document.place((*branch.loc, "id"))
        if branch.node.id in seen:
            yield problem("EK305", place, id=branch.node.id, first=seen[branch.node.id])
        seen.setdefault(branch.node.id, place.line)
        if branch.node.is_indicator and branch.node.measure is None:
            yield problem("EK303", place, node=branch.node.id)
        if branch.node.attestation.startswith("placeholder") and not _decided(branch.node.id, context):
            yield problem("EK353", document.place((*branch.loc, "attestation")), node=branch.node.id)
        yield from _check_weights(branch, document)


def _decided(node: str, context: Context) -> bool:
    """Tell whether the study says something of the node, and so has decided what the set leaves open."""
    return context.study is not None and node in context.study[0].recipe.nodes


def _check_weights(branch: Branch, document: Document) -> Iterator[Problem]:
    node = branch.node
    weights = [child.weight for child in node.children if child.id not in node.adjusters]
    if all(weight is None for weight in weights):
        return
    if node.weighting is not None:
        for index in (index for index, weight in enumerate(weights) if weight is not None):
            place = document.place((*branch.loc, "children", index, "weight"))
            zh, en = f"{node.id} 的 weighting 决定下级的权重", f"the weighting of {node.id} decides"
            yield problem("EK121", place, key="weight", where_zh=zh, where_en=en)
    for index, child in enumerate(node.children):
        if child.weight is None and child.id not in node.adjusters:
            place = document.place((*branch.loc, "children", index, "id"))
            yield problem("EK316", place, node=node.id, child=child.id)
    if all(weight == 0 for weight in weights):
        yield problem("EK306", document.place((*branch.loc, "children", 0, "weight")), node=node.id)
