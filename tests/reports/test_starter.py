"""The study that ``evalkit init`` starts with is one that checks and runs."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.reports.starter import write_study


@pytest.mark.parametrize("name", ["study", "我的 研究", "a'b: {c}", "12345", "..."])
def test_new_study_has_no_errors_whatever_its_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "within" / name
    write_study(folder)
    problems = evalkit.load(folder / "study.yaml").check()
    assert [each.code for each in problems if each.severity == "error"] == []
    assert {each.code for each in problems} == {"EK231", "EK239", "EK311"}


def test_new_study_runs_before_anything_came_back(tmp_path: Path) -> None:
    write_study(tmp_path, wave="2027")
    evaluation = evalkit.load(tmp_path / "study.yaml").run()
    assert evaluation.ranking().empty
    assert evaluation.manifest["study"]["wave"] == "2027"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["awards.yaml", "responses", "study.yaml", "units.csv"]
