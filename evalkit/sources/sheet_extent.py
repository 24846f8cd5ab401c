"""How far the cells of a worksheet in the plain form reach, and whether each stands once: for millions of cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_STEP = 1 << 24
_WIDEST = 1 << 15
_SPARE = 16
_LESS, _SLASH, _C, _BLANK, _A, _ZERO = map(ord, "</c A0")
_LETTERS, _DIGITS = 26, 10
_BEFORE_REFERENCE = len('<c r="')


def extent(xml: bytes, start: int, end: int) -> tuple[int, int, bool]:
    """Return rows and columns from A1 to the farthest cell that holds anything, and whether the cells are in order.

    Between ``start`` and ``end`` stand rows in the plain form (:mod:`evalkit.sources.sheet_scan`). In order means from
    left to right and down, each cell once.
    """
    rows = columns = 0
    last, ordered = -1, True
    while start < end:
        # A step ends before a row, so that no cell is cut in two.
        stop = xml.find(b"<row ", min(start + _STEP, end), end)
        stop = end if stop < 0 else stop
        row, column = _references(
            np.frombuffer(xml, np.uint8, min(stop + _SPARE, len(xml)) - start, start), stop - start
        )
        if len(row):
            place = row * _WIDEST + column
            ordered &= int(place[0]) > last and bool((np.diff(place) > 0).all())
            last = int(place[-1])
            rows, columns = max(rows, int(row.max())), max(columns, int(column.max()))
        start = stop
    return rows, columns, ordered


def _references(text: NDArray[np.uint8], length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return row and column, from 1, of each cell that is not an empty tag."""
    tags = np.flatnonzero(text[:length] == _LESS)
    following = np.append(tags[1:], length)
    is_cell = (text[tags + 1] == _C) & (text[tags + 2] == _BLANK)
    # Nothing stands between the tag of a cell and the next one: <c …/> or <c …></c> holds nothing.
    next_tag = following[is_cell]
    empty = (text[next_tag - 2] == _SLASH) | ((text[next_tag + 1] == _SLASH) & (text[next_tag + 2] == _C))
    at = tags[is_cell][~empty] + _BEFORE_REFERENCE
    column = np.zeros(len(at), np.int64)
    row = np.zeros(len(at), np.int64)
    while (more := text[at] >= _A).any():
        column = np.where(more, column * _LETTERS + text[at] - (_A - 1), column)
        at = at + more
    while (more := text[at] >= _ZERO).any():
        row = np.where(more, row * _DIGITS + text[at] - _ZERO, row)
        at = at + more
    return row, column
