"""Diagnosis of a unit: proved by changing its values and running the study again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evalkit.evaluate.diagnosis import SMALLEST_GROUP, Diagnoses
from tests.small_studies import TREE, run, values_study

UNITS = [f"U{number}" for number in range(1, 9)]
REGISTER = [
    ("unit", "name", "class"),
    *((unit, unit, "big" if number < 6 else "small") for number, unit in enumerate(UNITS)),
]
VALUES = [
    ("U1", "80", "60", "40"), ("U2", "50", "70", "90"), ("U3", "90", "90", "10"), ("U4", "20", "", "30"),
    ("U5", "55", "65", "75"), ("U6", "85", "60", "45"), ("U7", "100", "100", "100"), ("U8", "", "", ""),
]  # fmt: skip
HEAD = ("unit", "a1", "a2", "b1")


def study(folder: Path, values: Sequence[tuple[str, ...]]) -> Path:
    keys: dict[str, Any] = {"defaults": {"normalise": {"method": "none"}}, "recipe": {"peer_groups": ["class"]}}
    return values_study(folder, [HEAD, *values], tree=TREE, register=REGISTER, **keys)


def index_of(path: Path, unit: str) -> float:
    ranking = run(path).ranking().set_index("unit")["score"]
    return float(ranking[unit])


def test_every_gain_is_what_the_study_gives_when_it_is_run_again(tmp_path: Path) -> None:
    before = run(study(tmp_path / "before", VALUES))
    diagnosis = Diagnoses(before).of("U1")
    assert (diagnosis.group, diagnosis.peers) == ("class:big", 6)
    for column, standing in enumerate(diagnosis.standings, start=1):
        changed = [
            row if row[0] != "U1" else (*row[:column], f"{standing.best:g}", *row[column + 1 :]) for row in VALUES
        ]
        after = index_of(study(tmp_path / standing.node, changed), "U1")
        assert after - index_of(tmp_path / "before" / "study.yaml", "U1") == pytest.approx(standing.gain)
    assert [each.node for each in diagnosis.opportunities] == ["B1", "A2", "A1"]


def test_best_and_median_are_those_of_the_peers(tmp_path: Path) -> None:
    standing = Diagnoses(run(study(tmp_path, VALUES))).of("U1").standings[0]
    assert (standing.score, standing.best, standing.holders) == (80, 90, ("U3",))
    assert standing.median == np.median([80, 50, 90, 20, 55, 85])
    assert standing.lead == pytest.approx(0.375 * (80 - 67.5))


def test_a_small_peer_group_gives_way_to_the_whole_field(tmp_path: Path) -> None:
    diagnosis = Diagnoses(run(study(tmp_path, VALUES))).of("U7")
    assert SMALLEST_GROUP > 1
    assert (diagnosis.group, diagnosis.peers) == ("", 7)
    assert diagnosis.opportunities == ()
    assert diagnosis.models == ()


def test_models_are_higher_and_the_most_alike_first(tmp_path: Path) -> None:
    models = Diagnoses(run(study(tmp_path, VALUES))).of("U1").models
    assert [each.unit for each in models] == ["U6", "U5", "U3"]
    assert models[0].leads == (("A1", 5.0), ("B1", 5.0))
    assert all(each.index > 62.5 for each in models)


def test_a_unit_without_data_has_standings_and_no_more(tmp_path: Path) -> None:
    diagnosis = Diagnoses(run(study(tmp_path, VALUES))).of("U8")
    assert len(diagnosis.standings) == 3
    assert (diagnosis.opportunities, diagnosis.strengths) == ((), ())
    assert all(np.isnan(each.score) for each in diagnosis.standings)


def test_with_deductions_in_the_tree_no_gain_is_told(tmp_path: Path) -> None:
    taken_off = {key: value for key, value in TREE["children"][1].items() if key != "weight"}
    tree = {**TREE, "adjust": {"deduct": ["B"]}, "children": [TREE["children"][0], taken_off]}
    path = values_study(tmp_path, [HEAD, *VALUES], tree=tree, register=REGISTER)
    diagnosis = Diagnoses(run(path)).of("U1")
    assert diagnosis.opportunities == ()
    assert len(diagnosis.standings) == 3
