"""Adjustment of a node's score: points taken off the mean of its children, and added to it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from pydantic import Field

from evalkit.definitions.base import Definition, Identifier, Number


class Bonus(Definition):
    """Points added to a node's score, and when."""

    of: tuple[Identifier, ...] = Field(min_length=1)
    """children whose scores are the points"""
    above: Number | None = None
    """they count only where the score after deductions is above this"""
    most: Annotated[Number, Field(gt=0)] | None = None
    """the most that counts"""


class Adjust(Definition):
    """Points taken off a node's score and added to it, after the mean of its other children.

    The children named here take no part in the mean; they need no weight, and their scores are points.
    """

    start: Number | None = None
    """where no child has a mean to give: begin from this many points, such as 100"""
    deduct: tuple[Identifier, ...] = ()
    """children whose scores are points lost"""
    bonus: Bonus | None = None
    """points added"""
    lowest: Number | None = 0
    """the score is never below this"""
    highest: Number | None = None
    """the score is never above this"""

    @property
    def named(self) -> tuple[str, ...]:
        """The children that adjust."""
        return self.deduct + (self.bonus.of if self.bonus is not None else ())

    def only(self, names: Collection[str]) -> Adjust | None:
        """Return the adjustment by these children alone; None where none of them adjusts."""
        deduct = tuple(name for name in self.deduct if name in names)
        of = tuple(name for name in self.bonus.of if name in names) if self.bonus is not None else ()
        if not deduct and not of:
            return None
        bonus = self.bonus.model_copy(update={"of": of}) if self.bonus is not None and of else None
        return self.model_copy(update={"deduct": deduct, "bonus": bonus})
