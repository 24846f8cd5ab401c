"""The sheets of the outline as tables of the page: the same content as in results.xlsx, its values as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evalkit.reports.outline.sheet import Column, Kind, Marked, Sheet, plain

_NUMERIC: frozenset[Kind] = frozenset({"integer", "score", "heat", "number", "printed", "percent"})
HEAT_STEPS = 10
NO_VALUE = "–"


@dataclass(frozen=True, slots=True)
class TableCell:
    """Text of a cell and its classes for the style sheet."""

    text: str
    classes: str


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: ``groups`` are titles over several columns, with how many; empty where there are none."""

    title: str
    notes: tuple[str, ...]
    groups: tuple[tuple[str, int], ...]
    heads: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def as_table(sheet: Sheet) -> Table:
    """Return the sheet with every value in words, missing ones as a dash."""
    return Table(
        sheet.title,
        sheet.notes,
        _groups(sheet.columns),
        tuple(TableCell(column.title, _kind(column)) for column in sheet.columns),
        tuple(
            tuple(_cell(column, value) for column, value in zip(sheet.columns, row, strict=True)) for row in sheet.rows
        ),
    )


def _groups(columns: tuple[Column, ...]) -> tuple[tuple[str, int], ...]:
    groups: list[tuple[str, int]] = []
    for column in columns:
        if groups and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1] + 1)
        else:
            groups.append((column.group, 1))
    return tuple(groups) if any(title for title, _ in groups) else ()


def _kind(column: Column) -> str:
    return "number" if column.kind in _NUMERIC else column.kind


def _cell(column: Column, value: Any) -> TableCell:  # noqa: ANN401 - a cell of any type
    mark = f" {value.mark}" if isinstance(value, Marked) else ""
    content = plain(value)
    if content is None:
        return TableCell(NO_VALUE if column.kind in _NUMERIC else "", f"{_kind(column)} none")
    if column.kind == "heat":
        step = min(max(round(content / 100 * HEAT_STEPS), 0), HEAT_STEPS)
        return TableCell(f"{content:.0f}", f"number heat{step}")
    return TableCell(_text(column, content), _kind(column) + mark)


def _text(column: Column, value: Any) -> str:  # noqa: ANN401 - as above
    if not isinstance(value, int | float) or isinstance(value, bool):
        return str(value)
    formats = {
        "integer": ",.0f" if value == int(value) else ",.1f",
        "score": ".2f",
        "number": ",.0f" if value == int(value) else ",.2f",
        "printed": f".{column.decimals}f",
        "percent": ".1%",
    }
    return format(value, formats[column.kind]) if column.kind in formats else f"{value:g}"
