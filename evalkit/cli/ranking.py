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
    from evalkit.evaluate.wide_scores import wide_scores  # noqa: PLC0415 - late, as above
    from evalkit.reports.outline.certainty import interval_note, interval_text  # noqa: PLC0415 - loads pandas
    from evalkit.reports.outline.names import awards_by_unit, node_names, unit_names  # noqa: PLC0415 - loads pandas

    names, labels, wide = unit_names(evaluation), node_names(evaluation, language), wide_scores(evaluation)
    dimensions = list(evaluation["nodes"].query("level == 1")["node"])
    awards = awards_by_unit(evaluation, language)
    columns = [word("rank", language), word("unit", language), word("name", language), word("score", language)]
    wave = next(iter(sorted(set(ranking.get("wave_then", ())) - {""})), "")
    columns += [word("change_since", language, wave=wave)] if wave else []
    columns += [word("rank_interval", language)] if intervals else []
    columns += [labels[node] for node in dimensions] + ([word("awards", language)] if awards else [])
    rows: list[list[Any]] = []
    for row in ranking.to_dict("records"):
        unit = row["unit"]
        change = [_change(row["rank_change"], row["score_change"])] if wave else []
        interval = [interval_text(row)] if intervals else []
        scores = [_two_decimals(score) for score in wide.loc[unit, dimensions]]
        start = [f"{row['rank']:g}", unit, names[unit], _two_decimals(row["score"])]
        rows.append([*start, *change, *interval, *scores, *([awards.get(unit, "")] if awards else [])])
    numeric = frozenset({0, *range(3, 4 + bool(wave) + len(dimensions) + intervals)})
    print_table(columns, rows, numeric=numeric)
    if intervals:
        click.echo(interval_note(ranking, language))


def _change(places: float, score: float) -> str:
    """Return places climbed or lost and the change of score; a dash where there is nothing to compare."""
    if places != places:  # noqa: PLR0124 - NaN differs from itself
        return "-"
    moved = f"▲{places:g}" if places > 0 else f"▼{-places:g}" if places < 0 else "="
    return f"{moved} ({score:+.2f})"


def print_tiers(evaluation: Evaluation, language: Language) -> None:
    """Print who is in which tier, units by their codes, without a score or a rank."""
    from evalkit.reports.outline.names import award_names, unit_names  # noqa: PLC0415 - late: loads pandas

    names, table = unit_names(evaluation), evaluation["awards"]
    rows = []
    for (scheme, award), label in award_names(evaluation, language).items():
        own = table[(table["scheme"] == scheme) & (table["award"] == award)]
        for group in dict.fromkeys(own["group"]) or [""]:
            units = own[own["group"] == group]["unit"]
            listed = ", ".join(f"{unit} {names[unit]}" for unit in units)
            rows.append([label, group.partition(":")[2], str(len(units)), listed])
    titles = [word(key, language) for key in ("award", "peer_group", "about_units", "unit")]
    print_table(titles, rows, numeric=frozenset({2}))


def _two_decimals(score: float) -> str:
    return "-" if score != score else f"{score:.2f}"  # noqa: PLR0124 - NaN differs from itself
