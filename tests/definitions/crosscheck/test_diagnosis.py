"""What ``diagnosis:`` may name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.evaluate.project import StudyError
from tests.small_studies import values_study


@pytest.mark.parametrize(
    ("diagnosis", "line"), [({"costs": {"a11": 2}}, "a11"), ({"fixed": ["a1", "c1"]}, "c1")], ids=["costs", "fixed"]
)
def test_an_unknown_column_is_found_with_its_place(tmp_path: Path, diagnosis: dict[str, Any], line: str) -> None:
    path = values_study(tmp_path, diagnosis=diagnosis)
    (found,) = [each for each in evalkit.load(path).problems if each.code == "EK430"]
    assert found.place.line is not None
    assert line in path.read_text(encoding="utf-8").splitlines()[found.place.line - 1]
    assert "a1, a2, b1" in found.hint("en")


def test_known_columns_are_fine(tmp_path: Path) -> None:
    path = values_study(tmp_path, diagnosis={"target": "top:2", "costs": {"a1": 0.5}, "fixed": ["b1"]})
    assert evalkit.load(path).problems == []


@pytest.mark.parametrize("target", ["top", "top:0", "score:", "score:8O", "next", "top:10 "])
def test_a_target_that_says_nothing_is_an_error(tmp_path: Path, target: str) -> None:
    with pytest.raises(StudyError):
        evalkit.load(values_study(tmp_path, diagnosis={"target": target}))
