import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evalkit.definitions.base import Text
from evalkit.definitions.form import NOT_APPLICABLE, parse_stamp, stamp
from evalkit.definitions.form_changes import digests, from_lines
from evalkit.definitions.questionnaire import Questionnaire, Section
from evalkit.messages import LANGUAGES, Language, word
from evalkit.observations import BLANK, OK
from evalkit.observations import NOT_APPLICABLE as NOT_APPLICABLE_STATUS
from evalkit.problems import Problem
from evalkit.reports.template import write_form
from evalkit.sources.register import Register
from evalkit.sources.survey_workbook import Returned, SurveyReader

REGISTER = Register(
    pd.DataFrame({"unit": ["440300"], "name": ["深圳市"]}, dtype="str"), {"440300": "440300", "深圳市": "440300"}
)
CLOUDS = ({"code": "public", "name": {"zh": "公有云", "en": "Public cloud"}}, {"code": "own", "name": "自建机房"})
STEPS = tuple({"code": f"s{n}", "name": {"zh": f"第{n}档", "en": f"Step {n}"}} for n in (1, 2, 3))
CHANNELS = (
    {"code": "phone", "name": {"zh": "电话", "en": "Phone"}, "unit": "件"},
    {"code": "total", "name": {"zh": "合计", "en": "Total"}},
)
SHARE = {
    "code": "r",
    "name": {"zh": "电话占比", "en": "Share of phone"},
    "numerator": "Q05.phone",
    "denominator": "Q05.total",
}
FIRST: tuple[dict[str, Any], ...] = (
    {"code": "Q01", "type": "yesno", "required": True},
    {"code": "Q02", "type": "single", "options": CLOUDS, "text": "=1+1 是一道题"},
    {"code": "Q03", "type": "multiple", "options": CLOUDS, "ask_if": "Q01 = yes"},
    {"code": "Q04", "type": "scale", "options": STEPS, "help": {"zh": "按实际情况", "en": "as it is"}},
    {"code": "Q05", "type": "numbers", "parts": CHANNELS, "min": 0, "integer": True},
    {"code": "Q06", "type": "ratio", "parts": [SHARE], "unit": "%"},
)
SECOND: tuple[dict[str, Any], ...] = (
    {"code": "Q07", "type": "number", "unit": "%", "min": 0, "max": 100},
    {"code": "Q08", "type": "date", "ask_if": "Q03 has own and Q05.total > 5"},
    {"code": "Q09", "type": "text"},
    {"code": "Q10", "type": "yesno"},
)
ANSWERS: dict[str, str | float | dt.date] = {
    "Q01": "yes", "Q02": "公有云", "Q03.own": "√", "Q04": "s2", "Q05.phone": 12, "Q05.total": 20, "Q07": 95.25,
    "Q08": dt.date(2020, 11, 1), "Q09": "=SUM(A1:A3)\n第二行 <r>", "Q10": "不适用",
}  # fmt: skip
READ = {
    "Q01": "yes", "Q02": "public", "Q03.public": "0", "Q03.own": "1", "Q04": "s2", "Q05.phone": "12", "Q05.total": "20",
    "Q07": "95.25", "Q08": "2020-11-01", "Q09": "=SUM(A1:A3) 第二行 <r>", "Q10": "",
}  # fmt: skip


def section(name: str | dict[str, str], *questions: dict[str, Any], code: str = "S") -> Section:
    with_text = [
        {"text": {"zh": f"题目 {each['code']}？", "en": f"Question {each['code']}?"}} | each for each in questions
    ]
    return Section.model_validate({"id": code, "name": name, "questions": with_text})


def form_of(*sections: Section, name: str = "问卷") -> Questionnaire:
    return Questionnaire(id="sample", version="2020.1", name=Text(zh=name, en="Sample"), sections=sections)


SAMPLE = form_of(
    section({"zh": "网络化", "en": "Networking"}, *FIRST), section({"zh": "数据化", "en": "Data"}, *SECOND)
)


def written(questionnaire: Questionnaire = SAMPLE, **options: Any) -> bytes:  # noqa: ANN401 - passed on to write_form
    out = io.BytesIO()
    write_form(questionnaire, out, **options)
    return out.getvalue()


def opened(questionnaire: Questionnaire = SAMPLE, **options: Any) -> Any:  # noqa: ANN401 - cells of mixed type
    return openpyxl.load_workbook(io.BytesIO(written(questionnaire, **options)))


