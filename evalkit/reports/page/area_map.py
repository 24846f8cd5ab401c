"""A map of the user's own boundaries, each area shaded by the mean index of its units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.reports.outline.sheet import Sheet
from evalkit.reports.page.places import Figures, columns, place_figures, place_sheet
from evalkit.reports.page.provinces import short_name
from evalkit.reports.page.ranked import RankedUnit
from evalkit.sources.geojson import Area, Boundaries, Ring

WIDTH = 900.0
_MOST_HEIGHT = 900.0
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area as the path of an SVG drawing; without ``figures`` it has no unit."""

    name: str
    path: str
    figures: Figures | None


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The drawing and the table beside it."""

    width: float
    height: float
    areas: tuple[Drawn, ...]
    sheet: Sheet


def matched(evaluation: Evaluation, boundaries: Boundaries) -> tuple[dict[str, str], list[Problem]]:
    """Return the area of each unit, by the name of the area, and what does not match (``EK072``).

    Names are compared with the column of the register in which most areas are found, both without the suffixes of
    places.
    """
    areas = {short_name(area.name): area.name for area in boundaries.areas}
    units = list(evaluation["units"]["unit"])
    best: dict[str, str] = {}
    most = 0
    for values in columns(evaluation).values():
        own = {
            unit: areas[short_name(value)]
            for unit, value in zip(units, values, strict=True)
            if short_name(value) in areas
        }
        if len(set(own.values())) > most:
            best, most = own, len(set(own.values()))
    lacking = [area.name for area in boundaries.areas if area.name not in set(best.values())]
    if not lacking:
        return best, []
    about = {"count": len(lacking), "areas": listed(lacking[:_SHOWN])}
    return best, [problem("EK072", Place(file=boundaries.file), **about)]


def area_map(
    evaluation: Evaluation, units: Sequence[RankedUnit], boundaries: Boundaries, language: Language
) -> AreaMap | None:
    """Draw the areas; None where no unit is in any of them.

    The projection is equirectangular with the scale true at the middle latitude: x = longitude · cos φ₀, y = −latitude
    (Snyder, *Map Projections: A Working Manual*, 1987, p. 90). Points are rounded to a tenth of a unit of the drawing,
    900 units wide, and those that fall together are joined.
    """
    places, _ = matched(evaluation, boundaries)
    if not places:
        return None
    figures = {each.name: each for each in place_figures(units, places)}
    frame = _Frame(boundaries.areas)
    areas = tuple(Drawn(area.name, frame.path(area), figures.get(area.name)) for area in boundaries.areas)
    sheet = place_sheet(list(figures.values()), {}, word("page_map", language), language)
    return AreaMap(frame.width, frame.height, areas, sheet)


class _Frame:
    """The part of the plane that the areas take up, brought to the size of the drawing."""

    def __init__(self, areas: Sequence[Area]) -> None:
        points = [point for area in areas for ring in area.rings for point in ring]
        self.south, self.north = min(up for _, up in points), max(up for _, up in points)
        self.west, east = min(across for across, _ in points), max(across for across, _ in points)
        self.narrow = max(math.cos(math.radians((self.south + self.north) / 2)), 0.01)
        across, up = max((east - self.west) * self.narrow, 1e-9), max(self.north - self.south, 1e-9)
        self.scale = min(WIDTH / across, _MOST_HEIGHT / up)
        self.width, self.height = math.ceil(across * self.scale), math.ceil(up * self.scale)

    def path(self, area: Area) -> str:
        return "".join(self._ring(ring) for ring in area.rings)

    def _ring(self, ring: Ring) -> str:
        placed = dict.fromkeys(
            f"{(across - self.west) * self.narrow * self.scale:.1f} {(self.north - up) * self.scale:.1f}"
            for across, up in ring
        )
        return f"M{'L'.join(placed)}Z"
