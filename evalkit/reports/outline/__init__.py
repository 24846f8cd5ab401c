"""What a report shows, not how it looks: sheets of titled columns and rows, of which every format is made."""

from __future__ import annotations

from collections.abc import Callable

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import tiers_only
from evalkit.messages import Language
from evalkit.reports.outline.accounts import files, findings
from evalkit.reports.outline.corrections import corrections
from evalkit.reports.outline.descriptive import awards, shares
from evalkit.reports.outline.groups import groups
from evalkit.reports.outline.method import about, recipe
from evalkit.reports.outline.ranking import ranking
from evalkit.reports.outline.scores import dimension_scores, indicator_scores
from evalkit.reports.outline.sheet import Sheet

OUTLINE: tuple[Callable[[Evaluation, Language], Sheet], ...] = (
    ranking,
    dimension_scores,
    indicator_scores,
    awards,
    groups,
    shares,
    findings,
    corrections,
    files,
    recipe,
    about,
)
"""The sheets of a report in their order."""
_OF_SCORES = (ranking, dimension_scores, indicator_scores, groups)


def outline_of(evaluation: Evaluation) -> tuple[Callable[[Evaluation, Language], Sheet], ...]:
    """Return the sheets of a report on a run: where tiers only are published, those without scores and ranks."""
    if tiers_only(evaluation):
        return tuple(make for make in OUTLINE if make not in _OF_SCORES)
    return OUTLINE
