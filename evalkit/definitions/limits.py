"""Limits of the workbooks that a study reads, where those of evalkit do not suit it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evalkit.definitions.base import Definition, Whole

EXCEL_ROWS, EXCEL_COLUMNS = 1_048_576, 16_384
"""Rows and columns of a sheet of Excel."""
MOST_CELLS = 200_000_000
"""A reader keeps some 30 bytes for each cell of the area: 6 GB for so many."""

_Size = Annotated[Whole, Field(ge=1)]


class WorkbookLimits(Definition):
    """Limits of a workbook that differ from those of evalkit; a refusal (``EK235``) names the limit and what was found.

    Raise them for files that you trust only: they keep a small hostile file from filling the memory.
    """

    parts: _Size | None = None
    """files in the zip container"""
    expanded_bytes: _Size | None = None
    """size of all parts together, unpacked"""
    ratio: _Size | None = None
    """unpacked by packed size of a part of over 1 MB"""
    structure_bytes: _Size | None = None
    """size of a part that says how the workbook is made"""
    rows: Annotated[Whole, Field(ge=1, le=EXCEL_ROWS)] | None = None
    """row of the farthest cell of a sheet"""
    columns: Annotated[Whole, Field(ge=1, le=EXCEL_COLUMNS)] | None = None
    """column of the farthest cell of a sheet, A being 1"""
    cells: Annotated[Whole, Field(ge=1, le=MOST_CELLS)] | None = None
    """areas of all sheets together, from A1 to the farthest cell"""
    text: _Size | None = None
    """characters in all cells together"""
