"""Tables as CSV that opens in Excel and comes back as it was: UTF-8 with BOM, full precision, no formulas."""

from __future__ import annotations

import io
import re

import pandas as pd

from evalkit.sources.spreadsheet_text import original

_BOM = b"\xef\xbb\xbf"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_SPECIAL = re.compile(r'[",\r\n]')
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV, empty for no value, floats as the shortest text that reads back the same.

    A text (or the name of a column) that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    columns = [[safe(str(name)), *_as_texts(table[name])] for name in table.columns]
    lines = (",".join(map(_quoted, row)) for row in zip(*columns, strict=True))
    return _BOM + "".join(f"{line}\n" for line in lines).encode("utf-8")


def _quoted(text: str) -> str:
    # Python's csv writer leaves a bare carriage return unquoted, which every reader takes for the end of the row
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _as_texts(column: pd.Series) -> list[str]:
    is_text = not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column))
    values = column.astype(object).where(column.notna(), "").tolist()
    return [safe(value) if is_text and isinstance(value, str) else str(value) for value in values]


def safe(text: str) -> str:
    """Return ``text`` so that no spreadsheet computes it; plain numbers such as ``-5`` stay as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def from_csv(data: bytes) -> pd.DataFrame:
    """Return the texts of what :func:`as_csv` made. Raises ValueError where a row is longer than the header."""
    # not Python's csv reader: it refuses cells of over 131,072 characters
    table = pd.read_csv(
        io.BytesIO(data), header=None, dtype=str, na_filter=False, skip_blank_lines=False, encoding="utf-8-sig"
    )
    table = table.map(original)
    body = table.iloc[1:].reset_index(drop=True)
    body.columns = pd.Index(table.iloc[0].tolist(), dtype="str")
    return body
