"""A small questionnaire with every type of question, its register, and filled forms that people have changed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.observations import STATUSES, Batch, Cell
from evalkit.problems import Problem
from evalkit.reports.template import write_form
from evalkit.reports.template_book import Answer
from evalkit.sources.register import Register, read_register
from evalkit.sources.survey import FileAccount, read_survey

UNITS = "unit,name,aliases\nGZ,广州市,穗|羊城\nSZ,深圳市,\nHZ,杭州市,\n"
ANSWER_COLUMN = 4
ANSWERS: Mapping[str, Answer] = {
    "Q01": "是 / Yes",
    "Q02": "已建成 / In place",
    "Q03.cloud": "√",
    "Q04.web": 10,
    "Q04.phone": 20,
    "Q04.total": 30,
    "Q05": 95.1,
    "Q06": dt.date(2020, 11, 1),
    "Q07": "无",
    "Q08": "经常 / Often",
    "Q10": 3,
    "Q11": "否 / No",
}
Typed = str | float | bool | dt.date | None
COUNT = 14
"""Answer cells of the form: those above, and the two other ticks of Q03."""


@cache
def questionnaire(version: str = "1", identity: str = "small") -> Questionnaire:
    def text(zh: str, en: str) -> dict[str, str]:
        return {"zh": zh, "en": en}

    built = [
        {"code": "built", "name": text("已建成", "In place")},
        {"code": "planned", "name": text("计划建设", "Planned")},
        {"code": "none", "name": text("没有", "None")},
    ]
    clouds = [
        {"code": "cloud", "name": text("云", "Cloud")},
        {"code": "local", "name": text("本地", "Local")},
        {"code": "other", "name": text("其他", "Other")},
    ]
    often = [{"code": "often", "name": text("经常", "Often")}, {"code": "never", "name": text("从不", "Never")}]
    parts = [{"code": code, "name": text(code, code)} for code in ("web", "phone", "total")]
    share = {"code": "web", "name": text("网", "Web"), "numerator": "Q04.web", "denominator": "Q04.total"}
    ask = text("?", "?")
    first = [
        {"code": "Q01", "text": ask, "type": "yesno", "required": True},
        {"code": "Q02", "text": ask, "type": "single", "options": built, "ask_if": "Q01 = yes", "required": True},
        {"code": "Q03", "text": ask, "type": "multiple", "options": clouds},
        {"code": "Q04", "text": ask, "type": "numbers", "parts": parts, "min": 0, "integer": True},
        {"code": "Q05", "text": ask, "type": "number", "unit": "%", "min": 0, "max": 100},
    ]
    second = [
        {"code": "Q06", "text": ask, "type": "date", "ask_if": "Q02 = built"},
        {"code": "Q07", "text": ask, "type": "text"},
        {"code": "Q08", "text": ask, "type": "scale", "options": often},
        {"code": "Q09", "text": ask, "type": "ratio", "parts": [share]},
        {"code": "Q10", "text": ask, "type": "number", "ask_if": "Q03 has cloud"},
        {"code": "Q11", "text": ask, "type": "yesno", "ask_if": "Q10 > 2"},
    ]
    sections = [
        {"id": "A", "name": text("能力", "Capacity"), "questions": first},
        {"id": "B", "name": text("效果", "Effect"), "questions": second},
    ]
    name = text("小问卷", "Small")
    return Questionnaire.model_validate({"id": identity, "version": version, "name": name, "sections": sections})


def register(folder: Path, text: str = UNITS) -> Register:
    path = folder / "units.csv"
    path.write_text(text, encoding="utf-8")
    found, problems = read_register(path, "units.csv")
    assert found is not None, problems
    return found


@cache
def form(unit: str = "GZ", changes: tuple[tuple[str, Answer], ...] = (), *, version: str = "1", identity: str = "small",
) -> bytes:  # fmt: skip
    """Return the bytes of a form with :data:`ANSWERS` as changed."""
    stream = io.BytesIO()
    write_form(
        questionnaire(version, identity), stream, unit=unit, unit_name=unit, answers={**ANSWERS, **dict(changes)}
    )
    return stream.getvalue()


def edited(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Return a workbook as openpyxl saves it after a change."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheets(book: Workbook) -> list[Worksheet]:
    """Return the two sheets with questions."""
    return [sheet for sheet in book.worksheets if sheet.title.startswith(("能力", "效果"))]


def row_of(sheet: Worksheet, code: str, column: int = 1) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == code)


def answer_cell(book: Workbook, code: str) -> tuple[Worksheet, int]:
    """Return the sheet and row of a code."""
    for sheet in sheets(book):
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == code:
                return sheet, row
    raise KeyError(code)


def with_answer(code: str, value: Typed, unit: str = "GZ") -> bytes:
    """Return a form with a value of any kind in the answer cell of a code."""

    def change(book: Workbook) -> None:
        sheet, row = answer_cell(book, code)
        cell = sheet.cell(row, ANSWER_COLUMN)
        cell.value = value
        if isinstance(value, str) and value.startswith("=") and value != "=1/0":
            cell.data_type = "s"

    return edited(form(unit), change)


class Read:
    """What reading some files gave: batches, accounts and findings, with short ways to them."""

    def __init__(self, folder: Path, files: Mapping[str, bytes], form_read: Questionnaire | None = None) -> None:
        units = register(folder)
        given = []
        for name, data in files.items():
            path = folder / name
            path.write_bytes(data)
            given.append((path, name))
        self.batches: list[Batch]
        self.accounts: list[FileAccount]
        self.problems: list[Problem]
        form_read = form_read or questionnaire()
        (self.batches, self.accounts), self.problems = read_survey(form_read, units, given)
        for account in self.accounts:
            assert sum(account.counts) == account.expected
            assert account.expected == (len(form_read.cell_keys) if account.state == "read" else 0)

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.problems]

    @property
    def states(self) -> list[str]:
        return [each.state for each in self.accounts]

    @property
    def cells(self) -> dict[str, Cell]:
        """The cells of the only unit."""
        (batch,) = self.batches
        return {cell.key: cell for cell in batch.cells}

    def status(self, key: str) -> str:
        return STATUSES[self.cells[key].status]

    def counts(self) -> dict[str, int]:
        """The account of the only file, without zeros."""
        (account,) = self.accounts
        return {name: count for name, count in zip(STATUSES, account.counts, strict=True) if count}

    def of(self, code: str) -> list[Problem]:
        return [each for each in self.problems if each.code == code]
