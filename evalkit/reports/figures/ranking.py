"""Charts of the ranking: what each dimension contributes, how sure the ranks are, what changed since the last wave."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.figures.figure import FIRST, Figure, shown_note
from evalkit.reports.outline.certainty import interval_note
from evalkit.reports.outline.columns import unit_columns
from evalkit.reports.outline.names import node_names, unit_names
from evalkit.reports.outline.sheet import Column, Sheet, notice, records
from evalkit.reports.outline.waves import Changes
from evalkit.reports.page.ranked import FULL_BAR, ranked_units, widest_bar


def ranking(evaluation: Evaluation, language: Language, first: int = FIRST) -> Figure | None:
    """Return a bar a unit, its parts what each dimension contributes to the index; None where no unit is ranked."""
    ranked = [each for each in ranked_units(evaluation, language) if each.rank is not None]
    shown, names = ranked[:first], node_names(evaluation, language)
    if not shown:
        return None
    dimensions = list(evaluation["nodes"].query("level == 1")["node"])
    arithmetic = evaluation["nodes"]["aggregate"].iloc[0] in {"arithmetic", ""}
    scale = widest_bar(evaluation) / FULL_BAR
    columns = (
        Column(word("rank", language), "integer", 7),
        *unit_columns(language),
        *(Column(names[node], "printed", 14) for node in dimensions),
        Column(names[evaluation.root], "score", 14),
    )
    rows = [[each.rank, each.unit, each.name, *(width * scale for _, width in each.bar), each.score] for each in shown]
    notes = (
        word("page_bar_note" if arithmetic else "page_bar_note_scaled", language),
        *shown_note(len(shown), len(ranked), language),
    )
    title = word("figure_ranking", language)
    sheet = Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=3)
    return Figure("ranking", "stacked", sheet, 2, tuple(range(3, 3 + len(dimensions))), axis=len(columns) - 1)


def intervals(evaluation: Evaluation, language: Language, first: int = FIRST) -> Figure | None:
    """Return the rank of each unit between the ends of its interval; None where ranks have no intervals."""
    ranked = evaluation.ranking()
    known = records(ranked.dropna(subset=["rank_low", "rank_high"]))
    shown = known[:first]
    if not shown:
        return None
    called = unit_names(evaluation)
    ends = ("rank", "figure_low", "figure_high", "figure_below", "figure_above")
    columns = (
        *unit_columns(language),
        *(Column(word(key, language), "integer", 12) for key in ends),
    )
    rows = [_between(called[row["unit"]], row) for row in shown]
    notes = (interval_note(ranked, language), *shown_note(len(shown), len(known), language))
    sheet = Sheet(word("figure_intervals", language), columns, rows, notice(evaluation, language), notes, frozen=2)
    return Figure("intervals", "intervals", sheet, 1, (2, 3, 4, 5, 6), axis=2)


def _between(name: str, row: Mapping[Hashable, Any]) -> list[Any]:
    rank, low, high = (row[end] for end in ("rank", "rank_low", "rank_high"))
    return [row["unit"], name, rank, low, high, rank - low, high - rank]


def change(evaluation: Evaluation, language: Language, first: int = FIRST) -> Figure | None:
    """Return the places that each unit climbed or fell; None without an earlier wave."""
    compared = [row for row in records(evaluation.ranking()) if row["wave_then"]]
    shown = compared[:first]
    if not shown:
        return None
    called = unit_names(evaluation)
    wave = shown[0]["wave_then"]
    columns = (
        *unit_columns(language),
        Column(word("rank_then", language, wave=wave), "integer", 14),
        Column(word("figure_now", language), "integer", 14),
        Column(word("rank_change", language), "integer", 14),
    )
    rows = [[row["unit"], called[row["unit"]], row["rank_then"], row["rank_now"], row["rank_change"]] for row in shown]
    notes = (*Changes(evaluation, language).notes, *shown_note(len(shown), len(compared), language))
    sheet = Sheet(word("figure_change", language), columns, rows, notice(evaluation, language), notes, frozen=2)
    return Figure("change", "change", sheet, 1, (2, 3, 4), axis=4)
