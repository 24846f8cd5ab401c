"""What a report shows, not how it looks: sheets of titled columns and rows, of which every format is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.outline.accounts import files, findings
from evalkit.reports.outline.descriptive import awards, shares
from evalkit.reports.outline.evidence import evidence, has_evidence
from evalkit.reports.outline.method import about, recipe
from evalkit.reports.outline.ranking import ranking
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
    evidence,
    recipe,
    about,
)
"""The sheets of a report in their order."""


def outline(evaluation: Evaluation, language: Language) -> Iterator[Sheet]:
    """Yield the sheets of a report; that of evidence only where any was given."""
    for make in OUTLINE:
        if make is not evidence or has_evidence(evaluation):
            yield make(evaluation, language)
