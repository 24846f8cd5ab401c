"""Boundaries for a map: a GeoJSON file from outside, measured before it is read, of which only polygons are taken.

RFC 7946 (2016): a FeatureCollection of Polygon and MultiPolygon features in degrees, longitude first.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import shortened

MOST_BYTES = 30_000_000
MOST_DEPTH = 12
"""Objects and arrays within each other: a MultiPolygon in a collection takes eight."""
MOST_POINTS = 1_000_000
NAMES = ("name", "NAME", "Name", "名称", "fullname", "unit", "id")
"""Properties that may name a feature, the first that is there counts."""
_FEWEST_POINTS = 4  # of a ring, whose last point is its first
_TEXT_OR_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)|[\[{\]}]', re.DOTALL)

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A named feature: its rings in degrees, longitude and latitude, holes among them."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The areas of a file."""

    file: str
    areas: tuple[Area, ...]


class _Unusable(Exception):  # noqa: N818 - it says why, and is no error of ours
    """What is wrong with the file (zh, en)."""


def read_boundaries(path: Path) -> tuple[Boundaries | None, list[Problem]]:
    """Return the areas of a file and what was found; None where nothing of it can be used.

    ``EK070`` it cannot be read; ``EK071`` it is too large, too deep or no GeoJSON of polygons in degrees; ``EK073``
    features without a name or a polygon, which are left out.
    """
    place = Place(file=str(path))
    try:
        data = _bytes(path)
        areas, left_out = _areas(_parsed(data))
    except OSError as error:
        return None, [problem("EK070", place, reason=error.strerror or str(error))]
    except _Unusable as error:
        return None, [problem("EK071", place, reason_zh=error.args[0], reason_en=error.args[1])]
    return Boundaries(str(path), areas), [problem("EK073", place, count=left_out)] if left_out else []


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _Unusable(f"大于 {MOST_BYTES} 字节", f"it is larger than {MOST_BYTES} bytes")
    return data


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - whatever the file holds
    depth = 0
    for token in _TEXT_OR_BRACKET.finditer(data):
        depth += 1 if token[0] in {b"[", b"{"} else -1 if token[0] in {b"]", b"}"} else 0
        if depth > MOST_DEPTH:
            raise _Unusable(f"嵌套超过 {MOST_DEPTH} 层", f"it is nested more than {MOST_DEPTH} deep")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except ValueError as error:
        reason = shortened(str(error))
        raise _Unusable(f"不是 JSON({reason})", f"it is no JSON ({reason})") from error


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _areas(document: Any) -> tuple[tuple[Area, ...], int]:  # noqa: ANN401 - as above
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise _Unusable("不是 FeatureCollection", "it is no FeatureCollection")
    areas, points = [], 0
    for feature in features:
        name, rings = _name(feature), tuple(_rings(feature))
        points += sum(len(ring) for ring in rings)
        if points > MOST_POINTS:
            raise _Unusable(f"超过 {MOST_POINTS} 个点", f"it has more than {MOST_POINTS} points")
        if name and rings:
            areas.append(Area(name, rings))
    if not areas:
        raise _Unusable("没有带名称的多边形", "it has no polygon with a name")
    return tuple(areas), len(features) - len(areas)


def _name(feature: Any) -> str:  # noqa: ANN401 - as above
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    return next((str(properties[key]).strip() for key in NAMES if isinstance(properties.get(key), str | int)), "")


def _rings(feature: Any) -> Iterator[Ring]:  # noqa: ANN401 - as above
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        return
    if geometry.get("type") == "Polygon":
        polygons = [coordinates]
    elif geometry.get("type") == "MultiPolygon":
        polygons = [each for each in coordinates if isinstance(each, list)]
    else:
        return
    for ring in (ring for polygon in polygons for ring in polygon if isinstance(ring, list)):
        if len(ring) >= _FEWEST_POINTS:
            yield tuple(_point(each) for each in ring)


def _point(value: Any) -> Point:  # noqa: ANN401 - as above
    numbers = value[:2] if isinstance(value, list) else []
    if len(numbers) != 2 or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):  # noqa: PLR2004 - a pair
        raise _Unusable("有的坐标不是一对数", "a position is no pair of numbers")
    try:
        across, up = float(numbers[0]), float(numbers[1])
    except OverflowError:
        across, up = math.inf, math.inf
    if not (abs(across) <= 180 and abs(up) <= 90):  # noqa: PLR2004 - degrees
        raise _Unusable("坐标不是经纬度", "its coordinates are no degrees of longitude and latitude")
    return across, up
