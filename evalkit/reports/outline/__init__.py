"""What a report shows, not how it looks: sheets of titled columns and rows, of which every format is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import tiers_only
from evalkit.messages import Language
from evalkit.reports.outline.accounts import files, findings
from evalkit.reports.outline.adjustment import adjustment
from evalkit.reports.outline.call_measures import calls, connection, waits
from evalkit.reports.outline.call_reliability import agreement, auditors, fair
from evalkit.reports.outline.corrections import corrections
from evalkit.reports.outline.descriptive import awards, shares
from evalkit.reports.outline.evidence import evidence
from evalkit.reports.outline.groups import groups
from evalkit.reports.outline.method import about, recipe
from evalkit.reports.outline.operation_records import operation_records
from evalkit.reports.outline.portraits import portraits
from evalkit.reports.outline.ranking import ranking
from evalkit.reports.outline.robustness import robustness
from evalkit.reports.outline.scores import dimension_scores, indicator_scores
from evalkit.reports.outline.sheet import Sheet
from evalkit.reports.outline.solutions import solutions

OUTLINE: tuple[Callable[[Evaluation, Language], Sheet], ...] = (
    ranking,
    robustness,
    dimension_scores,
    indicator_scores,
    awards,
    solutions,
    adjustment,
    groups,
    shares,
    portraits,
    operation_records,
    connection,
    waits,
    agreement,
    fair,
    auditors,
    calls,
    findings,
    corrections,
    files,
    evidence,
    recipe,
    about,
)
"""The sheets of a report in their order."""
_OF_CALLS = (connection, waits, agreement, fair, auditors, calls)
_OF_SCORES = (
    ranking, robustness, dimension_scores, indicator_scores, solutions, adjustment, groups, portraits,
    operation_records, *_OF_CALLS,
)  # fmt: skip
_OF_TABLES = {robustness: "robustness", solutions: "solutions"} | dict.fromkeys(_OF_CALLS, "calls")
"""Sheets that stand only in a run that has the table."""


def outline(evaluation: Evaluation, language: Language) -> Iterator[Sheet]:
    """Yield the sheets of a report on a run.

    Where tiers only are published, those without scores and ranks; those of robustness and of advised changes only
    where they were computed, those of calls only in a study of mystery calls, an optional one only where it has rows.
    """
    for make in OUTLINE:
        if make in _OF_SCORES and tiers_only(evaluation):
            continue
        if make in _OF_TABLES and _OF_TABLES[make] not in evaluation.tables:
            continue
        sheet = make(evaluation, language)
        if sheet.rows or not sheet.optional:
            yield sheet
