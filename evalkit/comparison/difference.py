"""What changed between two runs: choices, inputs, answers, raw values, scores, ranks, awards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from evalkit.comparison.choices import Pair, changed_choices, changed_values
from evalkit.comparison.rows import changed_rows
from evalkit.definitions.comparison import Essence, Lost, lost_scores
from evalkit.evaluate.evaluation import Evaluation

ANSWER = ("unit", "instrument", "question", "item", "respondent")
"""Columns that say which answer a row of ``observations`` is, in whatever wave."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from run ``a`` to run ``b``.

    ``choices`` are keys of ``run.json`` with the values before and after as JSON, ``inputs`` names of files with their
    hashes; ``units`` and ``nodes`` are those in one run only, or of another name; ``not_comparable`` are the scores of
    nodes of both that are computed differently. The data frames have a row for each change, its columns as of
    :func:`~evalkit.comparison.rows.changed_rows`; ``scores`` has besides ``change``, and ``ranks`` ``moved``, places
    climbed (negative: lost), the largest moves first. Numbers within ``tolerance`` are the same.
    """

    tolerance: float
    choices: dict[str, Pair]
    inputs: dict[str, Pair]
    units: dict[str, Pair]
    nodes: dict[str, Pair]
    not_comparable: dict[str, Lost]
    answers: pd.DataFrame
    measures: pd.DataFrame
    scores: pd.DataFrame
    ranks: pd.DataFrame
    awards: pd.DataFrame

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The data frames by name, in the order of the stages."""
        return {name: getattr(self, name) for name in ("answers", "measures", "scores", "ranks", "awards")}

    @property
    def same(self) -> bool:
        """Nothing changed."""
        stated = self.choices or self.inputs or self.units or self.nodes or self.not_comparable
        return not stated and all(table.empty for table in self.tables.values())

    def at(self, node: str) -> Difference:
        """Return the same with the raw values, scores and ranks of one node only."""
        tables = (("measures", "indicator"), ("scores", "node"), ("ranks", "node"))
        own = (self.tables[name][self.tables[name][column] == node] for name, column in tables)
        measures, scores, ranks = (table.reset_index(drop=True) for table in own)
        return replace(self, measures=measures, scores=scores, ranks=ranks)


def diff(a: Evaluation, b: Evaluation, *, tolerance: float | None = None) -> Difference:
    """Compare two runs. Units and nodes are the same where their ids are.

    ``tolerance`` is for raw values and scores, in their units: by default the larger tie tolerance of the two recipes.
    ``diff(b, a)`` is the same with before and after exchanged.
    """
    within = _tolerance(a, b) if tolerance is None else tolerance
    scores = changed_rows(a["scores"], b["scores"], ("unit", "node"), ("score",), tolerance=within)
    scores["change"] = scores["score_after"] - scores["score_before"]
    ranks = changed_rows(a["ranks"], b["ranks"], ("unit", "node", "group"), ("rank",))
    ranks["moved"] = ranks["rank_before"] - ranks["rank_after"]
    places = ["file", "sheet", "cell"]
    return Difference(
        tolerance=within,
        choices=changed_choices(a.manifest, b.manifest),
        inputs=changed_values(*(each.manifest["inputs"] for each in (a, b))),
        units=changed_values(*(_names(each, "units", "unit", "name") for each in (a, b))),
        nodes=changed_values(*(_names(each, "nodes", "node", "name_zh") for each in (a, b))),
        not_comparable=lost_scores(_essences(a), _essences(b)),
        answers=changed_rows(a["observations"], b["observations"], ANSWER, ("value", "status"), besides=places),
        measures=changed_rows(
            a["measures"], b["measures"], ("unit", "indicator"), ("value", "status"), tolerance=within
        ),
        scores=scores,
        ranks=ranks.sort_values("moved", key=abs, ascending=False, kind="stable", ignore_index=True),
        awards=changed_rows(a["awards"], b["awards"], ("scheme", "award", "unit", "group"), ("tier",)),
    )


def _tolerance(a: Evaluation, b: Evaluation) -> float:
    return max(float(each.manifest["recipe"]["tie_tolerance"]) for each in (a, b))


def _names(evaluation: Evaluation, table: str, key: str, name: str) -> dict[str, str]:
    rows = evaluation[table]
    return dict(zip(rows[key], rows[name], strict=True))


def _essences(evaluation: Evaluation) -> Mapping[str, Essence]:
    """Return the essence of each node, as the tables and the manifest of a run have it."""
    shares: dict[str, dict[str, float]] = {node: {} for node in evaluation["nodes"]["node"]}
    columns = (evaluation["nodes"][name] for name in ("node", "parent", "share"))
    for node, parent, share in zip(*columns, strict=True):
        if parent:
            shares[parent][node] = share
    choices = evaluation.manifest["recipe"]["nodes"]
    return {node: Essence.of(children, choices[node]) for node, children in shares.items()}
