"""Errors of values from samples of records: the textbook formulas, and the covariance of what shares records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from evalkit.definitions.records import RecordMeasure
from evalkit.records import RecordCells, Records
from evalkit.scoring.influence import Influence
from evalkit.scoring.record_errors import record_influences
from evalkit.scoring.record_measures import measure_records


def sample(owners: list[int], name: str = "orders", **columns: Sequence[float]) -> Records:
    cells = {
        key: RecordCells(np.array(column, dtype=np.float64), np.zeros(len(column), np.int8))
        for key, column in columns.items()
    }
    units = tuple(f"U{number}" for number in range(max(owners) + 1))
    return Records(name, units, np.array(owners), cells, np.zeros(len(owners), np.int32), (), sample=True)


def errors(*sources: Records, **measures: dict[str, Any]) -> dict[str, Influence]:
    definitions = {node: RecordMeasure.model_validate({"of": "orders"} | each) for node, each in measures.items()}
    records = {each.name: each for each in sources}
    measured = {node: measure_records(each, records[each.of]) for node, each in definitions.items()}
    return record_influences(definitions, measured, records)


def test_a_share_has_the_error_of_a_binomial_share() -> None:
    found = errors(sample([0] * 601, good=[1] * 597 + [0] * 4), A={"share": "good"})
    share = 100 * 597 / 601
    assert found["A"].variances() == pytest.approx([share * (100 - share) / 600])


def test_a_mean_has_the_error_of_a_mean_among_those_that_count() -> None:
    wait, kept = [3.0, 8.0, 1.0, 9.0, 4.0, 100.0], [1.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    found = errors(sample([0] * 6, wait=wait, kept=kept), A={"mean": "wait", "among": "kept"})
    assert found["A"].variances() == pytest.approx([np.var(wait[:5], ddof=1) / 5])


def test_a_ratio_has_the_linearised_error() -> None:
    a, b = np.array([3.0, 4.0, 9.0, 2.0]), np.array([5.0, 9.0, 10.0, 6.0])
    found = errors(sample([0] * 4, a=a.tolist(), b=b.tolist()), A={"ratio": {"numerator": "a", "denominator": "b"}})
    ratio = a.sum() / b.sum()
    residual = (a - ratio * b) * 100 / b.mean()
    assert found["A"].variances() == pytest.approx([np.sum(residual**2) / 3 / 4])


def test_indicators_of_one_source_share_their_records() -> None:
    dice = np.random.default_rng(1)
    x, owners = dice.normal(size=60), [0] * 25 + [1] * 35
    y = x + dice.normal(size=60)
    records = sample(owners, x=x.tolist(), y=y.tolist())
    found = errors(records, X={"mean": "x"}, Y={"mean": "y"}, SAME={"mean": "2 * x"})
    for unit, rows in enumerate((slice(0, 25), slice(25, 60))):
        expected = np.cov(x[rows], y[rows])[0, 1] / len(x[rows])
        own = [found[node].own[[unit]].toarray().ravel() for node in ("X", "Y", "SAME")]
        assert own[0] @ own[1] == pytest.approx(expected)
        assert own[2] == pytest.approx(2 * own[0])
    assert found["X"].independent
    assert (found["X"].own[[0]] @ found["Y"].own[[1]].T).toarray() == 0


def test_sources_are_independent_and_those_that_are_complete_have_no_error() -> None:
    orders, calls = sample([0, 0, 1, 1], x=[1, 2, 3, 5]), sample([0, 0, 1, 1], name="calls", x=[1, 2, 3, 5])
    found = errors(orders, calls, A={"mean": "x"}, B={"of": "calls", "mean": "x"})
    assert found["A"].clusters == found["B"].clusters
    assert not set(found["A"].own.indices) & set(found["B"].own.indices)
    assert errors(replace(orders, sample=False), A={"mean": "x"}) == {}


@pytest.mark.parametrize("measure", [{"median": "x"}, {"p90": "x"}, {"count": "x > 1"}])
def test_what_is_no_quotient_of_sums_has_no_error_here(measure: dict[str, Any]) -> None:
    assert errors(sample([0, 0], x=[1, 2]), A=measure) == {}


def test_a_single_record_borrows_the_variance_within_the_others() -> None:
    found = errors(sample([0, 0, 1, 1, 2], x=[1, 3, 2, 8, 7]), A={"mean": "x"})
    assert found["A"].variances() == pytest.approx([1, 9, (2 + 18) / 2])
    assert errors(sample([0], x=[1]), A={"mean": "x"})["A"].variances().tolist() == [0]


def test_many_draws_have_the_stated_spread() -> None:
    records = sample([0] * 40, x=np.random.default_rng(2).normal(size=40).tolist())
    found = errors(records, A={"mean": "x"})["A"]
    draws = found.errors(np.random.default_rng(3).standard_normal((found.clusters, 20_000)))
    assert draws.std() == pytest.approx(np.sqrt(found.variances()[0]), rel=0.02)
