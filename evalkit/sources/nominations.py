"""Nominations: what units submitted for awards, the marks of the jury, and the decisions of the committee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalkit.problems import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Submission:
    """What a unit submitted for an award (``SCHEME/AWARD``); ``person`` is who is nominated, empty for the unit."""

    id: str
    award: str
    unit: str
    title: str = ""
    person: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Form:
    """One judge's marks for a submission by criterion; ``unit`` is where the judge belongs, empty for none."""

    submission: str
    judge: str
    unit: str
    marks: Mapping[str, float | None]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the committee: who gets an award (``SCHEME/AWARD``), and why."""

    award: str
    unit: str
    reason: str
    person: str = ""
    by: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Nominations:
    """All nominations of a study, in the order of their files."""

    submissions: tuple[Submission, ...] = ()
    forms: tuple[Form, ...] = ()
    decisions: tuple[Decided, ...] = ()


NO_NOMINATIONS = Nominations()
