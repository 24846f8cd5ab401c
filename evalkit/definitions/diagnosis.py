"""What a study says about the diagnosis of its units: what they aim at, and what changing an answer costs."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from evalkit.definitions.base import Definition, Number

_TARGET = r"next_tier|next_rank|top:[1-9][0-9]{0,5}|score:[0-9]{1,6}(\.[0-9]{1,9})?"
Target = Annotated[str, Field(pattern=f"^({_TARGET})$")]
"""What a unit aims at; the number after the colon is a rank or an index."""
StepCost = Annotated[Number, Field(gt=0, le=1e6)]


class DiagnosisRules(Definition):
    """Which answers may be advised to change, at what cost, and to what end.

    For each unit the set of changes that costs least and reaches the target is found, and proved by scoring it.
    """

    target: Target = "next_tier"
    """``next_tier``: the next rung of the first ladder or division into blocks among the study's awards, the next rank
    where there is none; ``next_rank``: a better rank; ``top:10``: a rank among the ten best; ``score:80``: an index"""
    costs: dict[str, StepCost] = Field(default_factory=dict)
    """cost of one step by question or column, such as ``{Q01: 3}``; 1 for all others. A step is a tick, the next better
    option, or for a number the next of: median of the field, best of the field, full score"""
    fixed: tuple[str, ...] = ()
    """questions and columns that stay as they are, being facts that nobody can change"""

    @property
    def aim(self) -> tuple[str, float]:
        """The kind of target, and its number, 0 where it has none."""
        kind, _, number = self.target.partition(":")
        return kind, float(number) if re.fullmatch(r"[0-9.]+", number) else 0.0
