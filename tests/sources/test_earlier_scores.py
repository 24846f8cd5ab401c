"""Scores of earlier waves: tables of earlier runs and one's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evalkit.sources.earlier_scores import read_earlier_scores
from evalkit.sources.register import Register, read_register
from tests.small_studies import REGISTER, write_table


@pytest.fixture
def register(tmp_path: Path) -> Register:
    write_table(tmp_path / "units.csv", REGISTER)
    found, _ = read_register(tmp_path / "units.csv", "units.csv")
    assert found is not None
    return found


def test_scores_are_found_by_unit_and_node(tmp_path: Path, register: Register) -> None:
    rows = [
        ("unit", "node", "level", "score"),
        ("U1", "ROOT", "0", "61.5"),
        ("丙市", "ROOT", "0", ""),
        ("U9", "ROOT", "0", "1"),
    ]
    write_table(tmp_path / "scores.csv", rows)
    found, problems = read_earlier_scores(tmp_path / "scores.csv", "scores.csv", register)
    assert problems == []
    assert found is not None
    np.testing.assert_array_equal(found.scores["ROOT"], [61.5, np.nan, np.nan, np.nan])


def test_what_is_no_score_and_what_stands_twice_is_reported(tmp_path: Path, register: Register) -> None:
    rows = [("unit", "node", "score"), ("U1", "A", "很高"), ("U2", "A", "5"), ("乙市", "A", "6")]
    write_table(tmp_path / "scores.csv", rows)
    found, problems = read_earlier_scores(tmp_path / "scores.csv", "scores.csv", register)
    assert [(each.code, each.place.cell) for each in problems] == [("EK203", "C2"), ("EK534", "C4")]
    assert found is not None
    assert np.isnan(found.scores["A"]).all()


def test_standard_errors_are_read_where_there_are_any(tmp_path: Path, register: Register) -> None:
    rows = [
        ("unit", "node", "score", "standard_error"),
        ("U1", "A", "5", "1.5"),
        ("U2", "A", "6", ""),
        ("U3", "A", "7", "-1"),
        ("U4", "A", "8", "x"),
    ]
    write_table(tmp_path / "scores.csv", rows)
    found, problems = read_earlier_scores(tmp_path / "scores.csv", "scores.csv", register)
    assert found is not None
    assert found.scores["A"].tolist() == [5, 6, 7, 8]
    assert found.errors["A"].tolist() == [1.5, 0, 0, 0]
    assert [(each.code, each.place.cell) for each in problems] == [("EK730", "D4"), ("EK203", "D5")]


def test_table_without_its_columns_is_none(tmp_path: Path, register: Register) -> None:
    write_table(tmp_path / "scores.csv", [("unit", "points"), ("U1", "5")])
    found, problems = read_earlier_scores(tmp_path / "scores.csv", "scores.csv", register)
    assert found is None
    assert [dict(each.params)["column"] for each in problems] == ["node", "score"]
