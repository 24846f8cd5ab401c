"""What is looked at once all answers are in: the checks across questions, and the integrity screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.definitions.screens import Screens
from evalkit.evaluate.cross_checks import check_answers, check_respondents
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.read_cells import ReadCells
from evalkit.evaluate.since_last_wave import compare_with_last_wave
from evalkit.messages.nearest import listed
from evalkit.observations import OK, Answers
from evalkit.problems import Problem, problem
from evalkit.scoring.screens import Compared, compare_with_peers, over_whole, same_answers, straight_lines
from evalkit.sources.cell_text import as_text, fold
from evalkit.sources.register import Register

_COUNTED = ("yesno", "single", "multiple", "scale", "number", "numbers")
_NUMBERS = ("number", "numbers")
_PERCENT = {"%", "percent"}


def screen(bundle: Bundle, data: Gathered) -> list[Problem]:
    """Return the findings of the questionnaire's checks and of the study's screens.

    Straight-lining (``EK272``) and identical workbooks (``EK273``) give a unit at most one finding each, unlike numbers
    (``EK274``) and those unlike the last wave's (``EK257``) one a cell, shares over 100 % (``EK275``) one a question.
    No answer is changed. Without a questionnaire only ready-made values are compared with the last wave.
    """
    cells = ReadCells.of(data.batches)
    since_last_wave = compare_with_last_wave(bundle, data, cells)
    if bundle.questionnaire is None:
        return [*since_last_wave]
    questionnaire = bundle.questionnaire[0]
    screens = _Screening(questionnaire, data.answers, data.register, cells, bundle.study.screens)
    groups = bundle.study.recipe.peer_groups
    return [
        *check_answers(questionnaire, data.answers, cells, bundle.study.wave),
        *_checked_respondents(questionnaire, data, bundle.study.wave),
        *screens.straight_lining(),
        *screens.identical(),
        *screens.outliers(groups[0] if groups else None),
        *since_last_wave,
        *screens.shares(),
    ]


def _checked_respondents(questionnaire: Questionnaire, data: Gathered, wave: str) -> Iterator[Problem]:
    """Check the answers of respondents; those of workbooks among them have been."""
    if data.respondents is not None:
        found, count = data.respondents, int(data.respondents.layout.counted.sum())
        yield from check_respondents(questionnaire, found.pool.answers.first(count), wave, found.place)


@dataclass(frozen=True, slots=True)
class _Screening:
    questionnaire: Questionnaire
    answers: Answers
    register: Register
    cells: ReadCells
    screens: Screens

    def straight_lining(self) -> Iterator[Problem]:
        codes = [question.code for question in self.of_types(("scale",))]
        if self.screens.straight_lining is None:
            return
        columns = self.answers.columns(codes)
        positions = self.answers.numbers[:, columns]
        for row in np.flatnonzero(straight_lines(positions, self.screens.straight_lining)).tolist():
            given = np.flatnonzero(~np.isnan(positions[row])).tolist()
            about = {"count": len(given), "position": int(positions[row, given[0]]) + 1}
            place = self.cells.place(int(self.answers.observations[row, columns[given[0]]]))
            place = place.at(sheet=None, cell=None, question=None)
            yield problem("EK272", place, **about, codes=listed(codes[index] for index in given))

    def identical(self) -> Iterator[Problem]:
        if self.screens.identical is None:
            return
        columns = self.answers.columns(key for question in self.of_types(_COUNTED) for key in question.keys)
        values = self.answers.numbers[:, columns]
        first = same_answers(values, self.screens.identical)
        for row in np.flatnonzero(first >= 0).tolist():
            others = listed(self.answers.units[other] for other in np.flatnonzero(first == first[row]) if other != row)
            given = np.flatnonzero(~np.isnan(values[row])).tolist()
            place = self.cells.place(int(self.answers.observations[row, columns[given[0]]]))
            place = place.at(sheet=None, cell=None, question=None)
            yield problem("EK273", place, count=len(given), others=others)

    def outliers(self, column: str | None) -> Iterator[Problem]:
        limit, frame = self.screens.outlier_z, self.register.frame
        if limit is None:
            return
        labels = list(frame[column]) if column in frame else [""] * len(frame)
        groups = np.unique(labels, return_inverse=True)[1].astype(np.int64)
        for key in (key for question in self.of_types(_NUMBERS) for key in question.keys):
            compared = compare_with_peers(self.answers.number(key), groups)
            for row in np.flatnonzero(np.abs(compared.z) > limit).tolist():
                yield self.outlier(key, row, compared, labels[row] if compared.in_group[row] else "")

    def outlier(self, key: str, row: int, compared: Compared, group: str) -> Problem:
        column = self.answers.keys[key]
        value, median = float(self.answers.numbers[row, column]), float(compared.medians[row])
        return problem(
            "EK274",
            self.cells.place(int(self.answers.observations[row, column])),
            key=key,
            value=as_text(value),
            count=int(compared.counts[row]),
            group_zh=f"“{group}” " if group else "",
            group_en=f" of “{group}”" if group else "",
            median=as_text(median),
            times=f" (×{value / median:.3g})" if value > 0 < median else "",
            z=f"{compared.z[row]:.2f}",
        )

    def shares(self) -> Iterator[Problem]:
        if self.screens.share_slack is None:
            return
        for question in self.of_types(("numbers",)):
            if not all(fold(part.unit or question.unit) in _PERCENT for part in question.parts):
                continue
            columns = self.answers.columns(question.keys)
            over, sums = over_whole(self.answers.numbers[:, columns], self.screens.share_slack)
            for row in np.flatnonzero(over).tolist():
                last = columns[np.flatnonzero(self.answers.statuses[row, columns] == OK)[-1]]
                place = self.cells.place(int(self.answers.observations[row, last]))
                yield problem("EK275", place, question=question.code, sum=as_text(round(float(sums[row]), 6)))

    def of_types(self, types: tuple[str, ...]) -> Iterator[Question]:
        return (question for question in self.questionnaire.questions.values() if question.type in types)
