"""Where codes, answers and stamps stand in the sheets of a questionnaire workbook, however people moved them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from evalkit.definitions.form import (
    ANSWER_HEADER,
    CHOICES_SHEET,
    CODE_HEADER,
    EVIDENCE_HEADER,
    META_QUESTIONS,
    META_SHEET,
    Stamp,
    parse_stamp,
)
from evalkit.definitions.form_changes import Digest, from_lines
from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import as_text, fold, normalise
from evalkit.sources.workbook import CellValue, Sheet, Workbook, cell_name

_HEAD_ROWS = 30
_STAMP_BEGINS = "evalkit:"
_CODE, _ANSWER, _EVIDENCE = range(3)
_TITLES = {
    fold(title): kind
    for kind, (zh, en) in ((_CODE, CODE_HEADER), (_ANSWER, ANSWER_HEADER), (_EVIDENCE, EVIDENCE_HEADER))
    for title in (zh, en, f"{zh}{en}", f"{zh}/{en}")
}


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The table of a sheet that has the header: numbers from 0 of its row and of the columns of code and answer.

    ``evidence`` is the first column of that name; few sheets have one.
    """

    sheet: Sheet
    header: int
    code: int
    answer: int
    stamp: Stamp | None
    evidence: int | None = None

    def codes(self) -> Iterator[tuple[int, str]]:
        """Yield row number and code, as it stands, of each row with something in the column of codes."""
        column, first = self.code, self.header + 1
        for row, values in enumerate(islice(self.sheet.rows, first, None), start=first):
            code = values[column]
            if code != "":
                yield row, code if isinstance(code, str) else as_text(code)

    def proof(self, row: int) -> tuple[str, str]:
        """Return the proof given in a row, as it stands, with the name of its cell; two empty texts without a column.

        What Excel shows as an error value proves nothing: it reads as empty.
        """
        if self.evidence is None:
            return "", ""
        value = self.sheet.rows[row][self.evidence]
        return as_text(value).strip(), cell_name(row, self.evidence)

    def faults(self) -> dict[int, str]:
        """Return the rows whose answer is an error value, with its text; ``""`` is a formula without a result."""
        found = {row: "" for row, column in self.sheet.uncached if column == self.answer}
        return found | {row: text for (row, column), text in self.sheet.errors.items() if column == self.answer}


def answer_tables(book: Workbook, codes: Collection[str], place: Place) -> tuple[list[AnswerTable], list[Problem]]:
    """Return the tables of answers, and findings for the sheets that have codes but no proper header.

    ``EK225``: the header of codes or of answers is not there; ``EK251``: it is there more than once.
    """
    known = frozenset(codes)
    tables: list[AnswerTable] = []
    problems: list[Problem] = []
    for sheet in book.sheets:
        if sheet.name in {META_SHEET, CHOICES_SHEET}:
            continue
        head = _head(sheet)
        if head is None:
            if not known.isdisjoint(chain.from_iterable(sheet.rows)):
                problems.append(problem("EK225", place.at(sheet=sheet.name)))
            continue
        row, kinds = head
        twice = [kind for kind in (_CODE, _ANSWER) if kinds.count(kind) > 1]
        for kind in twice:
            column = kinds.index(kind, kinds.index(kind) + 1)
            title = normalise(as_text(sheet.rows[row][column]))
            where = place.at(sheet=sheet.name, cell=cell_name(row, column))
            problems.append(problem("EK251", where, column=title))
        if not twice:
            stamp = _visible_stamp(sheet)
            evidence = kinds.index(_EVIDENCE) if _EVIDENCE in kinds else None
            tables.append(AnswerTable(sheet, row, kinds.index(_CODE), kinds.index(_ANSWER), stamp, evidence))
    return tables, problems


def find_stamp(book: Workbook) -> Stamp | None:
    """Return the stamp on the hidden sheet, else the first visible one."""
    entries = dict(_meta_rows(book))
    if entries.get("questionnaire"):
        return Stamp(*(entries.get(name, "") for name in ("questionnaire", "version", "hash", "unit")))
    return next((mark for sheet in book.sheets if (mark := _visible_stamp(sheet)) is not None), None)


def find_digests(book: Workbook) -> dict[str, Digest]:
    """Return the digests of the questions on the hidden sheet; none where it is not there or holds none."""
    return from_lines(text for name, text in _meta_rows(book) if name == META_QUESTIONS)


def _meta_rows(book: Workbook) -> Iterator[tuple[str, str]]:
    meta = book.sheet(META_SHEET)
    for row in [] if meta is None else meta.rows:
        if len(row) > 1:
            yield as_text(row[0]).strip(), as_text(row[1]).strip()


def _head(sheet: Sheet) -> tuple[int, list[int | None]] | None:
    """Return the first row that has the headers of codes and of answers, with what each of its cells is."""
    for row, values in enumerate(islice(sheet.rows, _HEAD_ROWS)):
        # Most rows above the header have one text, which cannot be both.
        if values.count("") < len(values) - 1:
            kinds = [*map(_kind, values)]
            if _CODE in kinds and _ANSWER in kinds:
                return row, kinds
    return None


def _visible_stamp(sheet: Sheet) -> Stamp | None:
    texts = (value for values in islice(sheet.rows, _HEAD_ROWS) for value in values if isinstance(value, str))
    marks = (parse_stamp(text) for text in texts if _STAMP_BEGINS in text)
    return next((mark for mark in marks if mark is not None), None)


@lru_cache(maxsize=2048)
def _kind(value: CellValue) -> int | None:
    """Return which header a cell is; forms repeat themselves, so it is remembered."""
    return _TITLES.get(fold(value)) if isinstance(value, str) else None
