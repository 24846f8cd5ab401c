"""Units put together by place."""

from __future__ import annotations

import math

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.page.places import columns, place_figures, place_sheet
from evalkit.reports.page.ranked import ranked_units
from evalkit.reports.page.tables import HEAT_STEPS


def test_figures_are_those_of_the_ranked_units_of_the_place(whole_run: Evaluation) -> None:
    units = ranked_units(whole_run, "en")
    first, second, third, *_ = units
    found = place_figures(units, {first.unit: "east", second.unit: "east", third.unit: "west"})
    east, west = found
    assert (east.name, east.units, east.ranked, east.best, east.best_unit) == ("east", 2, 2, first.score, first.name)
    assert east.mean == pytest.approx((first.score + second.score) / 2)
    assert east.awards == 2
    assert (east.step, west.step) == (HEAT_STEPS, 1)
    rows = place_sheet(found, {"east": "East"}, "Places", "en").rows
    assert [row[0] for row in rows] == ["East", "west"]


def test_a_place_without_a_ranked_unit_has_no_figures(form_run: Evaluation) -> None:
    found = place_figures(ranked_units(form_run, "en"), {"U4": "nowhere", "U1": "somewhere"})
    assert (found[0].units, found[0].ranked, found[0].best_unit) == (1, 0, "")
    assert math.isnan(found[0].mean)
    assert found[1].step == HEAT_STEPS // 2
    assert [row[0] for row in place_sheet(found, {}, "Places", "en").rows] == ["somewhere", "nowhere"]


def test_aliases_are_no_place(values_run: Evaluation) -> None:
    assert set(columns(values_run)) == {"unit", "name", "class", "region"}
