"""One export of a survey platform: whose rows they are, what they weigh, and every answer of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.exports import Export
from evalkit.definitions.limits import Limits
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.messages.nearest import listed
from evalkit.observations import BLANK, NOT_APPLICABLE, STATUSES
from evalkit.problems import Place, Problem, problem
from evalkit.sources.export_answers import Piece, answer_columns
from evalkit.sources.export_columns import Columns, find_columns
from evalkit.sources.export_corrections import RespondentCorrections, without_corrected
from evalkit.sources.export_grid import Grid, read_grid
from evalkit.sources.export_long import LongTable, read_long
from evalkit.sources.export_parsing import Forms
from evalkit.sources.export_people import People
from evalkit.sources.export_rules import apply_rules
from evalkit.sources.register import Register
from evalkit.sources.respondents import NO_WEIGHT, UNASSIGNED, USED, ZERO_WEIGHT, AnswerColumn, ReadExport
from evalkit.sources.survey import FileAccount


def read_export(
    file: tuple[Path, str],
    export: Export,
    profile: Platform,
    questionnaire: Questionnaire,
    register: Register,
    *,
    limits: Limits | None = None,
    corrections: RespondentCorrections | None = None,
) -> tuple[tuple[ReadExport | None, FileAccount], list[Problem]]:
    """Read one ``file`` (path, name in findings) by its profile, every cell accounted for.

    Every row is a respondent, in a long table every id. ``corrections`` are applied before the skip rules; the unit
    stays the one that was read.

    Findings besides those of :func:`read_grid`, :func:`find_columns`, :func:`read_long`, :func:`answer_columns` and
    :func:`apply_rules`: ``EK290`` nothing says which unit (nothing is read then), ``EK285`` unknown units, ``EK286`` an
    id in several rows, ``EK287`` and ``EK288`` weights that do not count, ``EK289`` questions without a column,
    ``EK296`` rows of one respondent that disagree, ``EK298`` no ids (the number of the row serves).
    """
    path, shown_as = file
    grid, problems = read_grid(path, shown_as, len(profile.header), export.sheet, limits)
    if grid is None:
        return (None, FileAccount(shown_as, "", "unreadable")), problems
    columns = find_columns(grid, profile, export, questionnaire)
    problems += columns.problems
    reading = _Reading(grid, columns, profile, export, questionnaire, register, corrections)
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
    corrections: RespondentCorrections | None = None
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
        wrong: dict[str, list[Problem]] = {}
        for question in self.questionnaire.questions.values():
            if question.is_asked:
                found, wrong[question.code] = answer_columns(question, pieces, forms, len(self.lines), self.at)
                self._mark_absent(question, found, forms)
                answers |= {column.key: column for column in found}
        earlier = len(self.problems)
        self.problems += chain.from_iterable(wrong.values())
        people = People(self.grid, self.columns, self.register, self.long, self.lines, self.at, self.problems)
        units = people.units(self.export.unit, self.questionnaire, answers)
        if units is None:
            self.problems.append(problem("EK290", self.grid.place))
            return None
        missing = [key for key, column in answers.items() if column.column < 0]
        if missing:
            self.problems.append(problem("EK289", self.grid.place, count=len(missing), codes=listed(missing)))
        respondents, states = people.respondents()
        if self.corrections is not None and self.corrections.waiting:
            whose = _whose(self.register, respondents, units, states)
            more = self.corrections.correct(self.questionnaire, whose, answers, self.at)
            self.problems[earlier : earlier + sum(map(len, wrong.values()))] = self._still_wrong(wrong, pieces, answers)
            self.problems += more
        self.problems += apply_rules(self.questionnaire, answers, len(self.lines), self.at)
        weights = people.weights()
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
            submitted=people.submitted(),
            columns=tuple(answers.values()),
            questions_missing=len(missing),
            headings_unknown=self.columns.unknown + (self.long.unknown if self.long else 0),
            about=people.about(),
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

    def _still_wrong(
        self, wrong: Mapping[str, list[Problem]], pieces: Mapping[str, Piece], answers: Mapping[str, AnswerColumn]
    ) -> Iterator[Problem]:
        """Yield what is wrong in the answers, question by question, without the texts that were corrected."""
        forms = Forms.of(self.profile)
        for code, found in wrong.items():
            question = self.questionnaire.questions[code]
            if any(answers[key].corrections for key in question.keys):
                left = without_corrected(question, pieces, answers)
                yield from answer_columns(question, left, forms, len(self.lines), self.at)[1]
            else:
                yield from found

    def _mark_absent(self, question: Question, found: list[AnswerColumn], forms: Forms) -> None:
        """Mark what was left open, as not applicable where the box for that is ticked."""
        if question.code in self.columns.boxes:
            box = self.grid.columns[self.columns.boxes[question.code]]
            ticked = np.array([forms.is_ticked(text) for text in box.texts])[box.codes]
            for column in found:
                column.statuses[ticked & (column.statuses == BLANK)] = NOT_APPLICABLE


def _whose(
    register: Register, respondents: NDArray[np.object_], units: NDArray[np.int64], states: NDArray[np.int8]
) -> list[tuple[str, str] | None]:
    """Return unit and id of each respondent, None of those of no known unit or with an id of several."""
    each = zip(units.tolist(), respondents.tolist(), states.tolist(), strict=True)
    return [(register.units[unit], name) if unit >= 0 and state == USED else None for unit, name, state in each]
