"""How sure the ranks are, in three columns that are never merged: sampling, method, both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.certainty import interval_note, interval_text
from evalkit.reports.outline.columns import unit_columns
from evalkit.reports.outline.names import node_names, unit_names
from evalkit.reports.outline.sheet import Column, Sheet, notice, records
from evalkit.reports.outline.weight_shifts import all_levels_note, never_level, one_change


def robustness(evaluation: Evaluation, language: Language) -> Sheet:
    """Return intervals and ranges of ranks by sampling, by method and by both, and how little would turn a rank."""
    names, labels = unit_names(evaluation), node_names(evaluation, language)
    never = never_level(evaluation)
    sampling = {row["unit"]: interval_text(row) for row in records(evaluation.ranking())}
    by_sampling, by_method, by_both, turns, levels, without = (
        word(f"robustness_{key}", language) for key in ("sampling", "method", "both", "turns", "all_levels", "without")
    )
    columns = (
        Column(word("rank", language), "integer", 7),
        *unit_columns(language),
        Column(word("score", language), "score", 14),
        Column(word("rank_interval", language), "text", 12, by_sampling),
        Column(word("rank_range", language), "text", 12, by_method),
        Column(word("first_share", language), "percent", 11, by_method),
        Column(word("rank_range", language), "text", 12, by_both),
        Column(word("first_share", language), "percent", 11, by_both),
        Column(word("overtake_shift", language), "percent", 13, turns),
        Column(word("fall_shift", language), "percent", 13, turns),
        Column(word("cut_shift", language), "percent", 13, turns),
        Column(word("cut", language), "number", 9, turns),
        Column(word("overtake_all", language), "percent", 11, levels),
        Column(word("overtake_one", language), "text", 34, levels),
        Column(word("rank_range", language), "text", 12, without),
        Column(word("dropped_indicator", language), "text", 40, without),
        *_auditor_columns(evaluation, language),
    )
    rows: list[list[Any]] = [
        [
            row["rank"],
            row["unit"],
            names[row["unit"]],
            row["score"],
            sampling.get(row["unit"], ""),
            _range(row, "method"),
            row["method_first"],
            _range(row, "both"),
            row["both_first"],
            row["overtake_shift"],
            row["fall_shift"],
            row["cut_shift"],
            row["cut"],
            row["overtake_all"],
            one_change(row, never, labels, language),
            _range(row, "dropped"),
            labels.get(row["dropped_indicator"], ""),
            *([_range(row, "auditor"), row["auditor"]] if _has_auditors(evaluation) else []),
        ]
        for row in records(evaluation["robustness"])
    ]
    notes = (
        interval_note(evaluation.ranking(), language),
        word("note_robustness", language, count=evaluation.manifest["replicates"]["ranks"]),
        *_resampled_notes(evaluation, language),
        word("note_shifts", language),
        all_levels_note(evaluation, language),
        *_sensitivity_note(evaluation, language),
        *_auditor_note(evaluation, language),
    )
    return Sheet(word("sheet_robustness", language), columns, rows, notice(evaluation, language), notes, frozen=3)


def _resampled_notes(evaluation: Evaluation, language: Language) -> Iterator[str]:
    """Say where (a) and (c) find sampling error in other ways, so that nobody expects the same of both."""
    resampled = evaluation.manifest["replicates"].get("resampled", [])
    if "calls" in resampled:
        yield word("note_resampled_calls", language)
    if "respondents" in resampled:
        yield word("note_resampled_respondents", language)


def _auditor_columns(evaluation: Evaluation, language: Language) -> tuple[Column, ...]:
    if not _has_auditors(evaluation):
        return ()
    group = word("robustness_auditor", language)
    return (
        Column(word("rank_range", language), "text", 12, group),
        Column(word("auditor_moves", language), "text", 16, group),
    )


def _has_auditors(evaluation: Evaluation) -> bool:
    return bool((evaluation["robustness"]["auditor_rank_low"].notna()).any())


def _auditor_note(evaluation: Evaluation, language: Language) -> tuple[str, ...]:
    """Say how much hangs on one auditor: the largest change of a rank, and how many units' awards change."""
    table = evaluation["leave_one_out"]
    own = table[table["what"] == "auditor"]
    if not _has_auditors(evaluation):
        return ()
    if own["rank_change"].abs().sum() == 0:
        return (word("note_no_auditor", language),)
    moved_ranks = own.dropna(subset=["rank_change"])
    most = max(records(moved_ranks), key=lambda row: abs(row["rank_change"]))
    moved = len({row["unit"] for row in records(own) if row["awards_gained"] or row["awards_lost"]})
    about = {"unit": most["unit"], "auditor": most["left_out"], "places": f"{abs(most['rank_change']):g}"}
    return (word("note_auditor", language, **about, units=moved),)


def _range(row: Any, basis: str) -> str:  # noqa: ANN401 - a row of a table
    return interval_text({"rank_low": row[f"{basis}_rank_low"], "rank_high": row[f"{basis}_rank_high"]})


def _sensitivity_note(evaluation: Evaluation, language: Language) -> tuple[str, ...]:
    rows = records(evaluation["sensitivity"])
    total = [row for row in rows if row["analysis"] == "sobol" and row["measure"] == "total"]
    if not total:
        return ()
    total.sort(key=lambda row: -row["value"])
    shown = ", ".join(f"{word('choice_' + row['choice'], language)} {row['value']:.2f}" for row in total)
    return (word("note_sensitivity", language, indices=shown),)
