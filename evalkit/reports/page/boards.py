"""The board of awards: who holds each, how far above its cut, and who comes next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evalkit.evaluate.award_distances import Distance, award_distances
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.outline.award_certainty import certificate_text
from evalkit.reports.outline.names import award_names, scheme_names, unit_names
from evalkit.reports.outline.sheet import records

NEXT = 5
"""How many of those who come next are shown."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit on a board: points ``over`` the cut of the award, points ``short`` of the next higher one, ``reach``.

    Numbers are NaN, texts empty, where there is no such thing.
    """

    unit: str
    name: str
    score: float
    over: float
    short: float
    reach: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Board:
    """An award, who holds it, and the units for which it is the nearest that they lack, the nearest first."""

    scheme: str
    name: str
    tier: int
    holders: tuple[Holder, ...]
    nearest: tuple[Holder, ...]

    @property
    def measured(self) -> bool:
        """Whether there is a cut to measure from."""
        return any(not math.isnan(each.score) for each in self.holders)

    @property
    def certified(self) -> bool:
        """Whether it is said how sure the award is."""
        return any(each.certificate for each in self.holders)


class _Units:
    """What a board says of a unit."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        self.names, self.labels = unit_names(evaluation), award_names(evaluation, language)
        self.distances = award_distances(evaluation)
        self.held = {(each.scheme, each.award, each.unit): each for each in self.distances if each.award}

    def holder(self, unit: str, own: Distance | None, certificate: str = "") -> Holder:
        if own is None:
            return Holder(unit, self.names[unit], math.nan, math.nan, math.nan, "", certificate)
        reach = self.labels.get((own.scheme, own.reach), "")
        return Holder(unit, self.names[unit], own.score, own.over, own.short, reach, certificate)

    def nearest(self, scheme: str, award: str) -> tuple[Holder, ...]:
        lacking = [each for each in self.distances if (each.scheme, each.reach) == (scheme, award)]
        lacking.sort(key=lambda each: (each.short, each.unit))
        return tuple(self.holder(each.unit, each) for each in lacking[:NEXT])


def award_boards(evaluation: Evaluation, units: Sequence[str], language: Language) -> list[Board]:
    """Return a board for each award, its holders in the order of ``units``; of a scheme without order by unit code."""
    about = _Units(evaluation, language)
    schemes, given = scheme_names(evaluation, language), records(evaluation["awards"])
    unordered = {each["id"] for each in evaluation.manifest["awards"] if each.get("unordered")}
    places = {unit: number for number, unit in enumerate(units)}
    boards = []
    for (scheme, award), label in about.labels.items():
        rows = [row for row in given if row["scheme"] == scheme and row["award"] == award]
        rows.sort(key=lambda row: row["unit"] if scheme in unordered else places[row["unit"]])
        holders = tuple(
            about.holder(
                row["unit"],
                about.held.get((scheme, award, row["unit"])),
                certificate_text(row.get("certificate", ""), language),
            )
            for row in rows
        )
        tiers = [int(row["tier"]) for row in rows if not pd.isna(row["tier"])]
        boards.append(Board(schemes[scheme], label, max(tiers, default=0), holders, about.nearest(scheme, award)))
    return boards
