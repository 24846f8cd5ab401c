"""The grid of provinces."""

from __future__ import annotations

from evalkit.evaluate import Evaluation
from evalkit.reports.page.ranked import ranked_units
from evalkit.reports.page.tiles import province_grid


def test_every_province_with_units_has_its_figures(whole_run: Evaluation) -> None:
    grid = province_grid(whole_run, ranked_units(whole_run, "zh"), "zh")
    assert grid is not None
    with_units = {tile.name: tile.figures for tile in grid.tiles if tile.figures}
    assert len(grid.tiles) == 34
    assert set(with_units) == {tile.name for tile in grid.tiles} - {"台湾", "香港", "澳门"}
    assert all(figures.units == 2 for figures in with_units.values())
    assert grid.unknown == ()
    assert len(grid.sheet.rows) == 31


def test_a_register_without_provinces_has_no_grid(values_run: Evaluation) -> None:
    assert province_grid(values_run, ranked_units(values_run, "zh"), "zh") is None


def test_values_that_are_no_province_are_named(whole_run: Evaluation) -> None:
    register = whole_run["units"].copy()
    register.loc[0, "province"] = "<b>外省</b>"
    changed = Evaluation({**whole_run.tables, "units": register}, whole_run.manifest)
    grid = province_grid(changed, ranked_units(changed, "en"), "en")
    assert grid is not None
    assert grid.unknown == ("<b>外省</b>",)
    assert "Beijing" in {tile.name for tile in grid.tiles}
