from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.observations import (
    ABSENT,
    BLANK,
    ERROR,
    INVALID,
    NOT_APPLICABLE,
    OBSERVATION_COLUMNS,
    OK,
    SKIPPED,
    Batch,
    Cell,
    answer_arrays,
    observation_table,
)
from evalkit.problems import Place, Problem
from evalkit.sources.answer_cells import parsers, read_answer
from evalkit.sources.survey import apply_skip_rules
from evalkit.sources.survey_workbook import Returned
from tests.sources.returned_forms import COUNT, Read, edited, form, questionnaire, sheets


def made(*questions: Mapping[str, Any]) -> Questionnaire:
    """Return a questionnaire of one section."""
    section = {"id": "A", "name": "A", "questions": [{"text": "?", **each} for each in questions]}
    return Questionnaire.model_validate({"id": "q", "version": "1", "name": "q", "sections": [section]})


def filled(asked: Questionnaire, answers: Mapping[str, str], unit: str = "GZ") -> Returned:
    cells = {}
    for question in asked.questions.values():
        for row, (key, parser) in enumerate(parsers(question).items(), start=5):
            status, raw, value, number, _ = read_answer(parser, answers.get(key, ""))
            cells[key] = Cell(key, status, raw, value, number, "表", f"D{row}")
    return Returned(f"{unit}.xlsx", unit, "", cells)


def judged(asked: Questionnaire, answers: Mapping[str, str]) -> tuple[dict[str, int], list[Problem]]:
    returned = filled(asked, answers)
    problems = apply_skip_rules(asked, [returned])
    assert returned.cells is not None
    return {key: cell.status for key, cell in returned.cells.items()}, problems


FOLLOW_UP = made({"code": "Q1", "type": "yesno"}, {"code": "Q2", "type": "number", "ask_if": "Q1 = yes"})
CHAIN = made(
    {"code": "Q1", "type": "yesno"},
    {"code": "Q2", "type": "yesno", "ask_if": "Q1 = yes"},
    {"code": "Q3", "type": "number", "ask_if": "Q2 = yes"},
)


def test_a_question_whose_condition_is_false_is_skipped() -> None:
    statuses, problems = judged(FOLLOW_UP, {"Q1": "否"})
    assert statuses == {"Q1": OK, "Q2": SKIPPED}
    assert problems == []


def test_a_question_whose_condition_holds_is_asked() -> None:
    assert judged(FOLLOW_UP, {"Q1": "是", "Q2": "3"}) == ({"Q1": OK, "Q2": OK}, [])
    assert judged(FOLLOW_UP, {"Q1": "是"})[0] == {"Q1": OK, "Q2": BLANK}
    assert judged(FOLLOW_UP, {"Q1": "是", "Q2": "不适用"}) == ({"Q1": OK, "Q2": NOT_APPLICABLE}, [])


@pytest.mark.parametrize("text", ["3", "三", "#DIV/0!"])
def test_an_answer_to_a_skipped_question_is_reported_and_does_not_count(text: str) -> None:
    asked, returned = FOLLOW_UP, filled(FOLLOW_UP, {"Q1": "否", "Q2": text})
    (problem,) = apply_skip_rules(asked, [returned])
    assert (problem.code, problem.severity) == ("EK209", "warning")
    assert problem.place == Place("GZ.xlsx", "表", "D5", unit="GZ", question="Q2")
    assert dict(problem.params) == {"value": text, "condition_zh": "Q1 = 是", "condition_en": "Q1 = Yes"}
    assert returned.cells is not None
    cell = returned.cells["Q2"]
    assert (cell.status, cell.raw, cell.value) == (SKIPPED, text, "")
    assert math.isnan(cell.number)


@pytest.mark.parametrize("text", ["", "不适用"])
def test_saying_that_a_skipped_question_does_not_apply_is_no_answer(text: str) -> None:
    assert judged(FOLLOW_UP, {"Q1": "否", "Q2": text}) == ({"Q1": OK, "Q2": SKIPPED}, [])


