"""A map of given boundaries."""

from __future__ import annotations

import re

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.page.area_map import WIDTH, area_map, matched
from evalkit.reports.page.ranked import ranked_units
from evalkit.sources.geojson import Area, Boundaries

SQUARE = ((100.0, 20.0), (110.0, 20.0), (110.0, 30.0), (100.0, 20.0))
HIGHER = ((110.0, 30.0), (120.0, 30.0), (120.0, 40.0), (110.0, 30.0))


def test_areas_find_their_units_by_the_column_that_fits_best(whole_run: Evaluation) -> None:
    boundaries = Boundaries("map", (Area("广东", (SQUARE,)), Area("湖南省", (HIGHER,)), Area("别处", (HIGHER,))))
    places, (finding,) = matched(whole_run, boundaries)
    assert set(places.values()) == {"广东", "湖南省"}
    assert len(places) == 4
    assert finding.code == "EK072"
    assert "别处" in finding.message("zh")


def test_the_drawing_keeps_its_proportions_and_north_is_up(whole_run: Evaluation) -> None:
    boundaries = Boundaries("map", (Area("广东", (SQUARE,)), Area("湖南", (HIGHER,))))
    drawn = area_map(whole_run, ranked_units(whole_run, "en"), boundaries, "en")
    assert drawn is not None
    points = [
        (float(x), float(y)) for area in drawn.areas for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", area.path)
    ]
    assert max(x for x, _ in points) == pytest.approx(drawn.width, abs=1)
    assert max(drawn.width, drawn.height) == WIDTH
    assert drawn.width / drawn.height == pytest.approx(0.866, abs=0.01)  # cos of the middle latitude, 30°
    assert drawn.areas[0].path.startswith(f"M0.0 {drawn.height:.1f}")
    assert all(area.figures is not None and area.figures.units == 2 for area in drawn.areas)
    assert len(drawn.sheet.rows) == 2


def test_without_a_match_there_is_no_map(whole_run: Evaluation) -> None:
    boundaries = Boundaries("map", (Area("别处", (SQUARE,)),))
    assert area_map(whole_run, ranked_units(whole_run, "en"), boundaries, "en") is None
    assert [each.code for each in matched(whole_run, boundaries)[1]] == ["EK072"]
