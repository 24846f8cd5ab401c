"""The ledger: which lines can be used, which cells they fit, and what stands afterwards."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.observations import BLANK, ERROR, INVALID, NOT_APPLICABLE, OK, Cell, CorrectionNote
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import parse_number, read_answer, read_error
from evalkit.sources.corrections import NO_CORRECTIONS, Correction, Ledger, apply_corrections
from evalkit.sources.ledger import cell_parsers, read_corrections
from tests.sources.returned_forms import questionnaire, register

HEADER = ("unit", "question", "old", "new", "reason", "by", "date")
WHY = ("按来函更正", "王芳", "2020-12-01")
KNOWN = cell_parsers(questionnaire(), ["calls", "Q01"])


def line(unit: str = "GZ", question: str = "Q05", old: str = "951", new: str = "95.1", *why: str) -> tuple[str, ...]:
    return (unit, question, old, new, *(why or WHY))


def as_text(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    return "".join(",".join(row) + "\n" for row in (header, *rows)).encode()


def as_workbook(*rows: tuple[str | float | None, ...], header: tuple[str, ...] = HEADER) -> bytes:
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(folder: Path, data: bytes, name: str = "corrections.csv") -> tuple[Ledger, list[Problem]]:
    path = folder / name
    path.write_bytes(data)
    return read_corrections(path, name, register(folder), KNOWN)


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


def cell_of(key: str, text: str | float = "", *, at: str = "D9") -> Cell:
    status, raw, value, number, _ = read_answer(KNOWN[key], text)
    return Cell(key, status, raw, value, number, "能力", at)


def correction(key: str = "Q05", old: str = "951", new: str = "95.1", unit: str = "GZ") -> Correction:
    return Correction(unit, key, old, new, *WHY, Place("corrections.csv", cell="C2", line=2, unit=unit, question=key))


def apply(
    cell: Cell, old: str, new: str, problems: list[Problem] | None = None
) -> tuple[list[Problem], Mapping[str, str]]:
    ledger = Ledger((correction(cell.key, old, new),), KNOWN)
    found = apply_corrections(ledger, [("GZ", "广州.xlsx", {cell.key: cell})], problems or [])
    return found, dict(found[-1].params) if found else {}


def test_a_line_has_its_place_and_what_it_says(tmp_path: Path) -> None:
    ledger, problems = read(tmp_path, as_text(line("羊城")))
    assert problems == []
    (found,) = ledger.corrections
    assert (found.unit, found.key, found.old, found.new) == ("GZ", "Q05", "951", "95.1")
    assert (found.reason, found.by, found.date) == WHY
    assert found.place == Place("corrections.csv", None, "C2", line=2, unit="GZ", question="Q05")
    assert str(found) == "951 -> 95.1; 按来函更正; 王芳; 2020-12-01"


def test_a_workbook_says_the_same_as_a_text_file(tmp_path: Path) -> None:
    rows = (line(), line("SZ", "Q04.web", "10", "100"))
    from_text, _ = read(tmp_path, as_text(*rows))
    from_book, problems = read(tmp_path, as_workbook(("GZ", "Q05", 951, 95.1, *WHY), rows[1]), "ledger.xlsx")
    assert problems == []
    assert list(map(str, from_book.corrections)) == list(map(str, from_text.corrections))
    assert from_book.corrections[0].place == Place("ledger.xlsx", "Sheet", "C2", unit="GZ", question="Q05")


def test_columns_are_known_by_chinese_names_in_any_order_beside_others(tmp_path: Path) -> None:
    header = ("备注", "日期", "更正人", "理由", "新值", "原值", "题目", "单位")
    ledger, problems = read(tmp_path, as_text(("看过", *reversed(line())), header=header))
    assert problems == []
    assert str(ledger.corrections[0]) == "951 -> 95.1; 按来函更正; 王芳; 2020-12-01"
    assert read(tmp_path, as_text(line(), header=("Unit", "Question", "Old Value", "New value", *HEADER[4:])))[1] == []


def test_a_column_that_lacks_or_stands_twice_stops_the_ledger(tmp_path: Path) -> None:
    ledger, problems = read(tmp_path, as_text(("GZ", "Q05", "951"), header=("unit", "question", "old")))
    assert ledger.corrections == ()
    assert [dict(each.params)["column"] for each in problems] == ["new", "reason", "by", "date"]
    assert set(codes(problems)) == {"EK201"}
    assert problems[0].place == Place("corrections.csv", line=1)
    ledger, problems = read(tmp_path, as_text((*line(), "2"), header=(*HEADER, "原值")))
    assert (ledger.corrections, codes(problems)) == ((), ["EK251"])


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (line("GX"), "EK242", "A2"),
        (line("GZ", "Q55"), "EK262", "B2"),
        (line("GZ", "Q09.web"), "EK262", "B2"),
        (line("GZ", "Q03"), "EK262", "B2"),
        (line(""), "EK265", "A2"),
        (line("GZ", ""), "EK265", "B2"),
        (line("GZ", "Q05", "1", "2", "", "王芳", "2020-12-01"), "EK265", "E2"),
        (line("GZ", "Q05", "1", "2", "x", " \u3000", "2020-12-01"), "EK265", "F2"),
        (line("GZ", "Q05", "1", "2", "x", "王芳", ""), "EK265", "G2"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_the_others_are(
    tmp_path: Path, row: tuple[str, ...], code: str, cell: str
) -> None:
    ledger, problems = read(tmp_path, as_text(row, line("SZ")))
    assert codes(problems) == [code]
    assert (problems[0].place.line, problems[0].place.cell, problems[0].severity) == (2, cell, "error")
    assert [each.unit for each in ledger.corrections] == ["SZ"]


def test_what_is_near_is_suggested(tmp_path: Path) -> None:
    _, problems = read(tmp_path, as_text(line("广洲市", "Q04.wbe")))
    assert [each.message("zh") for each in problems] == [
        "名册里没有单位 “广洲市”,是不是 “广州市”?",
        "没有可更正的题目或列 “Q04.wbe”,是不是 “Q04.web”?",
    ]


def test_all_that_a_line_lacks_is_said_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, as_text(line("", "Q55", "1", "2", "", "", "")))
    assert codes(problems) == ["EK265", "EK265", "EK265", "EK265", "EK262"]


def test_several_corrections_of_a_cell_are_not_chosen_between(tmp_path: Path) -> None:
    ledger, problems = read(tmp_path, as_text(line(), line("SZ"), line("羊城", "q05", "951", "90"), line()))
    assert [each.unit for each in ledger.corrections] == ["SZ"]
    assert codes(problems) == ["EK264", "EK264"]
    assert [each.place.line for each in problems] == [4, 5]
    assert dict(problems[0].params)["first"] == "corrections.csv:2 C2"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("q04.WEB", "Q04.web"),
        ("Ｑ０５", "Q05"),
        ("calls", "column:calls"),
        ("column:calls", "column:calls"),
        ("Q01", "Q01"),
        ("column:Q01", "column:Q01"),
    ],
)
def test_an_answer_is_known_by_its_code_and_a_value_by_its_column(tmp_path: Path, name: str, key: str) -> None:
    ledger, problems = read(tmp_path, as_text(line("GZ", name)))
    assert problems == []
    assert [each.key for each in ledger.corrections] == [key]
    parts = (ledger.of_answers(), ledger.of_values())
    assert [len(part.corrections) for part in parts] == ([0, 1] if key.startswith("column:") else [1, 0])


@pytest.mark.parametrize(("data", "code"), [(b"", "EK250"), (b"PK\x03\x04", "EK223"), (b"\xff\xff", "EK241")])
def test_a_ledger_that_cannot_be_read(tmp_path: Path, data: bytes, code: str) -> None:
    ledger, problems = read(tmp_path, data)
    assert (ledger.corrections, codes(problems)) == ((), [code])
    missing, problems = read_corrections(tmp_path / "no.csv", "no.csv", register(tmp_path), KNOWN)
    assert (missing.corrections, codes(problems)) == ((), ["EK001"])


def test_a_ledger_without_lines_corrects_nothing(tmp_path: Path) -> None:
    ledger, problems = read(tmp_path, as_text())
    assert (ledger.corrections, problems) == ((), [])
    stands = [problem("EK203", Place("广州.xlsx", "能力", "D9"), value="x")]
    assert apply_corrections(NO_CORRECTIONS, [], stands) == stands


def test_a_corrected_cell_shows_both_values_and_settles_its_findings() -> None:
    cell = cell_of("Q05", "951")
    before = [
        problem("EK205", Place("广州.xlsx", "能力", "D9", unit="GZ", question="Q05"), value="951", limit="≤ 100"),
        problem("EK205", Place("广州.xlsx", "能力", "D8"), value="951", limit="≤ 100"),
        problem("EK205", Place("深圳.xlsx", "能力", "D9"), value="951", limit="≤ 100"),
        problem("EK229", Place("广州.xlsx", unit="GZ")),
    ]
    found, _ = apply(cell, "951", "95.1", before)
    assert found[:-1] == before[1:]
    assert (found[-1].code, found[-1].severity) == ("EK266", "note")
    assert found[-1].place == Place("广州.xlsx", "能力", "D9", unit="GZ", question="Q05")
    said = found[-1].message("zh")
    assert said == "按更正计为 “95.1”,原填 “951”:按来函更正(王芳,2020-12-01)"
    assert (cell.status, cell.raw, cell.value, cell.number) == (OK, "951", "95.1", 95.1)
    assert cell.correction == "951 -> 95.1; 按来函更正; 王芳; 2020-12-01"


@pytest.mark.parametrize(
    ("key", "read_as", "old"),
    [
        ("Q05", "95.1", " ９５.１ "),
        ("Q05", 95.0, "95"),
        ("Q05", "95%", "95"),
        ("Q04.web", "1,234", "1234"),
        ("Q04.web", -5.0, "-5"),
        ("Q04.web", 1.5, "1.50"),
        ("Q02", "已建成 / In place", "built"),
        ("Q02", "planned", "计划建设"),
        ("Q01", "是", "YES"),
        ("Q03.cloud", "√", "1"),
        ("Q06", "2020年11月1日", "2020-11-01"),
        ("Q07", "有  误", "有  误"),
        ("Q05", "N/A", "不适用"),
        ("Q05", "约九成", "约九成"),
        ("Q05", "#DIV/0!", "#DIV/0!"),
        ("Q05", "", ""),
        ("Q05", "\u3000", ""),
        ("column:calls", "1e3", "1000"),
    ],
)
def test_the_old_value_matches_what_was_read_by_what_it_means(key: str, read_as: str | float, old: str) -> None:
    cell = cell_of(key, read_as)
    new = "" if cell.status != BLANK else "不适用"
    found, _ = apply(cell, old, new)
    assert (codes(found), cell.correction != "") == (["EK266"], True)
    assert cell.status == (BLANK if new == "" else NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("key", "read_as", "old"),
    [
        ("Q05", "95.1", "95"),
        ("Q05", "95.1", ""),
        ("Q05", "", "0"),
        ("Q05", 0.951, "95.1%"),
        ("Q02", "built", "planned"),
        ("Q02", "已建", "built"),
        ("Q03.cloud", "√", "0"),
        ("Q07", "有误", "没有误"),
        ("Q05", "N/A", "0"),
        ("Q05", "约九成", "90"),
        ("Q05", "#DIV/0!", "#N/A"),
    ],
)
def test_another_old_value_is_an_error_and_nothing_changes(key: str, read_as: str | float, old: str) -> None:
    cell, untouched = cell_of(key, read_as), cell_of(key, read_as)
    stands = problem("EK208", Place("广州.xlsx", "能力", "D9"), value="#DIV/0!")
    found, said = apply(cell, old, "50", [stands])
    assert codes(found) == ["EK208", "EK260"]
    assert (found[1].severity, found[1].place.file, found[1].place.line) == ("error", "corrections.csv", 2)
    assert said == {"old": old, "read": untouched.raw}
    assert repr(cell) == repr(untouched)


@pytest.mark.parametrize(("key", "old", "new"), [("Q05", "95", "951"), ("Q02", "built", "有"), ("Q06", "", "昨天")])
def test_a_new_value_that_does_not_fit_is_an_error_and_nothing_changes(key: str, old: str, new: str) -> None:
    cell, untouched = cell_of(key, old), cell_of(key, old)
    found, said = apply(cell, old, new)
    assert codes(found) == ["EK261"]
    assert said["new"] == new
    assert said["reason_zh"]
    assert repr(cell) == repr(untouched)


@pytest.mark.parametrize(
    ("new", "status", "remark"),
    [("95.1%", OK, "EK214"), ("0.951", OK, "EK215"), ("", BLANK, None), ("不适用", NOT_APPLICABLE, None)],
)
def test_a_new_value_is_read_as_an_answer_with_its_remark_at_the_line_of_the_ledger(
    new: str, status: int, remark: str | None
) -> None:
    cell = cell_of("Q05", "9")
    found, _ = apply(cell, "9", new)
    assert codes(found) == [*([remark] if remark else []), "EK266"]
    assert cell.status == status
    if remark:
        assert found[0].place.file == "corrections.csv"


def test_an_error_value_in_the_workbook_can_be_corrected_and_none_in_the_ledger() -> None:
    status, raw, value, number, _ = read_error("#REF!")
    cell = Cell("Q05", status, raw, value, number, "能力", "D9")
    assert cell.status == ERROR
    assert codes(apply(cell, "#REF!", "#N/A")[0]) == ["EK261"]
    assert codes(apply(cell, "#REF!", "90")[0]) == ["EK266"]
    assert (cell.raw, cell.number) == ("#REF!", 90)


def test_nothing_read_for_a_unit_or_a_question_is_an_error() -> None:
    ledger = Ledger((correction(unit="SZ"), correction("Q06")), KNOWN)
    found = apply_corrections(ledger, [("GZ", "广州.xlsx", {"Q05": cell_of("Q05", "951")})], [])
    assert codes(found) == ["EK263", "EK263"]
    assert [each.severity for each in found] == ["error", "error"]
    assert "单位 SZ 的 Q05" in found[0].message("zh")


def test_a_code_that_stood_twice_is_settled_by_a_correction() -> None:
    cell = Cell("Q05", INVALID, "95", "", math.nan, "能力", "D9")
    twice = problem("EK234", Place("广州.xlsx", "能力", "D40", question="Q05"), value="Q05", first="能力!D9")
    other = problem("EK234", Place("广州.xlsx", "能力", "D41", question="Q06"), value="Q06", first="能力!D10")
    found, _ = apply(cell, "95", "95", [twice, other])
    assert codes(found) == ["EK234", "EK266"]
    assert found[0] == other
    assert (cell.status, cell.number) == (OK, 95)


def test_a_row_that_the_workbook_lacks_can_be_filled_in() -> None:
    cell = Cell("Q05", BLANK)
    missing = problem("EK233", Place("广州.xlsx", unit="GZ"), count=1, codes="Q05")
    found, _ = apply(cell, "", "95", [missing])
    assert codes(found) == ["EK233", "EK266"]
    assert found[1].place == Place("广州.xlsx", unit="GZ", question="Q05")
    assert cell.number == 95


def test_ready_made_values_are_corrected_by_column() -> None:
    cell = cell_of("column:calls", "１２")
    note = problem("EK214", Place("values.csv", None, "B2", line=2), value="１２", read="12")
    cell.sheet, cell.cell = "", "B2"
    ledger = Ledger((correction("column:calls", "12", "21"),), {"column:calls": parse_number})
    found = apply_corrections(ledger, [("GZ", "values.csv", {cell.key: cell})], [note])
    assert codes(found) == ["EK266"]
    assert found[0].place == Place("values.csv", None, "B2", unit="GZ", question="calls")
    assert cell.number == 21


@pytest.mark.parametrize("text", ["a; b", "一；二", "; ", "x; y; z; w", ""])
def test_a_correction_can_be_taken_apart_whatever_it_says(text: str) -> None:
    whole = Correction("GZ", "Q07", text, text, text or "x", text or "y", text or "z", Place())
    note = CorrectionNote.parse(str(whole))
    plain = text.replace("; ", ", ")
    assert note[1:] == (plain or "x", plain or "y", plain or "z")
    assert note.change.count(" -> ") == 1


def test_a_text_that_is_no_correction_is_taken_apart_too() -> None:
    assert CorrectionNote.parse("changed by hand") == ("changed by hand", "", "", "")


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(["Q01", "Q03.cloud", "Q05", "Q06", "Q07"]))
def test_what_was_read_always_matches_itself_and_a_correction_changes_all_or_nothing(
    read_as: str, new: str, key: str
) -> None:
    cell, untouched = cell_of(key, read_as), cell_of(key, read_as)
    found, _ = apply(cell, read_as, new)
    assert cell.raw == untouched.raw
    if cell.correction:
        assert found[-1].code == "EK266"
        assert math.isnan(cell.number) == (cell.status != OK)
    else:
        assert codes(found) == ["EK261"]
        assert repr(cell) == repr(untouched)
