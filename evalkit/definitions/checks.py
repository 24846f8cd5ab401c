"""Checks across questions: what must hold between the answers of one form, written in the questionnaire."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from evalkit.definitions.base import Definition, Fault, Identifier, Number, Text, fault
from evalkit.definitions.expression import Binary, Expression, Name, Option, names, parse
from evalkit.definitions.rules import Formula

WAVE = "wave"
"""The name by which a check speaks of the year of the study's wave, unless a question has this code."""

_TOLERANT = ("=", "<=", ">=")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Check(Definition):
    """What must hold between the answers of one unit, such as ``Q04.web + Q04.phone = Q04.total``.

    It is judged for the units that answered every question it names; the data are never changed.
    """

    id: Identifier
    """id of the check, unique within the questionnaire"""
    that: Formula
    """the formula that must hold; ``wave`` is the year of the study's wave, as in ``Q24 <= wave``"""
    severity: Literal["error", "warning"] = "warning"
    """severity of the finding where it does not hold"""
    message: Text | None = None
    """what the finding says; without it the formula"""
    tolerance: Annotated[Number, Field(ge=0)] = 0
    """how far the two sides of ``=``, ``<=`` or ``>=`` may be apart, for sums of rounded numbers"""

    def faults(self) -> Iterator[Fault]:
        """Yield a tolerance without two numbers that it could stand between."""
        if self.tolerance > 0 and self.compared_numbers is None:
            chinese, english = "that 不是用 =、<=、>= 比较两个数", "that compares no numbers by =, <= or >="
            yield fault("EK121", "tolerance", key="tolerance", where_zh=chinese, where_en=english)

    @cached_property
    def condition(self) -> Expression:
        """The parsed ``that``."""
        return parse(self.that)

    @cached_property
    def compared_numbers(self) -> Binary | None:
        """The whole condition, where it compares two numbers by an operator that allows a tolerance."""
        condition = self.condition
        if not isinstance(condition, Binary) or condition.operator not in _TOLERANT:
            return None
        return None if isinstance(condition.right, Option) else condition

    def answers(self, questions: Container[str]) -> tuple[Name, ...]:
        """Return the answers it names, each once, in the order of the text; the wave is none."""
        return tuple(dict.fromkeys(name for name in names(self.condition) if not is_wave(name, questions)))

    def names_wave(self, questions: Container[str]) -> bool:
        """Tell whether it speaks of the wave."""
        return any(is_wave(name, questions) for name in names(self.condition))


def is_wave(name: Name, questions: Container[str]) -> bool:
    """Tell whether a name of a check stands for the wave."""
    return name.key == WAVE and WAVE not in questions


def year_of(wave: str) -> int | None:
    """Return the year that a wave names (2024, 2025Q1, 第3轮2025), or nothing."""
    found = _YEAR.search(wave)
    return int(found[0]) if found else None
