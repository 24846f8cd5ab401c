"""What a report shows, not how it looks: sheets of titled columns and rows, of which every format is made."""

from __future__ import annotations

from collections.abc import Callable

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.outline.accounts import files, findings
from evalkit.reports.outline.descriptive import awards, shares
from evalkit.reports.outline.method import about, recipe
from evalkit.reports.outline.ranking import ranking
from evalkit.reports.outline.robustness import robustness
from evalkit.reports.outline.scores import dimension_scores, indicator_scores
from evalkit.reports.outline.sheet import Sheet

OUTLINE: tuple[Callable[[Evaluation, Language], Sheet], ...] = (
    ranking,
    dimension_scores,
    indicator_scores,
    awards,
    shares,
    findings,
    files,
    recipe,
    about,
)
"""The sheets of a report in their order."""


def outline(evaluation: Evaluation) -> tuple[Callable[[Evaluation, Language], Sheet], ...]:
    """Return the sheets of a report; that of robustness follows the ranking where it was computed."""
    return (OUTLINE[0], robustness, *OUTLINE[1:]) if "robustness" in evaluation.tables else OUTLINE
