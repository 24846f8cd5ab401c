"""Where codes, answers and stamps stand in the sheets of a questionnaire workbook, however people moved them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from evalkit.definitions.form import ANSWER_HEADER, CHOICES_SHEET, CODE_HEADER, META_SHEET, Stamp, parse_stamp
from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import as_text, fold, normalise
from evalkit.sources.workbook import Sheet, Workbook, cell_name

_HEAD_ROWS = 30
_STAMP_BEGINS = "evalkit:"
_CODE, _ANSWER, _STAMP = range(3)


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The table of a sheet that has the header: numbers from 0 of its row and of the columns of code and answer."""

    sheet: Sheet
    header: int
    code: int
    answer: int
    stamp: Stamp | None

    def codes(self) -> Iterator[tuple[int, str]]:
        """Yield row number and code, as it stands, of each row with something in the column of codes."""
        column, first = self.code, self.header + 1
        for row, values in enumerate(islice(self.sheet.rows, first, None), start=first):
            code = values[column]
            if code != "":
                yield row, code if isinstance(code, str) else as_text(code)

    def faults(self) -> dict[int, str]:
        """Return the rows whose answer is an error value, with its text; ``""`` is a formula without a result."""
        found = {row: "" for row, column in self.sheet.uncached if column == self.answer}
        return found | {row: text for (row, column), text in self.sheet.errors.items() if column == self.answer}


def answer_tables(book: Workbook, codes: Collection[str], place: Place) -> tuple[list[AnswerTable], list[Problem]]:
    """Return the tables of answers, and findings for the sheets that have codes but no proper header.

    ``EK225``: the header of codes or of answers is not there; ``EK251``: it is there more than once.
    """
    tables: list[AnswerTable] = []
    problems: list[Problem] = []
    for sheet in book.sheets:
        if sheet.name in {META_SHEET, CHOICES_SHEET}:
            continue
        where = place.at(sheet=sheet.name)
        row, found = _header(sheet)
        if row is None:
            if any(isinstance(value, str) and value in codes for values in sheet.rows for value in values):
                problems.append(problem("EK225", where))
            continue
        twice = [kind for kind in (_CODE, _ANSWER) if len(found[kind]) > 1]
        for kind in twice:
            title = normalise(as_text(sheet.rows[row][found[kind][1]]))
            problems.append(problem("EK251", where.at(cell=cell_name(row, found[kind][1])), column=title))
        if not twice:
            tables.append(AnswerTable(sheet, row, found[_CODE][0], found[_ANSWER][0], _visible_stamp(sheet)))
    return tables, problems


def find_stamp(book: Workbook) -> Stamp | None:
    """Return the stamp on the hidden sheet, else the first visible one."""
    meta = book.sheet(META_SHEET)
    if meta is not None:
        entries = {as_text(row[0]).strip(): as_text(row[1]).strip() for row in meta.rows if len(row) > 1}
        if entries.get("questionnaire"):
            return Stamp(*(entries.get(name, "") for name in ("questionnaire", "version", "hash", "unit")))
    return next((mark for sheet in book.sheets if (mark := _visible_stamp(sheet)) is not None), None)


def _header(sheet: Sheet) -> tuple[int | None, dict[int, list[int]]]:
    """Return the first row that has the headers of codes and of answers, and the columns of each."""
    for row, values in enumerate(islice(sheet.rows, _HEAD_ROWS)):
        found: dict[int, list[int]] = {_CODE: [], _ANSWER: []}
        for column, value in enumerate(values):
            if isinstance(value, str) and value and (kind := _kind(value)) in found:
                found[kind].append(column)
        if all(found.values()):
            return row, found
    return None, {}


def _visible_stamp(sheet: Sheet) -> Stamp | None:
    for values in islice(sheet.rows, _HEAD_ROWS):
        for value in values:
            if isinstance(value, str) and value and _kind(value) == _STAMP and (mark := parse_stamp(value)):
                return mark
    return None


@lru_cache(maxsize=2048)
def _kind(text: str) -> int | None:
    """Return what a text of the head of a sheet is; forms repeat themselves, so it is remembered."""
    if text.lstrip().startswith(_STAMP_BEGINS):
        return _STAMP
    title = fold(text)
    for kind, (zh, en) in ((_CODE, CODE_HEADER), (_ANSWER, ANSWER_HEADER)):
        names = fold(zh), fold(en)
        if title in {*names, "".join(names), "/".join(names)}:
            return kind
    return None
