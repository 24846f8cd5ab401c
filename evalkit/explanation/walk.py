"""The tables of one unit, walked from a node down, every number computed again from those below it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from evalkit.definitions.adjust import Adjust
from evalkit.definitions.rules import PLUG_IN, Normalisation, PlugInNormalisation
from evalkit.evaluate.evaluation import Evaluation
from evalkit.explanation.cells import Observations
from evalkit.explanation.steps import CellStep, EvidenceStep, PartStep, Step
from evalkit.scoring.adjustment import adjust_node
from evalkit.scoring.aggregation import aggregate
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.tree_scores import normalise

Row = Mapping[str, Any]


class Walk:
    """The rows of one unit by node; plain dictionaries, since looking rows up in data frames takes most of the time."""

    def __init__(self, evaluation: Evaluation, unit: str) -> None:
        """Pick the rows of ``unit``, an id of the register."""
        self.nodes = _by(evaluation["nodes"], "node")
        self.children = _grouped(self.nodes.values(), "parent")
        self.choices = evaluation.manifest["recipe"]["nodes"]
        self.scores = _by(_of_unit(evaluation["scores"], unit), "node")
        self.measures = _by(_of_unit(evaluation["measures"], unit), "indicator")
        self.parts = _grouped(_rows(_of_unit(evaluation["parts"], unit)), "indicator")
        observations = _of_unit(evaluation["observations"], unit)
        self.observations = Observations(observations)
        self.proofs = _grouped(_rows(observations[observations["evidence"] != ""]), "question")
        ranks = evaluation["ranks"]
        field = ranks[ranks["group"] == ""]
        self.ranks = _by(_of_unit(field, unit), "node")
        self.ranked = field["node"].value_counts().to_dict()
        self.field = _columns(evaluation["measures"])
        self.unit = unit

    def step(self, node: str, weight: float, *, arithmetic: bool) -> Step:
        """Explain one node and everything below it; ``arithmetic``: its parent is an arithmetic mean."""
        row, own = self.nodes[node], self.scores[node]
        score = _number(own["score"])
        steps: tuple[Step, ...] = ()
        parts: tuple[PartStep, ...] = ()
        raw, status = None, ""
        if children := [each["node"] for each in self.children.get(node, ())]:
            recomputed, weights = self._aggregate(row, children)
            recomputed = self._adjust(node, recomputed)
            is_mean = row["aggregate"] == "arithmetic"
            steps = tuple(
                self.step(child, used, arithmetic=is_mean) for child, used in zip(children, weights, strict=True)
            )
            method = f"{row['aggregate']}, missing={row['missing']}" + (", adjust" if self._adjuster(node) else "")
        else:
            raw, status = _number(self.measures[node]["value"]), str(self.measures[node]["status"])
            recomputed, method = self._normalise(node), str(row["normalise"])
            parts = tuple(self._part(each) for each in self.parts.get(node, ()))
        of_plug_in = method.startswith("plugin")  # whose function is not at hand
        return Step(
            node=node,
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            level=int(row["level"]),
            score=score,
            coverage=float(own["coverage"]),
            weight=weight,
            effective_weight=float(own["effective_weight"]),
            contribution=weight * score if arithmetic and score is not None else None,
            method=method,
            raw_value=raw,
            status=status,
            recomputed=None if of_plug_in else recomputed,
            adds_up=(of_plug_in or _equal(score, recomputed)) and _parts_agree(raw, parts),
            rank=float(self.ranks[node]["rank"]) if node in self.ranks else None,
            ranked=int(self.ranked.get(node, 0)),
            children=steps,
            parts=parts,
        )

    def _adjuster(self, node: str) -> Adjust | None:
        choice = self.choices[node].get("adjust")
        return None if choice is None else Adjust.model_validate(choice)

    def _adjust(self, node: str, mean: float | None) -> float | None:
        """Take off and add the points of the children that adjust the node."""
        rule = self._adjuster(node)
        if rule is None:
            return mean
        points = {child: np.array([self.scores[child]["score"]], dtype=float) for child in rule.named}
        base = np.array([np.nan if mean is None else mean])
        return _number(adjust_node(rule, base, points)[0])

    def _aggregate(self, row: Row, children: Sequence[str]) -> tuple[float | None, list[float]]:
        if not any(self.nodes[child]["share"] > 0 for child in children):
            return None, [0.0] * len(children)  # nothing but points to take off and add
        result = aggregate(
            np.array([[self.scores[child]["score"] for child in children]], dtype=float),
            np.array([[self.scores[child]["coverage"] for child in children]], dtype=float),
            np.array([self.nodes[child]["share"] for child in children], dtype=float),
            method="arithmetic" if str(row["aggregate"]).startswith(PLUG_IN) else row["aggregate"],
            missing=row["missing"],
            min_coverage=float(row["min_coverage"]),
        )
        return _number(result.score[0]), result.weights[0].tolist()

    def _normalise(self, node: str) -> float | None:
        """Normalise the indicator again over the whole field, since relative methods need all units."""
        units, raw = self.field[node]
        choice = self.choices[node]
        method = _adapter().validate_python(choice["normalise"])
        if isinstance(method, PlugInNormalisation):
            return None
        result = normalise(raw, method, higher_is_better=choice["direction"] == "higher")
        return _number(result.scores[units == self.unit][0])

    def _part(self, row: Row) -> PartStep:
        cells, ranges = self.observations.behind(str(row["observations"]))
        proofs = tuple(self._proof(each) for each in self._proofs_of(str(row["question"]), cells))
        value, weight = _number(row["value"]), float(row["weight"])
        step = PartStep(row["question"], row["rule"], value, weight, row["status"], cells, proofs)
        if not row.get("respondents"):
            return step
        n, base = int(row["n"]), int(row["base"])
        n_eff = _number(row["n_eff"])
        return replace(step, respondents=row["respondents"], n=n, base=base, n_eff=n_eff, ranges=ranges)

    def _proofs_of(self, question: str, cells: Iterable[CellStep]) -> list[Row]:
        """Return the rows with proof for the questions of a part; a part by a formula has several, and names none."""
        questions = dict.fromkeys([question] if question else (cell.question for cell in cells))
        return [row for each in questions for row in self.proofs.get(each, ())]

    @staticmethod
    def _proof(row: Row) -> EvidenceStep:
        return EvidenceStep(row["evidence"], row["file"], row["sheet"], row["evidence_cell"])


@cache
def _adapter() -> TypeAdapter[Normalisation]:
    return TypeAdapter(Normalisation)


def _of_unit(table: pd.DataFrame, unit: str) -> pd.DataFrame:
    own: pd.DataFrame = table[table["unit"].to_numpy(dtype=object) == unit]
    return own


def _rows(table: pd.DataFrame) -> list[Row]:
    names = [str(column) for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def _by(table: pd.DataFrame, key: str) -> dict[Any, Row]:
    return {row[key]: row for row in _rows(table)}


def _grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def _columns(measures: pd.DataFrame) -> dict[str, tuple[np.ndarray[Any, np.dtype[np.object_]], FloatArray]]:
    """Return units and raw values of each indicator."""
    units = measures["unit"].to_numpy(dtype=object)
    raw = measures["value"].to_numpy(dtype=float)
    positions = measures.groupby("indicator", sort=False).indices
    return {str(indicator): (units[rows], raw[rows]) for indicator, rows in positions.items()}


def _number(value: Any) -> float | None:  # noqa: ANN401 - a cell of a table
    return None if value is None or pd.isna(value) else float(value)


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)


def _parts_agree(raw: float | None, parts: Sequence[PartStep]) -> bool:
    """Tell whether the raw value is the weighted mean of its parts; a single part is the value itself."""
    if not parts:
        return True
    used = [(part.value, part.weight) for part in parts if part.value is not None and part.weight > 0]
    weights = math.fsum(weight for _, weight in used)
    return _equal(raw, math.fsum(value * weight for value, weight in used) / weights if used else None)
