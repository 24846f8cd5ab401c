"""Walk a score down to weights, measures, answers and cells; every step says whether its numbers add up."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from evalkit.definitions.rules import Normalisation
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages.nearest import suggestion
from evalkit.problems import Problem, problem
from evalkit.scoring.aggregation import aggregate
from evalkit.scoring.tree_scores import normalise
from evalkit.sources.register import find_unit


@dataclass(frozen=True, slots=True)
class CellStep:
    """A cell behind a score: where it stands, what was read, what it counted as."""

    question: str
    item: str
    raw: str
    value: str
    status: str
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class PartStep:
    """One question's points within an indicator; ``weight`` is the one really used."""

    question: str
    rule: str
    value: float | None
    weight: float
    status: str
    cells: tuple[CellStep, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A node on the way down.

    ``weight`` is its weight within its parent after missing siblings, ``contribution`` weight × score where the parent
    takes the arithmetic mean. ``recomputed`` is the score computed again from what stands below it in the tables, and
    ``adds_up`` says that the two agree to within 1e-9.
    """

    node: str
    name_zh: str
    name_en: str
    level: int
    score: float | None
    coverage: float
    weight: float
    effective_weight: float
    contribution: float | None
    method: str
    raw_value: float | None
    status: str
    recomputed: float | None
    adds_up: bool
    rank: int | None
    ranked: int
    children: tuple[Step, ...] = ()
    parts: tuple[PartStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A unit's score at a node, explained; ``adds_up`` holds for every step of it."""

    unit: str
    name: str
    step: Step
    adds_up: bool

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return asdict(self)


class UnknownNameError(LookupError):
    """There is no such unit or node; ``problem`` says what was near."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


def explain(evaluation: Evaluation, unit: str, node: str | None = None) -> Explanation:
    """Explain the score of a unit (id, name or alias) at a node (the index). Raises UnknownNameError."""
    units = evaluation["units"]
    found = find_unit(units, unit)
    if found is None:
        known = [*units["unit"], *units["name"]]
        raise UnknownNameError(problem("EK242", name=unit, **suggestion(unit, known)))
    start = known_node(evaluation, node)
    walker = _Walker(evaluation, found)
    step = walker.step(start, 1.0, arithmetic=True)
    name = str(units.loc[units["unit"] == found, "name"].iloc[0])
    return Explanation(found, name, step, _all_add_up(step))


def known_node(evaluation: Evaluation, node: str | None) -> str:
    """Return the node, the index if none is named. Raises UnknownNameError."""
    known = list(evaluation["nodes"]["node"])
    if node is not None and node not in known:
        raise UnknownNameError(problem("EK318", node=node, **suggestion(node, known)))
    return node or known[0]


def _all_add_up(step: Step) -> bool:
    return step.adds_up and all(_all_add_up(child) for child in step.children)


class _Walker:
    """The tables of one unit, looked up by node."""

    def __init__(self, evaluation: Evaluation, unit: str) -> None:
        self.unit = unit
        self.evaluation = evaluation
        self.nodes = evaluation["nodes"].set_index("node")
        self.scores = _of_unit(evaluation["scores"], unit).set_index("node")
        self.measures = _of_unit(evaluation["measures"], unit).set_index("indicator")
        self.parts = _of_unit(evaluation["parts"], unit)
        self.observations = _of_unit(evaluation["observations"], unit).set_index("observation")
        ranks = evaluation["ranks"]
        self.ranks = ranks[(ranks["unit"] == unit) & (ranks["group"] == "")].set_index("node")["rank"]
        self.ranked = ranks[ranks["group"] == ""].groupby("node").size()
        self.choices = evaluation.manifest["recipe"]["nodes"]

    def step(self, node: str, weight: float, *, arithmetic: bool) -> Step:
        """Explain one node and everything below it."""
        row, own = self.nodes.loc[node], self.scores.loc[node]
        score = _number(own["score"])
        children = list(self.nodes.index[self.nodes["parent"] == node])
        steps, parts, raw, status = (), (), None, ""
        if children:
            recomputed, weights = self._aggregate(node, children)
            is_mean = row["aggregate"] == "arithmetic"
            steps = tuple(
                self.step(child, used, arithmetic=is_mean) for child, used in zip(children, weights, strict=True)
            )
            method = f"{row['aggregate']}, missing={row['missing']}"
        else:
            measure = self.measures.loc[node]
            raw, status = _number(measure["value"]), str(measure["status"])
            recomputed, method = self._normalise(node), str(row["normalise"])
            parts = self._parts(node)
        agrees = (score is None) == (recomputed is None) and (
            score is None or recomputed is None or math.isclose(score, recomputed, rel_tol=1e-12, abs_tol=1e-9)
        )
        return Step(
            node, str(row["name_zh"]), str(row["name_en"]), int(row["level"]), score, float(own["coverage"]), weight,
            float(own["effective_weight"]), weight * score if arithmetic and score is not None else None, method, raw,
            status, recomputed, agrees and _parts_agree(raw, parts), self._rank(node), int(self.ranked.get(node, 0)), steps, parts,
        )  # fmt: skip

    def _rank(self, node: str) -> int | None:
        return int(self.ranks[node]) if node in self.ranks.index else None

    def _aggregate(self, node: str, children: list[str]) -> tuple[float | None, list[float]]:
        row = self.nodes.loc[node]
        result = aggregate(
            self.scores.loc[children, "score"].to_numpy(dtype=float)[np.newaxis],
            self.scores.loc[children, "coverage"].to_numpy(dtype=float)[np.newaxis],
            self.nodes.loc[children, "share"].to_numpy(dtype=float),
            method=row["aggregate"],
            missing=row["missing"],
            min_coverage=float(row["min_coverage"]),
        )
        return _number(result.score[0]), result.weights[0].tolist()

    def _normalise(self, node: str) -> float | None:
        """Normalise the indicator again over the whole field, since relative methods need all units."""
        field = self.evaluation["measures"]
        field = field[field["indicator"] == node]
        method = _declared(self.choices[node]["normalise"])
        higher = self.choices[node]["direction"] == "higher"
        result = normalise(field["value"].to_numpy(dtype=float), method, higher_is_better=higher)
        return _number(result.scores[field["unit"].to_numpy() == self.unit][0])

    def _parts(self, node: str) -> tuple[PartStep, ...]:
        rows = self.parts[self.parts["indicator"] == node]
        return tuple(
            PartStep(
                row.question, row.rule, _number(row.value), float(row.weight), row.status, self._cells(str(row.observations))
            )
            for row in rows.itertuples()
        )

    def _cells(self, ids: str) -> tuple[CellStep, ...]:
        cells = []
        for each in ids.split("|") if ids else ():
            row = self.observations.loc[int(each)]
            names = ("question", "item", "raw", "value", "status", "file", "sheet", "cell")
            cells.append(CellStep(*(str(row[name]) for name in names)))
        return tuple(cells)


def _of_unit(table: pd.DataFrame, unit: str) -> pd.DataFrame:
    return table[table["unit"] == unit]


def _declared(choice: dict[str, Any]) -> Normalisation:
    adapter: TypeAdapter[Normalisation] = TypeAdapter(Normalisation)
    return adapter.validate_python(choice)


def _number(value: Any) -> float | None:  # noqa: ANN401 - a cell of a table
    return None if value is None or pd.isna(value) else float(value)


def _parts_agree(raw: float | None, parts: tuple[PartStep, ...]) -> bool:
    """The parts' weighted mean is the raw value (a single part is the value itself)."""
    known = [(part.value, part.weight) for part in parts if part.value is not None]
    if raw is None or not known:
        return True
    total = math.fsum(weight for _, weight in known)
    mean = math.fsum(value * weight for value, weight in known) / total if total else math.nan
    return math.isclose(mean, raw, rel_tol=1e-12, abs_tol=1e-9)