def read_back(path: Path, questionnaire: Questionnaire = SAMPLE) -> tuple[Returned, list[Problem]]:
    return SurveyReader(questionnaire, REGISTER).read(path, path.name)


def codes(sheet: Any, header: int = 3) -> dict[str, int]:  # noqa: ANN401 - a worksheet of openpyxl
    return {sheet.cell(row, 1).value: row for row in range(header + 1, sheet.max_row + 1) if sheet.cell(row, 1).value}


def validations(sheet: Any) -> dict[str, Any]:  # noqa: ANN401 - a worksheet of openpyxl
    found: dict[str, Any] = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            found |= {f"D{row}": rule for row in range(area.min_row, area.max_row + 1)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_of_answer_is_read_back(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "深圳市.xlsx"
    write_form(SAMPLE, path, unit="440300", unit_name="深圳市", language=language, notice="合成数据", answers=ANSWERS)
    returned, problems = read_back(path)
    assert problems == []
    assert returned.unit == "440300"
    assert returned.cells is not None
    assert {key: cell.value for key, cell in returned.cells.items()} == READ
    statuses = {key: cell.status for key, cell in returned.cells.items()}
    assert statuses.pop("Q10") == NOT_APPLICABLE_STATUS
    assert set(statuses.values()) == {OK}
    assert returned.cells["Q09"].raw == ANSWERS["Q09"]
    assert (returned.rows_missing, returned.rows_unknown) == (0, 0)


def test_ticks_and_numbers_may_be_given_in_other_ways(tmp_path: Path) -> None:
    path = tmp_path / "440300.xlsx"
    answers: dict[str, str | float] = {
        "Q03.own": True,
        "Q03.public": "否",
        "Q05.phone": "1,234",
        "Q05.total": 0,
        "Q08": "2020年11月1日",
        "Q09": "",
    }
    write_form(SAMPLE, path, answers=answers)
    returned, _ = read_back(path)
    assert returned.cells is not None
    given = {key: cell.value for key, cell in returned.cells.items() if cell.status == OK}
    assert given == {"Q03.public": "0", "Q03.own": "1", "Q05.phone": "1234", "Q05.total": "0", "Q08": "2020-11-01"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_form_is_read_back_blank(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "深圳市.xlsx"
    write_form(SAMPLE, path, language=language)
    returned, problems = read_back(path)
    assert problems == []
    assert returned.unit == "440300"
    assert returned.cells is not None
    assert {cell.status for cell in returned.cells.values()} == {BLANK}
    assert tuple(returned.cells) == SAMPLE.cell_keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_lists_offer_is_understood(tmp_path: Path, language: Language) -> None:
    book = opened(language=language, unit="440300")
    offered = {
        column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["_choices"].columns
    }
    last = {name: entries for name, entries in offered.items() if name}
    assert set(last) == {"choices_yes_no", "choices_tick", "choices_2", "choices_4"}
    for names, expected in ((last["choices_yes_no"], ["yes", "no"]), (last["choices_2"], ["public", "own"])):
        for label, code in zip(names, expected, strict=False):
            path = tmp_path / "440300.xlsx"
            key = "Q01" if "no" in expected else "Q02"
            write_form(SAMPLE, path, unit="440300", language=language, answers={key: label})
            returned, problems = read_back(path)
            assert problems == []
            assert returned.cells is not None
            assert returned.cells[key].value == code
    spared = {"zh": {"不适用"}, "en": {"N/A"}, "both": {"不适用", "N/A"}}[language]
    assert all(spared <= set(entries) for entries in last.values())
    assert {each.lower() for each in spared} <= NOT_APPLICABLE


def test_the_stamp_stands_in_three_places() -> None:
    mark = stamp(SAMPLE, "440300")
    book = opened(unit="440300")
    meta = {row[0].value: row[1].value for row in book["_meta"].rows}
    assert from_lines([str(meta.pop("questions"))]) == digests(SAMPLE)
    assert meta == {"questionnaire": "sample", "version": "2020.1", "hash": mark.hash, "unit": "440300"}
    for sheet in book.worksheets[:3]:
        assert parse_stamp(sheet["A2"].value) == mark
        assert sheet["A2"].protection.locked
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert properties == {f"evalkit_{name}": value for name, value in meta.items()}
    assert book.properties.subject == str(mark)
    assert book.properties.title == "问卷 / Sample"


def test_sheets_are_named_hidden_and_protected() -> None:
    book = opened()
    assert book.sheetnames == ["说明 Instructions", "网络化 Networking", "数据化 Data", "_choices", "_meta"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 3 + ["hidden"] * 2
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    for sheet in book.worksheets[1:3]:
        assert not sheet.protection.formatColumns  # False: not forbidden
        assert not sheet.protection.formatRows
        assert not sheet.protection.autoFilter
        assert not sheet.protection.sort
        assert sheet.protection.deleteRows
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_only_answers_can_be_changed() -> None:
    for sheet in opened().worksheets[1:3]:
        unlocked = {cell.coordinate for row in sheet.rows for cell in row if not cell.protection.locked}
        assert unlocked == {f"D{row}" for row in codes(sheet).values()}


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("zh", ["代码", "题目", "选项/分项", "答案", "单位", "填写说明"]),
        ("en", ["Code", "Question", "Option or part", "Answer", "Unit", "How to fill in"]),
        (
            "both",
            [
                "代码 Code",
                "题目 Question",
                "选项/分项 Option or part",
                "答案 Answer",
                "单位 Unit",
                "填写说明 How to fill in",
            ],
        ),
    ],
)
def test_headers_and_questions_speak_the_language(language: Language, header: list[str]) -> None:
    sheet = opened(language=language, notice="=仅作演示").worksheets[1]
    assert sheet["A3"].value == "=仅作演示"
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].font.bold
    assert [cell.value for cell in sheet[4]] == header
    text = {"zh": "题目 Q01？", "en": "Question Q01?", "both": "题目 Q01？\nQuestion Q01?"}[language]
    assert sheet["B5"].value == text
    assert (sheet["B6"].value, sheet["B6"].data_type) == ("=1+1 是一道题", "s")
    chinese = any(re.search("[一-鿿]", str(cell.value)) for cell in opened(language="en").worksheets[0]["B"])
    assert not chinese


def test_a_multiple_choice_has_a_row_an_option_and_a_ratio_no_code() -> None:
    sheet = opened().worksheets[1]
    rows = codes(sheet)
    assert list(rows) == ["Q01", "Q02", "Q03.public", "Q03.own", "Q04", "Q05.phone", "Q05.total"]
    first, second = rows["Q03.public"], rows["Q03.own"]
    assert (sheet.cell(first, 3).value, sheet.cell(second, 3).value) == ("公有云 Public cloud", "自建机房")
    assert (sheet.cell(first, 2).value, sheet.cell(second, 2).value) == ("题目 Q03？\nQuestion Q03?", None)
    assert f"B{first}:B{second}" in {str(area) for area in sheet.merged_cells.ranges}
    ratio = rows["Q05.total"] + 1
    assert sheet.cell(ratio, 4).value == "自动计算，勿填 computed, do not fill in"
    assert sheet.cell(ratio, 5).value == "%"
    assert [sheet.cell(rows[key], 5).value for key in ("Q05.phone", "Q05.total")] == ["件", None]


def test_the_note_says_how_when_and_with_what_help() -> None:
    sheet = opened(language="zh").worksheets[1]
    rows = codes(sheet)
    notes = {key: sheet.cell(row, 6).value for key, row in rows.items()}
    assert notes["Q01"] == "下拉选择；必答"
    assert notes["Q03.public"] == "仅当 Q01 = 是 时回答\n多选，选中的打“√”"
    assert notes["Q04"] == "选一档，下拉选择\n按实际情况"
    assert notes["Q05.phone"] == "每行填整数（≥ 0）"
    english = opened(language="en").worksheets[2]
    notes = {key: english.cell(row, 6).value for key, row in codes(english).items()}
    assert notes["Q07"] == "a number (0–100); without the percent sign"
    assert notes["Q08"] == "only if Q03 “自建机房” ticked and Q05 “Total” > 5\na date such as 2024-11-30"


def test_drop_downs_come_from_named_lists() -> None:
    book = opened()
    sheet = book.worksheets[1]
    rules, rows = validations(sheet), codes(sheet)
    named = {key: rules[f"D{rows[key]}"] for key in ("Q01", "Q02", "Q03.own", "Q04")}
    lists = {key: rule.formula1 for key, rule in named.items()}
    assert lists == {"Q01": "choices_yes_no", "Q02": "choices_2", "Q03.own": "choices_tick", "Q04": "choices_4"}
    assert {(rule.type, rule.errorStyle or "stop") for rule in named.values()} == {("list", "stop")}
    assert rules[f"D{rows['Q03.public']}"] is rules[f"D{rows['Q03.own']}"]
    for name in lists.values():
        (area,) = book.defined_names[name].destinations
        assert area[0] == "_choices"
        assert all(cell.value for row in book["_choices"][area[1]] for cell in row)
    assert [row[0].value for row in book["_choices"][next(book.defined_names["choices_tick"].destinations)[1]]] == [
        "√", "不适用", "N/A",
    ]  # fmt: skip
    other = book.worksheets[2]
    assert validations(other)[f"D{codes(other)['Q10']}"].formula1 == "choices_yes_no"


def test_numbers_and_dates_are_held_to_their_limits() -> None:
    book = opened()
    sheet, other = book.worksheets[1:3]
    row = codes(sheet)["Q05.phone"]
    rule = validations(sheet)[f"D{row}"]
    spared = f'OR(D{row}="不适用",D{row}="N/A")'
    assert rule.type == "custom"
    assert rule.formula1 == f"IF(ISNUMBER(D{row}),AND(D{row}>=0,D{row}=INT(D{row})),{spared})"
    assert rule.promptTitle is None
    assert rule.prompt == rule.error
    assert "不适用" in rule.prompt
    assert rule.allowBlank
    rules, rows = validations(other), codes(other)
    assert f"AND(D{rows['Q07']}>=0,D{rows['Q07']}<=100)" in rules[f"D{rows['Q07']}"].formula1
    assert "DATE(" in rules[f"D{rows['Q08']}"].formula1
    assert f"D{rows['Q09']}" not in rules
    assert other.cell(rows["Q08"], 4).number_format == "yyyy-mm-dd"
    assert other.cell(rows["Q09"], 4).number_format == "@"


def test_skipped_and_missing_questions_are_coloured() -> None:
    book = opened()
    sheet, other = book.worksheets[1:3]
    rows = codes(sheet)
    rules = {str(area.sqref): list(area.rules) for area in sheet.conditional_formatting}
    (skipped,) = rules[f"A{rows['Q03.public']}:F{rows['Q03.own']}"]
    condition = f'OR($D${rows["Q01"]}="是 / Yes",$D${rows["Q01"]}="是",$D${rows["Q01"]}="Yes",$D${rows["Q01"]}="yes")'
    assert skipped.formula == [f"NOT({condition})"]
    assert skipped.stopIfTrue
    (ticks,) = rules[f"D{rows['Q03.public']}:D{rows['Q03.own']}"]
    assert ticks.formula == [f"COUNTA($D${rows['Q03.public']}:$D${rows['Q03.own']})=0"]
    assert ticks.priority > skipped.priority
    (missing,) = rules[f"D{rows['Q01']}:D{rows['Q02']}"]
    assert missing.formula == [f"ISBLANK($D{rows['Q01']})"]
    elsewhere = [rule for area in other.conditional_formatting for rule in area.rules if rule.stopIfTrue]
    names = {name: defined.attr_text for name, defined in book.defined_names.items() if name.startswith("answer_")}
    assert set(names.values()) == {f"'网络化 Networking'!$D${rows[key]}" for key in ("Q01", "Q03.own", "Q05.total")}
    assert all(name in elsewhere[0].formula[0] for name in names)


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ({}, [(0, 4), (0, 3)]),
        ({"Q01": "是"}, [(1, 5), (0, 3)]),
        ({"Q01": "否", "Q03.own": "√", "Q05.total": 9}, [(1, 4), (0, 3)]),
        (ANSWERS, [(5, 5), (4, 4)]),
        ({"Q01": "Yes", "Q03.own": "√", "Q05.total": 5, "Q05.phone": 1}, [(3, 5), (0, 3)]),
    ],
)
def test_progress_counts_what_is_asked(answers: dict[str, str | float], counts: list[tuple[int, int]]) -> None:
    data = written(answers=answers)
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert [(sheet["D1"].value, sheet["E1"].value) for sheet in book.worksheets[1:3]] == counts
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    first = formulas.worksheets[0]
    rows = [row for row in first.iter_rows(values_only=True) if row[2] == "='网络化 Networking'!$D$1"]
    assert [row[3] for row in rows] == ["='网络化 Networking'!$E$1"]
    totals = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "合计 Total"]
    asked = sum(count[1] for count in counts)
    done = sum(count[0] for count in counts)
    assert totals == [("合计 Total", None, done, asked, done / asked)]


