"""What changed between two runs: nothing between a run and itself, the mirror image the other way round."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import evalkit
from evalkit.comparison import Difference
from evalkit.comparison.listing import COLUMNS, listed
from evalkit.comparison.rows import changed_rows
from evalkit.evaluate import Evaluation
from tests.conftest import FILLED, FORM_TREE
from tests.small_studies import REGISTER, VALUES, form_study, run, values_study


def mirrored(found: Difference) -> set[tuple[str, ...]]:
    """The listed changes with before and after exchanged."""
    sides = {"before": "after", "after": "before", "cell_before": "cell_after", "cell_after": "cell_before"}
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in listed(found)]
    turned = [{name: row[sides.get(name, name)] for name in COLUMNS} for row in rows]
    return {
        tuple(str(_negative(value) if name == "change" else value) for name, value in row.items()) for row in turned
    }


def _negative(value: float | None) -> float | None:
    return None if value is None else -value


def plainly(found: Difference) -> set[tuple[str, ...]]:
    return {tuple(map(str, row)) for row in listed(found)}


@pytest.fixture
def other_run(tmp_path: Path) -> Evaluation:
    """The study of values with another answer, weight and register."""
    rows = [VALUES[0], ("U1", "80", "60", "45"), *VALUES[2:4], ("U5", "1", "2", "3")]
    register = [*REGISTER[:4], ("U5", "戊市", "small", "west", "")]
    path = values_study(tmp_path / "other", rows, register=register, recipe={"peer_groups": ["class"]})
    text = (path.parent / "set.yaml").read_text(encoding="utf-8")
    assert text.count("weight: 3") == 1
    (path.parent / "set.yaml").write_text(text.replace("weight: 3", "weight: 2"), encoding="utf-8")
    return run(path)


def test_a_run_does_not_differ_from_itself(values_run: Evaluation, form_run: Evaluation, tmp_path: Path) -> None:
    for evaluation in (values_run, form_run):
        stored = evalkit.read(evalkit.write(evaluation, tmp_path / "out", excel=False, page=False))
        found = evalkit.diff(evaluation, stored)
        assert found.same
        assert list(listed(found)) == []


def test_the_other_way_round_is_the_mirror_image(values_run: Evaluation, other_run: Evaluation) -> None:
    there, back = evalkit.diff(values_run, other_run), evalkit.diff(other_run, values_run)
    assert not there.same
    assert mirrored(there) == plainly(back)


def test_every_kind_of_change_is_named(values_run: Evaluation, other_run: Evaluation) -> None:
    found = evalkit.diff(values_run, other_run)
    assert found.choices["recipe.nodes.A.weight"] == ("3.0", "2.0")
    assert {"set.yaml", "units.csv", "values.csv"} <= set(found.inputs)
    assert found.units == {"U4": ("丁市", None), "U5": (None, "戊市")}
    assert {node: each.why for node, each in found.not_comparable.items()} == {"ROOT": ("weights",)}
    (score,) = found.at("B1").scores.query("unit == 'U1'").to_dict("records")
    assert (score["score_before"], score["score_after"], score["change"]) == (40, 45, 5)
    moved = found.ranks["moved"].abs().dropna().tolist()
    assert moved == sorted(moved, reverse=True)


def test_a_changed_answer_is_named_with_its_cell(form_run: Evaluation, tmp_path: Path) -> None:
    filled = FILLED | {"U2": FILLED["U2"] | {"Q1": "是"}}
    notice = {"zh": "合成数据", "en": "Synthetic data"}
    found = evalkit.diff(form_run, run(form_study(tmp_path / "forms-2", FORM_TREE, filled, notice=notice)))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in listed(found)]
    (answer,) = [row for row in rows if row["what"] == "answers" and row["name"] == "Q1"]
    assert (answer["unit"], answer["before"], answer["after"]) == ("U2", "no", "yes")
    assert str(answer["cell_after"]).startswith("responses/U2.xlsx 第一部分 Part one!")
    assert {row["name"] for row in rows if row["what"] == "measures"} == {"OPEN"}
    assert list(found.inputs) == ["responses/U2.xlsx"]


def test_what_is_within_the_tolerance_is_the_same(values_run: Evaluation, other_run: Evaluation) -> None:
    assert evalkit.diff(values_run, other_run, tolerance=5).at("B1").scores["unit"].tolist() == ["U4", "U5"]


ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([1.0, 2.0, float("nan")])), max_size=4)


@given(ROWS, ROWS)
def test_rows_differ_exactly_where_tables_do(one: list[tuple[str, float]], other: list[tuple[str, float]]) -> None:
    types = {"key": "str", "value": "float64"}
    before, after = (pd.DataFrame(rows, columns=list(types)).astype(types) for rows in (one, other))
    found = changed_rows(before, after, ["key"], ["value"])
    by_key = [{key: [str(value) for name, value in rows if name == key] for key in "ab"} for rows in (one, other)]
    assert found.empty == (by_key[0] == by_key[1])


def test_answers_of_another_wave_are_compared_with_those_of_this_one(tmp_path: Path) -> None:
    then, now = (run(values_study(tmp_path / wave, wave=wave)) for wave in ("2024", "2025"))
    found = evalkit.diff(then, now)
    assert found.choices == {"study.wave": ('"2024"', '"2025"')}
    assert found.answers.empty
