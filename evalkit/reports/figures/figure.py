"""A chart as data: a sheet of the report, and which of its columns are drawn, whatever draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from evalkit.messages import Language, word
from evalkit.reports.outline.sheet import Sheet

FigureKind = Literal["stacked", "intervals", "change", "shares", "heat", "profile"]
FIRST = 40
"""Units in a chart, the first by rank: what can be read on a page."""
COLOURS = ("#2f6690", "#3a9e8f", "#d98c21", "#9b5b9c", "#7a8793", "#b7472a", "#6c8c3c", "#4a4e8c")
"""Colours of the dimensions in their order; from the ninth on they begin anew."""
UP, DOWN = "#1a7f37", "#b42318"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: ``series`` of the columns of ``sheet`` are drawn, a mark a row, named by the column ``label``.

    ``name`` is that of a file; the axis of values has the title of the column ``axis``. A text in the column ``panel``
    begins a chart of its own, whose title it is. What the series mean depends on the kind:

    - stacked: parts of a bar
    - intervals: rank, lower and upper end, and the distances of the ends from the rank
    - change: rank then, rank now, places climbed
    - shares: a share of one
    - heat: a score for each column
    - profile: a unit's own score, median and best of all units
    """

    name: str
    kind: FigureKind
    sheet: Sheet
    label: int
    series: tuple[int, ...]
    axis: int
    panel: int | None = None

    def panels(self) -> Iterator[tuple[int, int]]:
        """Yield first and last row of each chart, from 0; the whole sheet where there are no panels."""
        rows, column = self.sheet.rows, self.panel
        starts = [0] if column is None else [number for number, row in enumerate(rows) if row[column]]
        yield from zip(starts, [*(start - 1 for start in starts[1:]), len(rows) - 1], strict=True)

    def split(self) -> list[Figure]:
        """Return a figure for each chart, without panels; that of a panel is named and titled after its text."""
        if self.panel is None:
            return [self]
        parts = []
        for first, last in self.panels():
            title = str(self.sheet.rows[first][self.panel])
            sheet = replace(self.sheet, title=title, rows=self.sheet.rows[first : last + 1])
            parts.append(replace(self, name=f"{self.name} {title.partition(' ')[0]}", sheet=sheet, panel=None))
        return parts


def shown_note(shown: int, ranked: int, language: Language) -> tuple[str, ...]:
    """Return what a chart leaves out, in words; nothing where it shows all."""
    return (word("figure_first", language, shown=shown, ranked=ranked),) if shown < ranked else ()
