"""The page of a run of which only tiers are published: who is in which tier, and no score or rank of any unit."""

from __future__ import annotations

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.outline.accounts import findings
from evalkit.reports.outline.descriptive import shares
from evalkit.reports.outline.method import about, recipe
from evalkit.reports.outline.names import award_names, scheme_names, study_name, unit_names
from evalkit.reports.outline.sheet import notice
from evalkit.reports.page.assembly import fill
from evalkit.reports.page.tables import as_table

_SHEETS = {"shares": shares, "findings": findings, "recipe": recipe, "about": about}


def tiers_html(evaluation: Evaluation, language: Language) -> str:
    """Return the page of the public part of a run, units by their codes within a tier; it has no scripts."""
    names, schemes, given = unit_names(evaluation), scheme_names(evaluation, language), evaluation["awards"]
    boards = []
    for (scheme, award), label in award_names(evaluation, language).items():
        units = given[(given["scheme"] == scheme) & (given["award"] == award)]["unit"]
        boards.append((schemes[scheme], label, [f"{names[unit]} {unit}" for unit in sorted(units)]))
    return fill(
        "tiers.html.j2",
        language,
        title=study_name(evaluation, language),
        wave=evaluation.manifest["study"].get("wave", ""),
        notice=notice(evaluation, language),
        version=evaluation.manifest["evalkit"],
        boards=boards,
        sheets={name: as_table(make(evaluation, language)) for name, make in _SHEETS.items()},
    )
