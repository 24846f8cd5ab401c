from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import evalkit
from evalkit.scoring.screens import modified_z
from evalkit.uncertainty.inputs import Inputs, read_inputs
from evalkit.uncertainty.method_space import draw_block, scenario
from evalkit.uncertainty.replicates import ReplicateScores, pulled_in, resampled_sources, sampled
from tests.respondent_studies import respondent_study
from tests.small_audits import PROTOCOL, calls_study, row
from tests.small_studies import write_yaml
from tests.uncertainty.sampled_study import VALUES, sampled_study


def inputs(folder: Path, values: Sequence[Sequence[str]] = VALUES) -> Inputs:
    choices = {"replicates": 30, "normalise": [{"method": "rank"}], "aggregate": ["harmonic"], "outliers": [1.5]}
    project = evalkit.load(sampled_study(folder, values, uncertainty=choices))
    return read_inputs(project.bundle, project.run())[0]


def test_outliers_are_pulled_in_to_the_modified_z_that_is_the_limit() -> None:
    values = np.array([1.0, 2, 3, 4, 5, 100, np.nan])
    found = pulled_in(values[:, np.newaxis], 3.5)[:, 0]
    assert found[:5].tolist() == [1, 2, 3, 4, 5]
    assert np.isnan(found[6])
    middle, spread = np.median(values[:6]), np.median(np.abs(values[:6] - np.median(values[:6])))
    assert found[5] == pytest.approx(middle + 3.5 * spread / 0.6745)
    assert np.nanmax(modified_z(values)) > 3.5


def test_values_without_spread_and_without_values_stay_as_they_are() -> None:
    same = np.array([[5.0, np.nan], [5, np.nan], [5, np.nan], [90, np.nan]])
    assert np.array_equal(pulled_in(same, 2), same, equal_nan=True)


def test_every_draw_is_pulled_in_by_its_own_values() -> None:
    rng = np.random.default_rng(1)
    raw = rng.standard_cauchy((4, 30, 2))
    assert np.array_equal(pulled_in(raw, 2), np.stack([pulled_in(each, 2) for each in raw]))


@pytest.mark.parametrize("missing", [False, True])
def test_a_block_of_replicates_is_each_replicate_by_itself(tmp_path: Path, missing: bool) -> None:
    table = [list(row) for row in VALUES]
    if missing:
        table[2][1] = table[2][2] = ""
    asked = inputs(tmp_path, values=table)
    draws = draw_block(asked, 0)
    raw = sampled(asked, 0, 30)
    together = ReplicateScores(asked, draws, raw)
    assert len(np.unique(draws.categories, axis=0)) == 8
    for node in ("ROOT", "A", "A1"):
        alone = [ReplicateScores(asked, draws.rows(slice(at, at + 1)), raw[at])[node][0] for at in range(30)]
        assert together[node] == pytest.approx(np.array(alone), nan_ok=True)
    assert set(together) == {"ROOT", "A", "A1", "A2", "B"}
    assert len(together) == 5


def test_samples_have_the_errors_asked_for(tmp_path: Path) -> None:
    asked = inputs(tmp_path)
    drawn = sampled(asked, 0, 20_000)
    assert drawn.mean(axis=0) == pytest.approx(asked.raw, abs=0.15)
    assert drawn.std(axis=0) == pytest.approx(asked.errors, rel=0.03)
    assert scenario(asked, 1, 1, 0, 0).outliers == 1.5


def of_medians(folder: Path) -> Inputs:
    levels = [("U1", level) for level in ("best", "best", "fair", "worst", "best")] + [("U2", "fair")]
    rows = [(f"r{at}", unit, "1", "", "yes", "web", level, "1", "4") for at, (unit, level) in enumerate(levels)]
    rules = {"method": "mean", "questions": {"Q4": {"method": "median"}}}
    path = respondent_study(folder, rows, recipe={"respondents": rules}, uncertainty={"seed": 1})
    project = evalkit.load(path)
    return read_inputs(project.bundle, project.run())[0]


def test_other_samples_of_a_median_are_of_the_respondents_themselves(tmp_path: Path) -> None:
    asked = of_medians(tmp_path)
    good = [node.id for node in asked.recipe.indicators].index("GOOD")
    again, normal = (sampled(asked, 0, 3000, refit=refit)[..., good] for refit in (True, False))
    assert set(again[:, 0]) <= {0.0, 25.0, 50.0, 75.0, 100.0}
    assert len(np.unique(normal[:, 0])) == 3000
    assert again[:, 0].std() == pytest.approx(asked.errors[0, good], rel=0.06)
    # the only respondent of U2 cannot be drawn again: his unit has the normal error of one respondent
    assert np.array_equal(again[:, 1], normal[:, 1])
    assert again[:, 1].std() == pytest.approx(asked.errors[1, good], rel=0.06)
    assert np.isnan(again[:, 2:]).all()


def test_the_only_call_of_a_unit_keeps_its_normal_error(tmp_path: Path) -> None:
    calls = [
        row(f"C{at}{number}", unit, auditor=f"A{(number + at) % 3}", G5=str((number * 3 + at) % 4), G3=level)
        for at, (unit, made) in enumerate((("U1", 6), ("U2", 6), ("U3", 6), ("U4", 1)))
        for number, level in zip(range(made), ("clear", "fair", "unclear", "fair", "clear", "clear"), strict=False)
    ]
    path = calls_study(tmp_path, calls, uncertainty={"seed": 1})
    write_yaml(tmp_path / "protocol.yaml", PROTOCOL | {"adjust": "fixed"})
    project = evalkit.load(path)
    asked = read_inputs(project.bundle, project.run())[0]
    assert resampled_sources(asked) == ("calls",)
    again, normal = (sampled(asked, 0, 400, refit=refit)[..., 1] for refit in (True, False))  # A2, freed of severity
    assert np.array_equal(again[:, 3], normal[:, 3])
    assert again[:, 3].std() == pytest.approx(asked.errors[3, 1], rel=0.1)
    assert not np.isclose(again[:, :3], normal[:, :3]).any()


def test_where_respondents_agree_nothing_is_drawn_again(tmp_path: Path) -> None:
    rows = [(f"r{at}", f"U{at % 2 + 1}", "1", "", "yes", "web", "fair", "1", "4") for at in range(8)]
    path = respondent_study(tmp_path, rows, recipe={"respondents": {"method": "median"}}, uncertainty={"seed": 1})
    project = evalkit.load(path)
    asked = read_inputs(project.bundle, project.run())[0]
    assert resampled_sources(asked) == ()
    assert np.array_equal(sampled(asked, 0, 3, refit=True), np.tile(asked.raw, (3, 1, 1)), equal_nan=True)


def test_means_alone_ask_for_no_resampled_respondents(tmp_path: Path) -> None:
    project = evalkit.load(respondent_study(tmp_path, uncertainty={"seed": 1}))
    asked = read_inputs(project.bundle, project.run())[0]
    assert asked.respondent_refits is None
    assert np.array_equal(sampled(asked, 0, 5, refit=True), sampled(asked, 0, 5), equal_nan=True)
