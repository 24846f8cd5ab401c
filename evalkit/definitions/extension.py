"""An indicator set that extends another: what it says anew, and patches of the tree by id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from evalkit.definitions.base import Definition, Fault, Identifier, Text, Weight, fault
from evalkit.definitions.indicators import Node
from evalkit.definitions.rules import Aggregation, Missing, Normalisation

ACTIONS = ("add", "drop", "reweight", "replace", "move")
"""What a patch can do."""
_PLACED = ("under", "before", "after")
_MAY_HAVE = {
    "add": _PLACED,
    "drop": (),
    "reweight": ("weight",),
    "replace": ("by",),
    "move": (*_PLACED, "weight"),
}
_MUST_HAVE = {"reweight": "weight", "replace": "by"}


class Patch(Definition):
    """One change of the tree: exactly one of add, drop, reweight, replace, move; patches are made in their order."""

    add: Node | None = None
    """a new node, with what is below it; ``under``, ``before`` or ``after`` says where"""
    drop: Identifier | None = None
    """the node that is taken out, with what is below it"""
    reweight: Identifier | None = None
    """the node that gets another ``weight``"""
    replace: Identifier | None = None
    """the node whose place another takes (``by``), with what is below it"""
    move: Identifier | None = None
    """the node that goes elsewhere, with what is below it; ``under``, ``before`` or ``after`` says where"""
    by: Node | None = None
    """the node that comes instead; without a weight it has that of the node it replaces"""
    under: Identifier | None = None
    """the group that the node becomes the last child of"""
    before: Identifier | None = None
    """the node that it stands before"""
    after: Identifier | None = None
    """the node that it stands after"""
    weight: Weight | None = None
    """new weight among its siblings; siblings of which none has a weight count 1 each"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for several actions or none, for what the action lacks, and for keys it does not know."""
        found = [name for name in ACTIONS if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="patches", allowed=", ".join(ACTIONS), found=", ".join(found) or "-")
            return
        action, given = found[0], self.model_fields_set
        needed = _MUST_HAVE.get(action)
        if needed is not None and getattr(self, needed) is None:
            yield fault("EK103", key=needed)
        if action in {"add", "move"} and not any(getattr(self, name) for name in _PLACED):
            yield fault("EK103", key="under")
        if self.before is not None and self.after is not None:
            yield fault("EK116", key="patches", allowed="before, after", found="before, after")
        for name in ("by", *_PLACED, "weight"):
            if name in given and name not in _MAY_HAVE[action]:
                yield fault("EK121", name, key=name, where_zh=f"{action} 补丁", where_en=f"a patch that says {action}")

    @property
    def action(self) -> str:
        """What it does."""
        return next(name for name in ACTIONS if getattr(self, name) is not None)


class NewDefaults(Definition):
    """Defaults that differ from those of the set that is extended; the others stay."""

    normalise: Normalisation | None = None
    """how raw values become scores"""
    aggregate: Aggregation | None = None
    """mean by which children become a node's score"""
    missing: Missing | None = None
    """what to do about children without a score"""


class Extension(Definition):
    """An indicator set written as the difference from another one."""

    id: Identifier
    """id of the set"""
    kind: Literal["indicators"] = "indicators"
    """what this file is"""
    version: str
    """version of the set"""
    name: Text
    """name for people"""
    extends: str
    """``builtin:NAME``, or the path of an indicator set, relative to this file"""
    source: str = ""
    """where the changes come from; what is extended is added to it"""
    defaults: NewDefaults = NewDefaults()
    """what holds for every node that says nothing else, where it differs"""
    patches: tuple[Patch, ...] = Field(default=())
    """changes of the tree, made one after another"""
