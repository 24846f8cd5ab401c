"""How the winners of an award are found among the units that may take part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.base import Definition, Fault, Identifier, Number, Text, Whole, fault

FULL_SHARE = 100  # percent
_SHARE_GUARD = 1e-9  # 41.43 + 34.86 + 23.71 is a sum of floats


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
    tie_break: tuple[Identifier, ...] = ()
    """nodes whose scores part tied units before that, the first one first"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for both a count and a percentage, or neither."""
        found = [name for name in ("count", "percent") if getattr(self, name) is not None]
        if len(found) != 1:
            yield fault("EK116", key="rule", allowed="count, percent", found=", ".join(found) or "-")


class Block(Definition):
    """One block, grade or class of a division; its cut is the lower end, said by the key that ``by`` asks for."""

    id: Identifier
    """stands in the tables as the award; unique within the scheme"""
    name: Text
    """name for people"""
    at_least: Number | None = None
    """``by: score``: the lowest score, which belongs to the block"""
    above: Number | None = None
    """``by: score``: the score above which the block begins"""
    percent: Annotated[Number, Field(gt=0, le=100)] | None = None
    """``by: share``: share of the eligible units, in percent"""
    count: Annotated[Whole, Field(ge=1)] | None = None
    """``by: places``: number of units"""

    @property
    def low(self) -> float | None:
        """The lower end among scores, whether or not it belongs to the block."""
        return self.above if self.at_least is None else self.at_least


_KEYS_OF = {
    "score": ("at_least", "above"),
    "share": ("percent",),
    "places": ("count",),
    "natural_breaks": (),
}
_CUTS = ("at_least", "above", "percent", "count")


class Blocks(Definition):
    """All eligible units divided into blocks (方阵), grades or classes from the best down; none is left over.

    The last block needs no cut: it takes the rest. Another block without one is a cut-off that was never published and
    is still to be set: the units from there down get no block, and ``check`` asks for it.
    """

    method: Literal["blocks"]
    by: Literal["score", "share", "places", "natural_breaks"]
    """fixed scores; shares of the units; numbers of units; or the division of the scores with the smallest squares
    within blocks (Fisher 1958, Jenks 1977), which needs no cut"""
    blocks: tuple[Block, ...] = Field(min_length=2)
    """the blocks from the best down"""
    within: str | None = None
    """a column of the unit register: each of its groups is divided by itself"""
    ties: Literal["up", "down"] = "up"
    """units tied across a cut by share or places all go to the block above it, or all to the one below"""
    vetoed: Identifier | None = None
    """the block that units barred by a veto fall into; without it they get none"""

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for keys that do not go with ``by``, cuts out of order, and shares of over 100 %."""
        allowed = _KEYS_OF[self.by]
        for number, block in enumerate(self.blocks):
            given = [key for key in _CUTS if getattr(block, key) is not None]
            for key in given:
                if key not in allowed:
                    yield fault("EK339", "blocks", number, key, key=key, by=self.by, allowed=", ".join(allowed) or "-")
            if len([key for key in given if key in allowed]) > 1:
                yield fault("EK116", "blocks", number, key=block.id, allowed="at_least, above", found="at_least, above")
        yield from self._cuts_out_of_order()
        if self.vetoed is not None and self.vetoed not in {block.id for block in self.blocks}:
            names = ", ".join(block.id for block in self.blocks)
            yield fault("EK342", "vetoed", block=self.vetoed, allowed=names)

    def _cuts_out_of_order(self) -> Iterator[Fault]:
        before: Block | None = None
        total = 0.0
        for number, block in enumerate(self.blocks):
            total += block.percent or 0
            if block.percent is not None and total > FULL_SHARE + _SHARE_GUARD:
                yield fault("EK341", "blocks", number, "percent", total=f"{total:.15g}")
            if block.low is None:
                continue
            # “above 80” may stand over “at least 80”, for the score 80 itself; not the other way round
            same = before is not None and block.low == before.low and before.above is not None and block.above is None
            if before is not None and before.low is not None and not (block.low < before.low or same):
                key = "above" if block.at_least is None else "at_least"
                yield fault("EK340", "blocks", number, key, value=f"{block.low:.15g}", before=f"{before.low:.15g}")
            before = block

    @property
    def unset(self) -> tuple[int, ...]:
        """Numbers (from 0) of the blocks whose cut is still to be set."""
        keys = _KEYS_OF[self.by]
        last = len(self.blocks) - 1
        return tuple(
            number
            for number, block in enumerate(self.blocks)
            if keys and number != last and all(getattr(block, key) is None for key in keys)
        )


class Decision(Definition):
    """A committee decides; its decisions, each with a reason, are in the study's ``nominations: {decisions: …}``."""

    method: Literal["decision"]
    count: Annotated[Whole, Field(ge=1)] | None = None
    """how many may be decided on; none: not said"""


class Unset(Definition):
    """No rule was ever published: nobody gets the award until one is set, and ``check`` asks for it."""

    method: Literal["unset"]


AwardRule = Annotated[Band | Top | Blocks | Decision | Unset, Field(discriminator="method")]
