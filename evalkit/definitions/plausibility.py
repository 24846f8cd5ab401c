"""What is asked about in the calls that come in, declared before the first of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evalkit.definitions.base import Code, Definition, Number, Whole


class Plausibility(Definition):
    """Limits beyond which a call is asked about; no call is left out of the scores because of them."""

    shortest_seconds: dict[Code, Annotated[Number, Field(gt=0)]] = Field(default_factory=dict)
    """seconds that a call takes at least, by the base that it is in, such as ``{answered: 30}``"""
    longest_seconds: Annotated[Number, Field(gt=0)] = 7200
    """seconds that no call takes"""
    remark_characters: Annotated[Whole, Field(ge=2)] = 12
    """characters, blanks and punctuation not counted, from which a remark is looked at; shorter ones are often alike"""
    agent_calls: Annotated[Whole, Field(ge=2)] = 5
    """answered calls of a unit, with an agent entered, from which it is looked at who answered them"""
    agent_share: Annotated[Number, Field(gt=0, le=1)] = 0.8
    """share of these calls from which a single agent who answered them is asked about"""
    remark_calls: Annotated[Whole, Field(ge=2)] = 3
    """calls to different units under which an auditor may have written the same remark before it is asked about"""
