"""Patches applied to an indicator file: values and positions stay together, each in the file it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evalkit.definitions.extension import Extension, Patch
from evalkit.definitions.limbs import Limb, place_of
from evalkit.definitions.yaml_source import MAX_DEPTH, Document, Position
from evalkit.messages.nearest import suggestion
from evalkit.problems import Place, Problem, problem

MOST_LEVELS = MAX_DEPTH // 2
"""Levels of a tree: a level takes two of those that a file may have (a mapping and a list)."""


def apply_patches(extension: Extension, document: Document, base: Document) -> tuple[Document, list[Problem]]:
    """Return ``base`` with what ``extension`` (read from ``document``) says anew.

    Every position leads to the file that its part came from. A patch that cannot be made is reported at its place and
    left out: an unknown node (``EK307``), the root (``EK347``), children for an indicator (``EK348``), an id that
    exists (``EK349``), a node under itself (``EK350``), a group that is left empty (``EK351``), a neighbour that is no
    child of the group (``EK352``), too many levels (``EK108``), a weight that lacks among siblings that have one
    (``EK316``).
    """
    root = Limb.take_apart(base.value["tree"], base.position.children["tree"])
    problems: list[Problem] = []
    written = document.position.children["patches"].children if extension.patches else {}
    for index, patch in enumerate(extension.patches):
        raw = document.value["patches"][index]
        _Patching(root, patch, written[index].children, raw, problems).make()
    problems += [
        problem("EK351", limb.emptied_at, node=limb.id)
        for limb in root.walk()
        if limb.emptied_at is not None and not limb.children
    ]
    return _merged(document, base, root), problems


def _merged(document: Document, base: Document, root: Limb) -> Document:
    """Return the base with the patched tree, and all that the extension says of the set itself."""
    value, positions = dict(base.value), dict(base.position.children)
    for key in document.value.keys() - {"extends", "patches", "defaults"}:
        value[key], positions[key] = document.value[key], document.position.children[key]
    if document.value.get("defaults"):
        new = document.position.children["defaults"]
        old = positions.get("defaults", new)
        value["defaults"] = {**(value.get("defaults") or {}), **document.value["defaults"]}
        positions["defaults"] = replace(new, children=old.children | new.children)
    value["tree"], positions["tree"] = root.put_together()
    return Document(value, replace(document.position, children=positions), document.file)


@dataclass(frozen=True, slots=True)
class _Patching:
    """One patch at work; ``written`` are the positions of its keys, ``raw`` what they hold in the file."""

    root: Limb
    patch: Patch
    written: Mapping[str | int, Position]
    raw: Mapping[str, Any]
    problems: list[Problem]

    def make(self) -> None:
        actions: dict[str, Callable[[], None]] = {
            "add": self.add, "drop": self.drop, "reweight": self.reweight, "replace": self.replace, "move": self.move,
        }  # fmt: skip
        actions[self.patch.action]()

    def add(self) -> None:
        new = self.new("add")
        group, neighbour = self.target(None)
        if self.has_new_ids(new) and group is not None:
            self.insert(new, group, neighbour, place_of(new.position))

    def drop(self) -> None:
        found = self.subject("drop")
        if found is not None:
            found.take_out(self.at("drop"))

    def reweight(self) -> None:
        found = self.subject("reweight")
        if found is not None and found.parent is not None:
            _even_out(found.parent.children, self.written["weight"])
            found.set_weight(self.raw["weight"], self.written["weight"])

    def replace(self) -> None:
        found = self.subject("replace")
        if found is None or found.parent is None:
            return
        new, group = self.new("by"), found.parent
        if new.weight is None and found.weight is not None:
            new.set_weight(found.weight, found.position.children["weight"])
        index = group.children.index(found)
        group.children.remove(found)
        if self.has_new_ids(new):
            self.insert(new, group, None, place_of(new.position), at=index)

    def move(self) -> None:
        found = self.subject("move")
        group, neighbour = (None, None) if found is None else self.target(found.parent)
        if found is None or group is None:
            return
        if any(limb in (group, neighbour) for limb in found.walk()):
            self.problems.append(problem("EK350", self.at("move"), node=found.id, under=(neighbour or group).id))
            return
        found.take_out(self.at("move"))
        if self.patch.weight is not None:
            found.set_weight(self.raw["weight"], self.written["weight"])
        self.insert(found, group, neighbour, self.at("move"))

    def insert(self, limb: Limb, group: Limb, neighbour: Limb | None, place: Place, at: int | None = None) -> None:
        """Put a limb into a group beside its neighbour, or last; look after weights and levels."""
        if limb.weight is not None:
            _even_out(group.children, limb.position.children["weight"])
        elif any(each.weight is not None for each in group.children):
            self.problems.append(problem("EK316", place, node=group.id, child=limb.id))
        if group.depth + limb.height > MOST_LEVELS:
            self.problems.append(problem("EK108", place, limit=MAX_DEPTH))
            return
        if at is None:
            at = len(group.children)
            if neighbour is not None:
                at = group.children.index(neighbour) + (self.patch.after is not None)
        limb.insert(group, at)

    def target(self, home: Limb | None) -> tuple[Limb | None, Limb | None]:
        """Return the group that the node goes to (``home`` where none is said) and its neighbour there.

        No group where the patch names one that does not exist or that cannot have children.
        """
        key = "before" if self.patch.before is not None else "after" if self.patch.after is not None else "under"
        neighbour = None if key == "under" else self.find(key)
        group = home if neighbour is None else neighbour.parent
        if self.patch.under is not None:
            group = self.find("under")
        if key != "under" and neighbour is None:
            return None, None
        if neighbour is not None and neighbour.parent is not group:
            if group is not None:
                self.problems.append(problem("EK352", self.at(key), node=neighbour.id, under=group.id))
            return None, None
        if neighbour is not None and group is None:  # beside the root
            self.problems.append(problem("EK347", self.at(key), node=neighbour.id, patch=key))
        if group is not None and "measure" in group.own:
            self.problems.append(problem("EK348", self.at(key), node=group.id))
            return None, None
        return group, neighbour

    def new(self, key: str) -> Limb:
        return Limb.take_apart(self.raw[key], self.written[key])

    def at(self, key: str) -> Place:
        return place_of(self.written[key])

    def find(self, key: str) -> Limb | None:
        """Return the node that a key of the patch names; the first, where an id stands twice."""
        name = getattr(self.patch, key)
        known = {limb.id: limb for limb in reversed(list(self.root.walk()))}
        if name not in known:
            near = suggestion(name, known)
            self.problems.append(problem("EK307", self.at(key), where=key, node=name, **near))
        return known.get(name)

    def subject(self, key: str) -> Limb | None:
        """Return the node that the patch changes, which is not the root."""
        found = self.find(key)
        if found is self.root:
            self.problems.append(problem("EK347", self.at(key), node=found.id, patch=key))
            return None
        return found

    def has_new_ids(self, limb: Limb) -> bool:
        """Tell whether no node of a new limb has an id that exists, in the tree or in the limb itself."""
        known = {each.id: each for each in self.root.walk()}
        before = len(self.problems)
        for each in limb.walk():
            if each.id in known:
                first = place_of(known[each.id].position.children["id"])
                place = place_of(each.position.children["id"])
                self.problems.append(problem("EK349", place, id=each.id, first=first))
            known.setdefault(each.id, each)
        return len(self.problems) == before


def _even_out(siblings: list[Limb], position: Position) -> None:
    """Write out that siblings weigh 1 each where none of them has a weight; a patch brings the first."""
    if all(each.weight is None for each in siblings):
        for each in siblings:
            each.set_weight(1, position)
