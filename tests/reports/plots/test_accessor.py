"""``evaluation.plot``: charts for notebooks, and what is said where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import altair as alt
import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.plots import Plot, PlotError, Plots
from tests.small_studies import run, values_study


def test_a_run_offers_its_charts_by_name(two_waves: Evaluation, chinese_font: Path) -> None:
    plots = two_waves.plot(language="zh", font=chinese_font)
    assert isinstance(plots, Plots)
    kinds = [each.figure.kind for each in (plots.ranking(), plots.intervals(), plots.change(), plots.heat())]
    assert kinds == ["stacked", "intervals", "change", "heat"]
    assert plots.profile("丙").figure.name == "profile U3"
    assert len(plots.ranking(first=2).figure.sheet.rows) == 2


def test_a_notebook_shows_the_picture_without_a_network(two_waves: Evaluation, chinese_font: Path) -> None:
    shown = two_waves.plot(language="zh", font=chinese_font).ranking()._repr_svg_()
    assert shown.startswith("<svg")
    assert "丙市" in shown
    assert "<script" not in shown


def test_shares_are_of_a_question(form_run: Evaluation) -> None:
    figure = form_run.plot(language="en").shares("Q1").figure
    assert [row[1] for row in figure.sheet.rows] == ["yes", "no"]
    assert figure.sheet.title == "Q1 Open?"


def test_the_chart_may_be_changed(two_waves: Evaluation) -> None:
    chart = two_waves.plot.ranking().chart
    assert isinstance(chart, alt.Chart)
    assert chart.properties(width=300).to_dict()["width"] == 300


def test_pictures_are_saved_by_the_end_of_the_name(values_run: Evaluation, tmp_path: Path, chinese_font: Path) -> None:
    plot = values_run.plot(font=chinese_font).ranking()
    assert plot.save(tmp_path / "a.svg").read_bytes().startswith(b"<svg")
    assert plot.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="svg"):
        plot.save(tmp_path / "a.pdf")


@pytest.mark.parametrize("name", ["intervals", "change"])
def test_what_a_run_has_not_is_a_finding(values_run: Evaluation, name: str) -> None:
    with pytest.raises(PlotError) as refused:
        getattr(values_run.plot, name)()
    assert refused.value.problem.code == "EK083"


def test_where_tiers_only_are_published_there_is_no_chart_of_scores(tmp_path: Path) -> None:
    hidden = run(values_study(tmp_path, publish="tiers"))
    for make in (hidden.plot.ranking, hidden.plot.heat, lambda: hidden.plot.profile("U1")):
        with pytest.raises(PlotError) as refused:
            make()
        assert refused.value.problem.code == "EK083"


@pytest.mark.parametrize("package", ["altair", "vl_convert", "fontTools"])
def test_without_the_extra_the_error_says_how_to_get_it(
    values_run: Evaluation, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    for name in [name for name in sys.modules if name.startswith(f"{package}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    for name in ("charts", "drawing", "fonts"):
        monkeypatch.delitem(sys.modules, f"evalkit.reports.plots.{name}", raising=False)
    plot: Plot = values_run.plot.ranking()
    with pytest.raises(PlotError, match=r'pip install "hotline-evalkit\[plot\]"'):
        plot.draw()
