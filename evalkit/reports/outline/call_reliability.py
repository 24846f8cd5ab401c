"""How far mystery calls can be trusted: agreement of auditors, raw and fair scores, severity of each auditor."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from evalkit.evaluate.call_results import REASONS
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.reports.outline.call_measures import interval_columns
from evalkit.reports.outline.columns import unit_columns
from evalkit.reports.outline.names import node_names, protocol_names, unit_names
from evalkit.reports.outline.sheet import Column, Marked, Sheet, notice, records


def agreement(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the coefficients of each item over the calls scored twice, held against the threshold."""
    items = protocol_names(evaluation, "items", language)
    columns = (
        Column(word("agreement_item", language), "text", 15),
        Column(word("agreement_text", language), "long", 30),
        Column(word("agreement_calls", language), "integer", 13),
        Column(word("agreement_percentage", language), "percent", 13),
        *(Column(word(f"agreement_{name}", language), "number", 11) for name in ("fleiss", "ac1")),
        Column(word("agreement_alpha", language), "number", 17),
        Column(word("agreement_coefficient", language), "text", 17),
        Column(word("agreement_value", language), "number", 11),
        *interval_columns(language, "number"),
        Column(word("agreement_threshold", language), "number", 14),
        Column(word("agreement_verdict", language), "long", 24),
    )
    rows = [
        [
            row["item"],
            items.get(row["item"], ""),
            *(row[name] for name in ("calls", "percentage", "fleiss", "ac1", "alpha")),
            word(f"coefficient_{row['coefficient']}", language),
            *(row[name] for name in ("value", "low", "high", "threshold")),
            _verdict(row, language),
        ]
        for row in records(evaluation["agreement"])
    ]
    notes = (word("note_agreement", language),)
    title = word("sheet_agreement", language)
    return Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=2, optional=True)


def _verdict(row: Mapping[Hashable, Any], language: Language) -> str | Marked:
    """Return what follows from the agreement on an item by the rule declared beforehand."""
    if not row["calls"]:
        return word("verdict_none", language)
    if pd.isna(row["value"]):
        return word("verdict_alike", language)
    if row["below"]:
        kind = {1.0: "flag", 0.0: "drop"}.get(row["factor"], "down_weight")
        return Marked(word(f"verdict_{kind}", language, factor=f"{row['factor']:.2f}"), "warning")
    return word("verdict_met" if row["value"] >= row["threshold"] else "verdict_few", language)


def fair(evaluation: Evaluation, language: Language) -> Sheet:
    """Return raw and fair scores of each unit, indicator by indicator, with the ranks that follow from each."""
    names, nodes = unit_names(evaluation), node_names(evaluation, language)
    columns = (
        *unit_columns(language),
        Column(word("fair_indicator", language), "long", 24),
        Column(word("fair_calls", language), "integer", 10),
        Column(word("fair_raw", language), "number", 10),
        Column(word("fair_raw_error", language), "number", 12),
        Column(word("fair_score", language), "number", 10),
        Column(word("fair_error", language), "number", 12),
        *interval_columns(language, "number"),
        *(Column(word(f"fair_{name}", language), "number", 12) for name in ("rank_raw", "rank_fair", "rank_change")),
    )
    figures = ("calls", "raw", "design_error", "fair", "error", "low", "high", "rank_raw", "rank_fair")
    rows = [
        [
            row["unit"],
            names[row["unit"]],
            nodes[row["indicator"]],
            *(row[name] for name in figures),
            row["rank_raw"] - row["rank_fair"],
        ]
        for row in records(evaluation["fair"])
    ]
    adjust = (evaluation.manifest.get("protocol") or {}).get("adjust")
    used = (word(f"note_fair_used_{adjust}", language),) if adjust else ()
    notes = (
        word("note_fair", language),
        word("note_fair_errors", language),
        *used,
        *_moved(evaluation["fair"], nodes, language),
    )
    title = word("sheet_fair", language)
    return Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=2, optional=True)


def _moved(table: pd.DataFrame, nodes: Mapping[str, str], language: Language) -> Iterator[str]:
    """Yield for each indicator how many ranks the adjustment changes, or why there is none."""
    for node, rows in table.groupby("indicator", sort=False):
        state = str(rows["state"].iloc[0])
        if state == "ok":
            change = (rows["rank_raw"] - rows["rank_fair"]).abs()
            counts = {"moved": int((change > 0).sum()), "units": len(rows), "most": f"{change.max():g}"}
            yield word("note_fair_moved", language, node=nodes[str(node)], **counts)
        else:
            yield word("note_fair_none", language, node=nodes[str(node)], why=choose(language, *REASONS[state]))


def auditors(evaluation: Evaluation, language: Language) -> Sheet:
    """Return what each auditor gave, by code, and whether he is milder or more severe than the others."""
    nodes = node_names(evaluation, language)
    columns = (
        Column(word("auditor", language), "text", 12),
        Column(word("fair_indicator", language), "long", 28),
        Column(word("auditor_ratings", language), "integer", 12),
        Column(word("auditor_mean", language), "number", 10),
        Column(word("auditor_sd", language), "number", 10),
        Column(word("auditor_effect", language), "number", 12),
        *interval_columns(language, "number"),
        Column(word("auditor_verdict", language), "text", 20),
    )
    rows = [
        [
            row["auditor"],
            nodes[row["indicator"]],
            *(row[name] for name in ("ratings", "mean", "sd", "effect", "low", "high")),
            _severity(row, language),
        ]
        for row in records(evaluation["auditors"])
    ]
    notes = (word("note_auditors", language),)
    title = word("sheet_auditors", language)
    return Sheet(title, columns, rows, notice(evaluation, language), notes, frozen=1, optional=True)


def _severity(row: Mapping[Hashable, Any], language: Language) -> str | Marked:
    if pd.isna(row["effect"]):
        return ""
    if row["low"] > 0 or row["high"] < 0:
        return Marked(word("auditor_mild" if row["low"] > 0 else "auditor_severe", language), "warning")
    return word("auditor_usual", language)
