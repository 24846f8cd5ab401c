"""What is compared between units for an award: the score, its growth, several waves together, or a jury's marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.base import Definition, Fault, Flag, Identifier, Number, Text, Weight, Whole, fault


class Score(Definition):
    """The score of this wave at the award's node."""

    method: Literal["score"]


class Improvement(Definition):
    """The growth of the score since an earlier wave; a unit that did not grow never wins."""

    method: Literal["improvement"]
    on: str | None = None
    """the earlier wave; none: the last one"""
    measure: Literal["points", "percent"] = "points"
    """score − earlier score; or that in percent of the earlier score"""
    minimum_base: Number | None = None
    """earlier score that a unit must have had at least, so that the lowest do not win by rising from nothing"""
    across_frameworks: Flag = False
    """compare even where the indicator set changed in between, which the result says"""


class Waves(Definition):
    """The scores of this wave and earlier ones together."""

    method: Literal["waves"]
    combine: Literal["sum", "mean"] = "sum"
    """how they are put together"""
    waves: tuple[str, ...] = ()
    """the earlier waves that count beside this one"""
    last: Annotated[Whole, Field(ge=1)] | None = None
    """or how many earlier waves, the latest ones"""
    least_waves: Annotated[Whole, Field(ge=1)] | None = None
    """how many waves a unit must have a score in, this one included; none: all"""
    across_frameworks: Flag = False
    """put together even where the indicator set changed in between, which the result says"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for named waves and a number of them, or neither."""
        found = [name for name in ("waves", "last") if getattr(self, name)]
        if len(found) != 1:
            yield fault("EK116", key="compare", allowed="waves, last", found=", ".join(found) or "-")


class Criterion(Definition):
    """One thing that every judge marks."""

    id: Identifier
    """a column of the jury sheet"""
    name: Text
    """name for people"""
    weight: Weight = 1
    """weight among the criteria"""
    high: Annotated[Number, Field(gt=0)] = 100
    """the highest mark; the lowest is 0"""


class Jury(Definition):
    """The marks of a jury for what was submitted: criteria × judges, from the study's ``nominations:``.

    A judge's form is the weighted mean of mark ÷ highest mark over the criteria, times 100; a submission's score is the
    mean of its forms without the ``trim`` highest and the ``trim`` lowest. A judge who belongs to the unit that
    submitted is recused. A unit with several submissions is compared by its best one.
    """

    method: Literal["jury"]
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    """what is marked"""
    trim: Annotated[Whole, Field(ge=0, le=10)] = 0
    """how many of the highest forms, and how many of the lowest, are left out"""
    fewest_judges: Annotated[Whole, Field(ge=1)] = 3
    """forms that a submission needs, recused ones not counted and before trimming"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault where trimming would leave nothing, a criterion stands twice, or none has a weight."""
        if self.fewest_judges <= 2 * self.trim:
            limit = f"> 2 × trim = {2 * self.trim}"
            yield fault("EK112", "fewest_judges", key="fewest_judges", value=self.fewest_judges, limit=limit)
        seen: set[str] = set()
        for number, criterion in enumerate(self.criteria):
            if criterion.id in seen:
                yield fault("EK344", "criteria", number, "id", id=criterion.id)
            seen.add(criterion.id)
        if all(criterion.weight == 0 for criterion in self.criteria):
            yield fault("EK112", "criteria", key="weight", value=0, limit="> 0")


Compare = Annotated[Score | Improvement | Waves | Jury, Field(discriminator="method")]
