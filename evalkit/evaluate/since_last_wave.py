"""Numbers that differ from the last wave more than those of the field do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evalkit.definitions.bundle import Bundle
from evalkit.evaluate.gather import Gathered
from evalkit.evaluate.read_cells import ReadCells
from evalkit.observations import COLUMN_PREFIX
from evalkit.problems import Problem, problem
from evalkit.scoring.screens import changed_since
from evalkit.sources.cell_text import as_text

_NUMBERS = ("number", "numbers")


def compare_with_last_wave(bundle: Bundle, data: Gathered, cells: ReadCells) -> Iterator[Problem]:
    """Yield ``EK257`` for each number that changed by more than the study's ``previous_ratio``; the data stay.

    Answers to questions for numbers and ready-made values are compared, where the last of the ``waves`` that has any
    has the same.
    """
    limit, previous, answers = bundle.study.screens.previous_ratio, data.previous, data.answers
    if limit is None or previous is None:
        return
    wave = f"({previous.wave})" if previous.wave else ""
    for key in _keys(bundle, data):
        column = answers.keys[key]
        now, then = answers.numbers[:, column], previous.numbers[:, column]
        found, median, count = changed_since(now, then, limit)
        for row in np.flatnonzero(found).tolist():
            yield problem(
                "EK257",
                cells.place(int(answers.observations[row, column])),
                key=key.removeprefix(COLUMN_PREFIX),
                value=as_text(float(now[row])),
                previous=as_text(float(then[row])),
                wave_zh=wave,
                wave_en=f" {wave}" if wave else "",
                ratio=f"{now[row] / then[row]:.3g}",
                count=count,
                median=f"{median:.3g}",
            )


def _keys(bundle: Bundle, data: Gathered) -> Iterator[str]:
    if bundle.questionnaire is not None:
        for question in bundle.questionnaire[0].questions.values():
            if question.type in _NUMBERS:
                yield from question.keys
    yield from (key for key in data.answers.keys if key.startswith(COLUMN_PREFIX))
