"""A second wave beside the results of the first."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.problems import Problem
from tests.small_studies import VALUES, form_study, run, values_study, write_table

TREE = {
    "id": "T",
    "name": "T",
    "children": [{"id": "N", "name": "N", "measure": {"question": "Q5", "rule": {"method": "number"}}}],
}
FIRST: dict[str, dict[str, Any]] = {"U1": {"Q5": 100, "Q6.phone": 30}, "U2": {"Q5": 10}, "U3": {"Q5": 10}}
SECOND: dict[str, dict[str, Any]] = {"U1": {"Q5": 90, "Q6.phone": 3}, "U2": {"Q5": 51}, "U3": {"Q5": 50}}


def second_wave(folder: Path, **study: Any) -> Path:  # noqa: ANN401 - any key of a study file
    """A study of the wave 2025 with the results of 2024 in its folder."""
    first = form_study(folder / "first", TREE, FIRST, wave="2024")
    results = evalkit.write(run(first), folder / "first-results", excel=False)
    path = form_study(folder / "second", TREE, SECOND, wave="2025", **({"waves": ["earlier"]} | study))
    shutil.copytree(results, path.parent / "earlier")
    return path


def told(problems: list[Problem]) -> list[tuple[str | None, str | None]]:
    return [(each.place.unit, dict(each.params)["key"]) for each in problems if each.code == "EK257"]


def test_a_number_unlike_that_of_the_last_wave_is_noted_at_its_cell(tmp_path: Path) -> None:
    path = second_wave(tmp_path)
    evaluation = evalkit.load(path).run()
    found = [each for each in evaluation.problems if each.code == "EK257"]
    assert told(found) == [("U2", "Q5"), ("U1", "Q6.phone")]
    assert found[0].severity == "note"
    assert (found[0].place.file, found[0].place.question) == ("responses/U2.xlsx", "Q5")
    assert found[0].place.cell
    assert found[0].message("zh") == "Q5 填了 51,上一期(2024)是 10,为其 5.1 倍(可比的 3 个单位,中位数 1 倍)"
    assert "in the last wave (2024) it was 10, ×5.1 (units compared: 3, median ×1)" in found[0].message("en")
    assert "earlier/tables/observations.csv" in evaluation.manifest["inputs"]


@pytest.mark.parametrize(("limit", "count"), [(6, 1), (4, 3), (None, 0)])
def test_the_limit_is_set_by_the_study(tmp_path: Path, limit: float | None, count: int) -> None:
    path = second_wave(tmp_path, screens={"previous_ratio": limit})
    assert len(told(evalkit.load(path).check())) == count


def test_scores_do_not_depend_on_it(tmp_path: Path) -> None:
    before = evalkit.load(second_wave(tmp_path / "a")).run()
    after = evalkit.load(second_wave(tmp_path / "b", screens={"previous_ratio": None})).run()
    assert "earlier/tables/observations.csv" not in after.manifest["inputs"]
    assert before["scores"].equals(after["scores"])


def test_ready_made_values_are_compared_too(tmp_path: Path) -> None:
    first = values_study(tmp_path / "first", wave="2024")
    results = evalkit.write(run(first), tmp_path / "results", excel=False)
    head, one, *others = VALUES
    path = values_study(tmp_path / "second", [head, (one[0], "8", *one[2:]), *others], wave="2025", waves=["old"])
    shutil.copytree(results, path.parent / "old")
    assert told(evalkit.load(path).check()) == [("U1", "a1")]


def test_the_last_wave_that_has_numbers_is_compared_with(tmp_path: Path) -> None:
    others = values_study(tmp_path / "others", wave="2024b")
    scores = {"wave": "2024c", "scores": "scores.csv"}
    path = second_wave(tmp_path, waves=["earlier", "others", scores, "today"])
    shutil.copytree(evalkit.write(run(others), tmp_path / "results", excel=False), path.parent / "others")
    write_table(path.parent / "scores.csv", [("unit", "node", "score"), ("U1", "T", "5")])
    today = form_study(tmp_path / "today", TREE, SECOND, wave="2025")
    shutil.copytree(evalkit.write(run(today), tmp_path / "r", excel=False), path.parent / "today")
    problems = evalkit.load(path).check()
    assert told(problems) == [("U2", "Q5"), ("U1", "Q6.phone")]
    assert [each.code for each in problems].count("EK421") == 1


def test_answers_that_were_changed_after_the_run_are_not_compared(tmp_path: Path) -> None:
    path = second_wave(tmp_path)
    with (path.parent / "earlier" / "tables" / "observations.csv").open("ab") as file:
        file.write(b"\n")
    project = evalkit.load(path)
    assert [each.code for each in project.check() if each.severity == "error"] == ["EK414"]
    assert len(project.run().ranking()) == 3
