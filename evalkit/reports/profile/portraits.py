"""The portraits of a unit: its indicators among its respondents of each department, policy or what else is known."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.outline.names import node_names
from evalkit.reports.outline.portraits import with_differences
from evalkit.reports.outline.sheet import records

FIGURES = ("mean", "standard_error", "overall", "difference")
"""Columns of the table ``portraits``, and the difference of mean and overall, that the page of the unit shows."""


@dataclass(frozen=True, slots=True)
class PortraitLine:
    """An indicator among ``n`` respondents of a kind: :data:`FIGURES`, NaN where too few have points."""

    kind: str
    indicator: str
    n: int
    figures: tuple[float, ...]


def portrait_lines(evaluation: Evaluation, language: Language) -> dict[str, list[PortraitLine]]:
    """Return the lines by unit, in the order of the table; of no unit in a run whose exports say no ``about:``."""
    nodes = node_names(evaluation, language)
    lines: dict[str, list[PortraitLine]] = {}
    for row in records(with_differences(evaluation)):
        line = PortraitLine(
            f"{row['about']}: {row['value']}",
            f"{row['indicator']} {nodes[row['indicator']]}",
            row["n"],
            tuple(row[name] for name in FIGURES),
        )
        lines.setdefault(row["unit"], []).append(line)
    return lines
