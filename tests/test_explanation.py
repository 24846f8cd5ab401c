"""A score walked down to its cells: every step adds up, and says so when it does not."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import evalkit
from evalkit.cli.explain import lines
from evalkit.evaluate import Evaluation
from evalkit.explanation import Step, UnknownNameError
from tests.respondent_studies import respondent_study
from tests.small_studies import VALUES, run, values_study


def steps(step: Step) -> Iterator[Step]:
    yield step
    for child in step.children:
        yield from steps(child)


def tampered(evaluation: Evaluation, table: str, change: dict[str, str], column: str, by: float) -> Evaluation:
    """The same run with one number changed."""
    changed = evaluation[table].copy()
    chosen = (changed[list(change)] == list(change.values())).all(axis=1)
    assert chosen.sum() == 1
    changed.loc[chosen, column] += by
    return dataclasses.replace(evaluation, tables=evaluation.tables | {table: changed})


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("missing", ["rescale", "zero", "fail"])
@pytest.mark.parametrize("normalise", ["none", "minmax", "zscore", "rank", "percentile_rank"])
def test_every_unit_adds_up_by_every_method(tmp_path: Path, aggregate: str, missing: str, normalise: str) -> None:
    defaults = {"aggregate": aggregate, "missing": {"rule": missing}, "normalise": {"method": normalise}}
    evaluation = run(values_study(tmp_path, defaults=defaults))
    for unit in evaluation["units"]["unit"]:
        explanation = evalkit.explain(evaluation, unit)
        assert explanation.adds_up
        assert all(each.adds_up for each in steps(explanation.step))


def test_questionnaires_add_up_down_to_the_cells(form_run: Evaluation) -> None:
    for unit in ("U1", "U2", "U3", "U4"):
        assert evalkit.explain(form_run, unit).adds_up
    mixed = evalkit.explain(form_run, "U1", "MIXED").step
    assert [(part.question, part.value, part.weight) for part in mixed.parts] == [("Q4", 100, 0.75), ("Q6", 50, 0.25)]
    [cell] = mixed.parts[0].cells
    assert (cell.raw, cell.value, cell.status, cell.file) == ("best", "best", "ok", "responses/U1.xlsx")
    assert cell.cell
    assert [each.raw for each in mixed.parts[1].cells] == ["30", "60"]


def test_contributions_add_up_to_the_score(values_run: Evaluation) -> None:
    step = evalkit.explain(values_run, "U1").step
    assert step.score == pytest.approx(sum(child.contribution or 0 for child in step.children))
    assert [child.weight for child in step.children] == [0.75, 0.25]
    assert (step.rank, step.ranked) == (3, 4)


def test_missing_sibling_has_no_weight(values_run: Evaluation) -> None:
    first, second = evalkit.explain(values_run, "U4", "A").step.children
    assert (first.weight, second.weight) == (1, 0)
    assert second.score is None
    assert second.contribution is None
    assert second.status == "blank"


def test_unit_without_a_score_is_explained_too(form_run: Evaluation) -> None:
    explanation = evalkit.explain(form_run, "U4")
    assert explanation.adds_up
    assert explanation.step.score is None
    assert explanation.step.rank is None
    assert {each.status for each in steps(explanation.step) if not each.children} == {"absent"}


def test_average_rank_keeps_its_half(tmp_path: Path) -> None:
    rows = [("U1", "1", "1", "1"), ("U2", "1", "1", "1")]
    evaluation = run(values_study(tmp_path, [VALUES[0], *rows], recipe={"ties": "average"}))
    assert evalkit.explain(evaluation, "U1").step.rank == 1.5


@pytest.mark.parametrize(
    ("node", "broken"), [("ROOT", {"ROOT"}), ("A", {"A", "ROOT"}), ("A1", {"A1", "A"}), ("B1", {"B1", "B"})]
)
def test_changed_score_is_found_at_its_node_and_above(values_run: Evaluation, node: str, broken: set[str]) -> None:
    changed = tampered(values_run, "scores", {"unit": "U1", "node": node}, "score", 0.01)
    explanation = evalkit.explain(changed, "U1")
    assert not explanation.adds_up
    assert {each.node for each in steps(explanation.step) if not each.adds_up} == broken
    assert evalkit.explain(changed, "U2").adds_up


def test_changed_measure_and_changed_part_are_found(form_run: Evaluation) -> None:
    where = {"unit": "U1", "indicator": "OPEN"}
    for table in ("measures", "parts"):
        explanation = evalkit.explain(tampered(form_run, table, where, "value", 0.01), "U1")
        assert {each.node for each in steps(explanation.step) if not each.adds_up} == {"OPEN"}


def test_change_is_found_after_an_explanation_of_the_same_run(values_run: Evaluation) -> None:
    assert evalkit.explain(values_run, "U1").adds_up
    scores = values_run["scores"]
    scores.loc[(scores["unit"] == "U1") & (scores["node"] == "A"), "score"] += 0.01
    assert not evalkit.explain(values_run, "U1").adds_up


@pytest.mark.parametrize("name", ["U3", "丙市", "丙", "Third", "third", " u3 "])
def test_unit_is_known_by_id_name_and_alias(values_run: Evaluation, name: str) -> None:
    explanation = evalkit.explain(values_run, name)
    assert (explanation.unit, explanation.name) == ("U3", "丙市")


@pytest.mark.parametrize(
    ("unit", "node", "code", "near"),
    [("甲市热钱", None, "EK242", "甲市热线"), ("U1", "RO0T", "EK318", "ROOT"), ("zzz", None, "EK242", "")],
)
def test_unknown_name_is_a_finding_with_what_is_near(
    values_run: Evaluation, unit: str, node: str | None, code: str, near: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        evalkit.explain(values_run, unit, node)
    assert caught.value.problem.code == code
    assert (f"did you mean “{near}”" in caught.value.problem.message("en")) == bool(near)


@pytest.mark.parametrize("run_name", ["values_run", "form_run"])
def test_run_read_back_is_explained_the_same(run_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    evaluation: Evaluation = request.getfixturevalue(run_name)
    again = evalkit.read(evalkit.write(evaluation, tmp_path / "out", excel=False))
    for unit in evaluation["units"]["unit"]:
        assert evalkit.explain(again, unit) == evalkit.explain(evaluation, unit)


def test_explanation_is_plain_values(form_run: Evaluation) -> None:
    plain = evalkit.explain(form_run, "U2").as_dict()
    assert json.loads(json.dumps(plain, allow_nan=False))["step"]["node"] == "ROOT"


def test_hundred_units_are_explained_in_seconds(tmp_path: Path) -> None:
    units = [f"V{number}" for number in range(100)]
    register = [("unit", "name"), *((unit, f"市{unit}") for unit in units)]
    rows = [VALUES[0], *((unit, "1", "2", "3") for unit in units)]
    evaluation = run(values_study(tmp_path, rows, register=register))
    start = time.process_time()
    assert all(evalkit.explain(evaluation, unit).adds_up for unit in units)
    assert time.process_time() - start < 5


def test_many_respondents_are_shown_by_the_first_and_in_sum(tmp_path: Path) -> None:
    rows = [(f"r{number}", "U1", "1", "", "yes", "web", "best", "1", "2") for number in range(10)]
    evaluation = run(respondent_study(tmp_path, [*rows, ("x", "U1", "2", "", "blank", "", "", "", "")]))
    found = evalkit.explain(evaluation, "U1")
    assert found.adds_up
    part = found.step.children[0].parts[0]
    assert (part.respondents, part.n, part.base, part.n_eff) == ("mean", 10, 11, 10.0)
    assert [cell.respondent for cell in part.cells] == ["r0", "r1", "r2"]
    assert [cell.cell for cell in part.cells] == ["E2", "E3", "E4"]
    (total,) = part.ranges
    assert (total.rows, total.count, total.after) == ("1-11", 11, 3)
    assert {status: count for status, count in total.statuses.items() if count} == {"ok": 10, "blank": 1}
    several = found.step.children[2].parts[0]
    assert [each.after for each in several.ranges] == [1, 2, 3, 4]


def test_the_command_says_how_many_respondents_are_behind_a_value(tmp_path: Path) -> None:
    evaluation = run(respondent_study(tmp_path))
    shown = "\n".join(lines(evalkit.explain(evaluation, "U1", "OPEN"), "en"))
    assert "mean: respondents counted 3 of 3, effective n 2.3" in shown
    assert "Q1 [b] “yes” = yes   answers.csv E3" in shown
    assert "3 cells: ok 3" in shown
