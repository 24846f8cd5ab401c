"""Walk a score down to weights, measures, answers and cells; every step says whether its numbers add up."""

from __future__ import annotations

from evalkit.evaluate.evaluation import Evaluation
from evalkit.explanation.steps import (
    CellRange,
    CellStep,
    EvidenceStep,
    Explanation,
    PartStep,
    RecordStep,
    Step,
)
from evalkit.explanation.tables import Tables
from evalkit.explanation.walk import Walk
from evalkit.messages.nearest import suggestion
from evalkit.problems import Problem, problem
from evalkit.sources.register import find_unit

__all__ = [
    "CellRange", "CellStep", "EvidenceStep", "Explanation", "PartStep", "RecordStep", "Step", "UnknownNameError",
    "explain", "known_node", "known_unit",
]  # fmt: skip


class UnknownNameError(LookupError):
    """There is no such unit or node; ``problem`` says what was near."""

    def __init__(self, found: Problem) -> None:
        """Keep the finding."""
        self.problem = found
        super().__init__(found.message("en"))


def explain(evaluation: Evaluation, unit: str, node: str | None = None) -> Explanation:
    """Explain the score of a unit (id, name or alias) at a node (the index). Raises UnknownNameError."""
    units, found = evaluation["units"], known_unit(evaluation, unit)
    step = Walk(Tables(evaluation), found).step(known_node(evaluation, node), 1.0, arithmetic=True)
    name = str(units.loc[units["unit"] == found, "name"].iloc[0])
    return Explanation(found, name, step, _all_add_up(step))


def known_unit(evaluation: Evaluation, unit: str) -> str:
    """Return the id of a unit named by id, name or alias. Raises UnknownNameError."""
    units = evaluation["units"]
    found = find_unit(units, unit)
    if found is None:
        known = [*units["unit"], *units["name"]]
        known += [alias for each in units.get("aliases", ()) for alias in each.split("|") if alias]
        raise UnknownNameError(problem("EK242", name=unit, **suggestion(unit, known)))
    return found


def known_node(evaluation: Evaluation, node: str | None) -> str:
    """Return the node, the index if none is named. Raises UnknownNameError."""
    known = list(evaluation["nodes"]["node"])
    if node is not None and node not in known:
        raise UnknownNameError(problem("EK318", node=node, **suggestion(node, known)))
    return node or evaluation.root


def _all_add_up(step: Step) -> bool:
    return step.adds_up and all(_all_add_up(child) for child in step.children)
