"""The whole run on small studies: numbers by hand, findings where something is odd, nothing lost."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.evaluate.pipeline import evaluate
from tests.small_studies import REGISTER, TREE, VALUES, codes, form_study, run, values_study, write_yaml


def score(evaluation: Evaluation, unit: str, node: str) -> float:
    scores = evaluation["scores"]
    [found] = scores[(scores["unit"] == unit) & (scores["node"] == node)]["score"]
    return float(found)


def test_scores_are_those_computed_by_hand(values_run: Evaluation) -> None:
    assert score(values_run, "U1", "ROOT") == 0.75 * 70 + 0.25 * 40
    assert score(values_run, "U4", "A") == 20
    assert score(values_run, "U4", "ROOT") == 0.75 * 20 + 0.25 * 30


def test_questionnaires_score_as_computed_by_hand(form_run: Evaluation) -> None:
    assert score(form_run, "U1", "MIXED") == (3 * 100 + 50) / 4
    assert score(form_run, "U1", "ROOT") == pytest.approx((100 + 50 + 87.5) / 3)
    assert score(form_run, "U3", "CHANNELS") == pytest.approx(100 / 3)


def test_every_finding_of_the_run_is_in_the_table(form_run: Evaluation) -> None:
    assert form_run["problems"]["code"].tolist() == codes(form_run)
    found = {(each.code, each.place.unit) for each in form_run.problems if each.severity != "note"}
    assert {("EK203", "U3"), ("EK231", "U4"), ("EK406", "U2")} <= found


def test_unit_that_sent_nothing_is_named_once(form_run: Evaluation) -> None:
    assert [each.code for each in form_run.problems if each.place.unit == "U4"] == ["EK231"]
    assert "U4" not in set(form_run["ranks"]["unit"])


def test_nobody_answers_and_the_run_says_so_once(tmp_path: Path) -> None:
    evaluation = run(values_study(tmp_path, VALUES[:1]))
    assert evaluation.ranking().empty
    assert codes(evaluation) == ["EK231"] * 4 + ["EK408"]
    assert list(evaluation["ranks"].columns)[:3] == ["unit", "node", "group"]


def test_single_unit_is_ranked_first_of_one(tmp_path: Path) -> None:
    path = values_study(tmp_path, VALUES[:2], register=REGISTER[:2], defaults={"normalise": {"method": "minmax"}})
    evaluation = run(path)
    assert evaluation.ranking()[["unit", "rank", "score"]].to_numpy().tolist() == [["U1", 1, 50]]
    assert codes(evaluation) == ["EK403"] * 3


def test_constant_indicator_is_reported_and_tells_nobody_apart(tmp_path: Path) -> None:
    rows = [(unit, "5", "5", "5") for unit in ("U1", "U2", "U3", "U4")]
    evaluation = run(values_study(tmp_path, [VALUES[0], *rows], defaults={"normalise": {"method": "minmax"}}))
    assert codes(evaluation) == ["EK401"] * 3
    assert evaluation.ranking()["rank"].tolist() == [1, 1, 1, 1]


def test_infinite_value_is_a_finding_and_reaches_no_table(values_path: Path) -> None:
    project = evalkit.load(values_path)
    data, problems = project.gather()
    assert data is not None
    numbers = data.answers.numbers.copy()
    numbers[0, data.answers.keys["column:a1"]] = np.inf
    answers = dataclasses.replace(data.answers, numbers=numbers)
    evaluation = evaluate(project.bundle, dataclasses.replace(data, answers=answers), problems)
    assert [(each.code, each.place.unit) for each in evaluation.problems] == [("EK402", "U1")]
    assert score(evaluation, "U1", "A") == 60
    for table in evaluation.tables.values():
        numeric = table.select_dtypes("number").astype(float).to_numpy()
        assert not np.isinf(numeric).any()
    measures = evaluation["measures"]
    assert measures[measures["status"] == "invalid"][["unit", "indicator"]].to_numpy().tolist() == [["U1", "A1"]]


def test_recipe_overrides_the_set(tmp_path: Path) -> None:
    recipe: dict[str, Any] = {"aggregate": "geometric", "nodes": {"A": {"weight": 1}, "A1": {"weight": 3}}}
    evaluation = run(values_study(tmp_path, recipe=recipe))
    inner = (80**3 * 60) ** 0.25
    assert score(evaluation, "U1", "A") == pytest.approx(inner)
    assert score(evaluation, "U1", "ROOT") == pytest.approx((inner * 40) ** 0.5)
    assert evaluation.manifest["recipe"]["nodes"]["A1"]["weight"] == 3


def test_manifest_has_the_hash_of_every_input(form_path: Path) -> None:
    evaluation = run(form_path)
    names = ["form.yaml", "set.yaml", "study.yaml", "units.csv", *(f"responses/U{n}.xlsx" for n in (1, 2, 3))]
    inputs = evaluation.manifest["inputs"]
    assert sorted(inputs) == sorted(names)
    for name in names:
        assert inputs[name] == hashlib.sha256((form_path.parent / name).read_bytes()).hexdigest()


def test_corrections_are_an_input_and_leave_the_originals_as_they_were(corrected_path: Path) -> None:
    responses = sorted((corrected_path.parent / "responses").iterdir())
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in responses}
    evaluation = run(corrected_path)
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in responses} == before
    inputs = evaluation.manifest["inputs"]
    assert {name.removeprefix("responses/"): digest for name, digest in inputs.items() if "/" in name} == before
    ledger = (corrected_path.parent / "corrections.csv").read_bytes()
    assert inputs["corrections.csv"] == hashlib.sha256(ledger).hexdigest()
    assert codes(evaluation).count("EK266") == 3
    assert score(evaluation, "U1", "MIXED") == pytest.approx(0.25 * 50)


def test_manifest_counts_the_findings(form_run: Evaluation) -> None:
    counts = form_run.manifest["problems"]
    assert sum(counts.values()) == len(form_run.problems)
    assert counts["error"] == 1


def test_awards_are_given_by_the_schemes_of_the_study(tmp_path: Path) -> None:
    path = values_study(tmp_path, awards=["awards.yaml"])
    award = {"id": "best", "name": {"zh": "最佳", "en": "Best"}, "rule": {"method": "top", "count": 1}}
    write_yaml(tmp_path / "awards.yaml", {"id": "prizes", "version": "1", "name": "Prizes", "awards": [award]})
    evaluation = run(path)
    assert evaluation["awards"][["scheme", "award", "unit"]].to_numpy().tolist() == [["prizes", "best", "U3"]]
    assert evaluation.manifest["awards"][0]["awards"] == [{"id": "best", "name": {"zh": "最佳", "en": "Best"}}]


def test_set_without_an_indicator_set_is_a_bug_of_the_caller(values_path: Path) -> None:
    project = evalkit.load(values_path)
    data, _ = project.gather()
    assert data is not None
    with pytest.raises(ValueError, match="indicator set"):
        evaluate(dataclasses.replace(project.bundle, indicators=None), data, [])


def test_questionnaire_and_values_may_feed_one_tree(tmp_path: Path) -> None:
    yes = {"question": "Q1", "rule": {"method": "points", "points": {"yes": 100, "no": 0}}}
    children = [{"id": "OPEN", "name": "Open", "measure": yes}, *TREE["children"]]
    tree = TREE | {"children": [each | {"weight": 1} for each in children]}
    path = form_study(tmp_path, tree, {"U1": {"Q1": "是"}})
    text = path.read_text(encoding="utf-8").replace("data:\n", "data:\n  values: values.csv\n")
    path.write_text(text, encoding="utf-8")
    (tmp_path / "values.csv").write_text("unit,a1,a2,b1\nU1,1,2,3\nU2,4,5,6\n", encoding="utf-8")
    evaluation = run(path)
    assert score(evaluation, "U1", "ROOT") == pytest.approx((100 + 1.5 + 3) / 3)
    assert evaluation.ranking()["unit"].tolist() == ["U1", "U2"]
