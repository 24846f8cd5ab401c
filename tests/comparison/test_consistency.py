"""Scores and ranks that do not follow from the tables below are found, whatever else was changed with them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import evalkit
from evalkit.comparison.consistency import check_ranks, check_scores
from evalkit.evaluate import Evaluation
from evalkit.problems import Problem
from tests.small_studies import run, values_study

PLUG_INS = Path(__file__).parents[2] / "examples" / "plug-ins" / "study.yaml"


def codes(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(each.code, each.place.unit) for each in problems]


def with_table(evaluation: Evaluation, name: str, column: str, value: float) -> Evaluation:
    table = evaluation[name].copy()
    table.loc[0, column] = value
    return dataclasses.replace(evaluation, tables=evaluation.tables | {name: table})


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("normalise", ["minmax", "zscore", "rank"])
@pytest.mark.parametrize("ties", ["min", "max", "average", "dense"])
def test_every_run_is_sound(tmp_path: Path, aggregate: str, normalise: str, ties: str) -> None:
    defaults = {"aggregate": aggregate, "normalise": {"method": normalise}}
    evaluation = run(values_study(tmp_path, defaults=defaults, recipe={"peer_groups": ["class"], "ties": ties}))
    assert check_scores(evaluation) == []
    assert check_ranks(evaluation) == []


def test_questionnaires_are_sound(form_run: Evaluation) -> None:
    assert check_scores(form_run) == []
    assert check_ranks(form_run) == []


def test_a_changed_score_is_named_with_what_it_should_be(values_run: Evaluation) -> None:
    changed = with_table(values_run, "scores", "score", 99.0)
    (found,) = check_scores(changed)
    assert (found.code, found.place.unit) == ("EK753", "U1")
    assert "99 of ROOT" in found.message("en")
    assert found.message("en").endswith("which gives 62.5")
    assert ("EK756", "U1") in codes(check_ranks(changed))


def test_a_changed_raw_value_is_told_apart_from_a_changed_part(form_run: Evaluation) -> None:
    assert codes(check_scores(with_table(form_run, "measures", "value", 50.0))) == [("EK753", "U1")]
    assert codes(check_scores(with_table(form_run, "parts", "value", 50.0))) == [("EK754", "U1")]


def test_a_changed_rank_is_found(values_run: Evaluation) -> None:
    changed = with_table(values_run, "ranks", "rank", 1.0)
    assert check_scores(changed) == []
    assert codes(check_ranks(changed)) == [("EK756", "U1")]


def test_a_rank_taken_out_is_found(values_run: Evaluation) -> None:
    ranks = values_run["ranks"].iloc[1:]
    changed = dataclasses.replace(values_run, tables=values_run.tables | {"ranks": ranks})
    assert codes(check_ranks(changed)) == [("EK756", "U1")]


@pytest.mark.parametrize("name", ["scores", "measures", "nodes"])
def test_tables_with_rows_taken_out_end_in_a_finding(values_run: Evaluation, name: str) -> None:
    table = values_run[name].iloc[:-1]
    changed = dataclasses.replace(values_run, tables=values_run.tables | {name: table})
    found = [*check_scores(changed), *check_ranks(changed)]
    assert {each.code for each in found} & {"EK753", "EK755"}


def test_what_plug_ins_gave_is_said_to_be_taken_as_it_is() -> None:
    evaluation = evalkit.load(PLUG_INS, allow_plugins=True).run()
    assert {each.code for each in check_scores(evaluation)} == {"EK769"}
    assert check_ranks(evaluation) == []
