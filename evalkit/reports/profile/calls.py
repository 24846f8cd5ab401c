"""The mystery calls of a unit: scenario, outcome, and what each call earned on each indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.calls import rating_name
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.outline.names import node_names
from evalkit.reports.outline.sheet import records

_POINTS = ("call_scores", "call_rate")  # what begins so; fair scores are call_scores_adjusted
_SHOWN = ("call", "auditor", "scenario", "channel", "slot", "outcome")
"""Columns of ``calls`` that the page of the unit shows: of an auditor, the code alone is known to a run."""


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call: its facts as ``calls`` has them, and its points by indicator, NaN where it says nothing of one."""

    facts: tuple[str, ...]
    points: tuple[float, ...]


class CallBook:
    """The calls of a run by unit; ``indicators`` are those that single calls give points to, by name."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        """Index the tables ``calls`` and ``parts``."""
        calls = evaluation.tables.get("calls", pd.DataFrame())
        parts = evaluation["parts"]
        parts = parts[parts["rule"].str.startswith(_POINTS)] if len(calls) else parts.iloc[:0]
        nodes = node_names(evaluation, language)
        of_calls = set(parts["indicator"])
        ids = [node for node in evaluation["nodes"]["node"] if node in of_calls]
        self.indicators = tuple(f"{node} {nodes[node]}" for node in ids)
        points: dict[tuple[str, str], float] = {}
        for row in records(parts):
            points[row["question"], row["indicator"]] = row["value"]
        self.of_unit: dict[str, list[CallLine]] = {}
        for row in records(calls):
            facts = [str(row[key]) for key in _SHOWN]
            name = f"{rating_name(row['call'], row['auditor'], row['attempt'])} {row['scenario']}"
            own = tuple(float(points.get((name, node), np.nan)) for node in ids)
            self.of_unit.setdefault(row["unit"], []).append(CallLine(tuple(facts), own))
