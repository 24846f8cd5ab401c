"""The list of awards, and the descriptive table of the questionnaire."""

from __future__ import annotations

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import tiers_only
from evalkit.messages import Language, choose, word
from evalkit.reports.outline.award_certainty import certainty_cells, certainty_columns, certainty_notes
from evalkit.reports.outline.columns import unit_columns
from evalkit.reports.outline.names import award_names, scheme_names, unit_names
from evalkit.reports.outline.sheet import Column, Kind, Sheet, in_language, notice, records


def awards(evaluation: Evaluation, language: Language) -> Sheet:
    """Return the awards with the reason for each, in the order of the schemes.

    The best unit stands first; of a scheme without order, and where tiers only are published, units stand by peer
    group and code.
    """
    names, labels = unit_names(evaluation), award_names(evaluation, language)
    schemes = scheme_names(evaluation, language)
    grouped = bool((evaluation["awards"]["group"] != "").any())
    columns = (
        Column(word("scheme", language), "text", 30),
        Column(word("award", language), "text", 34),
        *unit_columns(language),
        *([Column(word("peer_group", language), "text", 20)] if grouped else []),
        Column(word("reason", language), "long", 80),
        *certainty_columns(evaluation, language),
    )
    given = evaluation["awards"].merge(evaluation.ranking()[["unit", "rank"]], on="unit", how="left")
    positions = {pair: number for number, pair in enumerate(labels)}
    keys = zip(given["scheme"], given["award"], strict=True)
    place = pd.Series([positions[pair] for pair in keys], index=given.index, dtype="int64")
    unordered = [scheme["id"] for scheme in evaluation.manifest["awards"] if scheme.get("unordered")]
    codes = (given["group"] + "\n" + given["unit"]).rank(method="dense")
    order = given["rank"].where(~given["scheme"].isin(unordered), codes)
    ordered = given.assign(place=place, order=order).sort_values(["place", "order"], kind="stable")
    rows = [
        [
            schemes[row["scheme"]],
            labels[row["scheme"], row["award"]],
            row["unit"],
            names[row["unit"]],
            *([row["group"].partition(":")[2]] if grouped else []),
            in_language(row["reason"], language),
            *certainty_cells(row, language),
        ]
        for row in records(ordered)
    ]
    notes = tuple(word("note_unordered", language, scheme=schemes[scheme]) for scheme in unordered)
    notes += (word("note_tiers_only", language),) if tiers_only(evaluation) else ()
    notes += tuple(certainty_notes(evaluation, language))
    return Sheet(word("sheet_awards", language), columns, rows, notice(evaluation, language), notes, frozen=2)


def shares(evaluation: Evaluation, language: Language) -> Sheet:
    """Return counts, bases, shares and means, question by question; its text stands beside its first row.

    No rows where the study has no questionnaire.
    """
    numbers: tuple[tuple[str, Kind], ...] = (
        ("n", "integer"), ("base", "integer"), ("share", "percent"), ("percent", "printed"),
        ("cumulative_share", "percent"), ("mean", "number"), ("median", "number"), ("minimum", "number"),
        ("maximum", "number"), ("total", "number"), ("blank", "integer"), ("skipped", "integer"),
        ("not_applicable", "integer"), ("rejected", "integer"),
    )  # fmt: skip
    of_respondents = "n_eff" in evaluation["shares"].columns
    if of_respondents:
        numbers += (("weighted_n", "number"), ("weighted_base", "number"), ("n_eff", "number"))
    printed = evaluation.manifest["recipe"]["percentages"]["decimals"]
    columns = (
        Column(word("question", language), "text", 10),
        Column(word("question_text", language), "long", 40),
        Column(word("option", language), "text", 20),
        Column(word("label", language), "long", 34),
        *(
            Column(word(f"share_{name}", language), kind, 11, decimals=printed if name == "percent" else 2)
            for name, kind in numbers
        ),
    )
    table = evaluation["shares"]
    first = ~table["question"].duplicated()
    rows = [
        [
            row["question"],
            choose(language, row["text_zh"], row["text_en"]) if row["first"] else "",
            row["option"],
            choose(language, row["label_zh"], row["label_en"]),
            *(row[name] for name, _ in numbers),
        ]
        for row in records(table.assign(first=first))
    ]
    notes = (word("note_respondent_shares" if of_respondents else "note_shares", language),)
    return Sheet(
        word("sheet_shares", language), columns, rows, notice(evaluation, language), notes, frozen=1, optional=True
    )
