"""The table of portraits, from a study's export to what is published of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evalkit.evaluate import Evaluation
from evalkit.evaluate.portraits import MOST_VALUES, PORTRAIT_COLUMNS
from evalkit.evaluate.publication import public
from evalkit.reports.folder import read, write
from evalkit.scoring.portraits import SMALLEST_SHOWN
from tests.respondent_studies import HEAD, ROWS, portrait_study, respondent_study
from tests.small_studies import codes, run

SAID = ("人社局", " 人社局", "公安局", "人社局", "人社局", "公安局", "", "人社局")
LEVELS = ("best", "best", "best", "fair", "worst", "worst", "best", "worst")


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """U1 has six respondents, U2 two; 人社局 is named by five, with and without a blank before it."""
    return run(portrait_study(tmp_path_factory.mktemp("portraits"), SAID, LEVELS))


def row_of(table: pd.DataFrame, value: str, unit: str, indicator: str = "GOOD") -> dict[str, Any]:
    (row,) = table[(table["value"] == value) & (table["unit"] == unit) & (table["indicator"] == indicator)].to_dict(
        "records"
    )
    return {str(name): each for name, each in row.items()}


def test_a_row_is_the_indicator_among_the_respondents_of_one_kind(evaluation: Evaluation) -> None:
    table = evaluation["portraits"]
    assert tuple(table.columns) == PORTRAIT_COLUMNS
    assert set(table["about"]) == {"部门"}
    row = row_of(table, "人社局", "")
    assert (row["n"], row["base"], row["mean"], row["n_eff"]) == (5, 5, (100 + 100 + 50 + 0 + 0) / 5, 5.0)
    points = pd.Series([100, 100, 50, 0, 0])
    assert row["standard_error"] == pytest.approx(points.std() / 5**0.5)
    assert row["overall"] == (100 * 4 + 50) / 8


def test_a_unit_is_compared_with_its_own_value(evaluation: Evaluation) -> None:
    measures = evaluation["measures"].set_index(["unit", "indicator"])["value"]
    for row in evaluation["portraits"].to_dict("records"):
        if row["unit"]:
            assert row["overall"] == measures[row["unit"], row["indicator"]]


def test_the_field_stands_first_and_no_unit_without_respondents(evaluation: Evaluation) -> None:
    table = evaluation["portraits"]
    assert list(dict.fromkeys(table["unit"])) == ["", "U1", "U2"]
    assert list(dict.fromkeys(table["indicator"])) == ["OPEN", "GOOD", "MIXED"]


def test_few_respondents_have_no_mean(evaluation: Evaluation) -> None:
    table = evaluation["portraits"]
    few = table["n"] < SMALLEST_SHOWN
    assert 0 < few.sum() < len(table)
    assert table.loc[few, ["mean", "standard_error", "n_eff"]].isna().all(axis=None)
    assert table.loc[~few, ["mean", "standard_error"]].notna().all(axis=None)
    assert row_of(table, "公安局", "")["n"] == 2


def test_who_says_nothing_is_counted_and_in_no_portrait(evaluation: Evaluation) -> None:
    (found,) = [each for each in evaluation.problems if each.code == "EK441"]
    assert dict(found.params) == {"about": "部门", "count": "1", "all": "8"}
    assert "" not in set(evaluation["portraits"]["value"])
    assert codes(evaluation).count("EK441") == (evaluation["problems"]["code"] == "EK441").sum() == 1


def test_a_run_comes_back_from_its_folder(evaluation: Evaluation, tmp_path: Path) -> None:
    write(evaluation, tmp_path / "out")
    pd.testing.assert_frame_equal(read(tmp_path / "out")["portraits"], evaluation["portraits"], check_exact=True)
    write(evaluation, tmp_path / "out")


def test_nothing_of_it_is_published_where_tiers_only_are(tmp_path: Path) -> None:
    shown = public(run(portrait_study(tmp_path, SAID, LEVELS, publish="tiers")))
    assert shown["portraits"].empty
    assert "EK441" not in set(shown["problems"]["code"])


def test_without_about_there_is_no_such_table(tmp_path: Path) -> None:
    assert "portraits" not in run(respondent_study(tmp_path)).tables


def test_an_id_makes_no_portraits(tmp_path: Path) -> None:
    count = MOST_VALUES + 1
    found = run(portrait_study(tmp_path, [f"id {number}" for number in range(count)], ["best"] * count))
    assert [dict(each.params)["count"] for each in found.problems if each.code == "EK440"] == [str(count)]
    assert found["portraits"].empty
    assert tuple(found["portraits"].columns) == PORTRAIT_COLUMNS


@pytest.mark.parametrize("rule", [{}, {"method": "last"}, {"method": "median"}, {"method": "share", "at_least": 50}])
@pytest.mark.parametrize("said", [["", ""], []])
def test_where_nothing_is_said_there_is_a_table_without_rows(
    said: list[str], rule: dict[str, Any], tmp_path: Path
) -> None:
    found = run(portrait_study(tmp_path, said, ["best"] * len(said), recipe={"respondents": rule}))
    assert found["portraits"].empty
    assert tuple(found["portraits"].columns) == PORTRAIT_COLUMNS
    assert codes(found).count("EK441") == bool(said)


def test_a_heading_that_is_not_there_leaves_the_run_whole(tmp_path: Path) -> None:
    exports = [{"file": "answers.csv", "profile": "builtin:wide", "about": {"部门": "承办部门"}}]
    found = run(respondent_study(tmp_path, data={"exports": exports}))
    assert "EK280" in codes(found)
    assert "portraits" not in found.tables
    assert len(found["scores"])


def test_files_that_say_different_things_are_put_together(tmp_path: Path) -> None:
    def export(file: str, about: dict[str, str]) -> dict[str, Any]:
        return {"file": file, "profile": "builtin:wide", "about": about}

    exports = [export("answers.csv", {"weekday": "submitted"}), export("more.csv", {"policy": "unit"})]
    path = respondent_study(tmp_path, ROWS[:3], data={"exports": exports})
    _write_more(tmp_path, [("z", *ROWS[0][1:])])
    table = run(path)["portraits"]
    assert set(table[table["about"] == "weekday"]["value"]) == {row[3] for row in ROWS[:3]}
    assert table[table["about"] == "policy"]["base"].tolist() == [1] * 6


def _write_more(folder: Path, rows: Sequence[Sequence[str]]) -> None:
    lines = [",".join(row) for row in (HEAD, *rows)]
    (folder / "more.csv").write_text("\n".join(lines), encoding="utf-8")
