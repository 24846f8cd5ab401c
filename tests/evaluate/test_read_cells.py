from __future__ import annotations

import pytest

from evalkit.evaluate.read_cells import ReadCells
from evalkit.observations import OK, Batch, Cell, observation_table
from evalkit.problems import Place


def batches() -> list[Batch]:
    return [
        Batch("U1", "form", "a.xlsx", (Cell("Q1", OK, "1", sheet="S", cell="D1"), Cell("Q2.a", OK, "2"))),
        Batch("U2", "form", "b.xlsx", ()),
        Batch("U3", "form", "c.xlsx", (Cell("Q1", OK, "3", sheet="S", cell="D9"),)),
    ]


def test_row_ids_are_those_of_the_table_of_observations() -> None:
    cells = ReadCells.of(batches())
    table = observation_table(batches(), "")
    for observation, *expected in table[["observation", "unit", "file", "raw"]].to_numpy().tolist():
        batch, cell = cells.find(observation)
        assert [batch.unit, batch.file, cell.raw] == expected


def test_the_place_of_a_cell() -> None:
    cells = ReadCells.of(batches())
    assert cells.place(3) == Place("c.xlsx", "S", "D9", unit="U3", question="Q1")
    assert cells.place(2) == Place("a.xlsx", unit="U1", question="Q2")


@pytest.mark.parametrize("observation", [0, 4, -1])
def test_a_row_id_that_does_not_exist(observation: int) -> None:
    with pytest.raises(IndexError):
        ReadCells.of(batches()).find(observation)
