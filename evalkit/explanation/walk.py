"""The tables of one unit, walked from a node down, every number computed again from those below it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from evalkit.definitions.adjust import Adjust
from evalkit.definitions.rules import PLUG_IN
from evalkit.explanation.cells import Observations
from evalkit.explanation.records import record_step
from evalkit.explanation.steps import CellStep, EvidenceStep, PartStep, RecordStep, Step
from evalkit.explanation.tables import Row, Tables, by, grouped, number, rows
from evalkit.scoring.adjustment import adjust_node
from evalkit.scoring.aggregation import aggregate


class Walk:
    """The rows of one unit by node."""

    def __init__(self, tables: Tables, unit: str) -> None:
        """Pick the rows of ``unit``, an id of the register."""
        self.tables = tables
        self.nodes, self.children, self.choices = tables.nodes, tables.children, tables.choices
        self.scores = by(tables.of_unit("scores", unit), "node")
        self.measures = by(tables.of_unit("measures", unit), "indicator")
        self.parts = grouped(rows(tables.of_unit("parts", unit)), "indicator")
        self.records = by(tables.of_unit("records", unit), "indicator") if tables.has("records") else {}
        observations = tables.of_unit("observations", unit)
        self.observations = Observations(observations)
        self.proofs = grouped(rows(observations[observations["evidence"] != ""]), "question")
        self.ranks = by(tables.of_unit("ranks", unit), "node")
        self.unit = unit

    def step(self, node: str, weight: float, *, arithmetic: bool) -> Step:
        """Explain one node and everything below it; ``arithmetic``: its parent is an arithmetic mean."""
        row, own = self.nodes[node], self.scores[node]
        score = number(own["score"])
        steps: tuple[Step, ...] = ()
        parts: tuple[PartStep, ...] = ()
        records: RecordStep | None = None
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
            raw, status = number(self.measures[node]["value"]), str(self.measures[node]["status"])
            recomputed, method = self.tables.normalised(node, self.unit), str(row["normalise"])
            parts = tuple(self._part(each) for each in self.parts.get(node, ()))
            if node in self.records:
                records = record_step(self.records[node], str(row["measure"]), self.tables.hashes)
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
            adds_up=(of_plug_in or agree(score, recomputed))
            and _parts_agree(raw, parts)
            and _records_agree(raw, records),
            rank=float(self.ranks[node]["rank"]) if node in self.ranks else None,
            ranked=int(self.tables.ranked.get(node, 0)),
            children=steps,
            parts=parts,
            records=records,
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
        return number(adjust_node(rule, base, points)[0])

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
        return number(result.score[0]), result.weights[0].tolist()

    def _part(self, row: Row) -> PartStep:
        cells, ranges = self.observations.behind(str(row["observations"]))
        proofs = tuple(self._proof(each) for each in self._proofs_of(str(row["question"]), cells))
        value, weight = number(row["value"]), float(row["weight"])
        step = PartStep(row["question"], row["rule"], value, weight, row["status"], cells, proofs)
        if not row.get("respondents"):
            return step
        n, base = int(row["n"]), int(row["base"])
        n_eff = number(row["n_eff"])
        return replace(step, respondents=row["respondents"], n=n, base=base, n_eff=n_eff, ranges=ranges)

    def _proofs_of(self, question: str, cells: Iterable[CellStep]) -> list[Row]:
        """Return the rows with proof for the questions of a part; a part by a formula has several, and names none."""
        questions = dict.fromkeys([question] if question else (cell.question for cell in cells))
        return [row for each in questions for row in self.proofs.get(each, ())]

    @staticmethod
    def _proof(row: Row) -> EvidenceStep:
        return EvidenceStep(row["evidence"], row["file"], row["sheet"], row["evidence_cell"])


def agree(one: float | None, other: float | None) -> bool:
    """Tell whether two numbers are the same but for rounding, to within 1e-9; no value agrees with no value only."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)


def _records_agree(raw: float | None, records: RecordStep | None) -> bool:
    """Tell whether the raw value is what the sums over the records give, and whether these are all accounted for."""
    if records is None:
        return True
    if records.total != records.outside + records.base + sum(records.left_out.values()):
        return False
    return records.numerator is None or raw is None or agree(raw, records.recomputed)


def _parts_agree(raw: float | None, parts: Sequence[PartStep]) -> bool:
    """Tell whether the raw value is the weighted mean of its parts; a single part is the value itself."""
    if not parts:
        return True
    used = [(part.value, part.weight) for part in parts if part.value is not None and part.weight > 0]
    weights = math.fsum(weight for _, weight in used)
    return agree(raw, math.fsum(value * weight for value, weight in used) / weights if used else None)