@pytest.mark.slow
@pytest.mark.parametrize("answers", [{}, ANSWERS, {"Q01": "否", "Q03.own": "√", "Q05.total": 9}])
def test_libreoffice_saves_a_form_without_loss(
    tmp_path: Path, office: Callable[[Path], Path], answers: dict[str, str | float | dt.date]
) -> None:
    path = tmp_path / "440300.xlsx"
    write_form(SAMPLE, path, unit="440300", unit_name="深圳市", notice="合成数据", answers=answers)
    before, _ = read_back(path)
    saved = office(path)
    after, problems = read_back(saved)
    assert problems == []
    assert (after.unit, after.cells, after.rows_missing) == (before.unit, before.cells, 0)
    book: Any = openpyxl.load_workbook(saved)
    original: Any = openpyxl.load_workbook(path)
    assert book.sheetnames == original.sheetnames
    assert set(original.defined_names) <= set(book.defined_names)
    for sheet, first in zip(book.worksheets[1:3], original.worksheets[1:3], strict=True):
        assert sheet.protection.sheet
        assert set(validations(sheet)) == set(validations(first))
        unlocked = {cell.coordinate for row in sheet.rows for cell in row if cell.value and not cell.protection.locked}
        assert unlocked == {f"D{row}" for row in codes(sheet, 4).values() if sheet[f"D{row}"].value}
    computed = openpyxl.load_workbook(saved, data_only=True).worksheets[1:3]
    cached = openpyxl.load_workbook(path, data_only=True).worksheets[1:3]
    for sheet, first in zip(computed, cached, strict=True):
        assert (sheet["D1"].value, sheet["E1"].value) == (first["D1"].value, first["E1"].value)
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert properties["evalkit_unit"] == "440300"


