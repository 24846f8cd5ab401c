"""Marked copies of a study's faulty workbooks, and what is not marked."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

import evalkit
from evalkit.evaluate.project import load
from evalkit.observations import STATUSES
from evalkit.problems import Problem, problem
from evalkit.reports.annotate import LIST, annotate
from evalkit.reports.findings_sheet import FINDINGS_SHEET
from evalkit.reports.template import write_form
from tests.conftest import FILLED, FORM_TREE
from tests.reports.test_annotated_copy import PICTURE
from tests.small_studies import form_study, questionnaire, write_table


def annotated(path: Path, folder: Path) -> tuple[int, list[Problem]]:
    project = load(path)
    return annotate(project, project.check(), folder, language="zh")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.*"))}


def answer(path: Path, key: str, value: object) -> None:
    """Type into a returned workbook and save it."""
    book = openpyxl.load_workbook(path)
    cell_in(book, key).value = value  # type: ignore[attr-defined]  # a cell
    book.save(path)


def cell_in(book: Workbook, key: str) -> object:
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == key:
                return sheet.cell(row, 4)
    raise KeyError(key)


def test_a_copy_of_each_faulty_workbook_and_the_list(form_path: Path, tmp_path: Path) -> None:
    before = hashes(form_path.parent)
    count, problems = annotated(form_path, tmp_path / "back")
    assert (count, problems) == (1, [])
    assert names(tmp_path / "back") == ["U3.xlsx", LIST]
    assert hashes(form_path.parent) == before
    book = openpyxl.load_workbook(tmp_path / "back" / "U3.xlsx")
    assert FINDINGS_SHEET in book.sheetnames
    assert "应为数值" in cell_in(book, "Q5").comment.text  # type: ignore[attr-defined]  # a cell


def test_a_question_skipped_though_asked_is_told_beside_the_faults_but_is_none_itself(
    form_path: Path, tmp_path: Path
) -> None:
    annotated(form_path, tmp_path / "back")
    book = openpyxl.load_workbook(tmp_path / "back" / "U3.xlsx")
    assert "因为 Q1 = 是" in cell_in(book, "Q8").comment.text  # type: ignore[attr-defined]  # a cell
    answer(form_path.parent / "responses" / "U3.xlsx", "Q5", 12)
    assert "EK268" in codes(load(form_path).check())
    assert annotated(form_path, tmp_path / "again")[0] == 0


def test_a_study_without_faults_gives_the_list_alone(values_path: Path, tmp_path: Path) -> None:
    assert annotated(values_path, tmp_path / "back") == (0, [])
    assert names(tmp_path / "back") == [LIST]


def test_what_is_there_is_never_overwritten(form_path: Path, tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "U3.xlsx").write_bytes(b"mine")
    count, problems = annotated(form_path, tmp_path / "back")
    assert (count, codes(problems)) == (0, ["EK008"])
    assert (tmp_path / "back" / "U3.xlsx").read_bytes() == b"mine"
    assert codes(annotated(form_path, tmp_path / "back")[1]) == ["EK008", "EK008"]


def test_into_the_folder_of_the_originals_nothing_is_overwritten(form_path: Path) -> None:
    before = hashes(form_path.parent / "responses")
    count, problems = annotated(form_path, form_path.parent / "responses")
    assert (count, codes(problems)) == (0, ["EK008"])
    assert {name: digest for name, digest in hashes(form_path.parent / "responses").items() if name != LIST} == before


def test_a_folder_that_cannot_be_written(form_path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    count, (found,) = annotated(form_path, tmp_path / "file")
    assert (count, found.code, found.severity) == (0, "EK005", "error")


def test_a_corrected_copy_comes_back_without_findings(form_path: Path, tmp_path: Path) -> None:
    annotated(form_path, tmp_path / "back")
    answer(tmp_path / "back" / "U3.xlsx", "Q5", 12)
    (tmp_path / "back" / "U3.xlsx").replace(form_path.parent / "responses" / "U3.xlsx")
    evaluation = evalkit.load(form_path).run()
    assert codes(evaluation.problems) == ["EK268", "EK231", "EK406"]
    files = evaluation["files"]
    assert (files[list(STATUSES)].sum(axis=1) == files["expected"]).all()
    rows = evaluation["observations"]
    assert rows[(rows["unit"] == "U3") & (rows["question"] == "Q5")]["value"].tolist() == ["12"]


def test_a_workbook_with_faults_at_no_cell_gets_its_list(form_path: Path, tmp_path: Path) -> None:
    path = form_path.parent / "responses" / "U1.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = cell_in(book, "Q5").parent  # type: ignore[attr-defined]  # a cell
    sheet.delete_rows(cell_in(book, "Q10").row)  # type: ignore[attr-defined]  # a cell
    book.save(path)
    count, problems = annotated(form_path, tmp_path / "back")
    assert (count, problems) == (2, [])
    listed = openpyxl.load_workbook(tmp_path / "back" / "U1.xlsx")[FINDINGS_SHEET]
    assert "Q10" in str(listed["C5"].value)


def test_what_names_another_unit_is_not_told_to_this_one(tmp_path: Path) -> None:
    given = {f"Q3.{code}": "√" for code in ("web", "app")} | {"Q1": "是", "Q4": "best", "Q5": 5, "Q6.net": 1, "Q8": 2}
    path = form_study(tmp_path / "s", FORM_TREE, {"U1": given, "U2": given}, screens={"identical": 3})
    (tmp_path / "s" / "responses" / "U2.xlsx").rename(tmp_path / "s" / "responses" / "丙市.xlsx")
    problems = load(path).check()
    assert {"EK240", "EK273"} <= set(codes(problems))
    count, more = annotated(path, tmp_path / "back")
    assert (count, more, names(tmp_path / "back")) == (0, [], [LIST])


def test_what_the_guard_refused_or_could_not_be_read_is_not_opened(form_path: Path, tmp_path: Path) -> None:
    responses = form_path.parent / "responses"
    (responses / "U1.xlsx").write_bytes(b"PK\x03\x04 broken")
    write_form(questionnaire().model_copy(update={"id": "other"}), responses / "U2.xlsx", unit="U2")
    count, problems = annotated(form_path, tmp_path / "back")
    assert (count, problems, names(tmp_path / "back")) == (1, [], ["U3.xlsx", LIST])


def test_a_workbook_that_may_not_be_opened_whole_is_a_warning(
    form_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = problem("EK235", what_zh="甲", what_en="a", found=2, limit=1)
    monkeypatch.setattr("evalkit.reports.annotate.refusal", lambda *_: refused)
    count, (found,) = annotated(form_path, tmp_path / "back")
    assert (count, found.code, found.severity) == (0, "EK010", "warning")
    assert "a is 2, over the limit of 1" in found.message("en")
    assert (found.place.file, found.place.unit) == ("responses/U3.xlsx", "U3")


def test_whatever_a_library_raises_is_a_warning(
    form_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise AttributeError("no such thing\nsecond line")

    monkeypatch.setattr("evalkit.reports.annotate.annotated_copy", fails)
    count, (found,) = annotated(form_path, tmp_path / "back")
    assert (count, found.code) == (0, "EK010")
    assert found.message("en").endswith("AttributeError no such thing")


def test_a_copy_that_would_not_read_back_the_same_is_not_kept(
    form_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (form_path.parent / "responses" / "U1.xlsx").read_bytes()
    for data in (other, b"PK"):
        monkeypatch.setattr("evalkit.reports.annotate.annotated_copy", lambda *_, kept=data: kept)
        count, problems = annotated(form_path, tmp_path / hashlib.sha256(data).hexdigest())
        assert (count, codes(problems)) == (0, ["EK010"])


def test_a_copy_without_the_pictures_of_its_original_says_so(form_path: Path, tmp_path: Path) -> None:
    path = form_path.parent / "responses" / "U3.xlsx"
    path.write_bytes(with_picture(path.read_bytes()))
    count, (found,) = annotated(form_path, tmp_path / "back")
    assert (count, found.code, found.severity) == (1, "EK267", "warning")
    listed = openpyxl.load_workbook(tmp_path / "back" / "U3.xlsx")[FINDINGS_SHEET]
    assert "原件上改正" in str(listed["A3"].value)


def with_picture(data: bytes) -> bytes:
    """A workbook with a picture on its first sheet, put there without a library for pictures."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
        "<xdr:absoluteAnchor><xdr:pos x='0' y='0'/><xdr:ext cx='9' cy='9'/><xdr:pic/></xdr:absoluteAnchor></xdr:wsDr>"
    )
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/drawings/drawing9.xml", drawing)
        archive.writestr("xl/media/image1.png", PICTURE)
        archive.writestr("xl/drawings/_rels/drawing9.xml.rels", f"<Relationships xmlns='{relation}'/>")
    return stream.getvalue()


