"""How large an honest file may be."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evalkit.definitions.base import Definition, Whole

MEBIBYTE = 1 << 20
EXCEL_ROWS, EXCEL_COLUMNS = 1_048_576, 16_384
"""Rows and columns of a sheet of Excel."""
MOST_CELLS = 200_000_000
"""A reader keeps some 30 bytes for each cell of the area: 6 GB for so many."""
_Amount = Annotated[Whole, Field(ge=1)]


class Limits(Definition):
    """Limits of a workbook; what is over one of them is refused (``EK235``) before a reader opens it.

    Raise them for files that you trust only: they keep a small hostile file from filling the memory.
    """

    parts: _Amount = 2_000
    """files in the zip container"""
    expanded_bytes: _Amount = 512 * MEBIBYTE
    """sizes of all files in the container together, unpacked; reading takes some five times as much memory"""
    ratio: _Amount = 200
    """unpacked by packed size of a file in the container that is over ``ratio_from``"""
    ratio_from: _Amount = MEBIBYTE
    """unpacked size in bytes from which the ratio is looked at"""
    structure_bytes: _Amount = 8 * MEBIBYTE
    """size of a file in the container that says how the workbook is made (relations, list of sheets)"""
    rows: Annotated[Whole, Field(ge=1, le=EXCEL_ROWS)] = 600_000
    """rows of a sheet, counted from the first to the farthest cell that holds anything"""
    columns: Annotated[Whole, Field(ge=1, le=EXCEL_COLUMNS)] = 2_000
    """columns of a sheet, counted likewise"""
    cells: Annotated[Whole, Field(ge=1, le=MOST_CELLS)] = 20_000_000
    """areas (rows × columns) of all sheets together"""
    record_bytes: _Amount = 2_048 * MEBIBYTE
    """size of a file of work orders or call records; of a Parquet file also its unpacked size"""
    record_rows: _Amount = 20_000_000
    """rows of a Parquet file"""
    text: _Amount = 200_000_000
    """characters of text in all cells together, a shared text counted once for each cell that shows it"""