def test_equal_forms_have_equal_bytes(tmp_path: Path) -> None:
    data = written(unit="440300", answers=ANSWERS)
    assert data == written(unit="440300", answers=ANSWERS)
    assert data != written(unit="440301", answers=ANSWERS)
    for target in (tmp_path / "a.xlsx", str(tmp_path / "b.xlsx")):
        write_form(SAMPLE, target, unit="440300", answers=ANSWERS)
        assert hashlib.sha256(Path(target).read_bytes()).digest() == hashlib.sha256(data).digest()


def test_names_of_sheets_are_cut_cleaned_and_unique() -> None:
    long = "一、[接通]能力/响应:时效*与?服务\\质量以及数据治理与智能化应用水平综合情况"
    names = (long, long + "甲", "History", "'引号'", "_meta", "说明", "//", "a" * 40, "A" * 40)
    book = opened(
        form_of(*(section(name, {"code": f"Q{n}", "type": "text"}) for n, name in enumerate(names))), language="zh"
    )
    sheets = book.sheetnames[1:-2]
    assert len({name.lower() for name in book.sheetnames}) == len(names) + 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in sheets)
    assert sheets[0] == "一、 接通 能力 响应 时效 与 服务 质量以及数据治理与智…"
    assert sheets[1].endswith("… (2)")
    assert sheets[2:7] == ["History (2)", "引号", "_meta (2)", "说明 (2)", "S"]
    assert book["引号"]["A1"].value == "'引号'"


