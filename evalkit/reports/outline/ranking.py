"""The ranking: rank, index, dimensions and awards of every unit; then the units without a rank, with the reason."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language, word
from evalkit.reports.outline.certainty import interval_note, interval_text
from evalkit.reports.outline.columns import unit_columns
from evalkit.reports.outline.names import awards_by_unit, column_title, node_names, unit_names
from evalkit.reports.outline.sheet import (
    LOWEST_TIER,
    Column,
    Mark,
    Marked,
    Sheet,
    in_language,
    notice,
    records,
)
from evalkit.reports.outline.waves import Changes

_UNRANKED_CODES = (
    "EK231", "EK411", "EK405", "EK404", "EK228", "EK220", "EK221", "EK222", "EK223", "EK224", "EK225", "EK230",
    "EK235", "EK236",
)  # fmt: skip
_TIER_MARKS: tuple[Mark, ...] = ("tier1", "tier2", "tier3", "tier4", "tier5")


def ranking(evaluation: Evaluation, language: Language) -> Sheet:
    """Return rank, unit, peer groups, index, dimensions, ranks in the groups, awards, coverage, why no rank."""
    groups = [str(column) for column in evaluation.manifest["recipe"]["peer_groups"]]
    dimensions = list(evaluation["nodes"].query("level == 1")["node"])
    reasons = unranked_reasons(evaluation, language)
    ranked = evaluation.ranking()
    ranks = dict(zip(ranked["unit"], ranked["rank"], strict=True))
    intervals = {row["unit"]: interval_text(row) for row in records(ranked)} if "interval" in ranked else {}
    facts, changes = _Facts(evaluation, language), Changes(evaluation, language)
    rows = [
        facts.row(unit, ranks.get(unit), groups, dimensions, [intervals.get(unit, "")] if intervals else [])
        + changes.cells(unit)
        + ([reasons.get(unit, "")] if reasons else [])
        for unit in [*ranks, *reasons]
    ]
    columns = (
        Column(word("rank", language), "integer", 7),
        *unit_columns(language),
        *(Column(column_title(column, language), "text", 16) for column in groups),
        *([Column(word("rank_interval", language), "text", 12)] if intervals else []),
        *(Column(facts.nodes[node], "score", 14) for node in (evaluation.root, *dimensions)),
        *(Column(word("rank_in", language, group=column_title(column, language)), "integer", 11) for column in groups),
        Column(word("awards", language), "long", 46),
        Column(word("coverage", language), "percent", 12),
        *changes.columns,
        *([Column(word("why_unranked", language), "long", 60)] if reasons else []),
    )
    notes = (*changes.notes, *((interval_note(ranked, language),) if intervals else ()))
    return Sheet(word("sheet_ranking", language), columns, rows, notice(evaluation, language), notes, frozen=3)


class _Facts:
    """What the ranking says of a unit, looked up by its id."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        self.root = evaluation.root
        self.nodes = node_names(evaluation, language)
        self.names = unit_names(evaluation)
        self.register = {row["unit"]: row for row in records(evaluation["units"])}
        self.scores = wide_scores(evaluation).to_dict("index")
        own = evaluation["scores"].query("node == @evaluation.root")
        self.coverage = dict(zip(own["unit"], own["coverage"], strict=True))
        self.won = awards_by_unit(evaluation, language)
        self.tiers = _best_tiers(evaluation)
        ranks = evaluation["ranks"]
        in_groups = records(ranks[(ranks["node"] == self.root) & (ranks["group"] != "")])
        self.group_ranks = {(row["unit"], row["group"]): row["rank"] for row in in_groups}

    def row(
        self, unit: str, rank: float | None, groups: list[str], dimensions: list[str], interval: list[str]
    ) -> list[Any]:
        """Return the cells of a unit but the last."""
        register = self.register[unit]
        return [
            rank,
            unit,
            self.names[unit],
            *(register[column] for column in groups),
            *interval,
            *(self.scores[unit][node] for node in (self.root, *dimensions)),
            *(self.group_ranks.get((unit, f"{column}:{register[column]}")) for column in groups),
            self.award(unit),
            self.coverage[unit],
        ]

    def award(self, unit: str) -> str | Marked:
        won = self.won.get(unit, "")
        return Marked(won, _TIER_MARKS[self.tiers[unit] - 1]) if unit in self.tiers else won


def _best_tiers(evaluation: Evaluation) -> dict[str, int]:
    awards = evaluation["awards"]
    known = awards[awards["tier"].notna()]
    best = known.groupby("unit")["tier"].min()
    return {str(unit): min(int(tier), LOWEST_TIER) for unit, tier in best.items()}


def unranked_reasons(evaluation: Evaluation, language: Language) -> dict[str, str]:
    """Return the units without a rank, in the order of the register, each with the findings that say why."""
    ranked = set(evaluation.ranking()["unit"])
    reasons: dict[str, list[str]] = {unit: [] for unit in evaluation["units"]["unit"] if unit not in ranked}
    problems = evaluation["problems"]
    own = problems[problems["unit"].isin(list(reasons))]
    for row in records(own[own["code"].isin(list(_UNRANKED_CODES))]):
        reasons[row["unit"]].append(in_language(row["message"], language))
    return {
        unit: "; ".join(dict.fromkeys(texts)) or _any_reason(own, unit, language) for unit, texts in reasons.items()
    }


def _any_reason(problems: pd.DataFrame, unit: str, language: Language) -> str:
    rows = records(problems[(problems["unit"] == unit) & (problems["severity"] == "error")])
    return "; ".join(dict.fromkeys(in_language(row["message"], language) for row in rows)) or word("no_score", language)
