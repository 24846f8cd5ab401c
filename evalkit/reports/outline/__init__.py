"""What a report shows, not how it looks: sheets of titled columns and rows, of which every format is made."""

from __future__ import annotations

from collections.abc import Callable

from evalkit.evaluate.evaluation import Evaluation
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
