"""A sheet of a report: titled columns, rows of plain values, notes."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose

Kind = Literal["text", "long", "integer", "score", "heat", "number", "printed", "percent"]
"""text: short; long: wrapped; score: two decimals with a bar; heat: two decimals on a scale of colours; percent: a
share of one, shown times 100; printed: a number with exactly the decimals of the column."""
Mark = Literal["error", "warning", "tier1", "tier2", "tier3", "tier4", "tier5"]
LOWEST_TIER = 5
"""Tiers below share the mark of the fifth."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its title and what kind of value it holds.

    ``width`` is the greatest width in half-width characters; ``group`` a title that it shares with its neighbours;
    ``decimals`` those of a ``printed`` number.
    """

    title: str
    kind: Kind = "text"
    width: int = 12
    group: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A text that stands out, by severity or tier."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title and notes above it, the ``notice`` in red; ``frozen`` columns stay in view.

    A sheet that is ``optional`` is left out of a report while it has no rows.
    """

    title: str
    columns: tuple[Column, ...]
    rows: list[list[Any]]
    notice: str = ""
    notes: tuple[str, ...] = ()
    frozen: int = 0
    optional: bool = False


def plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Return a cell as a Python value, None for no value."""
    if isinstance(value, Marked):
        return value.text
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def records(table: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return the rows of a table by column."""
    return table.to_dict("records")


def in_language(bilingual: str, language: Language) -> str:
    """Return one half of a stored text ``中文 / English``.

    The slash in the middle parts the halves: one that a name or an answer brings stands in both. A text without such a
    middle is the same in both languages.
    """
    pieces = bilingual.split(" / ")
    half, odd = divmod(len(pieces), 2)
    if language == "both" or odd:
        return bilingual
    return choose(language, " / ".join(pieces[:half]), " / ".join(pieces[half:]))


def notice(evaluation: Evaluation, language: Language) -> str:
    """Return the sentence that every result of the study must show; empty where there is none."""
    text = evaluation.manifest["study"].get("notice") or {}
    return choose(language, text.get("zh", ""), text.get("en", ""))
