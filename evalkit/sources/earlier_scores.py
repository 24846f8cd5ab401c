"""Scores of an earlier wave: a long table of unit, node and score, such as a run writes, and their standard errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.messages.nearest import listed
from evalkit.observations import OK
from evalkit.problems import Place, Problem, problem
from evalkit.sources.answer_cells import parse_number, read_cell
from evalkit.sources.register import Register
from evalkit.sources.tables import read_table

COLUMNS = ("unit", "node", "score")
ERROR = "standard_error"
"""A further column, which the table may have; a blank cell is no error."""

Scores = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class EarlierScores:
    """Scores by node over the units of the register, NaN for none; ``errors``: their standard errors, where given."""

    scores: Scores
    errors: Scores = field(default_factory=dict)


def read_earlier_scores(path: Path, shown_as: str, register: Register) -> tuple[EarlierScores | None, list[Problem]]:
    """Return the scores of the units of the register; columns that mean nothing here are left alone.

    None where the table cannot be read or lacks a column (``EK201``). Units that are no longer in the register are left
    out; two rows for one unit and node are an error (``EK534``) and neither counts; a score that is no number is
    reported as in a questionnaire, and so is a standard error; a negative one (``EK730``) counts as none.
    """
    table, problems = read_table(path, Place(file=shown_as))
    if table is None:
        return None, problems
    lacking = [name for name in COLUMNS if name not in table.header]
    if lacking:
        place, allowed = table.place.at(line=1), listed(table.header)
        return None, [*problems, *(problem("EK201", place, column=name, allowed=allowed) for name in lacking)]
    unit_at, node_at, score_at = (table.header.index(name) for name in COLUMNS)
    error_at = table.header.index(ERROR) if ERROR in table.header else None
    rows = {unit: row for row, unit in enumerate(register.units)}
    found = EarlierScores({})
    seen: set[tuple[str, str]] = set()
    for line, cells in table.rows:
        unit, node = register.find(cells[unit_at].strip()), cells[node_at].strip()
        if unit is None or not node:
            continue
        place = table.at(line, score_at).at(unit=unit)
        own = found.scores.setdefault(node, np.full(len(rows), np.nan))
        if (unit, node) in seen:
            problems.append(problem("EK534", place, unit=unit, node=node))
            own[rows[unit]] = np.nan
            continue
        seen.add((unit, node))
        own[rows[unit]], more = _number(node, cells[score_at], place)
        problems += more
        if error_at is not None:
            error, more = _error(node, cells, error_at, table.at(line, error_at).at(unit=unit))
            problems += more
            found.errors.setdefault(node, np.zeros(len(rows)))[rows[unit]] = error
    return found, problems


def _number(node: str, text: str, place: Place) -> tuple[float, list[Problem]]:
    cell, finding = read_cell(node, parse_number, text, None, place)
    return cell.number if cell.status == OK else np.nan, [finding] if finding else []


def _error(node: str, cells: Sequence[str], at: int, place: Place) -> tuple[float, list[Problem]]:
    error, problems = _number(node, cells[at], place)
    if error < 0:
        problems.append(problem("EK730", place, value=f"{error:.15g}"))
    return (error if error > 0 else 0.0), problems
