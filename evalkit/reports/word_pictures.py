"""The charts of a run as pictures for Word, all of them or, with the reason, none."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.problems import Problem
from evalkit.reports.figures import FIGURES, figures
from evalkit.reports.figures.figure import FigureKind
from evalkit.reports.plots.refusal import PlotError, needing_extra


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as PNG; its title and notes are not in the picture."""

    kind: FigureKind
    title: str
    notes: tuple[str, ...]
    png: bytes


def draw_all(
    evaluation: Evaluation, language: Language, font: Path | None, kinds: Container[FigureKind] = FIGURES
) -> tuple[list[Drawn], list[Problem]]:
    """Return the charts of these kinds; none of them, and why, without the extra ``plot`` or a font for all letters."""
    try:
        with needing_extra():
            from evalkit.reports.plots.drawing import draw  # noqa: PLC0415 - late: its packages are an extra
            from evalkit.reports.plots.fonts import font_file  # noqa: PLC0415 - late, as above
        with font_file(font) as family:
            drawn = [
                Drawn(part.kind, part.sheet.title, part.sheet.notes, draw(part, family, titled=False).as_image("png"))
                for figure in figures(evaluation, language, kinds)
                for part in figure.split()
            ]
    except PlotError as refused:
        return [], [refused.problem]
    return drawn, []
