"""Opening, checking and running a study, and refusing to."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate.project import StudyError
from tests.small_studies import TREE, VALUES, run, values_study, write_study


def test_load_run_gives_tables(values_path: Path) -> None:
    assert len(evalkit.load(values_path).run()["ranks"]) > 0


def test_study_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="not found") as caught:
        evalkit.load(tmp_path / "study.yaml")
    assert [each.code for each in caught.value.problems] == ["EK001"]


def test_broken_definition_is_a_finding_and_stops_the_run_only(values_path: Path) -> None:
    (values_path.parent / "set.yaml").write_text("id: set\n", encoding="utf-8")
    project = evalkit.load(values_path)
    assert [each.severity for each in project.check()] == ["error"] * len(project.problems)
    with pytest.raises(StudyError):
        project.run()


def test_register_that_is_lacking_stops_the_run(values_path: Path) -> None:
    (values_path.parent / "units.csv").unlink()
    with pytest.raises(StudyError, match=r"units\.csv"):
        evalkit.load(values_path).run()


def test_check_finds_what_run_finds_in_the_data(tmp_path: Path) -> None:
    path = values_study(tmp_path, [*VALUES[:-1], ("U4", "many", "1", "1"), ("U9", "1", "1", "1")])
    found = [each.code for each in evalkit.load(path).check()]
    assert {"EK203", "EK242"} <= set(found)
    assert found == [each.code for each in run(path).problems][: len(found)]


def test_strict_refuses_to_rank_while_an_error_stands(tmp_path: Path) -> None:
    project = evalkit.load(values_study(tmp_path, [*VALUES[:-1], ("U4", "many", "1", "1")]))
    assert len(project.run().ranking()) == 4
    with pytest.raises(StudyError) as caught:
        project.run(strict=True)
    assert [each.code for each in caught.value.problems if each.severity == "error"] == ["EK203", "EK407"]


def test_strict_ranks_where_no_error_stands(values_path: Path) -> None:
    assert len(evalkit.load(values_path).run(strict=True).ranking()) == 4


def test_lacking_values_are_a_finding_not_the_end(tmp_path: Path) -> None:
    path = values_study(tmp_path)
    (tmp_path / "values.csv").unlink()
    evaluation = run(path)
    assert "EK001" in [each.code for each in evaluation.problems]
    assert evaluation.ranking().empty


def test_values_that_the_study_does_not_name_are_findings(tmp_path: Path) -> None:
    path = write_study(tmp_path, TREE)
    found = [each.code for each in evalkit.load(path).check()]
    assert found.count("EK309") == 3
