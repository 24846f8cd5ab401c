"""From the plan to forms for phones, filled as auditors would, exported, and read as the Excel sheets are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyxform.xls2xform import convert

from evalkit import library
from evalkit.calls import Rating
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.validation import load_definition
from evalkit.evaluate.planning import PlannedRating, plan_study
from evalkit.messages import LANGUAGES, Language
from evalkit.problems import Problem
from evalkit.reports.call_forms import write_call_form
from evalkit.reports.call_sheets import headers, write_call_sheet
from evalkit.sources.audit import read_audits
from evalkit.sources.register import Register, read_register
from tests.reports import openrosa
from tests.small_audits import PROTOCOL, protocol
from tests.small_plans import AUDITORS, FIELDWORK, bundle_of, options, plan_files

Rows = list[dict[str, str]]
Planned = tuple[Path, list[PlannedRating]]
HOSTILE = "=1+1 ${evalkit_call} ‘’“” ' \" <b> {# &amp;"


@cache
def small() -> Protocol:
    """The small protocol, in which the seconds may not apply."""
    items = [item | ({"not_applicable": True} if item["code"] == "G4" else {}) for item in PROTOCOL["items"]]
    return protocol(items=items)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """The folder of a dated plan, and the ratings of one auditor."""
    folder = tmp_path_factory.mktemp("plan")
    rows = [(*row, f"N{index}") for index, row in enumerate(AUDITORS)]
    study, auditors = plan_files(folder, rows, more=("numbers",), fieldwork=FIELDWORK)
    plan, problems = plan_study(bundle_of(study), auditors, options())
    assert problems == []
    assert plan is not None
    return folder, [rating for rating in plan.ratings if rating.auditor == "A3"]


def form(asked: Protocol, own: list[PlannedRating], language: Language = "both") -> bytes:
    buffer = io.BytesIO()
    write_call_form(buffer, asked, "A3", own, language)
    return buffer.getvalue()


def rows(content: bytes, sheet: str) -> Rows:
    head, *body = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [{str(name): str(value or "") for name, value in zip(head, row, strict=True)} for row in body]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pyxform_accepts_the_form_without_a_warning(planned: Planned, language: Language) -> None:
    made = convert(io.BytesIO(form(small(), planned[1], language)), file_type=".xlsx", validate=False)
    assert made.warnings == []
    assert "instance('evalkit_calls')" in made.xform
    assert '<instance id="evalkit_calls">' in made.xform


def test_pyxform_accepts_the_shipped_protocol_and_hostile_texts(planned: Planned) -> None:
    loaded, _ = load_definition(library.root() / "surveys" / "service-quality.yaml", "service-quality.yaml", Protocol)
    assert loaded is not None
    about = ("C1", "U1", HOSTILE, "S01", "phone", "morning", "A3", "second", "2025-03-03", "N1")
    assert (
        convert(io.BytesIO(form(loaded[0], [PlannedRating(*about)])), file_type=".xlsx", validate=False).warnings == []
    )
    items = [item | {"text": HOSTILE, "help": HOSTILE} for item in PROTOCOL["items"]]
    scenarios = [scenario | {"script": HOSTILE, "name": HOSTILE} for scenario in PROTOCOL["scenarios"]]
    asked = protocol(items=items, scenarios=scenarios, name=HOSTILE)
    made = convert(io.BytesIO(form(asked, planned[1])), file_type=".xlsx", validate=False)
    assert made.warnings == []


def test_equal_plans_give_equal_bytes(planned: Planned) -> None:
    own = planned[1]
    assert form(small(), own) == form(small(), own)


def test_an_auditor_sees_his_calls_and_nothing_else(planned: Planned) -> None:
    own = planned[1]
    choices = [row for row in rows(form(small(), own), "choices") if row["list_name"] == "evalkit_calls"]
    assert {row["name"] for row in choices} == {rating.call for rating in own}
    for rating in own:
        shown = next(row for row in choices if row["name"] == rating.call)
        assert [shown[name] for name in ("unit", "scenario", "channel", "slot")] == [
            rating.unit, rating.scenario, rating.channel, rating.slot,
        ]  # fmt: skip
        label = shown["label::English (en)"]
        assert label.startswith(f"{rating.call} · {rating.date}".strip())
        assert ("reserve" in label, "second score" in label) == (rating.role == "reserve", rating.role == "second")
        assert f"from {rating.number}" in label


@pytest.mark.parametrize(("code", "kind"), [("N1", "select_one evalkit_numbers"), ("号码 1", "text")])
def test_the_number_called_from_is_chosen_or_typed(planned: Planned, code: str, kind: str) -> None:
    """A choice of a form has a plain name; without a planned number nothing is asked."""
    own = [replace(rating, number=code) for rating in planned[1]]
    (asked,) = [row for row in rows(form(small(), own), "survey") if row["name"] == "evalkit_number"]
    assert (asked["type"], asked["hint::English (en)"]) == (kind, code)
    assert convert(io.BytesIO(form(small(), own)), file_type=".xlsx", validate=False).warnings == []
    without = [replace(rating, number="") for rating in own]
    assert "evalkit_number" not in {row["name"] for row in rows(form(small(), without), "survey")}


CALLED = ("2025-03-04", "10:15:07", "95")
"""Date, start and duration of every call."""


def answers(rating: PlannedRating) -> dict[str, str]:
    """What the auditor has to say of a call, by item: some of it depends on the call."""
    number = int(rating.call[1:])
    return {
        "outcome": ("good", "wrong", "silent")[number % 3],
        "G2": ("yes", "no")[number % 2],
        "G3": ("clear", "unclear", "na")[number % 3],
        "G4": "" if number % 5 == 0 else str(number % 40),
        "G5": str(number % 4),
        "G6": "no",
        "G7": f"remark {number}",
    }


def submission(content: bytes, rating: PlannedRating, given: Mapping[str, str]) -> dict[str, str]:
    """Fill in the form as a phone does: values are looked up and computed, and a field that is not shown is empty."""
    fields: dict[str, str] = {}
    call = next(row for row in rows(content, "choices") if row["name"] == rating.call)
    group = ""
    for row in rows(content, "survey"):
        name = row["name"]
        if row["type"] in {"begin_group", "end_group"}:
            group = f"{name}/" if row["type"] == "begin_group" else ""
            continue
        looked_up = re.fullmatch(
            r"instance\('evalkit_calls'\)/root/item\[name = \$\{evalkit_call\}\]/(\w+)", row["calculation"]
        )
        typed = {"evalkit_call": rating.call, "evalkit_outcome": given["outcome"], "evalkit_attempt": row["default"]}
        typed |= {**given, "G4_na": "" if given["G4"] else "OK"}
        typed |= {"evalkit_date": CALLED[0], "evalkit_start": f"{CALLED[1]}.000+08:00", "evalkit_duration": CALLED[2]}
        typed |= {"evalkit_number": rating.number, "evalkit_agent": f"工号{rating.call[1:]}"}
        if looked_up:
            value = call[looked_up[1]]
        elif row["calculation"]:
            value = str(openrosa.evaluate(row["calculation"], fields))
        elif row["relevant"] and not openrosa.evaluate(row["relevant"], fields | {"G4_na": typed["G4_na"]}):
            value = ""
        else:
            value = "" if row["type"] == "note" else typed[name]
            assert value or row["required"] != "yes", f"{name} must be answered"
        fields[name] = value
        fields[f"{group}{name}"] = value
    return {name: value for name, value in fields.items() if "/" in name}


def fill_sheet(path: Path, asked: Protocol, given: Mapping[str, Mapping[str, str]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for line in range(2, sheet.max_row + 1):
        said = given.get(str(sheet.cell(line, head["拨测编号"]).value))
        if said is None:
            continue
        for title, text in zip(("日期", "开始时间", "时长(秒)"), CALLED, strict=True):
            sheet.cell(line, head[title]).value = text
        if said["outcome"] != "silent":
            sheet.cell(line, head["话务员工号"]).value = int(str(sheet.cell(line, head["拨测编号"]).value)[1:])
        sheet.cell(line, head["主叫号码"]).value = sheet.cell(line, head["计划主叫号码"]).value
        sheet.cell(line, head["拨测结果"]).value = asked.outcome_by_code[said["outcome"]].name.zh
        for code, title in headers(asked).items():
            judged = said["outcome"] != "silent" or code == "G7"
            phone = code != "G4" or sheet.cell(line, head["渠道"]).value == "电话"
            answer = {"yes": "是", "no": "否", "na": "不适用", "": "不适用"}.get(said[code], said[code])
            sheet.cell(line, head[title]).value = answer if judged and phone else None
    book.save(path)


def content_of(rating: Rating) -> tuple[Any, ...]:
    cells = tuple((cell.key, cell.status, cell.value, str(cell.number)) for cell in rating.cells)
    about = (rating.call, rating.unit, rating.auditor, rating.scenario, rating.channel, rating.slot)
    return (*about, rating.outcome, rating.attempt, rating.timing, rating.number, rating.agent, cells)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_is_read_as_the_filled_excel_sheet_is(planned: Planned, tmp_path: Path, ending: str) -> None:
    asked, (folder, own) = small(), planned
    made = [rating for rating in own if rating.role != "reserve"]
    given = {rating.call: answers(rating) for rating in made}
    write_call_sheet(tmp_path / "sheet.xlsx", asked, own)
    fill_sheet(tmp_path / "sheet.xlsx", asked, given)
    content = form(asked, own)
    table = [submission(content, rating, given[rating.call]) | {"_id": rating.call, "_status": ""} for rating in made]
    write_export(tmp_path / f"export.{ending}", table)
    register, _ = read_register(folder / "units.csv", "units.csv")
    assert register is not None
    sheet, export = (read(asked, register, tmp_path / name) for name in ("sheet.xlsx", f"export.{ending}"))
    assert [each.code for each in sheet[1]] == ["EK614"], "the reserves"
    assert export[1] == []
    assert len(sheet[0]) == len(made)
    assert sorted(content_of(each) for each in export[0]) == sorted(content_of(each) for each in sheet[0])


def read(asked: Protocol, register: Register, path: Path) -> tuple[tuple[Rating, ...], list[Problem]]:
    found, problems = read_audits(asked, register, [(path, path.name)])
    return found.ratings, problems


def write_export(path: Path, table: Rows) -> None:
    lines = [list(table[0]), *(list(row.values()) for row in table)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        return
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(path)
