"""What a stamp tells: whose workbook, of which questionnaire, and which questions another version changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook.workbook import Workbook

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.problems import Place
from evalkit.reports.template import write_form
from tests.sources.returned_forms import ANSWERS, COUNT, Read, edited, form, questionnaire, sheets

Content = dict[str, Any]


def earlier(change: Callable[[list[Content]], object]) -> Questionnaire:
    """The questionnaire as it was sent out before a change: ``change`` gets the questions of its first section."""
    content = questionnaire("0.9").model_dump(mode="json", exclude_unset=True)
    change(content["sections"][0]["questions"])
    return Questionnaire.model_validate(content)


def returned(folder: Path, change: Callable[[list[Content]], object], **answers: str) -> Read:
    """What is read, today, from an earlier form."""
    form_sent = earlier(change)
    stream = io.BytesIO()
    given = {key: answer for key, answer in ANSWERS.items() if key in form_sent.cell_keys}
    write_form(form_sent, stream, unit="GZ", answers=given | answers)
    return Read(folder, {"广州.xlsx": stream.getvalue()})


def test_a_form_of_today_bears_no_finding(tmp_path: Path) -> None:
    assert Read(tmp_path, {"广州.xlsx": form()}).problems == []


def test_another_version_with_the_same_questions_is_noted(tmp_path: Path) -> None:
    found = Read(tmp_path, {"广州.xlsx": form(version="0.9")})
    assert [(each.code, each.severity) for each in found.problems] == [("EK256", "note")]
    assert found.problems[0].place == Place("广州.xlsx", unit="GZ")
    assert dict(found.problems[0].params)["found"].startswith("0.9 (")
    assert dict(found.problems[0].params)["expected"].startswith("1 (")
    assert found.counts() == {"ok": COUNT}


def test_the_questions_that_differ_are_named_by_what_differs(tmp_path: Path) -> None:
    def change(asked: list[Content]) -> None:
        asked[0]["text"] = "was worded otherwise"
        asked[1]["options"].pop()
        asked[4] = {"code": "Q00", "text": "?", "type": "text"}

    found = returned(tmp_path, change)
    (told,) = found.problems
    assert (told.code, told.severity, told.place) == ("EK255", "warning", Place("广州.xlsx", unit="GZ"))
    assert (
        dict(told.params)["changes_zh"]
        == "选项、类型或计量单位有改动 Q02; 新增 Q05; 删去 Q00; 措辞、范围或跳转有改动 Q01"
    )
    assert dict(told.params)["changes_en"] == (
        "other options, type or unit Q02; added Q05; removed Q00; other wording, limits or skip rule Q01"
    )
    assert (found.accounts[0].rows_missing, found.accounts[0].rows_unknown) == (1, 1)
    assert found.counts() == {"ok": COUNT - 1, "blank": 1}


def test_what_a_version_explains_is_not_reported_row_by_row_and_all_else_is(tmp_path: Path) -> None:
    def change(asked: list[Content]) -> None:
        asked[4] = {"code": "Q00", "text": "?", "type": "text"}

    form_sent = earlier(change)
    stream = io.BytesIO()
    write_form(form_sent, stream, unit="GZ", answers={"Q00": "x", "Q01": "是", "Q02": "built"})

    def cut(book: Workbook) -> None:
        sheet = sheets(book)[0]
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "Q04.web")
        sheet.cell(row, 1).value = "Q04.wbe"

    found = Read(tmp_path, {"广州.xlsx": edited(stream.getvalue(), cut)})
    assert found.codes == ["EK255", "EK232", "EK233", "EK268"]
    assert dict(found.problems[1].params)["value"] == "Q04.wbe"
    assert dict(found.problems[2].params) == {"count": "1", "codes": "Q04.web"}


def test_an_answer_that_only_the_earlier_version_had_is_a_finding_of_its_own(tmp_path: Path) -> None:
    def change(asked: list[Content]) -> None:
        asked[1]["options"].append({"code": "bought", "name": {"zh": "购买", "en": "Bought"}})

    found = returned(tmp_path, change, Q02="购买")
    assert found.codes == ["EK255", "EK204", "EK209"]


def without_record(book: Workbook) -> None:
    meta = book["_meta"]
    for row in range(meta.max_row, 0, -1):
        if meta.cell(row, 1).value == "questions":
            meta.delete_rows(row)


def without_meta(book: Workbook) -> None:
    del book["_meta"]


def with_nonsense(book: Workbook) -> None:
    meta = book["_meta"]
    for row in range(1, meta.max_row + 1):
        if meta.cell(row, 1).value == "questions":
            meta.cell(row, 2).value = "lost"


@pytest.mark.parametrize("change", [without_record, without_meta, with_nonsense])
def test_without_a_record_of_the_questions_the_other_version_is_said_and_read(
    tmp_path: Path, change: Callable[[Workbook], object]
) -> None:
    found = Read(tmp_path, {"广州.xlsx": edited(form(version="0.9"), change)})
    assert found.codes == ["EK226"]
    assert found.problems[0].severity == "warning"
    assert found.counts() == {"ok": COUNT}


def test_a_form_of_today_needs_no_record(tmp_path: Path) -> None:
    assert Read(tmp_path, {"广州.xlsx": edited(form(), without_record)}).problems == []


def test_names_of_any_length_in_a_record_are_cut(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        meta = book["_meta"]
        for row in range(1, meta.max_row + 1):
            if meta.cell(row, 1).value == "questions":
                meta.cell(row, 2).value = "".join(f"{'长' * 300}{number}=abcdef.123456;" for number in range(90))

    (told, *_) = Read(tmp_path, {"广州.xlsx": edited(form(version="0.9"), fill)}).problems
    assert told.code == "EK255"
    assert len(told.message("both")) < 6_000


def test_another_version_of_another_unit_has_both_findings(tmp_path: Path) -> None:
    found = Read(tmp_path, {"深圳.xlsx": form(version="0.9")})
    assert found.codes == ["EK256", "EK240"]
    assert "文件名像是 SZ,标记却是 GZ" in found.problems[1].message("zh")


def test_another_questionnaire_is_no_version_of_this_one(tmp_path: Path) -> None:
    found = Read(tmp_path, {"广州.xlsx": form(version="0.9", identity="other")})
    assert found.codes == ["EK230"]
