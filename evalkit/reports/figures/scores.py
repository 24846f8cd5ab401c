"""Charts of scores that need no bars: all indicators as a heat map, and a unit's dimensions beside all units."""

from __future__ import annotations

from dataclasses import replace

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language, word
from evalkit.reports.figures.figure import FIRST, Figure, shown_note
from evalkit.reports.outline.names import node_names, unit_names
from evalkit.reports.outline.scores import indicator_scores
from evalkit.reports.outline.sheet import Column, Sheet, notice


def heat(evaluation: Evaluation, language: Language, first: int = FIRST) -> Figure | None:
    """Return the scores of the indicators, a row a unit in the order of the ranks; None where no unit is ranked."""
    sheet, ranked = indicator_scores(evaluation, language), len(evaluation.ranking())
    if not ranked:
        return None
    rows = sheet.rows[: min(first, ranked)]
    notes = shown_note(len(rows), ranked, language)
    drawn = replace(sheet, title=word("page_heat", language), rows=rows, notes=notes)
    return Figure("heat", "heat", drawn, 1, tuple(range(2, len(sheet.columns))), axis=1)


def profile(evaluation: Evaluation, unit: str, language: Language) -> Figure | None:
    """Return a unit's index and dimensions beside median and best of all; None for a unit without an index."""
    wide, names, own = wide_scores(evaluation), node_names(evaluation, language), unit_names(evaluation)[unit]
    if unit not in set(wide[evaluation.root].dropna().index):
        return None
    nodes = [evaluation.root, *evaluation["nodes"].query("level == 1")["node"]]
    columns = (
        Column(word("node", language), "text", 34),
        Column(own, "score", 14),
        Column(word("figure_median", language), "score", 14),
        Column(word("figure_best", language), "score", 14),
    )
    rows = [[names[node], wide.loc[unit, node], wide[node].median(), wide[node].max()] for node in nodes]
    title = word("figure_profile", language, unit=f"{unit} {own}")
    sheet = Sheet(title, columns, rows, notice(evaluation, language), frozen=1)
    return Figure(f"profile {unit}", "profile", sheet, 0, (1, 2, 3), axis=1)
