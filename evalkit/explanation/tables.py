"""The tables of a run arranged for walking: rows by unit and by node, each indicator normalised once for all units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from evalkit.definitions.rules import Normalisation, PlugInNormalisation
from evalkit.evaluate.evaluation import Evaluation
from evalkit.scoring.arrays import IntArray
from evalkit.scoring.tree_scores import normalise

Row = Mapping[str, Any]


class Tables:
    """What all units of a run share; plain dictionaries, since looking rows up in data frames takes most of the time.

    It holds what it has looked up: make it anew where a table was changed.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        """Arrange the nodes, and the ranks in the whole field."""
        self.nodes = by(evaluation["nodes"], "node")
        self.children = grouped(self.nodes.values(), "parent")
        self.choices = evaluation.manifest["recipe"]["nodes"]
        self.hashes: Mapping[str, str] = evaluation.manifest.get("inputs", {})
        ranks = evaluation["ranks"]
        self._tables = {**evaluation.tables, "ranks": ranks[ranks["group"] == ""]}
        self.ranked = self._tables["ranks"]["node"].value_counts().to_dict()
        self._positions: dict[str, dict[Any, IntArray]] = {}
        self._normalised: dict[str, dict[str, float | None]] = {}

    def has(self, name: str) -> bool:
        """Tell whether the run has a table."""
        return name in self._tables

    def of_unit(self, name: str, unit: str) -> pd.DataFrame:
        """Return the rows of a unit; of ``ranks`` those in the whole field."""
        table = self._tables[name]
        if name not in self._positions:
            self._positions[name] = _positions(table, "unit")
        own: pd.DataFrame = table.iloc[self._positions[name].get(unit, np.empty(0, dtype=np.int64))]
        return own

    def normalised(self, node: str, unit: str) -> float | None:
        """Normalise an indicator again over the whole field, since relative methods need all units.

        None for no score, and for what a plug-in normalised, whose function is not at hand.
        """
        if node not in self._normalised:
            self._normalised[node] = self._normalise(node)
        return self._normalised[node].get(unit)

    def _normalise(self, node: str) -> dict[str, float | None]:
        measures = self._tables["measures"]
        if "measures by indicator" not in self._positions:
            self._positions["measures by indicator"] = _positions(measures, "indicator")
        own = measures.iloc[self._positions["measures by indicator"][node]]
        choice = self.choices[node]
        method = _adapter().validate_python(choice["normalise"])
        if isinstance(method, PlugInNormalisation):
            return {}
        raw = own["value"].to_numpy(dtype=float)
        scores = normalise(raw, method, higher_is_better=choice["direction"] == "higher").scores
        return {str(unit): number(score) for unit, score in zip(own["unit"], scores.tolist(), strict=True)}


def rows(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table by column."""
    names = [str(column) for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def by(table: pd.DataFrame, key: str) -> dict[Any, Row]:
    """Return the rows of a table by the value of a column, of which each has its own."""
    return {row[key]: row for row in rows(table)}


def grouped(found: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    """Return rows together that share the value of a column."""
    groups: dict[Any, list[Row]] = {}
    for row in found:
        groups.setdefault(row[key], []).append(row)
    return groups


def number(value: Any) -> float | None:  # noqa: ANN401 - a cell of a table
    """Return a cell as a number, None for no value."""
    return None if value is None or pd.isna(value) else float(value)


def _positions(table: pd.DataFrame, column: str) -> dict[Any, IntArray]:
    return {key: np.asarray(rows) for key, rows in table.groupby(column, sort=False).indices.items()}


@cache
def _adapter() -> TypeAdapter[Normalisation]:
    return TypeAdapter(Normalisation)