def test_a_question_that_was_skipped_though_it_was_asked_is_reported() -> None:
    (found,) = judged(FOLLOW_UP, {"Q1": "是"})[1]
    assert (found.code, found.severity) == ("EK268", "note")
    assert found.place == Place("GZ.xlsx", "表", "D5", unit="GZ", question="Q2")
    assert found.hint("zh") == "因为 Q1 = 是;请补填,不适用时填“不适用”"
    for answer in ("3", "不适用", "三"):
        assert judged(FOLLOW_UP, {"Q1": "是", "Q2": answer})[1] == []


def test_of_several_cells_one_answer_is_enough() -> None:
    parts = [{"code": "a", "name": "a"}, {"code": "b", "name": "b"}]
    asked = made(
        {"code": "Q1", "type": "yesno"}, {"code": "Q2", "type": "numbers", "parts": parts, "ask_if": "Q1 = yes"}
    )
    assert [each.code for each in judged(asked, {"Q1": "是"})[1]] == ["EK268"]
    assert judged(asked, {"Q1": "是", "Q2.b": "1"})[1] == []


def test_a_row_that_the_workbook_lacks_was_not_skipped_by_the_unit() -> None:
    returned = filled(FOLLOW_UP, {"Q1": "是"})
    assert returned.cells is not None
    returned.cells["Q2"] = Cell("Q2", BLANK)
    assert apply_skip_rules(FOLLOW_UP, [returned]) == []


@pytest.mark.parametrize("text", ["", "不适用", "也许", "#N/A"])
def test_a_condition_on_an_unanswered_question_does_not_hold(text: str) -> None:
    assert judged(FOLLOW_UP, {"Q1": text})[0]["Q2"] == SKIPPED


def test_no_answer_differs_from_every_option() -> None:
    asked = made({"code": "Q1", "type": "yesno"}, {"code": "Q2", "type": "number", "ask_if": "Q1 != yes"})
    assert judged(asked, {})[0]["Q2"] == BLANK


def test_a_skipped_question_counts_as_unanswered_in_later_conditions() -> None:
    assert judged(CHAIN, {"Q1": "是", "Q2": "是", "Q3": "1"})[0] == {"Q1": OK, "Q2": OK, "Q3": OK}
    statuses, problems = judged(CHAIN, {"Q1": "否", "Q2": "是", "Q3": "1"})
    assert statuses == {"Q1": OK, "Q2": SKIPPED, "Q3": SKIPPED}
    assert [each.place.question for each in problems] == ["Q2", "Q3"]


def test_conditions_on_ticks_numbers_and_positions() -> None:
    options = [{"code": "cloud", "name": "云"}, {"code": "local", "name": "本地"}]
    scale = [{"code": "good", "name": "好"}, {"code": "bad", "name": "差"}]
    asked = made(
        {"code": "Q1", "type": "multiple", "options": options},
        {"code": "Q2", "type": "scale", "options": scale},
        {"code": "Q3", "type": "number"},
        {"code": "Q4", "type": "text", "ask_if": "Q1 has cloud and Q2 != 差 or Q3 > 5"},
    )
    assert judged(asked, {"Q1.cloud": "√", "Q2": "好"})[0]["Q4"] == BLANK
    assert judged(asked, {"Q1.local": "√", "Q2": "好"})[0]["Q4"] == SKIPPED
    assert judged(asked, {"Q1.cloud": "√", "Q2": "差", "Q3": "5"})[0]["Q4"] == SKIPPED
    assert judged(asked, {"Q3": "5.1"})[0]["Q4"] == BLANK


def test_empty_ticks_of_a_skipped_multiple_choice_are_no_answer() -> None:
    options = [{"code": "a", "name": "a"}, {"code": "b", "name": "b"}]
    asked = made(
        {"code": "Q1", "type": "yesno"},
        {"code": "Q2", "type": "multiple", "options": options, "ask_if": "Q1 = yes"},
    )
    statuses, problems = judged(asked, {"Q1": "否", "Q2.a": "√", "Q2.b": "否"})
    assert statuses == {"Q1": OK, "Q2.a": SKIPPED, "Q2.b": SKIPPED}
    assert [(each.code, each.place.cell) for each in problems] == [("EK209", "D5")]
    assert judged(asked, {"Q1": "否", "Q2.a": "0"})[1] == []


