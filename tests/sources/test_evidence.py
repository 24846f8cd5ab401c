"""Proof beside the answers: read from its column, kept with its row, missed where an answer needs it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.definitions.questionnaire import ANY_EVIDENCE, Questionnaire
from evalkit.messages import LANGUAGES, Language
from evalkit.observations import OBSERVATION_COLUMNS, observation_table
from evalkit.reports.template import write_form
from tests.reports.form_of_all_types import QUESTIONS, form
from tests.sources.returned_forms import Read, edited

WANTED = {"zh": "合同编号", "en": "number of the contract"}
ASKING = form([{**each, **({"evidence": WANTED} if each["type"] != "ratio" else {})} for each in QUESTIONS])
ANSWERS: dict[str, str | float] = {
    "Q1": "是", "Q2": "公有云", "Q3.own": "√", "Q4": "第2档", "Q5.web": 20, "Q5.total": 40, "Q7": 95,
    "Q8": "2020-11-01", "Q9": "无",
}  # fmt: skip
PROOF = {each["code"]: f"证据{each['code']}" for each in QUESTIONS if each["type"] != "ratio"}


def returned(
    answers: dict[str, str | float],
    evidence: dict[str, str],
    language: Language = "both",
    asking: Questionnaire = ASKING,
) -> bytes:
    out = io.BytesIO()
    write_form(asking, out, unit="GZ", language=language, answers=answers, evidence=evidence)
    return out.getvalue()


def read(folder: Path, data: bytes, asking: Questionnaire = ASKING) -> Read:
    return Read(folder, {"GZ.xlsx": data}, asking)


def missed(result: Read) -> set[str | None]:
    return {each.place.question for each in result.of("EK326")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_is_read_from_its_own_cell_in_every_language(tmp_path: Path, language: Language) -> None:
    result = read(tmp_path, returned(ANSWERS, PROOF, language))
    found = {key: cell.evidence for key, cell in result.cells.items() if cell.evidence}
    first = {each.code: each.keys[0] for each in ASKING.with_evidence}
    assert found == {first[code]: text for code, text in PROOF.items()}
    assert {cell.evidence_cell[0] for cell in result.cells.values()} == {"G"}
    assert all(cell.evidence_cell[1:] == cell.cell[1:] for cell in result.cells.values())
    assert not {"EK326", "EK327", "EK328"} & set(result.codes)


def test_evidence_is_a_column_of_the_observations(tmp_path: Path) -> None:
    result = read(tmp_path, returned(ANSWERS, {"Q7": "报告"}))
    table = observation_table(result.batches, "")
    assert list(table.columns) == list(OBSERVATION_COLUMNS)
    [row] = table[table["evidence"] != ""].to_dict("records")
    assert (row["question"], row["value"], row["evidence"]) == ("Q7", "95", "报告")
    assert row["evidence_cell"] == row["cell"].replace("D", "G")


def test_an_answer_without_the_evidence_asked_for_is_missed_at_its_cell(tmp_path: Path) -> None:
    result = read(tmp_path, returned(ANSWERS, {}))
    assert missed(result) == set(PROOF)
    [found] = [each for each in result.of("EK326") if each.place.question == "Q3"]
    assert found.place.sheet == "第一部分 Part one"
    assert found.place.cell == result.cells["Q3.public"].evidence_cell
    assert WANTED["zh"] in found.hint("zh")
    assert WANTED["en"] in found.hint("en")
    assert found.severity == "warning"
    assert result.status("Q3.own") == "ok"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, set()),
        ({"Q1": "否"}, set()),
        ({"Q1": "是"}, {"Q1"}),
        ({"Q3.own": "不适用"}, set()),
        ({"Q3.own": "否"}, set()),
        ({"Q3.own": "√"}, {"Q3"}),
        ({"Q5.web": 0}, {"Q5"}),
        ({"Q7": "很多"}, set()),
        ({"Q1": "否", "Q2": "公有云"}, set()),
    ],
)
def test_only_what_can_be_proved_is(tmp_path: Path, answers: dict[str, str | float], expected: set[str]) -> None:
    assert missed(read(tmp_path, returned(answers, {}))) == expected


def test_evidence_without_an_answer_may_be_a_forgotten_answer(tmp_path: Path) -> None:
    result = read(tmp_path, returned({"Q1": "否"}, {"Q2": "合同", "Q7": "报告", "Q1": "说明"}))
    assert [each.place.question for each in result.of("EK327")] == ["Q2", "Q7"]
    assert result.of("EK327")[1].place.cell == result.cells["Q7"].evidence_cell


def test_a_form_without_the_column_is_told_once(tmp_path: Path) -> None:
    data = returned(ANSWERS, {}, asking=form())
    result = read(tmp_path, data)
    assert len(result.of("EK328")) == 1
    assert not result.of("EK326")
    plain = read(tmp_path, data, form())
    assert plain.codes == []
    assert {cell.evidence_cell for cell in plain.cells.values()} == {""}


def test_evidence_moves_with_its_column_and_row(tmp_path: Path) -> None:
    def move(book: Any) -> None:  # noqa: ANN401 - a workbook of openpyxl
        sheet = book.worksheets[1]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        head, *body = rows
        for number, row in enumerate([head, *reversed(body)], start=3):
            for column, value in enumerate([row[6], *row[:6]], start=1):
                sheet.cell(number, column).value = value
        sheet.title = "改过的名字"

    result = read(tmp_path, edited(returned(ANSWERS, PROOF), move))
    assert {cell.evidence for cell in result.cells.values()} - {""} == set(PROOF.values())
    assert {cell.evidence_cell[0] for cell in result.cells.values()} == {"A"}
    assert not result.of("EK326")


def test_numbers_and_dates_are_kept_as_text_and_error_values_prove_nothing(tmp_path: Path) -> None:
    def fill(book: Any) -> None:  # noqa: ANN401 - a workbook of openpyxl
        sheet = book.worksheets[1]
        rows = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1)}
        sheet.cell(rows["Q1"], 7, 2020)
        sheet.cell(rows["Q7"], 7, "#REF!").data_type = "e"
        sheet.cell(rows["Q9"], 7, "　 ")

    result = read(tmp_path, edited(returned({"Q1": "是", "Q7": 5, "Q9": "有"}, {}), fill))
    assert result.cells["Q1"].evidence == "2020"
    assert missed(result) == {"Q7", "Q9"}


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60))
def test_any_text_stays_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    data = returned({"Q1": "是"}, {"Q1": text})
    book = openpyxl.load_workbook(io.BytesIO(data))
    cell: Any = next(row[6] for row in book.worksheets[1].iter_rows(min_row=4) if row[0].value == "Q1")
    assert cell.data_type == "s"
    assert (
        read(folder, data).cells["Q1"].evidence == text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd").strip()
    )


def test_true_asks_for_document_or_address() -> None:
    asking = form(
        [{"code": "Q1", "type": "yesno", "evidence": True}, {"code": "Q2", "type": "text", "evidence": False}]
    )
    assert asking.questions["Q1"].evidence == ANY_EVIDENCE
    assert [each.code for each in asking.with_evidence] == ["Q1"]
