"""Tables as CSV that opens in Excel and comes back as it was: UTF-8 with BOM, full precision, no formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pandas as pd

from evalkit.sources.formula_text import original, protected

_BLOCK = 20_000
_BOM = b"\xef\xbb\xbf"
_SPECIAL = re.compile(r'[",\r\n]')


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV, empty for no value, floats as the shortest text that reads back the same.

    A text (or the name of a column) that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    return b"".join(csv_blocks(table))


def csv_blocks(table: pd.DataFrame) -> Iterator[bytes]:
    """Yield what :func:`as_csv` returns in pieces, so that a table of millions of rows never stands twice in memory."""
    yield _BOM + (",".join(_quoted(protected(str(name))) for name in table.columns) + "\n").encode("utf-8")
    for start in range(0, len(table), _BLOCK):
        block = table.iloc[start : start + _BLOCK]
        columns = [_as_texts(block[name]) for name in block.columns]
        yield "".join(f"{','.join(row)}\n" for row in zip(*columns, strict=True)).encode("utf-8")


def _quoted(text: str) -> str:
    # Python's csv writer leaves a bare carriage return unquoted, which every reader takes for the end of the row
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _as_texts(column: pd.Series) -> list[str]:
    is_text = not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column))
    values = column.astype(object).where(column.notna(), "").tolist()
    if not is_text:
        return [*map(str, values)]
    # most texts of a long table stand there many times
    if isinstance(column.dtype, pd.StringDtype):
        shown = {text: _quoted(protected(text)) for text in set(values)}
        return [*map(shown.__getitem__, values)]
    texts = {value: _quoted(protected(value)) for value in {value for value in values if isinstance(value, str)}}
    return [texts[value] if isinstance(value, str) else _quoted(str(value)) for value in values]


def from_csv(data: bytes) -> pd.DataFrame:
    """Return the texts of what :func:`as_csv` made. Raises ValueError where a row is longer than the header."""
    # not Python's csv reader: it refuses cells of over 131,072 characters
    table = pd.read_csv(
        io.BytesIO(data), header=None, dtype=str, na_filter=False, skip_blank_lines=False, encoding="utf-8-sig"
    )
    table = table.apply(lambda column: column.map(_originals(column)))
    body: pd.DataFrame = table.iloc[1:].reset_index(drop=True)
    body.columns = pd.Index(table.iloc[0].tolist(), dtype="str")
    return body


def _originals(column: pd.Series) -> dict[str, str]:
    return {text: original(text) for text in column.unique()}
