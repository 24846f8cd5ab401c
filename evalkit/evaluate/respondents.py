"""All respondents of a study, of all exports together: who counts, for which unit, and where their answers are listed.

The table ``observations`` lists the cells of exports after those of workbooks and values: unit by unit, question by
question, respondent by respondent, so that the answers of a unit to a question are rows in a row; at the end those of
respondents who do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalkit.observations import ABSENT, OBSERVATION_COLUMNS, STATUSES, Answers, question_and_item
from evalkit.problems import Place
from evalkit.scoring.arrays import IntArray
from evalkit.scoring.measured_respondents import Pool
from evalkit.sources.cells import column_name
from evalkit.sources.respondents import STATES, USED, AnswerColumn, ReadExport

RESPONDENT_COLUMNS = ("respondent", "unit", "file", "sheet", "line", "weight", "state", *STATUSES)
"""One row a respondent of an export. line: in the file, or the row of the sheet; state: used, or why not (unassigned,
duplicate, no_weight, zero_weight); then how many of the respondent's answers have each status."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the respondents of all exports stand in the table ``observations``; arrays over them in its order.

    ``order`` is the place of each in the order of the files. ``blocks`` is the position of the unit of each who counts,
    and the number of units for all others; ``starts`` and ``sizes`` (units + 1,) are the first respondent of a block
    and how many it has. ``first`` is the row id of the first cell.
    """

    keys: tuple[str, ...]
    first: int
    order: IntArray
    blocks: IntArray
    starts: IntArray
    sizes: IntArray

    @classmethod
    def of(cls, exports: Sequence[ReadExport], units: int, keys: tuple[str, ...], first: int) -> Layout:
        """Order the respondents by unit, within it as the files have them."""
        states = np.concatenate([each.states for each in exports])
        blocks = np.where(states == USED, np.concatenate([each.units for each in exports]), units)
        order = np.argsort(blocks, kind="stable")
        sizes = np.bincount(blocks, minlength=units + 1)
        return cls(keys, first, order, blocks[order], np.cumsum(sizes) - sizes, sizes)

    @property
    def counted(self) -> IntArray:
        """How many respondents of each unit count (units,)."""
        return self.sizes[:-1]

    def rows(self) -> IntArray:
        """Return the row ids of the cells (respondents, keys)."""
        size, start = self.sizes[self.blocks], self.starts[self.blocks]
        begins = self.first + start * len(self.keys) + np.arange(len(self.blocks)) - start
        ids: IntArray = begins[:, None] + size[:, None] * np.arange(len(self.keys))
        return ids

    def row_ranges(self, keys: Sequence[str]) -> list[str]:
        """Return for each unit the rows with its answers to ``keys``, such as ``101-180|181-260``."""
        columns = [self.keys.index(key) for key in keys]
        found = []
        for start, size in zip(self.starts[:-1].tolist(), self.counted.tolist(), strict=True):
            begins = [self.first + start * len(self.keys) + column * size for column in columns]
            found.append("|".join(f"{row}-{row + size - 1}" if size > 1 else str(row) for row in begins if size))
        return found


@dataclass(frozen=True, slots=True)
class Respondents:
    """The respondents of all exports, and the answers of those who count.

    ``about`` describes those of ``pool``, by the study's names for it; the empty text where nothing is said.
    """

    exports: tuple[ReadExport, ...]
    layout: Layout
    pool: Pool
    units: tuple[str, ...]
    about: Mapping[str, NDArray[np.object_]]

    def place(self, observation: int) -> Place:
        """Return the place of a row id of the table ``observations``: file, sheet or line, cell, unit and question."""
        row, column = (int(index[0]) for index in np.nonzero(self.layout.rows() == observation))
        position = int(self.layout.order[row])
        for export in self.exports:
            if position < len(export.lines):
                answer = export.columns[column]
                line = int(answer.lines[position]) or None
                cell = f"{column_name(answer.column)}{line}" if line and answer.column >= 0 else None
                unit = self.units[self.layout.blocks[row]] if self.layout.blocks[row] < len(self.units) else None
                where = Place(export.file, export.sheet or None, cell, line=None if export.sheet else line, unit=unit)
                return where.at(question=answer.key.partition(".")[0])
            position -= len(export.lines)
        raise IndexError(f"no observation {observation}")


def bring_together(
    exports: Sequence[ReadExport], workbooks: Answers, keys: tuple[str, ...], first: int
) -> Respondents | None:
    """Bring the respondents of all exports together; None where there are no exports.

    ``workbooks`` are the answers of the units themselves, ``keys`` those of the questionnaire's cells; ``first`` is the
    row id of the first cell of the exports. A unit that returned a workbook is one respondent more, of weight 1.
    """
    if not exports:
        return None
    layout = Layout.of(exports, len(workbooks.units), keys, first)
    pool = _pool(exports, layout, workbooks)
    return Respondents(tuple(exports), layout, pool, workbooks.units, _about(exports, layout, len(pool.owners)))


def _pool(exports: Sequence[ReadExport], layout: Layout, workbooks: Answers) -> Pool:
    used = int(layout.counted.sum())
    chosen = layout.order[:used]
    own = workbooks.columns(layout.keys)
    returned = np.flatnonzero((workbooks.statuses[:, own] != ABSENT).any(axis=1))
    respondents = np.concatenate([each.respondents for each in exports])[chosen]
    answers = Answers(
        (*respondents.tolist(), *(workbooks.units[row] for row in returned.tolist())),
        {key: column for column, key in enumerate(layout.keys)},
        np.vstack([_by_key(exports, layout, "numbers", np.float64)[chosen], workbooks.numbers[returned][:, own]]),
        np.vstack([_by_key(exports, layout, "statuses", np.int8)[chosen], workbooks.statuses[returned][:, own]]),
        np.vstack([layout.rows()[:used], workbooks.observations[returned][:, own]]),
    )
    count = len(returned)
    return Pool(
        answers,
        np.concatenate([layout.blocks[:used], returned]),
        np.concatenate([np.concatenate([each.weights for each in exports])[chosen], np.ones(count)]),
        np.concatenate([_latest(exports)[chosen], np.full(count, len(layout.order), np.int64)]),
        len(workbooks.units),
    )


def _about(exports: Sequence[ReadExport], layout: Layout, count: int) -> dict[str, NDArray[np.object_]]:
    """Return what describes the ``count`` respondents of the pool; nothing does so for those from workbooks."""
    chosen = layout.order[: int(layout.counted.sum())]
    described: dict[str, NDArray[np.object_]] = {}
    for name in dict.fromkeys(name for export in exports for name in export.about):
        each = [export.about.get(name, _filled("", export)) for export in exports]
        described[name] = np.concatenate([np.concatenate(each)[chosen], np.full(count - len(chosen), "", dtype=object)])
    return described


def _by_key(
    exports: Sequence[ReadExport], layout: Layout, name: str, kind: type[np.generic]
) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """Return one array of the answer columns over (respondents, keys), in the order of the files."""
    result = np.empty((len(layout.order), len(layout.keys)), dtype=kind)
    start = 0
    for export in exports:
        end = start + len(export.lines)
        for index, column in enumerate(export.columns):
            result[start:end, index] = getattr(column, name)
        start = end
    return result


def _latest(exports: Sequence[ReadExport]) -> IntArray:
    """Return the place of each respondent by time, of those at one time by place in the files.

    Where the time of any is not known, the place in the files decides for all.
    """
    times = np.concatenate([each.submitted for each in exports]).astype(str)
    order = np.arange(len(times)) if (times == "").any() else np.argsort(times, kind="stable")
    places = np.empty(len(times), np.int64)
    places[order] = np.arange(len(times))
    return places


def respondent_table(respondents: Respondents, units: Sequence[str]) -> pd.DataFrame:
    """Return the account of every respondent, in the order of the files (columns :data:`RESPONDENT_COLUMNS`)."""
    names = np.array([*units, ""], dtype=object)  # the last stands for -1, no unit
    frames = []
    for export in respondents.exports:
        statuses = np.column_stack([column.statuses for column in export.columns])
        frame = {
            "respondent": export.respondents,
            "unit": names[export.units],
            "file": export.file,
            "sheet": export.sheet,
            "line": export.lines,
            "weight": export.weights,
            "state": np.array(STATES, dtype=object)[export.states],
            **{name: (statuses == status).sum(axis=1) for status, name in enumerate(STATUSES)},
        }
        frames.append(pd.DataFrame(frame, columns=list(RESPONDENT_COLUMNS)))
    return pd.concat(frames, ignore_index=True)


def observation_rows(respondents: Respondents, units: Sequence[str], instrument: str, wave: str) -> pd.DataFrame:
    """Return the cells of all exports as rows of the table ``observations``."""
    layout, exports = respondents.layout, respondents.exports
    rows = np.empty((len(layout.order), len(layout.keys)), np.int64)
    rows[layout.order] = layout.rows() - layout.first
    spread = rows.ravel()
    count = len(layout.keys)
    names = np.array([*units, ""], dtype=object)

    def of_cells(texts: Callable[[AnswerColumn], NDArray[np.object_]]) -> NDArray[np.object_]:
        found = np.empty(spread.shape, dtype=object)
        start = 0
        for each in exports:
            end = start + len(each.lines)
            for index, column in enumerate(each.columns):
                found[rows[start:end, index]] = texts(column)
            start = end
        return found

    def of_respondents(values: Sequence[NDArray[np.object_]]) -> NDArray[np.object_]:
        found = np.empty(spread.shape, dtype=object)
        found[spread] = np.repeat(np.concatenate(values), count)
        return found

    def of_files(values: Sequence[str]) -> NDArray[np.object_]:
        return of_respondents([_filled(value, each) for value, each in zip(values, exports, strict=True)])

    questions, items = zip(*(question_and_item(key) for key in layout.keys), strict=True)
    statuses = np.array(STATUSES, dtype=object)
    return pd.DataFrame(
        {
            "observation": np.arange(layout.first, layout.first + len(spread)),
            "unit": of_respondents([names[each.units] for each in exports]),
            "instrument": instrument,
            "question": _by_columns(questions, rows),
            "respondent": of_respondents([each.respondents for each in exports]),
            "wave": wave,
            "value": of_cells(lambda column: column.value_texts()),
            "status": of_cells(lambda column: statuses[column.statuses]),
            "raw": of_cells(lambda column: column.raw_texts()),
            "file": of_files([each.file for each in exports]),
            "sheet": of_files([each.sheet for each in exports]),
            "cell": of_cells(lambda column: column.cells()),
            "item": _by_columns(items, rows),
            "correction": of_cells(lambda column: column.correction_texts()),
        },
        columns=list(OBSERVATION_COLUMNS),
    )


def _filled(value: str, export: ReadExport) -> NDArray[np.object_]:
    return np.full(len(export.lines), value, dtype=object)


def _by_columns(names: Sequence[str], rows: IntArray) -> NDArray[np.object_]:
    """Return the name of each cell's column, cells in the order of the table."""
    found = np.empty(rows.size, dtype=object)
    for index, name in enumerate(names):
        found[rows[:, index]] = name
    return found
