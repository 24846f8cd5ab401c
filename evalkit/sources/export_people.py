"""The respondents of an export: their ids, units, weights and times, and what else describes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.exports import UnitFrom
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.observations import OK
from evalkit.problems import Problem, problem
from evalkit.sources.answer_cells import parse_number, read_answer
from evalkit.sources.cell_text import normalise, shortened
from evalkit.sources.export_answers import MOST_SHOWN, At
from evalkit.sources.export_columns import Columns
from evalkit.sources.export_grid import Coded, Grid
from evalkit.sources.export_long import LongTable
from evalkit.sources.register import Register
from evalkit.sources.respondents import DUPLICATE, USED, AnswerColumn

_TIME = re.compile(r"[0-9]+", re.ASCII)
_YEAR_DIGITS, _TIME_PARTS, _MOST_DIGITS = 4, 6, 9
MOST_WEIGHT = 1e9
"""The greatest weight a respondent may have, as of a weight among others in a definition."""


@dataclass(slots=True)
class People:
    """Reads the columns that say who answered; ``lines`` (respondents,) is the line of each, in a long table the first.

    Findings are added to ``problems``, those of a text at its first row with the number of respondents.
    """

    grid: Grid
    columns: Columns
    register: Register
    long: LongTable | None
    lines: NDArray[np.int64]
    at: At
    problems: list[Problem] = field(default_factory=list)

    def _column(self, role: str) -> tuple[Coded, int] | None:
        """Return the column of a role over respondents, and its number; None where the table has none."""
        column = self.columns.roles.get(role)
        return None if column is None else (self._of_respondents(column, may_differ=role == "submitted"), column)

    def _of_respondents(self, column: int, *, may_differ: bool = False) -> Coded:
        """Return a column over respondents; in a long table it must say the same in all their rows (``EK296``)."""
        coded = self.grid.columns[column]
        if self.long is None:
            return coded
        agree = self.long.agrees(coded)
        codes = coded.codes[self.long.first].copy()
        if not agree.all() and not may_differ:
            first = int(self.lines[np.flatnonzero(~agree)[0]])
            about = {"column": self.grid.headers[0][column], "count": int((~agree).sum())}
            self.problems.append(problem("EK296", self.at(first, column), **about))
            codes[~agree] = 0
        return Coded(codes, coded.texts)

    def units(
        self, source: UnitFrom | None, questionnaire: Questionnaire, answers: Mapping[str, AnswerColumn]
    ) -> NDArray[np.int64] | None:
        """Return the unit of each respondent, -1 for none; None where nothing says where units are."""
        if source is not None and source.value is not None:
            return self._found(Coded(np.zeros(len(self.lines), np.int32), (source.value,)), [[source.value]], -1)
        if source is not None and source.question is not None:
            question = questionnaire.questions.get(source.question)
            column = None if question is None else answers.get(question.code)
            if question is None or column is None:
                return None
            names = [_names_of(question, raw, value) for raw, value in zip(column.raws, column.values, strict=True)]
            return self._found(Coded(column.codes, column.raws), names, column.column)
        found = self._column("unit")
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
        for code, row, count in self._first_wrong(coded, units < 0, column):
            name = shortened(normalise(coded.texts[code]))
            place = self.at(int(self.lines[row]), column)
            near = self.register.suggestion(name)
            self.problems.append(problem("EK285", place, name=name, count=count, **near))
        result: NDArray[np.int64] = units[coded.codes]
        return result

    def _first_wrong(self, coded: Coded, wrong: NDArray[np.bool_], column: int) -> list[tuple[int, int, int]]:
        """Return code, first row and number of rows of the first wrong texts; ``EK284`` where there are more."""
        codes, first, counts = np.unique(coded.codes, return_index=True, return_counts=True)
        rows = [(int(code), int(row), int(count)) for code, row, count in zip(codes, first, counts, strict=True)]
        found = sorted((each for each in rows if wrong[each[0]]), key=lambda each: each[1])
        if len(found) > MOST_SHOWN:
            place, cells = self.at(int(self.lines[found[0][1]]), column), sum(count for _, _, count in found)
            self.problems.append(problem("EK284", place, count=cells, texts=len(found)))
        return found[:MOST_SHOWN]

    def weights(self) -> NDArray[np.float64]:
        """Return the weights, NaN where one does not count; all 1 without a column of weights."""
        found = self._column("weight")
        if found is None:
            return np.ones(len(self.lines))
        coded, column = found
        read = [read_answer(parse_number, text) for text in coded.texts]
        values = np.array([answer.number if answer.status == OK else np.nan for answer in read])
        values[(values < 0) | (values > MOST_WEIGHT)] = np.nan
        for code, row, count in self._first_wrong(coded, np.isnan(values), column):
            place = self.at(int(self.lines[row]), column)
            self.problems.append(problem("EK287", place, value=shortened(coded.texts[code]), count=count))
        weights: NDArray[np.float64] = values[coded.codes]
        if (zeros := np.flatnonzero(weights == 0)).size:
            self.problems.append(problem("EK288", self.at(int(self.lines[zeros[0]]), column), count=len(zeros)))
        return weights

    def respondents(self) -> tuple[NDArray[np.object_], NDArray[np.int8]]:
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
        distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        of_row = np.array([distinct[text] for text in texts], dtype=np.int64)[codes]
        counts = np.bincount(of_row, minlength=len(distinct))
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
            self.problems.append(problem("EK286", place, id=shortened(str(ids[row])), count=count))
        return np.where(nameless, numbers, ids), states

    def submitted(self) -> NDArray[np.object_]:
        """Return when the answers were sent in, as texts that sort; empty where that is not known."""
        found = self._column("submitted")
        if found is None:
            return np.full(len(self.lines), "", dtype=object)
        coded, _ = found
        return np.array([_sortable(text) for text in coded.texts], dtype=object)[coded.codes]

    def about(self) -> dict[str, NDArray[np.object_]]:
        """Return by name what describes each respondent, normalised; empty where the file does not say it."""
        columns = {name: self._of_respondents(column) for name, column in self.columns.about.items()}
        return {
            name: np.array([normalise(text) for text in coded.texts], dtype=object)[coded.codes]
            for name, coded in columns.items()
        }


def _names_of(question: Question, raw: str, value: str) -> list[str]:
    """Return the names that an answer may give to a unit: the code and the labels of the option, and the text."""
    option = next((each for each in question.choices if each.code == value), None)
    return [raw] if option is None else [option.code, option.name.zh, option.name.en, raw]


def _sortable(text: str) -> str:
    """Return a time that begins with the year as a text that sorts; empty for any other."""
    parts = _TIME.findall(normalise(text))[:_TIME_PARTS]
    known = parts and len(parts[0]) == _YEAR_DIGITS and all(len(part) <= _MOST_DIGITS for part in parts)
    return "".join(part.zfill(4) for part in parts) if known else ""
