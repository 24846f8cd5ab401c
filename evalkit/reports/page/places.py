"""Units put together by where they are: how those of a province, or of an area of a map, do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.sheet import Column, Sheet
from evalkit.reports.page.ranked import RankedUnit
from evalkit.reports.page.tables import HEAT_STEPS

FROM_NAMES = ("aliases",)
"""Columns of the register that hold several names, joined by ``|``."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The units of a place: how many, how many with an index, their mean and best index, how many awards they hold.

    Numbers without an index are NaN; ``step`` is the shade of the mean between the lowest and the highest place.
    """

    name: str
    units: int
    ranked: int
    mean: float
    best: float
    best_unit: str
    awards: int
    step: int


def columns(evaluation: Evaluation) -> dict[str, list[str]]:
    """Return the columns of the register in which places may stand, units in its order."""
    table = evaluation["units"]
    return {str(name): [str(value) for value in table[name]] for name in table.columns if name not in FROM_NAMES}


def place_figures(units: Sequence[RankedUnit], places: Mapping[str, str]) -> list[Figures]:
    """Return the figures of each place, in the order in which they first stand in ``places`` (unit -> place)."""
    members: dict[str, list[RankedUnit]] = {}
    known = {each.unit: each for each in units}
    for unit, place in places.items():
        members.setdefault(place, []).append(known[unit])
    means = {place: _mean(own) for place, own in members.items()}
    ends = [mean for mean in means.values() if not math.isnan(mean)]
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    return [_figures(place, own, means[place], low, high) for place, own in members.items()]


def place_sheet(figures: Sequence[Figures], names: Mapping[str, str], title: str, language: Language) -> Sheet:
    """Return the figures as a table, the highest mean first."""
    shown = (
        Column(word("page_place", language)),
        Column(word("page_place_units", language), "integer"),
        Column(word("page_place_mean", language), "score"),
        Column(word("page_place_best", language), "score"),
        Column(word("name", language)),
        Column(word("page_place_awards", language), "integer"),
    )
    ordered = sorted(figures, key=lambda each: (math.isnan(each.mean), -each.mean, each.name))
    rows = [
        [names.get(each.name, each.name), each.units, each.mean, each.best, each.best_unit, each.awards]
        for each in ordered
    ]
    return Sheet(title, shown, rows)


def _mean(units: Sequence[RankedUnit]) -> float:
    scores = [each.score for each in units if each.rank is not None]
    return math.fsum(scores) / len(scores) if scores else math.nan


def _figures(place: str, units: Sequence[RankedUnit], mean: float, low: float, high: float) -> Figures:
    ranked = [each for each in units if each.rank is not None]
    best = max(ranked, key=lambda each: each.score, default=None)
    awards = sum(len(each.awards) for each in units)
    if math.isnan(mean) or best is None:
        return Figures(place, len(units), 0, math.nan, math.nan, "", awards, 0)
    step = round(1 + (HEAT_STEPS - 1) * (mean - low) / (high - low)) if high > low else HEAT_STEPS // 2
    return Figures(place, len(units), len(ranked), mean, best.score, best.name, awards, step)