def test_a_required_question_without_an_answer_is_reported_where_it_was_asked() -> None:
    asked = made(
        {"code": "Q1", "type": "yesno", "required": True},
        {"code": "Q2", "type": "number", "required": True, "ask_if": "Q1 = yes"},
    )
    (problem,) = judged(asked, {})[1]
    assert (problem.code, problem.place.question, problem.place.cell) == ("EK213", "Q1", "D5")
    (problem,) = judged(asked, {"Q1": "是"})[1]
    assert (problem.code, problem.place.question) == ("EK213", "Q2")
    assert judged(asked, {"Q1": "否"})[1] == []
    assert judged(asked, {"Q1": "不适用"})[1] == []
    assert judged(asked, {"Q1": "也许"})[1] == []


def test_a_required_question_of_several_cells_needs_one() -> None:
    parts = [{"code": "a", "name": "a"}, {"code": "b", "name": "b"}]
    asked = made({"code": "Q1", "type": "numbers", "parts": parts, "required": True})
    assert [each.code for each in judged(asked, {})[1]] == ["EK213"]
    assert judged(asked, {"Q1.b": "1"})[1] == []


@pytest.mark.parametrize("condition", ["Q9 = yes", "Q2 > 0", "Q3.x > 1", "Q1 = perhaps"])
def test_a_condition_that_the_definitions_refuse_does_not_stop_the_reading(condition: str) -> None:
    ratio = {"code": "x", "name": "x", "numerator": "Q4.a", "denominator": "Q4.b"}
    parts = [{"code": "a", "name": "a"}, {"code": "b", "name": "b"}]
    asked = made(
        {"code": "Q4", "type": "numbers", "parts": parts},
        {"code": "Q3", "type": "ratio", "parts": [ratio]},
        {"code": "Q1", "type": "yesno", "ask_if": condition if condition.startswith("Q2") else None},
        {"code": "Q2", "type": "number", "ask_if": None if condition.startswith("Q2") else condition},
    )
    statuses, _ = judged(asked, {"Q1": "是", "Q2": "1"})
    assert (statuses["Q1"], statuses["Q2"]).count(OK) == (2 if condition.startswith("Q2") else 1)


@given(st.lists(st.tuples(*[st.sampled_from(["是", "否", "", "1", "也许", "不适用"])] * 3), max_size=8))
def test_workbooks_are_judged_together_as_one_by_one(books: list[tuple[str, str, str]]) -> None:
    given_answers = [dict(zip(("Q1", "Q2", "Q3"), each, strict=True)) for each in books]
    together = [filled(CHAIN, answers, f"U{number}") for number, answers in enumerate(given_answers)]
    problems = apply_skip_rules(CHAIN, together)
    alone = [judged(CHAIN, answers) for answers in given_answers]
    found = [{key: cell.status for key, cell in (each.cells or {}).items()} for each in together]
    assert found == [statuses for statuses, _ in alone]
    assert len(problems) == sum(len(more) for _, more in alone)


def test_two_workbooks_of_one_unit_are_both_left_out(tmp_path: Path) -> None:
    found = Read(tmp_path, {"a.xlsx": form(), "深圳.xlsx": form("SZ"), "广州.xlsx": form(), "b.xlsx": form()})
    assert found.codes == ["EK228", "EK228"]
    assert [each.place for each in found.problems] == [Place("广州.xlsx", unit="GZ"), Place("b.xlsx", unit="GZ")]
    assert found.states == ["duplicate", "read", "duplicate", "duplicate"]
    assert [batch.unit for batch in found.batches] == ["SZ"]


def test_what_differs_between_two_workbooks_of_a_unit_is_said(tmp_path: Path) -> None:
    changes = (("Q05", "很多"), ("Q04.web", 11), ("Q03.local", "√"))
    found = Read(tmp_path, {"广州.xlsx": form(), "广州 (2).xlsx": form("GZ", changes), "穗.xlsx": form()})
    duplicates = found.of("EK228")
    assert "广州.xlsx 和 广州 (2).xlsx,3 格不同(Q03.local, Q04.web, Q05);两份都未采用" in duplicates[0].message("zh")
    assert "whose answers differ in 3: Q03.local, Q04.web, Q05; neither" in duplicates[0].message("en")
    assert "广州.xlsx 和 穗.xlsx,所填相同;两份都未采用" in duplicates[1].message("zh")
    assert found.batches == []


