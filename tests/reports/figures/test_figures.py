"""Which charts a run has, and none that shows what may not be published."""

from __future__ import annotations

from pathlib import Path

from evalkit.evaluate import Evaluation
from evalkit.evaluate.publication import public
from evalkit.reports.figures import FIGURES, figures
from tests.small_studies import run, values_study


def kinds(evaluation: Evaluation) -> list[str]:
    return [figure.kind for figure in figures(evaluation, "zh")]


def test_a_run_has_the_charts_of_what_it_has(
    values_run: Evaluation, form_run: Evaluation, two_waves: Evaluation
) -> None:
    assert kinds(values_run) == ["stacked", "heat"]
    assert kinds(form_run) == ["stacked", "heat", "shares"]
    assert kinds(two_waves) == ["stacked", "intervals", "change", "heat"]
    assert [each.kind for each in figures(two_waves, "zh", {"change"})] == ["change"]


def test_a_figure_is_of_its_kind(two_waves: Evaluation) -> None:
    for kind, make in FIGURES.items():
        figure = make(two_waves, "en")
        assert figure is None or figure.kind == kind


def test_where_tiers_only_are_published_no_score_is_drawn(tmp_path: Path) -> None:
    hidden = run(values_study(tmp_path, publish="tiers"))
    assert kinds(hidden) == []
    assert kinds(public(hidden)) == []
