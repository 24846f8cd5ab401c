"""A ranking on the terminal, shared by ``run`` and ``rank``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evalkit.cli.output import print_table
from evalkit.messages import Language, word

if TYPE_CHECKING:
    import pandas as pd

    from evalkit.evaluate import Evaluation


def print_ranking(
    evaluation: Evaluation, ranking: pd.DataFrame, language: Language, *, intervals: bool = False
) -> None:
    """Print rows of a ranking with names, dimension scores and awards, and the rank intervals if they are wanted."""
    from evalkit.reports.outline.certainty import interval_note, interval_text  # noqa: PLC0415 - loads pandas
    from evalkit.reports.outline.names import awards_by_unit, node_names, unit_names  # noqa: PLC0415 - loads pandas
    from evalkit.reports.outline.scores import wide_scores  # noqa: PLC0415 - late, as above

    names, labels, wide = unit_names(evaluation), node_names(evaluation, language), wide_scores(evaluation)
    dimensions = list(evaluation["nodes"].query("level == 1")["node"])
    awards = awards_by_unit(evaluation, language)
    columns = [word("rank", language), word("unit", language), word("name", language), word("score", language)]
    columns += [word("rank_interval", language)] if intervals else []
    columns += [labels[node] for node in dimensions] + ([word("awards", language)] if awards else [])
    rows: list[list[Any]] = []
    for row in ranking.to_dict("records"):
        unit = row["unit"]
        scores = [_two_decimals(score) for score in (row["score"], *wide.loc[unit, dimensions])]
        interval = [interval_text(row)] if intervals else []
        scores = [scores[0], *interval, *scores[1:]]
        rows.append([f"{row['rank']:g}", unit, names[unit], *scores, *([awards.get(unit, "")] if awards else [])])
    numeric = frozenset({0, *range(3, 4 + len(dimensions) + intervals)})
    print_table(columns, rows, numeric=numeric)
    if intervals:
        click.echo(interval_note(ranking, language))


def _two_decimals(score: float) -> str:
    return "-" if score != score else f"{score:.2f}"  # noqa: PLR0124 - NaN differs from itself
