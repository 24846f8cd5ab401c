"""One filled questionnaire workbook: whose it is, and every answer cell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from evalkit import library
from evalkit.definitions.form_changes import Changes
from evalkit.definitions.limits import Limits
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import BLANK, INVALID, OK, Cell
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.provenance import sha256
from evalkit.sources import workbook
from evalkit.sources.answer_cells import Answer, Choice, Parser, Value, parse_tick, parsers, read_answer, read_error
from evalkit.sources.answer_sheet import AnswerTable, answer_tables, find_stamp
from evalkit.sources.cell_text import fold, normalise, shortened
from evalkit.sources.cells import cell_name
from evalkit.sources.register import Register
from evalkit.sources.stamp_check import StampCheck, foreign_sheets
from evalkit.sources.stamp_properties import stamp_in_properties
from evalkit.sources.workbook import Workbook

_REMEMBERED = 256
_MOST_STRAYS = 50


@dataclass(frozen=True, slots=True)
class Returned:
    """One workbook as read. ``unit`` is empty where none could be told; ``cells`` is None where it was rejected."""

    file: str
    unit: str
    sha256: str
    cells: dict[str, Cell] | None
    rows_missing: int = 0
    rows_unknown: int = 0


_NO_PROOF = ("", "")


class SurveyReader:
    """Reads workbooks of one questionnaire; what depends on the questionnaire alone is made once."""

    def __init__(self, questionnaire: Questionnaire, register: Register, limits: Limits | None = None) -> None:
        """Prepare the readers of all answer cells, which remember what they have read lately."""
        self.limits = limits
        asked = [question for question in questionnaire.questions.values() if question.is_asked]
        self.register = register
        self.stamps = StampCheck(questionnaire, register)
        self.ticks = [question.keys for question in asked if question.type == "multiple"]
        self.question_of = {key: question.code for question in asked for key in question.keys}
        self.readers = {key: _reader(parser) for question in asked for key, parser in parsers(question).items()}
        folded: dict[str, list[str]] = {}
        for key in self.readers:
            folded.setdefault(fold(key), []).append(key)
        self.folded = {name: keys[0] for name, keys in folded.items() if len(keys) == 1}

    def read(self, path: Path, shown_as: str) -> tuple[Returned, list[Problem]]:
        """Read one workbook; the cells come in the order of the form, blank where the workbook has no such row.

        Findings: those of :func:`evalkit.sources.workbook.read`, of the stamps (:mod:`evalkit.sources.stamp_check`), of
        the codes (``EK225``, ``EK251``, ``EK232`` to ``EK234``, ``EK252``), and of the answers. Nothing is raised for
        what a file holds.
        """
        place = Place(file=shown_as)
        by_name = self.register.find_in_file_name(path.stem)
        data, problems = library.read_bytes(path, place)
        book: Workbook | None = None
        if data is not None:
            book, problems = workbook.read(data, place, self.limits)
        digest = "" if data is None else sha256(data)
        if data is None or book is None:
            return Returned(shown_as, by_name or "", digest, None), [_of_unit(each, by_name) for each in problems]
        mark = find_stamp(book) or stamp_in_properties(data, place, self.limits)
        judged, more = self.stamps.judge(book, mark, path.stem, by_name, place)
        unit = judged.unit
        problems = [*(_of_unit(each, unit) for each in problems), *more]
        if unit is None or has_errors(more):
            return Returned(shown_as, unit or "", digest, None), problems
        place = place.at(unit=unit)
        tables, more = answer_tables(book, self.readers, place)
        problems += more
        if not tables:
            problems += [] if has_errors(more) else [problem("EK225", place)]
            return Returned(shown_as, unit, digest, None), problems
        problems += foreign_sheets(tables, mark, place)
        found = _Found(place, judged.changes)
        for table in tables:
            self._collect(table, found)
        missing = [key for key in self.readers if key not in found.cells]
        unexplained = [key for key in missing if self.question_of[key] not in judged.changes.added]
        if unexplained:
            found.problems.append(problem("EK233", place, count=len(unexplained), codes=listed(unexplained)))
        return Returned(shown_as, unit, digest, self._in_order(found), len(missing), found.unknown), [
            *problems,
            *found.all_problems(),
        ]

    def _collect(self, table: AnswerTable, found: _Found) -> None:
        """Read the answer cell of every row of a sheet that bears a known code."""
        sheet, name = table.sheet.name, cell_name(0, table.answer)[:-1]
        cells, readers, faults = found.cells, self.readers, table.faults()
        for row, text in table.codes():
            code = text if text in readers else self._code(text)
            reader = readers.get(code)
            if reader is None:
                found.stray(table, row, code, readers)
            elif code in cells:
                found.twice(table, row, self.question_of[code], cells[code])
            else:
                answer = read_error(faults[row]) if row in faults else reader(table.sheet.rows[row][table.answer])
                status, raw, value, number, finding = answer
                proof = _NO_PROOF if table.evidence is None else table.proof(row)
                cells[code] = Cell(code, status, raw, value, number, sheet, f"{name}{row + 1}", "", *proof)
                if finding is not None:
                    where = found.place.at(sheet=sheet, cell=f"{name}{row + 1}", question=self.question_of[code])
                    found.problems.append(replace(finding, place=where))

    def _code(self, text: str) -> str:
        """Return the code that is meant: Ｑ０１ and q01 are Q01."""
        return self.folded.get(fold(text), normalise(text))

    def _in_order(self, found: _Found) -> dict[str, Cell]:
        for key in found.doubled:
            cell = found.cells[key]
            cell.status, cell.number, cell.value = INVALID, float("nan"), ""
        cells = {key: found.cells.get(key) or Cell(key, BLANK) for key in self.readers}
        for keys in self.ticks:
            untick([cells[key] for key in keys])
        return cells


@dataclass(slots=True)
class _Found:
    """What the rows of a workbook gave so far; findings of stray rows are limited, since there may be very many.

    Rows of questions that the present version no longer has are told of by the finding of the version.
    """

    place: Place
    changes: Changes
    cells: dict[str, Cell] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    unknown: int = 0
    problems: list[Problem] = field(default_factory=list)
    strays: int = 0

    def stray(self, table: AnswerTable, row: int, code: str, known: Iterable[str]) -> None:
        """Note a row with a code that the form does not have."""
        if not code:
            return
        self.unknown += 1
        if code.partition(".")[0] in self.changes.removed:
            return
        self.strays += 1
        if self.strays <= _MOST_STRAYS:
            where = self.place.at(sheet=table.sheet.name, cell=cell_name(row, table.code))
            self.problems.append(problem("EK232", where, value=shortened(code), **suggestion(shortened(code), known)))

    def twice(self, table: AnswerTable, row: int, question: str, first: Cell) -> None:
        """Note a row with a code that was read already."""
        self.doubled.add(first.key)
        self.strays += 1
        if self.strays <= _MOST_STRAYS:
            where = self.place.at(sheet=table.sheet.name, cell=cell_name(row, table.answer), question=question)
            self.problems.append(problem("EK234", where, value=first.key, first=f"{first.sheet}!{first.cell}"))

    def all_problems(self) -> list[Problem]:
        """Return the findings, with the number of those left out."""
        left_out = self.strays - _MOST_STRAYS
        return self.problems + ([problem("EK252", self.place, count=left_out)] if left_out > 0 else [])


def _reader(parser: Parser) -> Callable[[Value], Answer]:
    """Return how the cells of a question are read; the few answers of a choice are read once."""
    read = partial(read_answer, parser)
    return lru_cache(_REMEMBERED, typed=True)(read) if isinstance(parser, Choice) or parser is parse_tick else read


def _of_unit(each: Problem, unit: str | None) -> Problem:
    return replace(each, place=each.place.at(unit=unit))


def untick(cells: list[Cell]) -> None:
    """Take an empty tick row beside an answered one for "not chosen"; if none is answered, the question is blank.

    A row that the workbook does not have stays blank: nobody saw it.
    """
    if any(cell.status == OK for cell in cells):
        for cell in cells:
            if cell.status == BLANK and cell.cell:
                cell.status, cell.number, cell.value = OK, 0.0, "0"
