"""The part of a tree that two versions of an indicator set have in common."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from evalkit.definitions.recipe import ResolvedNode


def common_tree(nodes: Sequence[ResolvedNode], common: Collection[str]) -> tuple[ResolvedNode, ...]:
    """Return the tree with the indicators of ``common`` only and the groups that still have one.

    Methods stay; the shares of the children that are left are rescaled to sum to one. Nodes without weight do not
    matter and are left out, but for those that adjust their parent; one that is not common adjusts no more. Nothing
    where no indicator is left; ``nodes`` have parents before children, so has the result.
    """
    adjusters = {name for node in nodes if node.adjust is not None for name in node.adjust.named}
    children: dict[str, list[ResolvedNode]] = {}
    for node in reversed(nodes):
        left = node.id in common if node.is_indicator else node.id in children
        if left and (node.share > 0 or node.id in adjusters) and node.parent is not None:
            children.setdefault(node.parent, []).insert(0, node)
    kept: list[ResolvedNode] = []
    shares = {nodes[0].id: 1.0}
    for node in nodes:
        if node.id not in shares or not (node.id in children or node.id in common):
            continue
        below = children.get(node.id, [])
        total = math.fsum(child.share for child in below)
        shares |= {child.id: child.share / total if total > 0 else 0.0 for child in below}
        names = tuple(child.id for child in below)
        adjust = None if node.adjust is None else node.adjust.only(names)
        kept.append(replace(node, share=shares[node.id], children=names, adjust=adjust))
    return tuple(kept)
