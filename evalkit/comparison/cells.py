"""The first cell in which two versions of a table differ, its row named by what the row is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

KEYS: Mapping[str, tuple[str, ...]] = {
    "nodes": ("node",),
    "files": ("file",),
    "observations": ("observation", "unit", "question", "item"),
    "parts": ("unit", "indicator", "part"),
    "measures": ("unit", "indicator"),
    "scores": ("unit", "node"),
    "ranks": ("unit", "node", "group"),
    "awards": ("scheme", "award", "unit", "group"),
    "waves": ("wave", "unit", "node"),
    "shares": ("question", "option"),
    "problems": ("code", "file", "sheet", "cell", "unit", "question"),
    "calls": ("call", "auditor"),
    "connection": ("unit",),
    "waits": ("item", "slot"),
    "agreement": ("item",),
    "fair": ("unit", "indicator"),
    "auditors": ("auditor", "indicator"),
    "records": ("unit", "indicator"),
    "solutions": ("unit", "step"),
    "precision": ("unit", "node"),
    "covariance": ("node", "unit", "other_unit"),
}
"""Columns that say what a row is about, by table; of any other table the first column does."""


@dataclass(frozen=True, slots=True)
class FirstDifference:
    """The first cell that differs; ``column`` is empty where the row is in one version only, or stands elsewhere.

    ``row`` are the values of :data:`KEYS`, the second row of the same values with ``#2`` after them; of the header it
    is empty, and ``column`` the number of the column. A version that lacks the row or the column has None.
    """

    row: str
    column: str
    then: str | None
    now: str | None


def first_difference(name: str, then: pd.DataFrame, now: pd.DataFrame) -> FirstDifference | None:
    """Compare two versions of the table ``name``, both as texts; None where they are equal."""
    headers = [str(each) for each in then.columns], [str(each) for each in now.columns]
    for at in range(max(map(len, headers))):
        old, new = (header[at] if at < len(header) else None for header in headers)
        if old != new:
            return FirstDifference("", str(at + 1), old, new)
    rows, others = _by_label(name, then), _by_label(name, now)
    for label in dict.fromkeys([*rows, *others]):
        if label not in rows or label not in others:
            return FirstDifference(label, "", *(_joined(each.get(label)) for each in (rows, others)))
        for column, old, new in zip(headers[0], rows[label], others[label], strict=True):
            if old != new:
                return FirstDifference(label, column, old, new)
    places = zip(rows, others, strict=True)
    return next((FirstDifference(old, "", old, new) for old, new in places if old != new), None)


def _by_label(name: str, table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    keys = [key for key in KEYS.get(name, ()) if key in table.columns] or list(table.columns[:1])
    labels = (" ".join(filter(None, map(str, row))) for row in table[keys].itertuples(index=False, name=None))
    seen: dict[str, int] = {}
    found = {}
    for label, row in zip(labels, table.itertuples(index=False, name=None), strict=True):
        seen[label] = seen.get(label, 0) + 1
        found[label if seen[label] == 1 else f"{label} #{seen[label]}"] = row
    return found


def _joined(row: tuple[str, ...] | None) -> str | None:
    return None if row is None else ",".join(row)
