"""The grid of provinces: a tile each, shaded by the mean index of its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.reports.outline.sheet import Sheet
from evalkit.reports.page.places import Figures, columns, place_figures, place_sheet
from evalkit.reports.page.provinces import TILES, short_name
from evalkit.reports.page.ranked import RankedUnit

SIZE, GAP = 84.0, 6.0
_LEAST_SHARE = 0.5
_LEAST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the grid, its corner in units of the drawing; without ``figures`` it has no unit."""

    name: str
    x: float
    y: float
    figures: Figures | None


@dataclass(frozen=True, slots=True)
class Grid:
    """The tiles, the values of the register that are no province, and the table beside."""

    tiles: tuple[Tile, ...]
    unknown: tuple[str, ...]
    sheet: Sheet


def province_grid(evaluation: Evaluation, units: Sequence[RankedUnit], language: Language) -> Grid | None:
    """Return the grid where a column of the register names provinces; None where none does.

    It is the first column of whose values, empty ones aside, at least half are provinces, and at least three different
    ones.
    """
    for values in columns(evaluation).values():
        places = {
            unit: short_name(value) for unit, value in zip(evaluation["units"]["unit"], values, strict=True) if value
        }
        known = {unit: place for unit, place in places.items() if place in TILES}
        if len(known) >= _LEAST_SHARE * len(places) and len(set(known.values())) >= _LEAST_PLACES:
            break
    else:
        return None
    figures = {each.name: each for each in place_figures(units, known)}
    names = {chinese: choose(language, chinese, english, joint=" ") for chinese, (english, _, _) in TILES.items()}
    tiles = tuple(
        Tile(names[name], across * (SIZE + GAP), down * (SIZE + GAP), figures.get(name))
        for name, (_, down, across) in TILES.items()
    )
    unknown = tuple(dict.fromkeys(value for value in values if value and short_name(value) not in TILES))
    sheet = place_sheet(list(figures.values()), names, word("page_provinces", language), language)
    return Grid(tiles, unknown, sheet)
