"""A ranking on the terminal, shared by ``run`` and ``rank``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evalkit.cli.output import print_table
from evalkit.messages import Language, word

if TYPE_CHECKING:
    import pandas as pd

    from evalkit.evaluate import Evaluation


def print_ranking(evaluation: Evaluation, ranking: pd.DataFrame, language: Language) -> None:
    """Print rows of a ranking with names, dimension scores and awards."""
    from evalkit.reports.tables import awards_by_unit, node_names, unit_names, wide_scores  # noqa: PLC0415 - loads pandas

    names, labels, wide = unit_names(evaluation), node_names(evaluation, language), wide_scores(evaluation)
    dimensions = list(evaluation["nodes"].query("level == 1")["node"])
    awards = awards_by_unit(evaluation, language)
    columns = [word("rank", language), word("unit", language), word("name", language), word("score", language)]
    columns += [labels[node] for node in dimensions] + ([word("awards", language)] if awards else [])
    rows: list[list[Any]] = []
    for row in ranking.itertuples():
        scores = [_two_decimals(wide.at[row.unit, node]) for node in dimensions]
        rows.append([f"{row.rank:g}", row.unit, names[row.unit], _two_decimals(row.score), *scores])
        rows[-1] += [awards.get(row.unit, "")] if awards else []
    numeric = frozenset({0, *range(3, 4 + len(dimensions))})
    print_table(columns, rows, numeric=numeric)


def _two_decimals(score: float) -> str:
    return "-" if score != score else f"{score:.2f}"  # noqa: PLR0124 - NaN differs from itself