def test_a_second_workbook_that_cannot_be_read_does_not_count(tmp_path: Path) -> None:
    found = Read(tmp_path, {"广州.xlsx": form(), "穗.xlsx": b"PK"})
    assert found.states == ["read", "unreadable"]
    assert [batch.unit for batch in found.batches] == ["GZ"]


def test_batches_come_in_the_order_of_the_register_and_accounts_in_that_of_the_files(tmp_path: Path) -> None:
    found = Read(tmp_path, {f"{unit}.xlsx": form(unit) for unit in ("HZ", "GZ", "SZ")})
    assert [batch.unit for batch in found.batches] == ["GZ", "SZ", "HZ"]
    assert [account.unit for account in found.accounts] == ["HZ", "GZ", "SZ"]


def test_nothing_sent(tmp_path: Path) -> None:
    found = Read(tmp_path, {})
    assert (found.batches, found.accounts, found.problems) == ([], [], [])


def test_skips_within_a_real_form(tmp_path: Path) -> None:
    found = Read(
        tmp_path, {"广州.xlsx": form("GZ", (("Q01", "否"), ("Q02", ""), ("Q06", ""), ("Q10", 1), ("Q11", "")))}
    )
    assert found.problems == []
    assert found.counts() == {"ok": COUNT - 3, "skipped": 3}


def test_the_table_has_a_row_for_each_cell_and_the_arrays_point_to_it(tmp_path: Path) -> None:
    def cut(book: Any) -> None:  # noqa: ANN401 - a workbook
        sheet = sheets(book)[1]
        sheet.cell(sheet.max_row, 4).value = "也许"

    found = Read(tmp_path, {"广州.xlsx": edited(form(), cut), "深圳.xlsx": form("SZ", (("Q05", "不适用"),))})
    extra = Batch("GZ", "values", "v.csv", (Cell("column:a.b", OK, "1", "1", 1.0, "", "B2"),))
    batches = [*found.batches, extra]
    table = observation_table(batches, "2020")
    assert list(table.columns) == list(OBSERVATION_COLUMNS)
    assert list(table["observation"]) == list(range(1, 2 * COUNT + 2))
    assert set(table["instrument"]) == {"small", "values"}
    last = table.iloc[-1]
    assert (last["question"], last["item"], last["file"], last["cell"]) == ("a.b", "", "v.csv", "B2")
    web = table[(table["unit"] == "SZ") & (table["item"] == "web")].iloc[0]
    assert (web["question"], web["value"], web["status"], web["wave"]) == ("Q04", "10", "ok", "2020")
    keys = (*questionnaire().cell_keys, "column:a.b")
    answers = answer_arrays(batches, ("GZ", "SZ", "HZ"), keys)
    assert answers.numbers.shape == (3, COUNT + 1)
    assert answers.number("column:a.b")[0] == 1
    assert answers.statuses[0, answers.keys["Q11"]] == INVALID
    assert answers.statuses[1, answers.keys["Q05"]] == NOT_APPLICABLE
    assert (answers.statuses[2] == ABSENT).all()
    assert (answers.observations[2] == 0).all()
    assert ((answers.statuses == OK) == ~np.isnan(answers.numbers)).all()
    for key, column in answers.keys.items():
        row = table.iloc[answers.observations[0, column] - 1]
        code = key.removeprefix("column:") if key.startswith("column:") else key
        assert ".".join(part for part in (row["question"], row["item"]) if part) == code
        assert row["unit"] == "GZ"


def test_no_batches_make_an_empty_table_with_all_columns() -> None:
    table = observation_table([], "")
    assert (len(table), list(table.columns)) == (0, list(OBSERVATION_COLUMNS))
    assert (answer_arrays([], ("A",), ("Q1",)).statuses == ABSENT).all()


def test_a_status_other_than_ok_has_no_number() -> None:
    cells = tuple(Cell(f"Q{status}", status, "5", "", 5.0) for status in (OK, BLANK, SKIPPED, INVALID, ERROR))
    answers = answer_arrays([Batch("A", "q", "f", cells)], ("A",), tuple(cell.key for cell in cells))
    assert np.isnan(answers.numbers[0]).tolist() == [False, True, True, True, True]
