"""A difference as one long table, a row a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from evalkit.comparison.difference import Difference
from evalkit.problems import Place

STATED = ("choices", "inputs", "units", "nodes")
"""Kinds of change that are pairs by name."""
COLUMNS = ("what", "unit", "name", "detail", "before", "after", "change", "cell_before", "cell_after")
"""what: kind of change; name: key, file, unit, node, question or award; detail: item and respondent, peer group, or why
not comparable; before, after: values, the status of an answer that is none, the tier of an award, or ``awarded``;
change: of a number, places climbed of a rank."""
SIDES = ("before", "after")


def listed(found: Difference) -> Iterator[list[Any]]:
    """Yield the rows of the table, their columns :data:`COLUMNS`."""
    for name in STATED:
        yield from ([name, "", key, "", *pair, None, "", ""] for key, pair in getattr(found, name).items())
    for each in found.not_comparable.values():
        yield ["not_comparable", "", each.node, ", ".join((*each.why, *each.below)), None, None, None, "", ""]
    for row in _rows(found.answers):
        yield ["answers", row["unit"], row["question"], of_answer(row), *answers(row), None, *cells(row)]
    for row in _rows(found.measures):
        yield ["measures", row["unit"], row["indicator"], "", row["value_before"], row["value_after"], None, "", ""]
    for row in _rows(found.scores):
        yield ["scores", row["unit"], row["node"], "", row["score_before"], row["score_after"], row["change"], "", ""]
    for row in _rows(found.ranks):
        pair = row["rank_before"], row["rank_after"]
        yield ["ranks", row["unit"], row["node"], row["group"], *pair, row["moved"], "", ""]
    for row in _rows(found.awards):
        name = f"{row['scheme']}/{row['award']}"
        yield ["awards", row["unit"], name, row["group"], *awarded(row), None, "", ""]


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")


def of_answer(row: Mapping[Any, Any]) -> str:
    """Return the item and the respondent of a changed answer."""
    return " ".join(filter(None, (row["item"], row["respondent"])))


def answers(row: Mapping[Any, Any]) -> list[str | None]:
    """Return what a changed answer was and is: its value, else its status; None where there was no cell."""
    pairs = [(row[f"value_{side}"], row[f"status_{side}"]) for side in SIDES]
    return [value if status == "ok" else None if pd.isna(status) else str(status) for value, status in pairs]


def cells(row: Mapping[Any, Any]) -> list[str]:
    """Return where a changed answer stood and stands: ``file sheet!cell``."""
    places = [[row[f"{part}_{side}"] for part in ("file", "sheet", "cell")] for side in SIDES]
    return ["" if pd.isna(file) else str(Place(file=file, sheet=sheet, cell=cell)) for file, sheet, cell in places]


def awarded(row: Mapping[Any, Any]) -> list[str | int | None]:
    """Return the tiers before and after, ``awarded`` where there are none, None where the unit had no such award."""
    tiers = [row[f"tier_{side}"] for side in SIDES]
    return [
        None if row["in"] not in {"both", side} else "awarded" if pd.isna(tier) else int(tier)
        for side, tier in zip(SIDES, tiers, strict=True)
    ]
