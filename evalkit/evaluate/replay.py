"""Whether the index can be computed again from the indicators' scores and the tables alone."""

from __future__ import annotations

from evalkit.definitions.rules import MEANS
from evalkit.evaluate.evaluation import Evaluation


def is_replayable(evaluation: Evaluation) -> bool:
    """Tell whether every node is one of our own means of its children: no deduction, no bonus, no plug-in."""
    choices = evaluation.manifest["recipe"]["nodes"].values()
    return all("adjust" not in each and each.get("aggregate", MEANS[0]) in MEANS for each in choices)
