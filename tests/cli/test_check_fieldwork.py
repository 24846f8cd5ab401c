"""A study from ``init`` to the results: forms out, filled in as people do, checked, marked, corrected, run."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.evaluate.project import load
from evalkit.observations import STATUSES
from evalkit.sources.answer_cells import parsers
from tests.cli.terminal import evalkit

CODES, ANSWERS = 1, 4
HEADERS = {"代码", "Code", "代码 Code"}


def header_of(sheet: Worksheet) -> int | None:
    return next((row for row in range(1, 8) if sheet.cell(row, CODES).value in HEADERS), None)


def answer_cells(book: Workbook) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for sheet in book.worksheets:
        if header := header_of(sheet):
            for row in range(header + 1, sheet.max_row + 1):
                if code := sheet.cell(row, CODES).value:
                    found[str(code)] = sheet.cell(row, ANSWERS)  # type: ignore[assignment]  # no merged cell is an answer
    return found


def fill(path: Path, study: Path, number: int) -> None:
    """Answer every question; ``number`` makes units differ."""
    bundle = load(study).bundle
    assert bundle.questionnaire is not None
    book = openpyxl.load_workbook(path)
    cells = answer_cells(book)
    for question in bundle.questionnaire[0].questions.values():
        for index, key in enumerate(parsers(question) if question.is_asked else ()):
            labels = [option.name.zh for option in question.choices]
            usual = {"multiple": "√" if (index + number) % 2 else None, "number": 40 + number, "numbers": 10 * number}
            text = labels[number % len(labels)] if labels else "说明"
            cells[key].value = usual.get(question.type, "2019-05-01" if question.type == "date" else text)
    book.save(path)


def change(path: Path, act: Callable[[Workbook, dict[str, Cell]], None]) -> None:
    book = openpyxl.load_workbook(path)
    act(book, answer_cells(book))
    book.save(path)


def sheet_of(cell: Cell) -> Worksheet:
    assert isinstance(cell.parent, Worksheet)
    return cell.parent


def paste_over(book: Workbook, cells: dict[str, Cell]) -> None:
    """Values pasted from elsewhere, past all validation; a sheet renamed and a column of remarks added."""
    cells["Q04.phone"].value = "约 80 万件"
    cells["Q02"].value = "基本是"
    cells["Q04.total"].value = -1
    sheet = sheet_of(cells["Q02"])
    sheet.title = "填报表1"
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 9).value = f"备注{row}"
    book.create_sheet("科室意见", 0)["A1"] = "同意上报"


def delete_and_copy(book: Workbook, cells: dict[str, Cell]) -> None:
    """A row deleted at the end of a sheet, an answer taken from the row above, an error value, a sheet moved."""
    cells["Q03"].value = cells["Q02"].value
    cells["Q06"].value = "#DIV/0!"
    cells["Q06"].data_type = "e"
    last = cells[list(cells)[-1]]
    sheet_of(last).delete_rows(last.row)
    book.move_sheet(sheet_of(last), -2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_init_to_results_with_corrections_on_the_way(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "my-study"
    study, responses = folder / "study.yaml", folder / "responses"
    assert evalkit("init", folder, "--lang", language).code == 0
    assert evalkit("template", study, "--out", responses, "--lang", language).code == 0
    forms = sorted(responses.glob("*.xlsx"))
    assert len(forms) == 3
    for number, form in enumerate(forms, start=1):
        fill(form, study, number)
    clean = evalkit("check", study, "--format", "json", "--lang", language)
    assert clean.code == 0, clean.out

    change(forms[0], paste_over)
    change(forms[1], delete_and_copy)
    sent = {form.name: hashlib.sha256(form.read_bytes()).hexdigest() for form in forms}
    back = folder / "back"
    found = evalkit("check", study, "--annotate", back, "--format", "json", "--lang", language)
    assert (found.code, found.err, found.json["copies"]) == (1, "", 3)
    told = {(each["unit"], each["code"], each["question"]) for each in found.json["problems"]}
    assert told >= {("U01", "EK203", "Q04"), ("U01", "EK204", "Q02"), ("U01", "EK205", "Q04")}
    assert told >= {("U02", "EK208", "Q06"), ("U02", "EK233", None)}
    assert {form.name: hashlib.sha256(form.read_bytes()).hexdigest() for form in forms} == sent

    marked = back / forms[0].name
    said = "应为数值" if language == "zh" else "expected a number"
    comments: list[str] = []
    change(
        marked, lambda _, cells: comments.append(str(cells["Q04.phone"].comment and cells["Q04.phone"].comment.text))
    )
    assert said in comments[0]

    def mend(_: Workbook, cells: dict[str, Cell]) -> None:
        cells["Q04.phone"].value, cells["Q02"].value, cells["Q04.total"].value = 10, "是", 60

    change(marked, mend)
    marked.replace(forms[0])
    ledger = io.StringIO()
    writer = csv.writer(ledger)
    writer.writerow(["单位", "题目", "原值", "新值", "理由", "更正人", "日期"])
    writer.writerow(["U02", "Q06", "#DIV/0!", "是", "电话核实", "王芳", "2026-01-05"])
    (folder / "corrections.csv").write_text(ledger.getvalue(), encoding="gb18030")

    results = folder / "results"
    done = evalkit("run", study, "--out", results, "--format", "json", "--lang", language)
    assert (done.code, done.json["ranked"]) == (0, 3), done.out
    cells = done.json["cells"]
    assert cells["expected"] == sum(cells[status] for status in STATUSES)
    assert (cells["files"], cells["read"], cells["invalid"], cells["error"]) == (3, 3, 0, 0)
    assert "EK266" in done.codes()
    explained = evalkit("explain", results, "U02", "--lang", language)
    assert explained.code == 0
    wanted = "读到“#DIV/0!”,更正为 yes:" if language == "zh" else "read “#DIV/0!”, corrected to yes: "
    assert f"{wanted}电话核实, 王芳, 2026-01-05" in explained.out
