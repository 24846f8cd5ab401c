"""The tree of indicators on the page."""

from __future__ import annotations

import math

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.page.tree import Branch, branches


def leaves(branch: Branch) -> list[Branch]:
    return [leaf for each in branch.branches for leaf in leaves(each)] if branch.branches else [branch]


def test_effective_weights_of_the_indicators_add_up_to_one(whole_run: Evaluation) -> None:
    tree = branches(whole_run, "en")
    assert math.fsum(each.effective for each in leaves(tree)) == pytest.approx(1)
    assert [each.name for each in tree.branches] == ["Capacity", "Quality", "Results"]
    assert (tree.method, leaves(tree)[0].method) == ("arithmetic mean", "")


def test_means_and_gaps_are_those_of_the_scores(values_run: Evaluation) -> None:
    tree = branches(values_run, "en")
    scores = values_run["scores"].query("node == 'A2'")["score"]
    second = leaves(tree)[1]
    assert (second.node, second.missing) == ("A2", scores.isna().sum())
    assert second.mean == pytest.approx(scores.mean())
