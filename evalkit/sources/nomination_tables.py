"""Reading nominations: the tables of submissions, of the jury's forms, and of the committee's decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evalkit.messages.nearest import listed, suggestion
from evalkit.observations import OK
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import parse_number, read_cell
from evalkit.sources.nominations import Decided, Form, Submission
from evalkit.sources.register import Register
from evalkit.sources.tables import Table, read_table

_FORM_COLUMNS = ("submission", "judge")
_JUDGE_UNIT = "judge_unit"
_COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table by column, blank where there is no such column."""

    table: Table
    line: int
    cells: Sequence[str]

    def text(self, column: str) -> str:
        header = self.table.header
        return self.cells[header.index(column)].strip() if column in header else ""

    def place(self, column: str) -> Place:
        header = self.table.header
        return self.table.at(self.line, header.index(column) if column in header else 0)


def read_submissions(
    path: Path, shown_as: str, register: Register, awards: Sequence[str]
) -> tuple[list[Submission], list[Problem]]:
    """Read submission, award and unit, with title and person where there are such columns.

    ``awards`` are the known ones, as ``SCHEME/AWARD``. Left out and reported: a row without an id (``EK248``), with an
    unknown unit (``EK242``) or award (``EK521``), and an id that stands twice (``EK531``).
    """
    rows, problems = _rows(path, shown_as, ("submission", "award", "unit"))
    found: dict[str, Submission] = {}
    for row in rows:
        each, place = row.text("submission"), row.place("submission")
        unit, award, more = _whose(row, register, awards)
        problems += more
        if not each:
            problems.append(problem("EK248", place, column="submission"))
        elif each in found:
            problems.append(problem("EK531", place, id=each))
        elif unit and award:
            found[each] = Submission(each, award, unit, row.text("title"), row.text("person"), place.at(unit=unit))
    return list(found.values()), problems


def read_forms(
    path: Path, shown_as: str, register: Register, submissions: Sequence[str]
) -> tuple[list[Form], list[Problem]]:
    """Read the jury sheet: every column but submission, judge, judge_unit and comment holds the marks of a criterion.

    Left out and reported: a row without a judge (``EK248``), an unknown submission (``EK524``), and a second form of a
    judge for one submission (``EK532``). A judge's unit that the register does not know is kept as it is written: it
    is nobody's. A mark that is no number is reported and counts as none.
    """
    rows, problems = _rows(path, shown_as, _FORM_COLUMNS)
    found: dict[tuple[str, str], Form] = {}
    for row in rows:
        submission, judge = row.text("submission"), row.text("judge")
        if not judge:
            problems.append(problem("EK248", row.place("judge"), column="judge"))
        elif submission not in submissions:
            near = suggestion(submission, submissions)
            problems.append(problem("EK524", row.place("submission"), submission=submission, **near))
        elif (submission, judge) in found:
            problems.append(problem("EK532", row.place("judge"), submission=submission))
        else:
            marks, more = _marks(row)
            problems += more
            unit = row.text(_JUDGE_UNIT)
            place = row.place("judge")
            found[submission, judge] = Form(submission, judge, register.find(unit) or unit, marks, place)
    return list(found.values()), problems


def read_decisions(
    path: Path, shown_as: str, register: Register, awards: Sequence[str]
) -> tuple[list[Decided], list[Problem]]:
    """Read award, unit and reason, with person and by where there are such columns.

    Left out and reported: an unknown unit (``EK242``) or award (``EK521``), and a decision without a reason
    (``EK520``).
    """
    rows, problems = _rows(path, shown_as, ("award", "unit", "reason"))
    found = []
    for row in rows:
        unit, award, more = _whose(row, register, awards)
        problems += more
        if not (unit and award):
            continue
        place, reason = row.place("unit").at(unit=unit), row.text("reason")
        if not reason:
            problems.append(problem("EK520", row.place("reason").at(unit=unit), unit=unit))
        else:
            found.append(Decided(award, unit, reason, row.text("person"), row.text("by"), place))
    return found, problems


def _rows(path: Path, shown_as: str, required: Sequence[str]) -> tuple[list[_Row], list[Problem]]:
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return [], problems
    lacking = [name for name in required if name not in table.header]
    if lacking:
        place, allowed = table.place.at(line=1), listed(table.header)
        return [], [*problems, *(problem("EK201", place, column=name, allowed=allowed) for name in lacking)]
    return [_Row(table, line, cells) for line, cells in table.rows], problems


def _whose(row: _Row, register: Register, awards: Sequence[str]) -> tuple[str | None, str | None, list[Problem]]:
    """Return the unit and the award of a row, None where they are not known, which is reported."""
    name, wanted = row.text("unit"), row.text("award")
    unit = register.find(name) if name else None
    fitting = [each for each in awards if wanted in {each, each.partition("/")[2]}]
    problems: list[Problem] = []
    if not name:
        problems.append(problem("EK248", row.place("unit"), column="unit"))
    elif unit is None:
        problems.append(problem("EK242", row.place("unit"), name=name, **register.suggestion(name)))
    if len(fitting) != 1:
        near = suggestion(wanted, [*awards, *(each.partition("/")[2] for each in awards)])
        problems.append(problem("EK521", row.place("award"), award=wanted, allowed=listed(awards), **near))
        return unit, None, problems
    return unit, fitting[0], problems


def _marks(row: _Row) -> tuple[Mapping[str, float | None], list[Problem]]:
    marks: dict[str, float | None] = {}
    problems: list[Problem] = []
    for column in _criteria(row.table):
        text = row.text(column)
        cell, finding = read_cell(column, parse_number, text, None, row.place(column))
        problems += [finding] if finding else []
        marks[column] = cell.number if cell.status == OK else None
    return marks, problems


def _criteria(table: Table) -> Iterator[str]:
    yield from (name for name in table.header if name and name not in {*_FORM_COLUMNS, _JUDGE_UNIT, _COMMENT})
