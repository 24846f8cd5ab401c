from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources.cells import cell_name
from evalkit.sources.refusal import RefusedError
from evalkit.sources.sheet_events import scan_events
from evalkit.sources.sheet_scan import scan
from tests.sources import hostile_files as files

CONTENTS = st.sampled_from(
    [
        "/>",
        ' s="1" />',
        "><v>1</v></c>",
        ' s="3" t="s"><v>0</v></c>',
        ' t="e"><v>#N/A</v></c>',
        ' s="2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        "><f>A1</f></c>",
        "><f>A1</f><v></v></c>",
        "><f/><v/></c>",
        ' t="str"><f>A1</f><v></v></c>',
        ' t="str"><f>A1</f></c>',
        ' t="e"><f>A1</f></c>',
        '><f t="shared" ref="A1:A2" si="0">A1&gt;"a"</f><v>2</v></c>',
        '><f t="shared" si="0"/><v>2</v></c>',
        '><f t="shared" si="0"/></c>',
        ' t="inlineStr"><is><t xml:space="preserve"> t="e" </t></is></c>',
        ' t="e"></c>',
        ' t="e"><v></v></c>',
    ]
)
CELLS = st.dictionaries(st.tuples(st.integers(0, 20_000), st.integers(0, 200)), CONTENTS, max_size=12)


@given(CELLS)
def test_the_quick_scan_finds_what_the_complete_one_finds(cells: dict[tuple[int, int], str]) -> None:
    rows = "".join(
        f'<row r="{row + 1}"><c r="{cell_name(row, column)}"{rest}</row>' for (row, column), rest in cells.items()
    )
    xml = files.sheet_xml(rows).encode()
    quick, complete = scan("sheet", xml, Limits(), Place(), exact=True), scan_events("sheet", xml, Place())
    assert quick.data is not None, "the sheet is in the plain form"
    assert (quick.rows, quick.columns) == (complete.rows, complete.columns)
    assert quick.errors == complete.errors
    assert quick.uncached == complete.uncached
    assert quick.once or list(cells) != sorted(cells), "cells in order need no second look"
    loose = scan("sheet", xml, Limits(), Place())
    assert loose.rows >= complete.rows
    assert loose.columns >= complete.columns


def test_the_extent_of_a_small_sheet_is_not_worked_out_unless_asked() -> None:
    xml = files.sheet_xml(files.ONE_CELL).encode()
    assert scan("sheet", xml, Limits(), Place()).area > 1
    assert scan("sheet", xml, Limits(), Place(), exact=True).area == 1


def test_a_large_sheet_is_measured_in_steps() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="AC{n}"><v>2</v></c></row>' for n in range(1, 60_001))
    found = scan("sheet", files.sheet_xml(rows).encode(), Limits(), Place())
    assert (found.rows, found.columns) == (60_000, 29)


def test_an_empty_sheet() -> None:
    for data in ("<sheetData/>", "<sheetData></sheetData>", "<sheetData />"):
        assert scan("sheet", f"<worksheet>{data}</worksheet>".encode(), Limits(), Place(), exact=True).area == 0


POSITIONS = st.lists(st.tuples(st.integers(0, 12), st.sampled_from([0, 1, 30])), max_size=8)


@given(POSITIONS, st.sampled_from(["", "<!-- another form -->"]))
def test_a_cell_that_stands_twice_is_refused_in_any_form(cells: list[tuple[int, int]], form: str) -> None:
    rows = "".join(
        f'<row r="{row + 1}"><c r="{cell_name(row, column)}"><v>1</v></c><c r="A99"/></row>' for row, column in cells
    )
    xml = files.sheet_xml(form + rows).encode()
    if len(set(cells)) == len(cells):
        assert scan("sheet", xml, Limits(), Place()).rows >= len({row for row, _ in cells})
        return
    with pytest.raises(RefusedError) as refused:
        scan("sheet", xml, Limits(), Place())
    first = next(cell for index, cell in enumerate(cells) if cell in cells[:index])
    assert refused.value.problem.code == "EK223"
    assert f"the cell {cell_name(*first)} stands twice" in refused.value.problem.message("en")


def test_a_row_that_stands_twice_is_seen_across_the_steps_of_a_large_sheet() -> None:
    rows = [f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="AC{n}"><v>2</v></c></row>' for n in range(1, 60_001)]
    xml = files.sheet_xml("".join(rows[30:] + rows[:30])).encode()
    assert scan("sheet", xml, Limits(), Place()).rows == 60_000
    with pytest.raises(RefusedError, match="EK223"):
        scan("sheet", files.sheet_xml("".join(rows + rows[:1])).encode(), Limits(), Place())