def test_a_list_may_be_long_and_its_labels_too(tmp_path: Path) -> None:
    options = [
        {"code": f"o{n}", "name": {"zh": f"选项{n}" + "，很长的说明" * 5, "en": f"Option {n}"}} for n in range(300)
    ]
    questionnaire = form_of(
        section(
            "节",
            {"code": "Q1", "type": "single", "options": options},
            {"code": "Q2", "type": "yesno", "ask_if": "Q1 = o299"},
        )
    )
    book = opened(questionnaire, language="zh")
    (area,) = book.defined_names["choices_1"].destinations
    entries = [row[0].value for row in book["_choices"][area[1]]]
    assert len(entries) == 301
    assert len("".join(entries)) > 255
    sheet = book.worksheets[1]
    assert validations(sheet)["D4"].formula1 == "choices_1"
    assert sheet["C4"].value == "共 300 个选项，见下拉列表"
    path = tmp_path / "440300.xlsx"
    write_form(questionnaire, path, language="zh", answers={"Q1": entries[299]})
    returned, problems = read_back(path, questionnaire)
    assert problems == []
    assert returned.cells is not None
    assert returned.cells["Q1"].value == "o299"


def test_hundreds_of_questions_still_make_a_sound_form(tmp_path: Path) -> None:
    many = [{"code": f"Q{n}", "type": "multiple", "options": CLOUDS} for n in range(400)]
    questionnaire = form_of(section("节", *many))
    path = tmp_path / "440300.xlsx"
    write_form(questionnaire, path, answers={"Q399.own": "√"})
    returned, problems = read_back(path, questionnaire)
    assert problems == []
    assert returned.cells is not None
    assert returned.cells["Q399.own"].value == "1"
    sheet = openpyxl.load_workbook(path).worksheets[1]
    assert sheet["D1"].value is None  # the count would be longer than a formula may be


