"""A tree of an indicator file taken apart into nodes, each with its position, so that it can be put together anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from evalkit.definitions.yaml_source import Position
from evalkit.problems import Place


def place_of(position: Position) -> Place:
    """Return where a value stands, for a finding."""
    return Place(file=position.file, line=position.line, column=position.column)


@dataclass(slots=True, eq=False)
class Limb:
    """A node as it stands in a file, apart from its children, which are limbs themselves."""

    own: dict[str, Any]
    position: Position
    children: list[Limb] = field(default_factory=list)
    parent: Limb | None = None
    emptied_at: Place | None = None
    """what took the last of its children away"""

    @classmethod
    def take_apart(cls, value: dict[str, Any], position: Position, parent: Limb | None = None) -> Limb:
        """Return the limb of a node of a file, with those of all nodes below it."""
        own = {key: each for key, each in value.items() if key != "children"}
        limb = cls(own, position, parent=parent)
        below = value.get("children") or ()
        limb.children = [
            cls.take_apart(child, position.children["children"].children[index], limb)
            for index, child in enumerate(below)
        ]
        return limb

    def put_together(self) -> tuple[dict[str, Any], Position]:
        """Return value and position of the node with all nodes below it."""
        if not self.children:
            return self.own, self.position
        values, inner = [], dict[str | int, Position]()
        for index, child in enumerate(self.children):
            value, inner[index] = child.put_together()
            values.append(value)
        listed = replace(self.position.children.get("children", self.position), children=inner)
        position = replace(self.position, children=self.position.children | {"children": listed})
        return self.own | {"children": values}, position

    @property
    def id(self) -> str:
        """Id of the node, as text."""
        return str(self.own["id"])

    @property
    def weight(self) -> Any:  # noqa: ANN401 - a number of the file, or None
        """Weight as it is written; None where none is."""
        return self.own.get("weight")

    def set_weight(self, weight: Any, position: Position) -> None:  # noqa: ANN401 - a number of the file
        """Write another weight, which stands at ``position``."""
        self.own["weight"] = weight
        self.position = replace(self.position, children=self.position.children | {"weight": position})

    def walk(self) -> Iterator[Limb]:
        """Yield the limb and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def height(self) -> int:
        """Levels from here down."""
        return 1 + max((child.height for child in self.children), default=0)

    @property
    def depth(self) -> int:
        """Levels from the root down to here."""
        return 1 if self.parent is None else 1 + self.parent.depth

    def take_out(self, place: Place) -> None:
        """Take it out of its group; ``place`` is what did so."""
        if self.parent is not None:
            self.parent.children.remove(self)
            if not self.parent.children:
                self.parent.emptied_at = place
            self.parent = None

    def insert(self, group: Limb, at: int) -> None:
        """Put it into a group."""
        group.children.insert(at, self)
        self.parent = group
