"""The peer groups beside each other: index and dimensions by group, and whether the groups differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language, word
from evalkit.reports.outline.names import column_title, node_names
from evalkit.reports.outline.sheet import Column, Sheet, notice
from evalkit.scoring.group_differences import Difference, GroupFigures, describe_groups, kruskal_wallis
from evalkit.scoring.pairwise_differences import Pair, dunn, holm

_FIGURES = ("mean", "median", "sd", "lowest", "highest")
_LEVEL = 0.05


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
        Column(word("groups_holm", language), "text", 12),
        Column(word("groups_effect", language), "number", 10),
        Column(word("groups_pairs", language), "long", 44),
    )
    rows = list(_rows(evaluation, language))
    notes = (word("groups_note", language),) if rows else (word("groups_none", language),)
    return Sheet(word("sheet_groups", language), columns, rows, notice(evaluation, language), notes, frozen=3)


@dataclass(frozen=True, slots=True)
class _Block:
    """A node over the groups of a column: what is said of each group, and the tests between them."""

    node: str
    column: str
    names: list[str]
    figures: GroupFigures
    test: Difference
    pairs: list[Pair]


def _rows(evaluation: Evaluation, language: Language) -> Iterator[list[Any]]:
    labels, blocks = node_names(evaluation, language), list(_blocks(evaluation))
    adjusted = holm(np.array([block.test.p for block in blocks]))
    for block, p in zip(blocks, adjusted.tolist(), strict=True):
        tests = [block.test.h, _p(block.test.p), _p(p), block.test.effect, _differing(block, language)]
        for number, name in enumerate(block.names):
            row: list[Any] = [
                labels[block.node],
                column_title(block.column, language),
                name,
                int(block.figures.count[number]),
            ]
            row += [float(getattr(block.figures, each)[number]) for each in _FIGURES]
            yield row + (tests if number == 0 else [None, "", "", None, ""])


def _blocks(evaluation: Evaluation) -> Iterator[_Block]:
    wide = wide_scores(evaluation)
    nodes = [row["node"] for row in evaluation["nodes"].to_dict("records") if row["level"] <= 1]
    for column in evaluation.manifest["recipe"]["peer_groups"]:
        register = evaluation["units"][column].to_numpy(dtype=object)
        names = [str(value) for value in dict.fromkeys(register) if value]
        numbers = {value: number for number, value in enumerate(names)}
        known = np.array([value in numbers for value in register])
        members = np.array([numbers[value] for value in register[known]], dtype=np.int64)
        for node in nodes:
            scores = wide[node].to_numpy(dtype=np.float64)[known]
            figures, test = describe_groups(scores, members, len(names)), kruskal_wallis(scores, members)
            yield _Block(node, column, names, figures, test, dunn(scores, members))


def _differing(block: _Block, language: Language) -> str:
    """Return the pairs of groups that differ, each as “higher > lower”; of two groups the whole test says as much."""
    adjusted = holm(np.array([pair.p for pair in block.pairs]))
    said = []
    for pair, p in zip(block.pairs, adjusted.tolist(), strict=True):
        if p < _LEVEL:
            ends = (pair.first, pair.second) if pair.z > 0 else (pair.second, pair.first)
            higher, lower = (block.names[end] for end in ends)
            said.append(f"{higher} > {lower} (p {_p(p)})")
    return "; ".join(said) or (word("groups_no_pairs", language) if block.pairs else "")


def _p(value: float) -> str:
    """Return a p-value as it is printed in papers: three decimals, and never 0."""
    if np.isnan(value):
        return ""
    return "<0.001" if value < 0.001 else f"{value:.3f}"  # noqa: PLR2004 - three decimals
