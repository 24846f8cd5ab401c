"""The award scheme: who gets which prize, by score bands or places, within the field or a peer group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.base import Definition, Fault, Flag, Identifier, Number, Text, Whole, fault


class Band(Definition):
    """Scores from ``low`` to ``high``; which ends belong to the band is said by ``closed``."""

    method: Literal["band"]
    low: Number | None = None
    """lower end; none: open-ended"""
    high: Number | None = None
    """upper end; none: open-ended"""
    closed: Literal["left", "right", "both", "neither"] = "left"
    """ends that belong to the band; ``left`` is [low, high)"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for a band without ends, and for one that no score can be in."""
        if self.low is None and self.high is None:
            yield fault("EK103", key="low")
        elif self.low is not None and self.high is not None:
            sign = "≤" if self.closed == "both" else "<"
            if self.low > self.high or (self.low == self.high and sign == "<"):
                yield fault(
                    "EK112", "low", key="low", value=f"{self.low:.15g}", limit=f"{sign} high = {self.high:.15g}"
                )


class Top(Definition):
    """The best ``count`` units, or the best ``percent`` of them, in the field or in each group of a column."""

    method: Literal["top"]
    count: Annotated[Whole, Field(ge=1)] | None = None
    """number of places"""
    percent: Annotated[Number, Field(gt=0, le=100)] | None = None
    """share of the eligible units, in percent"""
    rounding: Literal["down", "up", "nearest"] = "down"
    """how a percentage becomes a number of places"""
    within: str | None = None
    """a column of the unit register: places are given in each of its groups"""
    count_from: Literal["remaining", "all"] = "remaining"
    """with one rung a unit: whether units that hold a higher rung still take up places here"""
    ties: Literal["share", "leave"] = "share"
    """units tied across the cut all get the award, or none of them does"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for both a count and a percentage, or neither."""
        found = [name for name in ("count", "percent") if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="rule", allowed="count, percent", found=", ".join(found) or "-")


AwardRule = Annotated[Band | Top, Field(discriminator="method")]


class Award(Definition):
    """A prize, or a rung of a ladder."""

    id: Identifier
    """unique within the scheme"""
    name: Text
    """name for people"""
    node: Identifier | None = None
    """node whose score counts; without it the index"""
    rule: AwardRule
    """how the winners are found"""
    eligible: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """columns of the unit register and the values that may take part"""
    minimum: dict[str, Number] = Field(default_factory=dict)
    """lowest score a winner may have at other nodes"""
    source: str = ""
    """where the rule comes from"""
    attestation: str = ""
    """``published``, ``reconstructed``, or ``placeholder`` where the cut-off must still be set"""


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
    awards: tuple[Award, ...] = Field(min_length=1)
    """the awards in order"""
