"""Respondents of exports, from the table of answers to the value of their unit, with every cell on the way."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.observations import STATUSES
from evalkit.reports.folder import read, write
from evalkit.reports.template import write_form
from tests.respondent_studies import HEAD, ROWS, TREE, respondent_study
from tests.small_studies import QUESTIONNAIRE, codes, questionnaire, run, write_study, write_yaml


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    return run(respondent_study(tmp_path / "study"))


def measured(found: Evaluation, unit: str) -> dict[str, tuple[float, int, str]]:
    rows = found["measures"][found["measures"]["unit"] == unit]
    columns = zip(rows["indicator"], rows["value"], rows["n"], rows["status"], strict=True)
    return {indicator: (value, n, status) for indicator, value, n, status in columns}


def test_each_is_scored_and_the_points_are_put_together_by_weight(evaluation: Evaluation) -> None:
    found = measured(evaluation, "U1")
    assert found["OPEN"] == (100 * 2 / 5, 3, "ok")
    assert found["GOOD"] == ((100 + 3 * 0 + 50) / 5, 3, "ok")
    shares, ratio = (25 + 3 * 100) / 4, (50 + 3 * 75) / 4
    assert found["MIXED"][0] == pytest.approx((3 * shares + ratio) / 4)
    assert found["MIXED"][1:] == (2, "ok"), "who left Q3 open and divided by zero counts in neither part"
    assert measured(evaluation, "U3")["OPEN"][1:] == (0, "absent")
    assert codes(evaluation) == ["EK285", "EK289", "EK288", "EK231", "EK231"]


def rows_of(found: Evaluation, table: str) -> list[dict[Hashable, Any]]:
    return found[table].to_dict("records")


def part_of(found: Evaluation, unit: str, indicator: str, part: int = 1) -> dict[Hashable, Any]:
    wanted = (unit, indicator, part)
    return next(each for each in rows_of(found, "parts") if (each["unit"], each["indicator"], each["part"]) == wanted)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"method": "median"}, 0.0),
        ({"method": "share", "at_least": 50}, 40.0),
        ({"method": "last"}, 100.0),
        ({"method": "mean", "questions": {"Q4": {"method": "share", "at_least": 100}}}, 20.0),
    ],
)
def test_the_rule_is_chosen_for_all_or_for_a_question(rules: dict[str, Any], expected: float, tmp_path: Path) -> None:
    found = run(respondent_study(tmp_path, recipe={"respondents": rules}))
    assert measured(found, "U1")["GOOD"][0] == expected
    part = part_of(found, "U1", "GOOD")
    assert str(part["respondents"]).startswith(rules.get("questions", {}).get("Q4", rules)["method"])


def test_last_goes_by_the_time_and_without_it_by_the_place(tmp_path: Path) -> None:
    rules = {"respondents": {"method": "last"}}
    assert measured(run(respondent_study(tmp_path / "time", recipe=rules)), "U1")["OPEN"][0] == 100
    rows = [(*row[:3], "", *row[4:]) for row in ROWS]
    assert measured(run(respondent_study(tmp_path / "place", rows[:3], recipe=rules)), "U1")["OPEN"][0] == 0


def test_a_part_says_how_many_are_behind_it(evaluation: Evaluation) -> None:
    open_part = part_of(evaluation, "U1", "OPEN")
    assert (open_part["n"], open_part["base"], open_part["respondents"]) == (3, 3, "mean")
    assert open_part["n_eff"] == pytest.approx(5**2 / 11)
    ratio = part_of(evaluation, "U1", "MIXED", 2)
    assert (ratio["n"], ratio["status"]) == (2, "ok")
    assert part_of(evaluation, "U3", "OPEN")["base"] == 0


def test_every_respondent_and_every_cell_is_accounted_for(evaluation: Evaluation) -> None:
    keys = questionnaire().cell_keys
    observations, respondents = evaluation["observations"], evaluation["respondents"]
    assert len(observations) == len(ROWS) * len(keys)
    assert observations["observation"].tolist() == list(range(1, len(observations) + 1))
    assert respondents["respondent"].tolist() == [row[0] for row in ROWS]
    assert respondents["state"].tolist() == ["used", "used", "used", "used", "unassigned", "zero_weight"]
    assert respondents["unit"].tolist() == ["U2", "U1", "U1", "U1", "", "U2"]
    assert respondents["line"].tolist() == [2, 3, 4, 5, 6, 7]
    account = evaluation["files"].iloc[0]
    assert account["expected"] == len(observations) == sum(account[status] for status in STATUSES)
    for status in STATUSES:
        assert (observations["status"] == status).sum() == account[status] == respondents[status].sum()
    spots = observations[observations["cell"] != ""]
    assert not spots[["cell", "item"]].duplicated().any()


def test_the_cells_of_a_unit_and_a_question_are_rows_in_a_row(evaluation: Evaluation) -> None:
    observations = evaluation["observations"].set_index("observation")
    for row in evaluation["parts"].to_dict("records"):
        for each in filter(None, str(row["observations"]).split("|")):
            first, _, last = each.partition("-")
            cells = observations.loc[int(first) : int(last or first)]
            assert set(cells["unit"]) == {row["unit"]}
            assert set(cells["question"]) == {row["question"]}
            assert len(set(cells["item"])) == 1
            assert len(cells) == row["base"]
            assert not set(cells["respondent"]) & {"e", "f"}
    cell = observations[(observations["respondent"] == "c") & (observations["question"] == "Q4")].iloc[0]
    assert (cell["value"], cell["raw"], cell["file"], cell["cell"]) == ("worst", "worst", "answers.csv", "G4")


def test_the_descriptive_table_counts_respondents(evaluation: Evaluation) -> None:
    row = next(each for each in rows_of(evaluation, "shares") if (each["question"], each["option"]) == ("Q1", "yes"))
    assert (row["n"], row["base"], row["weighted_n"], row["weighted_base"]) == (3, 4, 3.0, 6.0)
    assert (row["share"], row["percent"]) == (0.5, 50.0)
    assert row["n_eff"] == pytest.approx(36 / 12)


def test_one_respondent_a_unit_is_scored_like_its_workbook(tmp_path: Path) -> None:
    filled: dict[str, dict[str, Any]] = {
        "U1": {"Q1": "是", "Q3.web": "√", "Q3.app": "√", "Q4": "best", "Q6.net": 30, "Q6.total": 60},
        "U2": {"Q1": "否", "Q3.web": "√", "Q4": "fair", "Q6.net": 1, "Q6.total": 3},
        "U3": {"Q1": "是", "Q3.fax": "√", "Q4": "worst"},
    }
    online = run(respondent_study(tmp_path / "online", _as_rows(filled)))
    forms = tmp_path / "forms"
    by_form = run(_with_forms(forms, filled, {}))
    for table in ("measures", "scores", "ranks"):
        columns = [name for name in by_form[table].columns if name != "n"]
        pd.testing.assert_frame_equal(online[table][columns], by_form[table][columns], check_exact=True)
    part = by_form["parts"].columns
    pd.testing.assert_frame_equal(
        online["parts"][part].drop(columns="observations"), by_form["parts"].drop(columns="observations")
    )


def _as_rows(filled: dict[str, dict[str, Any]]) -> list[tuple[str, ...]]:
    rows = []
    for unit, given in filled.items():
        ticked = "|".join(key.partition(".")[2] for key in given if key.startswith("Q3."))
        rest = (str(given.get(key, "")) for key in ("Q4", "Q6.net", "Q6.total"))
        rows.append((unit, unit, "", "", str(given["Q1"]), ticked, *rest))
    return [(*row[:2], "1", *row[3:]) for row in rows]


def _with_forms(folder: Path, filled: dict[str, dict[str, Any]], data: dict[str, Any]) -> Path:
    path = write_study(folder, TREE, questionnaire="form.yaml", data={"survey": "responses/*.xlsx", **data})
    write_yaml(folder / "form.yaml", QUESTIONNAIRE)
    (folder / "responses").mkdir(exist_ok=True)
    for unit, given in filled.items():
        write_form(questionnaire(), folder / "responses" / f"{unit}.xlsx", unit=unit, unit_name=unit, answers=given)
    return path


def test_a_workbook_counts_as_one_respondent_more(tmp_path: Path) -> None:
    path = respondent_study(tmp_path, data={"survey": "responses/*.xlsx"})
    (tmp_path / "responses").mkdir()
    for unit, answer in (("U1", "是"), ("U3", "否")):
        target = tmp_path / "responses" / f"{unit}.xlsx"
        write_form(questionnaire(), target, unit=unit, unit_name=unit, answers={"Q1": answer})
    found = run(path)
    assert codes(found).count("EK299") == 1
    assert measured(found, "U1")["OPEN"][:2] == (100 * 3 / 6, 4)
    assert measured(found, "U3")["OPEN"] == (0.0, 1, "ok")
    parts = found["parts"]
    (named,) = parts[(parts["unit"] == "U1") & (parts["indicator"] == "OPEN")]["observations"]
    ids = [int(each) for each in named.replace("-", "|").split("|")]
    rows = found["observations"].set_index("observation").loc[ids]
    assert set(rows["question"]) == {"Q1"}
    assert rows["file"].tolist() == ["responses/U1.xlsx", "answers.csv", "answers.csv"]


def test_nobody_of_a_unit_answered_for_the_reason_most_of_them_have(tmp_path: Path) -> None:
    rows = [("a", "U1", "1", "", "blank", "", "skipped", "", ""), ("b", "U1", "1", "", "blank", "", "skipped", "", "")]
    rows += [("c", "U1", "1", "", "blank", "", "blank", "", "")]
    found = measured(run(respondent_study(tmp_path, rows)), "U1")
    assert (found["OPEN"][2], found["GOOD"][2]) == ("blank", "skipped")


def test_a_run_comes_back_from_its_folder(evaluation: Evaluation, tmp_path: Path) -> None:
    write(evaluation, tmp_path / "out")
    again = read(tmp_path / "out")
    assert set(again.tables) == set(evaluation.tables)
    for name, table in evaluation.tables.items():
        pd.testing.assert_frame_equal(again[name], table, check_exact=True)
    write(evaluation, tmp_path / "out")


def test_where_units_answer_for_themselves_nothing_is_added(form_run: Evaluation, tmp_path: Path) -> None:
    assert "respondents" not in form_run.tables
    assert not {"n_eff", "base", "respondents"} & set(form_run["parts"].columns)
    assert "n_eff" not in form_run["shares"].columns
    write(form_run, tmp_path / "out")
    assert not (tmp_path / "out" / "tables" / "respondents.csv").exists()


def test_the_order_of_the_rows_does_not_matter_for_the_values(tmp_path: Path) -> None:
    one = run(respondent_study(tmp_path / "one"))
    other = run(respondent_study(tmp_path / "other", ROWS[::-1]))
    np.testing.assert_allclose(one["measures"]["value"], other["measures"]["value"], rtol=1e-12)
    assert one["measures"]["n"].tolist() == other["measures"]["n"].tolist()


def test_exports_need_a_questionnaire_and_files(tmp_path: Path) -> None:
    path = respondent_study(tmp_path / "study")
    (tmp_path / "study" / "answers.csv").unlink()
    assert "EK239" in [each.code for each in evalkit.load(path).check()]
    exports = {"exports": [{"file": "answers.csv", "profile": "builtin:wide"}]}
    tree = {"id": "T", "name": "T", "measure": {"column": "x"}}
    without = write_study(tmp_path / "without", tree, data=exports)
    assert "EK320" in [each.code for each in evalkit.load(without).check()]


def test_an_export_without_rows_or_that_cannot_be_read_leaves_the_run_whole(tmp_path: Path) -> None:
    empty = run(respondent_study(tmp_path / "empty", []))
    assert "EK292" in codes(empty)
    assert empty["respondents"].empty
    assert set(empty["measures"]["status"]) == {"absent"}
    path = respondent_study(tmp_path / "broken")
    (tmp_path / "broken" / "answers.csv").write_bytes(b"\xff\x81\x30")
    broken = run(path)
    assert "EK241" in codes(broken)
    assert broken["files"]["state"].tolist() == ["unreadable"]


def test_hostile_numbers_give_no_traceback(tmp_path: Path) -> None:
    rows = [(f"r{number}", "U1", weight, "", "yes", "web", "best", "1e308", "1e308") for number, weight in enumerate(
        ("1e308", "1e9", "1e-300", "0.5", "-0", "nan", "inf"))]  # fmt: skip
    found = run(respondent_study(tmp_path, rows))
    states = ["no_weight", "used", "used", "used", "zero_weight", "no_weight", "no_weight"]
    assert found["respondents"]["state"].tolist() == states
    assert measured(found, "U1")["OPEN"][0] == 100


def test_two_sheets_of_one_workbook_are_two_exports(tmp_path: Path) -> None:
    exports = [{"file": "both.xlsx", "profile": "builtin:wide", "sheet": name} for name in ("one", "two")]
    path = respondent_study(tmp_path, data={"exports": exports})
    with xlsxwriter.Workbook(tmp_path / "both.xlsx", {"strings_to_numbers": True}) as book:
        for name, rows in (("one", ROWS[:2]), ("two", ROWS[2:4])):
            page = book.add_worksheet(name)
            for number, row in enumerate([HEAD, *rows]):
                page.write_row(number, 0, row)
    found = run(path)
    assert found["respondents"]["sheet"].tolist() == ["one", "one", "two", "two"]
    assert measured(found, "U1")["OPEN"] == (40.0, 3, "ok")


def test_a_profile_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    path = respondent_study(tmp_path, head=tuple(f"col {name}" if name.startswith("Q") else name for name in HEAD))
    own = {
        "id": "own",
        "version": "1",
        "name": "Own",
        "questions": ["col {code}.{item}", "col {code}"],
        "meta": {"respondent": ["respondent"], "unit": ["unit"], "weight": ["weight"], "submitted": ["submitted"]},
        "answers": {"choices": ["code"], "separators": ["|"]},
    }
    write_yaml(tmp_path / "own.yaml", own)
    text = path.read_text(encoding="utf-8").replace("builtin:wide", "own.yaml")
    path.write_text(text, encoding="utf-8")
    found = run(path)
    assert measured(found, "U1")["OPEN"] == (40.0, 3, "ok")
    assert "own.yaml" in found.manifest["inputs"]
