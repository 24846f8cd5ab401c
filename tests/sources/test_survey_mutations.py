"""However people change a returned questionnaire, every answer cell of the form and every row is accounted for.

A change is made to the cells of a good form, which is then written and read like any other file.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.observations import BLANK, STATUSES, Cell
from evalkit.problems import Place
from evalkit.sources import workbook
from evalkit.sources.answer_sheet import answer_tables
from evalkit.sources.cell_text import as_text, fold
from evalkit.sources.cells import position
from evalkit.sources.workbook import CellValue
from tests.sources.returned_forms import COUNT, Read, form, questionnaire

Grid = list[list[CellValue]]
Book = list[tuple[str, Grid]]
KEYS = {fold(key): key for key in questionnaire().cell_keys if not key.startswith("Q09")}
TEXTS = (
    *(
        "",
        "是",
        "否",
        "√",
        "x",
        "不适用",
        "N/A",
        "#DIV/0!",
        "=1+1",
        "95.1%",
        "１２３",
        "1,234",
        "\xa05\u3000",
        "是\x07",
        "无\n",
    ),
    *("一\u200b二", "10²", "1e999", "-0", "2020-11-01", "007", "Q01", "代码", "答案", " ", "\ufeff"),
)
VALUES: st.SearchStrategy[CellValue] = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.characters(codec="utf-8"), max_size=6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 101),
    st.booleans(),
    st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)),
)


@cache
def good() -> tuple[tuple[str, tuple[tuple[CellValue, ...], ...]], ...]:
    book, problems = workbook.read(form(), Place())
    assert book is not None, problems
    return tuple((sheet.name, tuple(map(tuple, sheet.rows))) for sheet in book.sheets)


def pick(draw: st.DrawFn, book: Book) -> tuple[Grid, int]:
    """Return a sheet with answers, or now and then another, and one of its rows."""
    names = [
        name for name, grid in book if grid and (name.startswith(("能力", "效果")) or draw(st.integers(0, 9)) == 0)
    ]
    grids = [grid for name, grid in book if name in names]
    if not grids:
        return [[]], 0
    grid = draw(st.sampled_from(grids))
    return grid, draw(st.integers(0, len(grid) - 1))


def set_cell(draw: st.DrawFn, book: Book) -> None:
    grid, row = pick(draw, book)
    if grid[row]:
        # mostly the column of answers
        column = draw(st.sampled_from([3, 3, 3, *range(len(grid[row]))])) % len(grid[row])
        grid[row][column] = draw(VALUES)


def as_pasted_text(draw: st.DrawFn, book: Book) -> None:
    grid, _ = pick(draw, book)
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    for values in grid:
        for column, value in enumerate(values):
            if isinstance(value, float):
                values[column] = draw(
                    st.sampled_from([as_text(value), as_text(value).translate(wide), f"\xa0{value} "])
                )


def delete_row(draw: st.DrawFn, book: Book) -> None:
    grid, row = pick(draw, book)
    del grid[row]


def copy_row(draw: st.DrawFn, book: Book) -> None:
    grid, row = pick(draw, book)
    grid.insert(draw(st.integers(0, len(grid))), [*grid[row]])


def move_row(draw: st.DrawFn, book: Book) -> None:
    grid, row = pick(draw, book)
    grid.insert(draw(st.integers(0, len(grid) - 1)), grid.pop(row))


def add_row(draw: st.DrawFn, book: Book) -> None:
    grid, row = pick(draw, book)
    grid.insert(row, draw(st.lists(VALUES, max_size=4)))


def add_column(draw: st.DrawFn, book: Book) -> None:
    grid, _ = pick(draw, book)
    at, value = draw(st.integers(0, 5)), draw(VALUES)
    for values in grid:
        values.insert(at, value)


def delete_column(draw: st.DrawFn, book: Book) -> None:
    grid, _ = pick(draw, book)
    at = draw(st.integers(0, 5))
    for values in grid:
        del values[at : at + 1]


def move_column(draw: st.DrawFn, book: Book) -> None:
    grid, _ = pick(draw, book)
    old, new = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    for values in grid:
        if old < len(values):
            values.insert(new, values.pop(old))


def rename_sheet(draw: st.DrawFn, book: Book) -> None:
    index = draw(st.integers(0, len(book) - 1))
    name = draw(st.sampled_from(["Sheet9", "能力 (2)", "备份", "'", "_choices2"])).strip("'") or "单引号"
    if name not in {each for each, _ in book}:
        book[index] = (name, book[index][1])


def copy_sheet(draw: st.DrawFn, book: Book) -> None:
    name, grid = draw(st.sampled_from(book))
    book.append((f"{name[:20]} 副本{len(book)}", [[*row] for row in grid]))


def delete_sheet(draw: st.DrawFn, book: Book) -> None:
    if len(book) > 1:
        del book[draw(st.integers(0, len(book) - 1))]


CHANGES: list[Callable[[st.DrawFn, Book], None]] = [
    *(set_cell,) * 6, as_pasted_text, delete_row, copy_row, move_row, add_row, add_column, delete_column, move_column,
    rename_sheet, copy_sheet, delete_sheet,
]  # fmt: skip


@st.composite
def changed(draw: st.DrawFn) -> Book:
    book: Book = [(name, [[*row] for row in rows]) for name, rows in good()]
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=6)):
        change(draw, book)
    return book


def written(book: Book) -> bytes:
    stream = io.BytesIO()
    file = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    date = file.add_format({"num_format": "yyyy-mm-dd"})
    for name, grid in book:
        sheet = file.add_worksheet(name)
        for row, values in enumerate(grid):
            for column, value in enumerate(values):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), date)  # noqa: DTZ001 - Excel knows no time zone
                elif value != "":
                    sheet.write(row, column, value)
    file.close()
    return stream.getvalue()


def known_codes(data: bytes) -> tuple[Counter[str], dict[str, list[list[CellValue]]]]:
    """Return how often each code stands in the tables of answers, and the cells of all sheets, as the file has them."""
    book, _ = workbook.read(data, Place())
    assert book is not None
    tables, _ = answer_tables(book, KEYS.values(), Place())
    codes = [KEYS[fold(code)] for table in tables for _, code in table.codes() if fold(code) in KEYS]
    return Counter(codes), {sheet.name: sheet.rows for sheet in book.sheets}


@settings(max_examples=150, deadline=None)
@given(changed())
def test_every_cell_and_every_row_is_accounted_for(book: Book) -> None:
    data = written(book)
    with tempfile.TemporaryDirectory() as folder:
        read = Read(Path(folder), {"GZ.xlsx": data})
    (account,) = read.accounts
    if account.state != "read":
        assert read.batches == []
        assert any(each.severity == "error" for each in read.problems), "a refusal says why"
        return
    cells = read.cells
    assert len(cells) == account.expected == sum(account.counts) == COUNT
    assert set(cells) == set(KEYS.values())
    for status, count in zip(STATUSES, account.counts, strict=True):
        assert sum(STATUSES[cell.status] == status for cell in cells.values()) == count
    codes, sheets = known_codes(data)
    assert account.rows_missing == COUNT - len(codes)
    for key, cell in cells.items():
        check_cell(cell, codes[key], sheets, read)


def check_cell(cell: Cell, times: int, sheets: dict[str, list[list[CellValue]]], read: Read) -> None:
    """A cell says where it stands and what stood there; an answer that does not count has a finding at its place."""
    if times == 0:
        assert (cell.status in {BLANK, STATUSES.index("skipped")}, cell.cell, cell.raw) == (True, "", "")
        return
    place = position(cell.cell)
    assert place is not None
    assert cell.raw == as_text(sheets[cell.sheet][place[0]][place[1]])
    row = sheets[cell.sheet][place[0]]
    assert any(fold(as_text(value)) == fold(cell.key) for value in row), "its code stands in its row"
    if STATUSES[cell.status] in {"invalid", "error"}:
        severe = [each for each in read.problems if each.severity == "error"]
        at_place = [each for each in severe if (each.place.sheet, each.place.cell) == (cell.sheet, cell.cell)]
        doubled = [each for each in severe if dict(each.params).get("value") == cell.key and each.code == "EK234"]
        assert at_place or (times > 1 and doubled)