def test_copies_that_would_have_one_name_are_told_apart(tmp_path: Path) -> None:
    bad = {"U1": {"Q5": "很多"}, "U2": {"Q5": "很多"}, "U3": {"Q5": "很多"}}
    path = form_study(tmp_path / "s", FORM_TREE, bad)
    text = path.read_text(encoding="utf-8").replace("responses/*.xlsx", "responses/**/*.xls*")
    path.write_text(text, encoding="utf-8")
    responses = path.parent / "responses"
    for number, name in ((1, "east/form.xlsx"), (2, "west/Form.xlsx"), (3, "problems.xlsx")):
        (responses / name).parent.mkdir(exist_ok=True)
        (responses / f"U{number}.xlsx").rename(responses / name)
    count, problems = annotated(path, tmp_path / "back")
    assert (count, problems) == (3, [])
    expected = ["problems.xlsx", "responses_east_form.xlsx", "responses_problems.xlsx", "responses_west_Form.xlsx"]
    assert names(tmp_path / "back") == expected


def test_a_workbook_with_macros_gets_a_copy_without(form_path: Path, tmp_path: Path) -> None:
    path = form_path.parent / "responses" / "U3.xlsx"
    path.rename(path.with_suffix(".xlsm"))
    text = form_path.read_text(encoding="utf-8").replace("*.xlsx", "*.xls?")
    form_path.write_text(text, encoding="utf-8")
    assert annotated(form_path, tmp_path / "back") == (1, [])
    assert names(tmp_path / "back") == ["U3.xlsx", LIST]


def test_without_a_register_or_a_questionnaire_there_is_the_list(form_path: Path, tmp_path: Path) -> None:
    write_table(form_path.parent / "units.csv", [("name",), ("x",)])
    assert annotated(form_path, tmp_path / "back") == (0, [])
    (form_path.parent / "form.yaml").write_text("id: [", encoding="utf-8")
    assert annotated(form_path, tmp_path / "again") == (0, [])
    assert names(tmp_path / "again") == [LIST]


def test_the_answers_of_these_tests_have_one_fault() -> None:
    assert [unit for unit, given in FILLED.items() if given.get("Q5") == "很多"] == ["U3"]
