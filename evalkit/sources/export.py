"""One export of a survey platform: whose rows they are, what they weigh, and every answer of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.exports import Export
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.messages.nearest import listed
from evalkit.observations import OK, STATUSES
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import parse_number, read_answer
from evalkit.sources.cell_text import normalise, shortened
from evalkit.sources.export_answers import MOST_SHOWN, Piece, answer_columns
from evalkit.sources.export_columns import Columns, find_columns
from evalkit.sources.export_grid import Coded, Grid, read_grid
from evalkit.sources.export_long import LongTable, read_long
from evalkit.sources.export_parsing import Forms
from evalkit.sources.export_rules import apply_rules
from evalkit.sources.register import Register
from evalkit.sources.respondents import DUPLICATE, NO_WEIGHT, UNASSIGNED, USED, ZERO_WEIGHT, AnswerColumn, ReadExport
from evalkit.sources.survey import FileAccount

_TIME = re.compile(r"[0-9]+", re.ASCII)
_YEAR_DIGITS, _TIME_PARTS = 4, 6


def read_export(
    file: tuple[Path, str], export: Export, profile: Platform, questionnaire: Questionnaire, register: Register
) -> tuple[tuple[ReadExport | None, FileAccount], list[Problem]]:
    """Read one ``file`` (path, name in findings) by its profile, every cell accounted for.

    Every row is a respondent, in a long table every id.

    Findings besides those of :func:`read_grid`, :func:`find_columns`, :func:`read_long`, :func:`answer_columns` and
    :func:`apply_rules`: ``EK290`` nothing says which unit (nothing is read then), ``EK285`` unknown units, ``EK286`` an
    id in several rows, ``EK287`` and ``EK288`` weights that do not count, ``EK289`` questions without a column,
    ``EK296`` rows of one respondent that disagree, ``EK298`` no ids (the number of the row serves).
    """
    path, shown_as = file
    grid, problems = read_grid(path, shown_as, len(profile.header), export.sheet)
    if grid is None:
        return (None, FileAccount(shown_as, "", "unreadable")), problems
    columns = find_columns(grid, profile, export, questionnaire)
    problems += columns.problems
    reading = _Reading(grid, columns, profile, export, questionnaire, register)
    read = reading.read()
    problems += reading.problems
    if read is None:
        return (None, FileAccount(shown_as, "", "unreadable", sha256=grid.sha256)), problems
    counts = np.zeros(len(STATUSES), np.int64)
    for column in read.columns:
        counts += np.bincount(column.statuses, minlength=len(STATUSES))
    missing, unknown = read.questions_missing, read.headings_unknown
    total, each = int(counts.sum()), tuple(counts.tolist())
    return (read, FileAccount(shown_as, "", "read", total, each, missing, unknown, read.sha256)), problems


@dataclass(slots=True)
class _Reading:
    grid: Grid
    columns: Columns
    profile: Platform
    export: Export
    questionnaire: Questionnaire
    register: Register
    problems: list[Problem] = field(default_factory=list)
    long: LongTable | None = None

    def read(self) -> ReadExport | None:
        """Read the respondents and their answers; None where that is not possible."""
        if self.profile.layout == "long":
            self.long, more = read_long(self.grid, self.columns, self.profile, self.export, self.questionnaire)
            self.problems += more
            if self.long is None:
                return None
        pieces = self._pieces() if self.long is None else self.long.pieces
        forms = Forms.of(self.profile)
        answers: dict[str, AnswerColumn] = {}
        for question in self.questionnaire.questions.values():
            if question.is_asked:
                found, more = answer_columns(question, pieces, forms, len(self.lines), self.at)
                answers |= {column.key: column for column in found}
                self.problems += more
        units = self._units(answers)
        if units is None:
            self.problems.append(problem("EK290", self.grid.place))
            return None
        missing = [key for key, column in answers.items() if column.column < 0]
        if missing:
            self.problems.append(problem("EK289", self.grid.place, count=len(missing), codes=listed(missing)))
        self.problems += apply_rules(self.questionnaire, answers, len(self.lines), self.at)
        weights = self._weights()
        respondents, states = self._respondents()
        states[(states == USED) & (units < 0)] = UNASSIGNED
        states[(states == USED) & np.isnan(weights)] = NO_WEIGHT
        states[(states == USED) & (weights == 0)] = ZERO_WEIGHT
        return ReadExport(
            file=self.grid.place.file or "",
            sheet=self.grid.place.sheet or "",
            sha256=self.grid.sha256,
            respondents=respondents,
            lines=self.lines,
            units=units,
            states=states,
            weights=weights,
            submitted=self._submitted(),
            columns=tuple(answers.values()),
            questions_missing=len(missing),
            headings_unknown=self.columns.unknown + (self.long.unknown if self.long else 0),
        )

    @property
    def lines(self) -> NDArray[np.int64]:
        """The line of each respondent, in a long table the first."""
        return self.grid.lines if self.long is None else self.grid.lines[self.long.first]

    def at(self, line: int, column: int) -> Place:
        """Return the place of a cell; of the table where there is none."""
        return self.grid.at(line, column) if line > 0 and column >= 0 else self.grid.place

    def _pieces(self) -> dict[str, Piece]:
        every = np.ones(len(self.grid.lines), dtype=bool)
        return {
            key: Piece(
                self.grid.columns[column].codes,
                self.grid.columns[column].texts,
                self.grid.lines,
                column,
                every if key in self.columns.doubled else None,
            )
            for key, column in self.columns.answers.items()
        }

    def _role(self, role: str) -> tuple[Coded, int] | None:
        """Return the column of a role over respondents; in a long table it must say the same in all their rows."""
        column = self.columns.roles.get(role)
        if column is None:
            return None
        coded = self.grid.columns[column]
        if self.long is None:
            return coded, column
        agree = self.long.agrees(coded)
        codes = coded.codes[self.long.first].copy()
        if not agree.all() and role != "submitted":
            first = int(self.lines[np.flatnonzero(~agree)[0]])
            about = {"column": self.grid.headers[0][column], "count": int((~agree).sum())}
            self.problems.append(problem("EK296", self.at(first, column), **about))
            codes[~agree] = 0
        return Coded(codes, coded.texts), column

    def _units(self, answers: Mapping[str, AnswerColumn]) -> NDArray[np.int64] | None:
        """Return the unit of each respondent, -1 for none; None where nothing says where units are."""
        source = self.export.unit
        if source is not None and source.value is not None:
            return self._found(Coded(np.zeros(len(self.lines), np.int32), (source.value,)), [[source.value]], -1)
        if source is not None and source.question is not None:
            question = self.questionnaire.questions.get(source.question)
            column = None if question is None else answers.get(question.code)
            if question is None or column is None:
                return None
            names = [_names_of(question, raw, value) for raw, value in zip(column.raws, column.values, strict=True)]
            return self._found(Coded(column.codes, column.raws), names, column.column)
        found = self._role("unit")
        if found is None:
            return None
        coded, number = found
        return self._found(coded, [[text] for text in coded.texts], number)

    def _found(self, coded: Coded, names: list[list[str]], column: int) -> NDArray[np.int64]:
        """Look the units up, each text once; ``EK285`` for those that are unknown."""
        positions = {unit: index for index, unit in enumerate(self.register.units)}
        units = np.full(len(names), -1, np.int64)
        for index, several in enumerate(names):
            known = next((unit for name in several if (unit := self.register.find(name)) is not None), None)
            units[index] = -1 if known is None else positions[known]
        for code, row, count in _wrong(coded, units < 0):
            name = shortened(normalise(coded.texts[code]))
            place = self.at(int(self.lines[row]), column)
            near = self.register.suggestion(name)
            self.problems.append(problem("EK285", place, name=name, count=count, **near))
        result: NDArray[np.int64] = units[coded.codes]
        return result

    def _weights(self) -> NDArray[np.float64]:
        """Return the weights, NaN where one does not count; all 1 without a column of weights."""
        found = self._role("weight")
        if found is None:
            return np.ones(len(self.lines))
        coded, column = found
        read = [read_answer(parse_number, text) for text in coded.texts]
        values = np.array([answer.number if answer.status == OK else np.nan for answer in read])
        values[values < 0] = np.nan
        for code, row, count in _wrong(coded, np.isnan(values)):
            place = self.at(int(self.lines[row]), column)
            self.problems.append(problem("EK287", place, value=shortened(coded.texts[code]), count=count))
        weights: NDArray[np.float64] = values[coded.codes]
        if (zeros := np.flatnonzero(weights == 0)).size:
            self.problems.append(problem("EK288", self.at(int(self.lines[zeros[0]]), column), count=len(zeros)))
        return weights

    def _respondents(self) -> tuple[NDArray[np.object_], NDArray[np.int8]]:
        """Return the ids, and USED or DUPLICATE; a row without an id is known by its number."""
        states = np.full(len(self.lines), USED, np.int8)
        numbers = np.array([f"#{line}" for line in self.lines.tolist()], dtype=object)
        column = self.columns.roles.get("respondent")
        if column is None:
            if len(self.lines):
                self.problems.append(problem("EK298", self.grid.place))
            return numbers, states
        coded = self.grid.columns[column]
        codes = coded.codes if self.long is None else coded.codes[self.long.first]
        texts = [normalise(text) for text in coded.texts]
        ids = np.array(texts, dtype=object)[codes]
        distinct, of_row, counts = np.unique(ids.astype(str), return_inverse=True, return_counts=True)
        nameless = ids == ""
        several = (counts > 1)[of_row] & ~nameless
        if self.long is not None:
            several |= nameless
            counts = np.bincount(of_row[self.long.of_row], minlength=len(distinct))
        states[several] = DUPLICATE
        shown, first = np.unique(of_row[several], return_index=True)
        for number, row in list(zip(shown.tolist(), np.flatnonzero(several)[first].tolist(), strict=True))[:MOST_SHOWN]:
            place = self.at(int(self.lines[row]), column)
            count = int(counts[number])
            self.problems.append(problem("EK286", place, id=shortened(str(distinct[number])), count=count))
        return np.where(nameless, numbers, ids), states

    def _submitted(self) -> NDArray[np.object_]:
        found = self._role("submitted")
        if found is None:
            return np.full(len(self.lines), "", dtype=object)
        coded, _ = found
        return np.array([_sortable(text) for text in coded.texts], dtype=object)[coded.codes]


def _wrong(coded: Coded, wrong: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return code, first row and number of rows of the first texts that are wrong, in the order of the rows."""
    codes, first, counts = np.unique(coded.codes, return_index=True, return_counts=True)
    found = [(int(code), int(row), int(count)) for code, row, count in zip(codes, first, counts, strict=True)]
    return sorted((each for each in found if wrong[each[0]]), key=lambda each: each[1])[:MOST_SHOWN]


def _names_of(question: Question, raw: str, value: str) -> list[str]:
    """Return the names that an answer may give to a unit: the code and the labels of the option, and the text."""
    option = next((each for each in question.choices if each.code == value), None)
    return [raw] if option is None else [option.code, option.name.zh, option.name.en, raw]


def _sortable(text: str) -> str:
    """Return a time that begins with the year as a text that sorts; empty for any other."""
    parts = _TIME.findall(normalise(text))[:_TIME_PARTS]
    return "".join(part.zfill(4) for part in parts) if parts and len(parts[0]) == _YEAR_DIGITS else ""
