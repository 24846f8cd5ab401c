"""The change since the last wave: a line a unit from its rank then to its rank now, and a table."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.names import unit_names
from evalkit.reports.outline.sheet import Column, Sheet
from evalkit.reports.outline.waves import Changes

Row = Mapping[Hashable, Any]

FEW = 40
"""Up to so many units all are named; of more only those that moved most."""
MOVERS = 10
"""How many climbers and how many fallers are named."""
WIDTH, THEN, NOW, TOP = 680.0, 200.0, 480.0, 34.0
_LABEL, _ROW, _TALL = 13.0, 15.0, 560.0


@dataclass(frozen=True, slots=True)
class Slope:
    """A line of the drawing; the heights of its labels, which keep apart, are None where it has none."""

    name: str
    then: float
    now: float
    y_then: float
    y_now: float
    label_then: float | None
    label_now: float | None
    direction: str


@dataclass(frozen=True, slots=True)
class Slopes:
    """The drawing, the waves at its sides, the notes and the table beside it; the named lines stand last."""

    height: float
    wave_then: str
    notes: tuple[str, ...]
    lines: tuple[Slope, ...]
    named: int
    sheet: Sheet


def slopes(evaluation: Evaluation, language: Language) -> Slopes | None:
    """Draw the units that both waves have a comparable rank of; None where there is no earlier wave."""
    changes = Changes(evaluation, language)
    rows = sorted(changes.rows.values(), key=lambda row: (row["rank_now"], row["unit"]))
    rows = [row for row in rows if not math.isnan(row["rank_change"])]
    if not rows:
        return None
    names = unit_names(evaluation)
    lowest: float = max(max(row["rank_then"], row["rank_now"]) for row in rows)
    height = min(_TALL, _ROW * lowest)

    def down(rank: float) -> float:
        return TOP + height * (rank - 0.5) / lowest

    named = {row["unit"] for row in _named(rows)}
    shown = [row for row in rows if row["unit"] in named]
    labels: dict[str, dict[str, float]] = {}
    for side in ("rank_then", "rank_now"):
        heights = sorted((down(row[side]), row["unit"]) for row in shown)
        labels[side] = dict(zip((unit for _, unit in heights), apart([each for each, _ in heights]), strict=True))
    lines = [
        Slope(
            names[row["unit"]],
            row["rank_then"],
            row["rank_now"],
            down(row["rank_then"]),
            down(row["rank_now"]),
            labels["rank_then"].get(row["unit"]),
            labels["rank_now"].get(row["unit"]),
            "up" if row["rank_change"] > 0 else "down" if row["rank_change"] < 0 else "same",
        )
        for row in rows
    ]
    lines.sort(key=lambda line: line.label_now is not None)
    bottom = max([TOP + height, *labels["rank_then"].values(), *labels["rank_now"].values()])
    sheet = _table(rows, names, changes.wave, language)
    return Slopes(bottom + 16, changes.wave, changes.notes, tuple(lines), len(named), sheet)


def apart(heights: Sequence[float], least: float = _LABEL) -> list[float]:
    """Return ascending heights moved down as little as it takes for neighbours to be ``least`` apart."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + least) if placed else height)
    return placed


def _named(rows: Sequence[Row]) -> Sequence[Row]:
    if len(rows) <= FEW:
        return rows
    climbers = sorted(
        (row for row in rows if row["rank_change"] > 0), key=lambda row: (-row["rank_change"], row["unit"])
    )
    fallers = sorted((row for row in rows if row["rank_change"] < 0), key=lambda row: (row["rank_change"], row["unit"]))
    return [*climbers[:MOVERS], *fallers[:MOVERS]]


def _table(rows: Sequence[Row], names: dict[str, str], wave: str, language: Language) -> Sheet:
    columns = (
        Column(word("unit", language)),
        Column(word("name", language)),
        Column(word("rank_then", language, wave=wave), "integer"),
        Column(word("page_rank_now", language), "integer"),
        Column(word("rank_change", language), "integer"),
        Column(word("page_score_then", language, wave=wave), "score"),
        Column(word("page_score_now", language), "score"),
        Column(word("score_change", language), "printed"),
    )
    numbers = ("rank_then", "rank_now", "rank_change", "score_then", "score_now", "score_change")
    ordered = sorted(rows, key=lambda row: (-row["rank_change"], row["unit"]))
    cells = [[row["unit"], names[row["unit"]], *(row[name] for name in numbers)] for row in ordered]
    return Sheet(word("page_changes", language), columns, cells)
