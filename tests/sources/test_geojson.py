"""Boundaries from outside: only polygons in degrees are taken, and nothing too large or too deep is looked into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evalkit.sources import geojson
from evalkit.sources.geojson import read_boundaries

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 0]]


def feature(name: Any, kind: str, coordinates: Any) -> dict[str, Any]:  # noqa: ANN401 - hostile values too
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": kind, "coordinates": coordinates}}


def read(folder: Path, document: Any) -> tuple[Any, list[str]]:  # noqa: ANN401 - as above
    path = folder / "map.geojson"
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    found, problems = read_boundaries(path)
    return found, [each.code for each in problems]


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_polygons_and_multipolygons_are_taken_with_their_holes(tmp_path: Path) -> None:
    found, codes = read(
        tmp_path,
        collection(feature("甲", "Polygon", [SQUARE, SQUARE]), feature("乙", "MultiPolygon", [[SQUARE], [SQUARE]])),
    )
    assert codes == []
    assert [(area.name, len(area.rings)) for area in found.areas] == [("甲", 2), ("乙", 2)]
    assert found.areas[0].rings[0][1] == (10.0, 0.0)


def test_other_features_are_counted_and_left_out(tmp_path: Path) -> None:
    others = (
        feature("点", "Point", [0, 0]),
        feature(None, "Polygon", [SQUARE]),
        {"type": "Feature"},
        feature("空", "Polygon", 3),
    )
    found, codes = read(tmp_path, collection(feature("甲", "Polygon", [SQUARE]), *others))
    assert [area.name for area in found.areas] == ["甲"]
    assert codes == ["EK073"]


@pytest.mark.parametrize(
    "document",
    [
        b"not json", b"\xff\xfe", b"[]", b"{}", b'{"features": 3}', b'{"features": []}',
        b'{"features": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}", b'{"a": "' + b'\\"' * 1_000_000,
        json.dumps(collection(feature("甲", "Polygon", [[[0, 0], [1, "x"], [1, 1], [0, 0]]]))).encode(),
        json.dumps(collection(feature("甲", "Polygon", [[[0, 0], [1, True], [1, 1], [0, 0]]]))).encode(),
        json.dumps(collection(feature("甲", "Polygon", [[[0, 0], [500000, 1], [1, 1], [0, 0]]]))).encode(),
        json.dumps(collection(feature("甲", "Polygon", [[[0, 0], [10**400, 1], [1, 1], [0, 0]]]))).encode(),
        b'{"features": [], "bbox": [NaN]}',
    ],
    ids=[
        "text", "utf16", "array", "empty", "no-list", "no-feature", "deep", "open-text", "word", "flag", "projected",
        "huge", "nan",
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_finding(tmp_path: Path, document: bytes) -> None:
    assert read(tmp_path, document) == (None, ["EK071"])


def test_brackets_in_names_are_no_depth(tmp_path: Path) -> None:
    found, codes = read(tmp_path, collection(feature('[{"' * 30, "Polygon", [SQUARE])))
    assert (len(found.areas), codes) == (1, [])


def test_a_file_that_is_not_there_or_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [each.code for each in read_boundaries(tmp_path / "no.geojson")[1]] == ["EK070"]
    assert [each.code for each in read_boundaries(tmp_path)[1]] == ["EK070"]
    monkeypatch.setattr(geojson, "MOST_BYTES", 100)
    assert read(tmp_path, collection(feature("甲", "Polygon", [SQUARE]))) == (None, ["EK071"])
    monkeypatch.undo()
    monkeypatch.setattr(geojson, "MOST_POINTS", 3)
    assert read(tmp_path, collection(feature("甲", "Polygon", [SQUARE]))) == (None, ["EK071"])