def test_an_answer_to_nothing_is_refused() -> None:
    with pytest.raises(KeyError, match=r"Q03\.cloud"):
        written(answers={"Q03.cloud": "√"})
    with pytest.raises(KeyError, match="Q06"):
        written(answers={"Q06.r": 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "长" * 32_768])
def test_what_no_cell_can_hold_is_refused(value: str | float) -> None:
    with pytest.raises((TypeError, ValueError)):
        written(answers={"Q09": value})


@pytest.mark.parametrize(
    "text", ["<r>a</r>", "<r><t>x</r>", "<r></r>", "_x0041_", "+1", "@a", "-1", "{=1}", "http://a.cn", "007"]
)
def test_text_stays_the_text_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "440300.xlsx"
    write_form(SAMPLE, path, answers={"Q09": text})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[2]
    cell = sheet.cell(codes(sheet)["Q09"], 4)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    returned, problems = read_back(path)
    assert problems == []
    assert returned.cells is not None
    assert returned.cells["Q09"].value == text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
@example("&G & &P")
def test_any_text_makes_a_workbook_that_opens(text: str) -> None:
    name = {"zh": text + "甲", "en": "=" + text}
    question = {
        "code": "Q1", "type": "multiple", "options": [{"code": "a", "name": name}, {"code": "b", "name": "乙"}],
        "text": name, "help": name, "unit": "",
    }  # fmt: skip
    other = {
        "code": "Q2",
        "type": "single",
        "options": [{"code": "a", "name": name}],
        "ask_if": "Q1 has a",
        "unit": text,
    }
    last = {"code": "Q3", "type": "number", "text": name, "ask_if": "Q2 = a"}
    questionnaire = form_of(section(name, question, other, last))
    book = opened(questionnaire, unit_name=text, notice=text)
    sheet = book.worksheets[1]
    assert [key for key in codes(sheet, 3) if str(key).startswith("Q")] == ["Q1.a", "Q1.b", "Q2", "Q3"]


def test_a_footer_is_not_taken_for_a_font_size() -> None:
    footer = opened(unit="440300").worksheets[1].oddFooter
    assert footer.left.text.strip() == "440300"
    assert footer.left.size == 8
    assert "&P" in footer.center.text or "Page" in footer.center.text
    ampersands = written(unit="440300", unit_name="A&B" * 80)
    with zipfile.ZipFile(io.BytesIO(ampersands)) as parts:
        xml = parts.read("xl/worksheets/sheet2.xml").decode()
    found = re.search("<oddFooter>(.*)</oddFooter>", xml)
    assert found is not None
    assert len(found[1].replace("&amp;", "&").replace("&quot;", '"')) <= 255


def test_instructions_explain_what_occurs_and_nothing_else() -> None:
    only = form_of(section("节", {"code": "Q1", "type": "date"}))
    texts = {cell.value for row in opened(only, language="zh").worksheets[0].rows for cell in row}
    assert word("form_type_date", "zh") in texts
    assert word("form_type_not_applicable", "zh") in texts
    assert word("form_type_multiple", "zh") not in texts
    assert word("form_type_ask_if", "zh") not in texts
    assert any(str(text).startswith("填报单位：空白问卷") for text in texts)
    full = {cell.value for row in opened(unit="440300", unit_name="深圳市").worksheets[0].rows for cell in row}
    assert "填报单位 Unit：深圳市（440300）" in full


def test_a_form_is_small() -> None:
    assert len(written(unit="440300", answers=ANSWERS, language="zh")) < 20_000
