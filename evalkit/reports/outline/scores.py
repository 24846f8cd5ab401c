"""The scores of all units at the nodes of the tree."""

from __future__ import annotations

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language, word
from evalkit.reports.outline.columns import unit_columns
from evalkit.reports.outline.names import node_names, unit_names
from evalkit.reports.outline.sheet import Column, Sheet, notice, records


def dimension_scores(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the scores of the nodes that have children, the index first, under the dimension that each belongs to."""
    return _scores(evaluation, language, indicators=False)


def indicator_scores(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the scores of the indicators, under the node that each belongs to."""
    return _scores(evaluation, language, indicators=True)


def _scores(evaluation: Evaluation, language: Language, *, indicators: bool) -> Sheet:
    nodes = records(evaluation["nodes"])
    names, labels = unit_names(evaluation), node_names(evaluation, language)
    parents = {row["node"]: row["parent"] for row in nodes}
    chosen = [row["node"] for row in nodes if bool(row["measure"]) == indicators]
    ranked = list(evaluation.ranking()["unit"])
    order = ranked + [unit for unit in evaluation["units"]["unit"] if unit not in set(ranked)]

    def group(node: str) -> str:
        # a dimension stands above its groups with its own score; an indicator names its parent only
        above = parents[node] if indicators or parents[node] != evaluation.root else node
        return f"{above} {labels[above]}" if above else ""

    columns = (
        *unit_columns(language),
        *(Column(f"{node} {labels[node]}", "heat", 12, group(node)) for node in chosen),
    )
    matrix = wide_scores(evaluation).loc[order, chosen].to_numpy()
    rows = [[unit, names[unit], *scores] for unit, scores in zip(order, matrix.tolist(), strict=True)]
    title = word("sheet_indicators" if indicators else "sheet_dimensions", language)
    return Sheet(title, columns, rows, notice(evaluation, language), frozen=2)
