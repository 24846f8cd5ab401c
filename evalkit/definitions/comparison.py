"""Two versions of an indicator set compared: what changed, and which scores are no longer comparable."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from evalkit.definitions.base import Text
from evalkit.definitions.describe import describe_measure, describe_measure_fully, describe_method
from evalkit.definitions.recipe import Recipe, ResolvedNode

Kind = Literal["added", "dropped", "moved", "reweighted", "renamed", "method", "measure"]
KINDS: tuple[Kind, ...] = ("added", "dropped", "moved", "reweighted", "renamed", "method", "measure")
"""added, dropped: the node is in one version only; moved: under another parent; reweighted: another share among its
siblings; renamed: another name; method: direction, normalisation, mean or missing data; measure: its raw value."""

SHARE_GUARD = 1e-12
"""Shares that differ by less are the same: 1/3 may come from weights of 1 or of 10."""


@dataclass(frozen=True, slots=True)
class Essence:
    """All of a node that its score depends on, besides the scores of its children, as plain values.

    ``children`` are the shares of the children by id; ``choices`` are those of ``run.json``.
    """

    children: Mapping[str, float]
    choices: Mapping[str, Any]

    @classmethod
    def of(cls, shares: Mapping[str, float], choices: Mapping[str, Any]) -> Essence:
        """Leave out the children of share 0, which do not matter, unless they adjust the node."""
        adjust = choices.get("adjust") or {}
        named = {*adjust.get("deduct", ()), *(adjust.get("bonus") or {}).get("of", ())}
        return cls({child: share for child, share in shares.items() if share > 0 or child in named}, choices)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed at a node; effective weights are None where the node is not in that version."""

    node: str
    name: Text
    kind: Kind
    before: str
    after: str
    effective_before: float | None
    effective_after: float | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A score that the two versions compute differently; ``why`` are the kinds of change, ``below`` the children."""

    node: str
    why: tuple[Literal["children", "weights", "method", "measure"], ...]
    below: tuple[str, ...] = ()


def essences(recipe: Recipe) -> dict[str, Essence]:
    """Return the essence of each node."""
    shares = {node.id: node.share for node in recipe.nodes}
    return {
        node.id: Essence.of({child: shares[child] for child in node.children}, node.choices) for node in recipe.nodes
    }


def lost_scores(before: Mapping[str, Essence], after: Mapping[str, Essence]) -> dict[str, Lost]:
    """Return the nodes of both versions whose scores are not comparable, in the order of ``after``.

    The score of an indicator is comparable where its measure, unit, direction and normalisation are the same; that of a
    group where its mean, its rule for missing data, its children and their shares are the same and all of their scores
    are comparable. ``after`` has parents before children.
    """
    found: dict[str, Lost] = {}
    for node in reversed([each for each in after if each in before]):
        old, new = before[node], after[node]
        why: list[Literal["children", "weights", "method", "measure"]] = []
        if old.children.keys() != new.children.keys():
            why.append("children")
        elif any(
            not math.isclose(old.children[each], share, abs_tol=SHARE_GUARD) for each, share in new.children.items()
        ):
            why.append("weights")
        if _measure(old) != _measure(new):
            why.append("measure")
        if _method(old) != _method(new):
            why.append("method")
        below = tuple(child for child in new.children if child in old.children and child in found)
        if why or below:
            found[node] = Lost(node, tuple(why), below)
    return {node: found[node] for node in after if node in found}


def _measure(essence: Essence) -> tuple[Any, Any]:
    return essence.choices.get("measure"), essence.choices.get("unit")


def _method(essence: Essence) -> dict[str, Any]:
    return {key: value for key, value in essence.choices.items() if key not in {"weight", "measure", "unit"}}


def changes(before: Recipe, after: Recipe) -> list[Change]:
    """Return what changed, in the order of ``after``; nodes that were dropped follow at the end."""
    old, new = before.by_id, after.by_id
    found = [change for node in after.nodes for change in _changes_at(old.get(node.id), node)]
    dropped = (node for node in before.nodes if node.id not in new)
    return found + [_change(node, None, "dropped", node.parent or "", "") for node in dropped]


def _changes_at(old: ResolvedNode | None, new: ResolvedNode) -> Iterator[Change]:
    if old is None:
        yield _change(None, new, "added", "", new.parent or "")
        return
    if old.parent != new.parent:
        yield _change(old, new, "moved", old.parent or "", new.parent or "")
    if not math.isclose(old.share, new.share, abs_tol=SHARE_GUARD):
        yield _change(old, new, "reweighted", f"{old.share:.2%}", f"{new.share:.2%}")
    if old.name != new.name:
        yield _change(old, new, "renamed", old.name.say(), new.name.say())
    if describe_choices(old) != describe_choices(new):
        yield _change(old, new, "method", describe_choices(old), describe_choices(new))
    if (old.measure, old.unit) != (new.measure, new.unit):
        yield _change(old, new, "measure", *_measures(old, new))


def _change(old: ResolvedNode | None, new: ResolvedNode | None, kind: Kind, before: str, after: str) -> Change:
    node = new or old
    if node is None:
        raise ValueError("a change is of a node")
    weights = [None if each is None else each.effective_weight for each in (old, new)]
    return Change(node.id, node.name, kind, before, after, *weights)


def describe_choices(node: ResolvedNode) -> str:
    """Return the methods of a node in one line."""
    if node.is_indicator:
        return f"{node.direction}, {describe_method(node.normalise)}"
    weighting = f", weights by {node.weighting}" if node.weighting else ""
    return f"{node.aggregate}, {node.missing.rule}, min_coverage={node.missing.min_coverage:g}{weighting}"


def _measures(old: ResolvedNode, new: ResolvedNode) -> tuple[str, str]:
    """Return the two measures, briefly if that tells them apart."""
    brief = [describe_measure(each.measure) for each in (old, new)]
    full = [describe_measure_fully(each.measure) for each in (old, new)]
    texts = brief if brief[0] != brief[1] else full
    if old.unit != new.unit:
        texts = [f"{text} [{each.unit}]" for text, each in zip(texts, (old, new), strict=True)]
    return texts[0], texts[1]
