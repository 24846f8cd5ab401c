"""The column of evidence: there where it is asked for, open to be filled in, marked while it is missing."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from evalkit.definitions.form import parse_stamp, stamp
from evalkit.definitions.questionnaire import ANY_EVIDENCE, Questionnaire
from evalkit.messages import LANGUAGES, Language, word
from evalkit.observations import NOT_APPLICABLE, OK
from evalkit.reports.template import write_form
from evalkit.sources.register import Register
from evalkit.sources.survey_workbook import SurveyReader
from tests.reports.form_of_all_types import QUESTIONS, form

WANTED = {"zh": "云服务合同编号", "en": "number of the cloud contract"}
EVIDENCE: dict[str, Any] = {"Q1": True, "Q3": WANTED, "Q4": WANTED, "Q7": "页码"}
ASKING = form([each | ({"evidence": EVIDENCE[each["code"]]} if each["code"] in EVIDENCE else {}) for each in QUESTIONS])
COLUMN = 7


def opened(questionnaire: Questionnaire = ASKING, **options: Any) -> Any:  # noqa: ANN401 - cells of mixed type
    out = io.BytesIO()
    write_form(questionnaire, out, **options)
    return openpyxl.load_workbook(out)


def load(path: Path) -> Any:  # noqa: ANN401 - cells of mixed type
    return openpyxl.load_workbook(path)


def rows(sheet: Any) -> dict[str, int]:  # noqa: ANN401 - a worksheet of openpyxl
    found = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value}
    return {code.partition(".")[0]: row for code, row in reversed(found.items())}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_column_stands_beside_the_notes_that_say_what_is_wanted(language: Language) -> None:
    sheet = opened(language=language).worksheets[1]
    titles = {"zh": "佐证材料", "en": "Evidence", "both": "佐证材料 Evidence"}
    assert sheet.cell(3, COLUMN).value == titles[language]
    note = sheet.cell(rows(sheet)["Q3"], COLUMN - 1).value
    for side, other in (("zh", "en"), ("en", "zh")):
        assert (WANTED[side] in note) == (language != other)
    assert sheet.auto_filter.ref.startswith("A3:G")
    told = {cell.value for row in opened(language=language).worksheets[0].rows for cell in row}
    assert any(word("form_type_evidence", "zh" if language == "both" else language) in str(text) for text in told)


def test_a_section_without_evidence_has_no_such_column() -> None:
    book = opened(form())
    assert book.worksheets[1].cell(3, COLUMN).value is None
    assert book.worksheets[1].auto_filter.ref.startswith("A3:F")
    told = {cell.value for row in book.worksheets[0].rows for cell in row}
    assert not any("佐证" in str(text) for text in told)


def test_only_the_cells_of_questions_that_ask_for_it_can_be_filled_in() -> None:
    sheet = opened().worksheets[1]
    open_rows = {row for row in range(4, sheet.max_row + 1) if not sheet.cell(row, COLUMN).protection.locked}
    of_question = rows(sheet)
    assert {of_question[code] for code in EVIDENCE} <= open_rows
    assert {of_question[code] for code in ("Q2", "Q5", "Q8", "Q9")}.isdisjoint(open_rows)
    first = of_question["Q3"]
    assert f"G{first}:G{first + 1}" in {str(area) for area in sheet.merged_cells.ranges}


def test_the_cell_tells_what_is_wanted_when_it_is_entered() -> None:
    sheet = opened(language="zh").worksheets[1]
    told = {
        str(rule.sqref): rule.prompt
        for rule in sheet.data_validations.dataValidation
        if str(rule.sqref).startswith("G")
    }
    assert len(told) == len(EVIDENCE)
    assert set(told.values()) == {ANY_EVIDENCE.zh, WANTED["zh"], "页码"}


def test_evidence_to_a_question_that_asks_for_none_is_refused() -> None:
    with pytest.raises(KeyError, match="Q2"):
        opened(evidence={"Q2": "合同"})


def test_what_is_missing_is_marked_after_what_is_skipped() -> None:
    sheet = opened().worksheets[1]
    own = rows(sheet)
    rules = {str(area.sqref): list(area.rules) for area in sheet.conditional_formatting}
    [grey] = rules[f"A{own['Q4']}:G{own['Q4']}"]
    [missing] = rules[f"G{own['Q4']}"]
    assert grey.stopIfTrue
    assert grey.priority < missing.priority
    [ticks] = rules[f"G{own['Q3']}:G{own['Q3'] + 1}"]
    assert f"ISBLANK($G${own['Q3']})" in ticks.formula[0]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_loses_nothing_of_answers_evidence_and_stamp(
    tmp_path: Path, office: Callable[[Path], Path], language: Language
) -> None:
    """Answers of every type, chosen from the lists of this language; all three places of the stamp."""
    side: Language = "en" if language == "en" else "zh"

    def label(code: str, index: int) -> str:
        return ASKING.questions[code].choices[index].name.say(language)

    answers: dict[str, str | float | dt.date] = {
        "Q1": label("Q1", 0), "Q2": label("Q2", 0), "Q3.own": "√", "Q4": label("Q4", 1), "Q5.web": 12, "Q5.total": 20,
        "Q7": word("form_not_applicable", side), "Q8": dt.date(2020, 11, 1), "Q9": "=第一行\n007 <b>",
    }  # fmt: skip
    evidence = {"Q1": "〔2020〕1号", "Q3": "=A1 & 合同", "Q4": "007"}
    path = tmp_path / "甲市.xlsx"
    write_form(ASKING, path, unit="U1", unit_name="甲市", language=language, answers=answers, evidence=evidence)
    reader = SurveyReader(ASKING, Register(pd.DataFrame({"unit": ["U1"], "name": ["甲市"]}), {"u1": "U1"}))
    before, problems = reader.read(path, path.name)
    assert problems == []
    saved = office(path)
    after, problems = reader.read(saved, path.name)
    assert problems == []
    assert (after.unit, after.rows_missing, after.rows_unknown) == ("U1", 0, 0)
    assert before.cells is not None
    assert after.cells == before.cells
    given = {cell.key.partition(".")[0]: cell.evidence for cell in after.cells.values() if cell.evidence}
    assert given == evidence
    assert {cell.status for cell in after.cells.values()} == {OK, NOT_APPLICABLE}
    mark, book = stamp(ASKING, "U1"), load(saved)
    assert {row[0].value: row[1].value for row in book["_meta"].rows}["hash"] == mark.hash
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert (properties["evalkit_hash"], properties["evalkit_unit"]) == (mark.hash, "U1")
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert [parse_stamp(str(sheet["A2"].value)) for sheet in visible] == [mark, mark]
    assert all(sheet["A2"].protection.locked and sheet.protection.sheet for sheet in visible)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "evidence", "expected"),
    [
        ({}, {}, set()),
        ({"Q1": "是", "Q3.own": "√", "Q7": 5}, {}, {"Q1", "Q3", "Q7"}),
        ({"Q1": "否 / No", "Q3.public": "不适用", "Q7": "N/A"}, {}, set()),
        ({"Q1": "No", "Q3.public": "√"}, {"Q3": "合同"}, set()),
        ({"Q1": "yes", "Q7": 0}, {"Q1": "文号"}, {"Q7"}),
    ],
)
def test_the_formulas_mark_what_needs_proof(
    tmp_path: Path,
    office: Callable[[Path], Path],
    answers: dict[str, str | float],
    evidence: dict[str, str],
    expected: set[str],
) -> None:
    """The formulas of the conditional format, computed by LibreOffice in free cells of an unprotected copy."""
    book = opened(answers=answers, evidence=evidence)
    sheet = book.worksheets[1]
    rules = {str(area.sqref): area.rules[0].formula[0] for area in sheet.conditional_formatting}
    own = {code: row for code, row in rows(sheet).items() if code in EVIDENCE}
    for code, row in own.items():
        formula = next(text for area, text in rules.items() if area.partition(":")[0] == f"G{row}")
        sheet.cell(row, 12, f"={formula}")
        assert code in EVIDENCE
    path = tmp_path / "form.xlsx"
    book.save(path)
    computed: Any = openpyxl.load_workbook(office(path), data_only=True).worksheets[1]
    assert {code for code, row in own.items() if computed.cell(row, 12).value} == expected
