"""The award scheme: who may take part, what is compared, how winners are found, what excludes what, what is shown.

The parts of an award go together in any way: any gate with any comparison and any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.award_compare import Compare, Jury, Score
from evalkit.definitions.award_rules import AwardRule, Blocks, Decision, Top
from evalkit.definitions.base import Definition, Fault, Flag, Identifier, Number, Text, Whole, fault


class Veto(Definition):
    """A fact that bars a unit whatever its score (单项否决): a value in the register, or a score out of bounds."""

    name: Text
    """what it is, for people"""
    column: str | None = None
    """a column of the unit register"""
    values: tuple[str, ...] = ()
    """values of the column that bar"""
    node: Identifier | None = None
    """a node of the tree"""
    below: Number | None = None
    """scores of the node below this bar; a unit without a score there is not barred"""
    above: Number | None = None
    """scores of the node above this bar"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for both a column and a node or neither, and for a veto that says nothing of it."""
        found = [name for name in ("column", "node") if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="veto", allowed="column, node", found=", ".join(found) or "-")
        elif self.column is not None and not self.values:
            yield fault("EK103", key="values")
        elif self.node is not None and self.below is None and self.above is None:
            yield fault("EK103", key="below")


class Sample(Definition):
    """The smallest sample on which a unit may be judged: calls, forms or cases."""

    minimum: Annotated[Whole, Field(ge=1)]
    """how many at least"""
    node: Identifier | None = None
    """counted at this node: answer cells behind the indicator; for a group, the fewest of its indicators with data"""
    column: str | None = None
    """or told by a column of the unit register"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for two sources or none."""
        found = [name for name in ("node", "column") if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="sample", allowed="node, column", found=", ".join(found) or "-")


class Gates(Definition):
    """Who may take part."""

    eligible: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """columns of the unit register and the values that may take part"""
    minimum: dict[str, Number] = Field(default_factory=dict)
    """lowest score a winner may have at other nodes"""
    veto: tuple[Veto, ...] = ()
    """facts that bar a unit"""
    sample: Sample | None = None
    """the smallest sample"""
    least_units: Annotated[Whole, Field(ge=2)] | None = None
    """the fewest eligible units, in the field or in the peer group, among which the award is given at all"""


def _by_score() -> Score:
    return Score(method="score")


class Award(Gates):
    """A prize, a rung of a ladder, or a division of all units into blocks."""

    id: Identifier
    """unique within the scheme"""
    name: Text
    """name for people"""
    node: Identifier | None = None
    """node whose score counts; without it the index"""
    compare: Compare = Field(default_factory=_by_score)
    """what is compared; without it the score of this wave"""
    rule: AwardRule
    """how the winners are found"""
    to: Literal["unit", "person"] = "unit"
    """who gets it; of persons the results show the unit and how many, their names stay in a private table"""
    exclusive: Identifier | None = None
    """awards of the same word exclude each other: a unit gets the first of them, and places go on to the next"""
    beside: Flag = False
    """in a ladder: an award that is no rung, given whatever rung a unit holds"""
    source: str = ""
    """where the rule comes from"""
    attestation: str = ""
    """``published``, ``reconstructed``, or ``placeholder`` where the cut-off must still be set"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for persons whom nobody names."""
        named = isinstance(self.compare, Jury) or isinstance(self.rule, Decision)
        if self.to == "person" and (not named or isinstance(self.rule, Blocks)):
            yield fault("EK343", "to", award=self.id)

    @property
    def within(self) -> str | None:
        """The column in whose groups the award is given by itself."""
        return self.rule.within if isinstance(self.rule, Top | Blocks) else None

    @property
    def gives(self) -> Mapping[str, Text]:
        """What units can get, by the id that stands in the tables: the award, or its blocks."""
        if isinstance(self.rule, Blocks):
            return {block.id: block.name for block in self.rule.blocks}
        return {self.id: self.name}


class AwardScheme(Definition):
    """Awards given together."""

    id: Identifier
    """id of the scheme"""
    kind: Literal["awards"] = "awards"
    """what this file is"""
    version: str
    """version of the scheme"""
    name: Text
    """name for people"""
    source: str = ""
    """where it comes from; what is reconstructed says so"""
    one_rung: Flag = False
    """a ladder: the awards are rungs from the highest down, and a unit gets the first it reaches"""
    unordered: Flag = False
    """winners are listed in no order (排名不分先后): sorted by unit code"""
    publish: Literal["all", "tiers"] = "all"
    """``tiers``: the results of the whole study show who is in which tier, and no score and no rank of any unit"""
    gates: Gates = Gates()
    """who may take part in any award of the scheme"""
    awards: tuple[Award, ...] = Field(min_length=1)
    """the awards in order"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for an award beside a ladder where there is none, or where it excludes others anyway."""
        for number, award in enumerate(self.awards):
            if award.beside and (not self.one_rung or award.exclusive is not None):
                where = ("不是阶梯(one_rung),或另有 exclusive", "no ladder (one_rung), or exclusive stands here too")
                yield fault("EK121", "awards", number, "beside", key="beside", where_zh=where[0], where_en=where[1])

    def gates_of(self, award: Award) -> tuple[Gates, ...]:
        """Return what a unit must pass for an award: the gates of the scheme and those of the award."""
        return (self.gates, award)

    def exclusion(self, award: Award) -> str | None:
        """Return the name of the awards that exclude each other to which this one belongs; the ladder's is empty."""
        if award.exclusive is not None:
            return award.exclusive
        return "" if self.one_rung and not award.beside else None

    def displacing(self, award: Award) -> tuple[Award, ...]:
        """Return the awards before this one that exclude it: the higher rungs of a ladder, or those of its word."""
        exclusion = self.exclusion(award)
        before = self.awards[: self.awards.index(award)]
        return tuple(each for each in before if exclusion is not None and self.exclusion(each) == exclusion)
