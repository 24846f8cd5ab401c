"""The way from a number in the arrays back to the cell it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from evalkit.observations import Batch, Cell
from evalkit.problems import Place


@dataclass(frozen=True, slots=True)
class ReadCells:
    """The cells of batches by row id of the table ``observations``, which counts them from 1."""

    batches: Sequence[Batch]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, batches: Sequence[Batch]) -> ReadCells:
        """Count the cells of the batches."""
        return cls(batches, tuple(accumulate((len(batch.cells) for batch in batches), initial=0)))

    def find(self, observation: int) -> tuple[Batch, Cell]:
        """Return the batch and the cell of a row id. Raises IndexError for one that does not exist."""
        if not 0 < observation <= self.starts[-1]:
            raise IndexError(f"no observation {observation}")
        index = bisect_right(self.starts, observation - 1) - 1
        return self.batches[index], self.batches[index].cells[observation - 1 - self.starts[index]]

    def place(self, observation: int) -> Place:
        """Return the place of a row id: its file, sheet, cell, unit and question."""
        batch, cell = self.find(observation)
        question = cell.key.partition(".")[0]
        return Place(batch.file, cell.sheet or None, cell.cell or None, unit=batch.unit, question=question)
