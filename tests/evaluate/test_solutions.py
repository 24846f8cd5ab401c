"""The accurate solution: worked by hand, against trying out every answer, and what may not be changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalkit
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.evaluate.scored_field import score_field
from evalkit.observations import OK, SKIPPED, Answers
from evalkit.reports.template import write_form
from tests.small_studies import TREE, codes, form_study, run, values_study, write_study, write_yaml

YES_NO = {"method": "points", "points": {"yes": 100, "no": 0}}
BY_HAND: dict[str, Any] = {
    "id": "ROOT",
    "name": "index",
    "children": [
        {"id": "I1", "name": "one", "weight": 2, "measure": {"question": "Q1", "rule": YES_NO}},
        {"id": "I2", "name": "two", "weight": 1, "measure": {"question": "Q3", "rule": {"method": "share"}}},
        {"id": "I3", "name": "three", "weight": 1, "measure": {"question": "Q4", "rule": {"method": "scale"}}},
    ],
}
FILLED = {
    "U1": {"Q1": "no", "Q3.web": "√", "Q4": "fair"},
    "U2": {"Q1": "yes", "Q3.web": "√", "Q3.app": "√", "Q4": "good"},
    "U3": {"Q1": "yes", "Q3.mail": "√", "Q4": "worst"},
}


def solved(folder: Path, diagnosis: Mapping[str, Any], **keys: Any) -> pd.DataFrame:  # noqa: ANN401 - any key of a study
    return run(form_study(folder, BY_HAND, FILLED, diagnosis=diagnosis, **keys))["solutions"]


def changes(solutions: pd.DataFrame, unit: str) -> list[tuple[str, str, str, float]]:
    own = solutions[(solutions["unit"] == unit) & (solutions["step"] > 0)]
    keys = [f"{question}.{item}".rstrip(".") for question, item in zip(own["question"], own["item"], strict=True)]
    return list(zip(keys, own["from"], own["to"], own["cost"], strict=True))


def only(solutions: pd.DataFrame, unit: str) -> dict[str, Any]:
    row: dict[str, Any] = {str(key): value for key, value in solutions[solutions["unit"] == unit].iloc[0].items()}
    return row


def test_the_example_worked_by_hand(tmp_path: Path) -> None:
    """U1 has 0.5 x 0 + 0.25 x 25 + 0.25 x 50 = 18.75; yes to Q1 alone adds 50."""
    found = solved(tmp_path, {"target": "score:60"})
    assert changes(found, "U1") == [("Q1", "no", "yes", 1.0)]
    row = only(found, "U1")
    assert (row["index_before"], row["index_after"], row["total_cost"], row["verified"]) == (18.75, 68.75, 1, 1)
    assert (row["rank_before"], row["rank_after"], row["others_moved"]) == (3, 2, 0)
    assert only(found, "U2")["verdict"] == "there"


def test_a_dear_answer_gives_way_to_five_cheap_ones_and_of_equal_costs_the_better_index_counts(tmp_path: Path) -> None:
    """To 50 lack 31.25: five steps of 6.25 each, all that Q3 and Q4 still have."""
    dear = solved(tmp_path / "dear", {"target": "score:50", "costs": {"Q1": 6}})
    assert changes(dear, "U1") == [
        ("Q3.app", "0", "1", 1.0), ("Q3.mail", "0", "1", 1.0), ("Q3.fax", "0", "1", 1.0), ("Q4", "fair", "best", 2.0),
    ]  # fmt: skip
    assert only(dear, "U1")["index_after"] == 50
    equal = solved(tmp_path / "equal", {"target": "score:50", "costs": {"Q1": 5}})
    assert changes(equal, "U1") == [("Q1", "no", "yes", 5.0)]


def test_what_is_fixed_stays_and_may_put_the_target_out_of_reach(tmp_path: Path) -> None:
    found = solved(tmp_path, {"target": "score:50.5", "fixed": ["Q1"]})
    row = only(found, "U1")
    assert (row["verdict"], row["step"], row["floor"]) == ("out_of_reach", 0, 50.5)
    assert pd.isna(row["verified"])


def test_without_a_ladder_the_next_tier_is_the_next_rank(tmp_path: Path) -> None:
    """U3 has 50 + 6.25 + 0 and must pass U2 with 50 + 12.5 + 18.75 = 81.25: five steps of 6.25 each."""
    row = only(found := solved(tmp_path, {}), "U3")
    assert (row["aim"], row["rank_before"], row["rank_after"], row["index_after"]) == ("rank", 2, 1, 87.5)
    assert row["total_cost"] == 5
    assert (found["verified"].dropna() == 1).all()


def test_the_next_tier_is_the_rung_above_and_its_minimums_count(tmp_path: Path) -> None:
    """U1 needs 60 for the rung, and 75 in I3 besides: yes to Q1 is not enough."""
    scheme = {
        "id": "ladder", "kind": "awards", "version": "1", "name": "ladder", "one_rung": True,
        "awards": [
            {"id": "gold", "name": "gold", "rule": {"method": "top", "count": 1}, "minimum": {"I3": 75}},
            {"id": "silver", "name": "silver", "rule": {"method": "band", "low": 60}, "minimum": {"I3": 75}},
        ],
    }  # fmt: skip
    path = form_study(tmp_path, BY_HAND, FILLED, diagnosis={}, awards=["awards.yaml"])
    write_yaml(tmp_path / "awards.yaml", scheme)
    found = run(path)["solutions"]
    assert changes(found, "U1") == [("Q1", "no", "yes", 1.0), ("Q4", "fair", "good", 1.0)]
    row = only(found, "U1")
    assert (row["award"], row["tier_before"], row["tier_after"], row["verified"]) == ("silver", "", "silver", 1)
    assert only(found, "U2")["verdict"] == "there"


def test_numbers_move_to_median_best_and_full_score_of_the_field(tmp_path: Path) -> None:
    keys: dict[str, Any] = {"defaults": {"normalise": {"method": "goalposts", "low": 0, "high": 100}}}
    found = run(values_study(tmp_path, diagnosis={"target": "score:95", "fixed": ["b1"]}, tree=TREE, **keys))
    assert only(found["solutions"], "U1")["verdict"] == "out_of_reach"
    keys["diagnosis"] = {"target": "score:80"}
    row = run(values_study(tmp_path / "b", tree=TREE, **keys))["solutions"]
    # 17.5 points are wanted; of what three steps can add (20, 18.75, 23.75 points), this is most
    assert changes(row, "U1") == [("a2", "60", "90", 2.0), ("b1", "40", "90", 1.0)]
    assert only(row, "U1")["index_after"] == 0.375 * 170 + 0.25 * 90


def test_a_moved_end_of_a_relative_method_is_told(tmp_path: Path) -> None:
    keys: dict[str, Any] = {"defaults": {"normalise": {"method": "minmax"}}, "diagnosis": {"target": "next_rank"}}
    found = run(values_study(tmp_path, tree=TREE, **keys))["solutions"]
    assert (found["verified"].dropna() == 1).all()
    assert only(found, "U4")["others_moved"] > 0


def test_a_tree_with_deductions_is_refused_with_a_finding(tmp_path: Path) -> None:
    taken_off = {key: value for key, value in TREE["children"][1].items() if key != "weight"}
    tree = {**TREE, "adjust": {"deduct": ["B"]}, "children": [TREE["children"][0], taken_off]}
    evaluation = run(values_study(tmp_path, tree=tree, diagnosis={}))
    assert "EK431" in codes(evaluation)
    assert len(evaluation["solutions"]) == 0


def test_where_nothing_can_be_changed_a_finding_says_so(tmp_path: Path) -> None:
    evaluation = run(form_study(tmp_path, BY_HAND, FILLED, diagnosis={"fixed": ["Q1", "Q3", "Q4"]}))
    assert "EK433" in codes(evaluation)
    assert len(evaluation["solutions"]) == 0


def test_too_many_combinations_are_not_looked_at_and_a_finding_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.evaluate.answer_options.MOST_OPTIONS", 3)
    evaluation = run(form_study(tmp_path, BY_HAND, FILLED, diagnosis={"target": "score:99"}))
    assert only(evaluation["solutions"], "U1")["verdict"] == "too_many"
    assert "EK432" in codes(evaluation)


FORM: dict[str, Any] = {
    "id": "gated", "version": "1", "name": "gated",
    "sections": [{"id": "S", "name": "S", "questions": [
        {"code": "G", "text": "gate", "type": "yesno"},
        {"code": "H", "text": "how", "type": "scale", "ask_if": "G = yes",
         "options": [{"code": code, "name": code} for code in ("good", "fair", "poor")]},
        {"code": "M", "text": "many", "type": "multiple",
         "options": [{"code": code, "name": code} for code in ("a", "b", "c")]},
        {"code": "S", "text": "one", "type": "single",
         "options": [{"code": code, "name": code} for code in ("low", "high", "middle")]},
    ]}],
    "checks": [{"id": "b_needs_gate", "that": "not (M has b) or G = yes"}],
}  # fmt: skip
POINTS = {"low": 10, "middle": 40, "high": 90}
COSTS = {"G": 2.0, "H": 1.0, "M": 1.5, "S": 1.0}


def gated_tree(aggregate: str) -> dict[str, Any]:
    rules = {
        "G": {"method": "points", "points": {"yes": 90, "no": 20}},
        "H": {"method": "scale"},
        "M": {"method": "share", "weights": {"c": 3}},
        "S": {"method": "points", "points": POINTS},
    }
    leaves = {
        code: {"id": f"I{code}", "name": code, "weight": weight, "measure": {"question": code, "rule": rules[code]}}
        for weight, code in enumerate(rules, start=1)
    }
    groups = [
        {"id": "X", "name": "X", "aggregate": aggregate, "children": [leaves["G"], leaves["H"]]},
        {"id": "Y", "name": "Y", "children": [leaves["M"], leaves["S"]]},
    ]
    return {"id": "ROOT", "name": "index", "aggregate": aggregate, "children": groups}


def every_answer(answers: Answers) -> Iterator[tuple[float, Answers]]:
    """All answers of the first unit that are nowhere worse and break no rule of the form, each with its cost."""
    at = answers.keys
    own = answers.numbers[0]
    better = {0: (0, 2, 1), 2: (2, 1), 1: (1,)}  # options of S from worse to better
    grades = better[int(own[at["S"]])]
    for gate, single in itertools.product((1.0, 0.0), grades):  # yes stands first
        if gate > own[at["G"]]:
            continue
        for ticks in itertools.product((0.0, 1.0), repeat=3):
            before = [own[at[f"M.{code}"]] for code in "abc"]
            if any(now < then for now, then in zip(ticks, before, strict=True)) or (ticks[1] == 1 and gate == 1):
                continue
            scale_now = own[at["H"]] if own[at["G"]] == 0 else 2.0
            for how in [number for number in (0.0, 1.0, 2.0) if number <= scale_now] if gate == 0 else [np.nan]:
                numbers, statuses = answers.numbers.copy(), answers.statuses.copy()
                numbers[0, [at["G"], at["H"], at["S"]]] = gate, how, single
                numbers[0, [at[f"M.{code}"] for code in "abc"]] = ticks
                statuses[0, at["H"]] = SKIPPED if np.isnan(how) else OK
                cost = COSTS["G"] * (gate != own[at["G"]]) + COSTS["S"] * grades.index(single)
                cost += COSTS["M"] * (sum(ticks) - sum(before)) + (0 if np.isnan(how) else scale_now - how)
                yield cost, replace(answers, numbers=numbers, statuses=statuses)


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize(
    "first",
    [{"G": "no", "M.a": "√", "S": "low"}, {"G": "yes", "H": "poor", "M.c": "√", "S": "middle"}],
    ids=["gate_closed", "gate_open"],
)
def test_nothing_that_could_be_answered_costs_less(tmp_path: Path, aggregate: str, first: Mapping[str, str]) -> None:
    form = Questionnaire.model_validate(FORM)
    path = write_study(tmp_path, gated_tree(aggregate), questionnaire="form.yaml", data={"survey": "responses/*.xlsx"})
    write_yaml(tmp_path / "form.yaml", FORM)
    (tmp_path / "responses").mkdir()
    for unit, given in {"U1": first, "U2": {"G": "yes", "H": "good", "M.a": "√", "S": "high"}}.items():
        write_form(form, tmp_path / "responses" / f"{unit}.xlsx", unit=unit, unit_name=unit, answers=given)
    project = evalkit.load(path)
    data, _ = project.gather()
    assert data is not None
    tried = [
        (cost, score_field(project.bundle, replace(data, answers=answers))[0].tree.scores[0, 0])
        for cost, answers in every_answer(data.answers)
    ]
    assert len(tried) >= 9
    study = (tmp_path / "study.yaml").read_text(encoding="utf-8")
    for target in (30, 45, 60, 75, 95):
        costs = ", ".join(f"{code}: {cost}" for code, cost in COSTS.items())
        diagnosis = f"diagnosis: {{target: 'score:{target}', costs: {{{costs}}}}}\n"
        path.write_text(study + diagnosis, encoding="utf-8")
        row = only(run(path)["solutions"], "U1")
        enough = [cost for cost, index in tried if index >= target - 1e-9]
        if row["index_before"] >= target:
            assert row["verdict"] == "there"
        elif enough:
            assert (row["verdict"], row["total_cost"], row["verified"]) == ("found", min(enough), 1)
        else:
            assert row["verdict"] == "out_of_reach"
