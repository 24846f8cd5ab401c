"""The peer groups beside each other: index and dimensions by group, and whether the groups differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language, word
from evalkit.reports.outline.names import node_names
from evalkit.reports.outline.sheet import Column, Sheet, notice
from evalkit.scoring.group_differences import describe_groups, kruskal_wallis

_FIGURES = ("mean", "median", "sd", "lowest", "highest")


def groups(evaluation: Evaluation, language: Language) -> Sheet:
    """Return a row for each of index and dimensions and each peer group; the test stands in the first of a column."""
    columns = (
        Column(word("node", language), "text", 34),
        Column(word("groups_column", language), "text", 14),
        Column(word("groups_group", language), "text", 18),
        Column(word("share_n", language), "integer", 10),
        *(Column(word(f"groups_{name}", language), "number", 11) for name in _FIGURES),
        Column(word("groups_h", language), "number", 12),
        Column(word("groups_p", language), "text", 10),
        Column(word("groups_effect", language), "number", 10),
    )
    rows = list(_rows(evaluation, language))
    notes = (word("groups_note", language),) if rows else (word("groups_none", language),)
    return Sheet(word("sheet_groups", language), columns, rows, notice(evaluation, language), notes, frozen=3)


def _rows(evaluation: Evaluation, language: Language) -> Iterator[list[Any]]:
    wide, labels = wide_scores(evaluation), node_names(evaluation, language)
    nodes = [row["node"] for row in evaluation["nodes"].to_dict("records") if row["level"] <= 1]
    for column in evaluation.manifest["recipe"]["peer_groups"]:
        register = evaluation["units"][column].to_numpy(dtype=object)
        names = [value for value in dict.fromkeys(register) if value]
        numbers = {value: number for number, value in enumerate(names)}
        known = np.array([value in numbers for value in register])
        members = np.array([numbers[value] for value in register[known]], dtype=np.int64)
        for node in nodes:
            scores = wide[node].to_numpy(dtype=np.float64)[known]
            figures, test = describe_groups(scores, members, len(names)), kruskal_wallis(scores, members)
            for number, name in enumerate(names):
                row: list[Any] = [labels[node], column, name, int(figures.count[number])]
                row += [float(getattr(figures, each)[number]) for each in _FIGURES]
                yield row + ([test.h, _p(test.p), test.effect] if number == 0 else [None, "", None])


def _p(value: float) -> str:
    """Return a p-value as it is printed in papers: three decimals, and never 0."""
    if np.isnan(value):
        return ""
    return "<0.001" if value < 0.001 else f"{value:.3f}"  # noqa: PLR2004 - three decimals
