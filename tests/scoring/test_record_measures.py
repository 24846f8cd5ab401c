"""Rates, means and quantiles of records, and the account of every one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.records import RecordMeasure
from evalkit.observations import ABSENT, BLANK, ERROR, INVALID, NOT_APPLICABLE, OK
from evalkit.records import RecordCells, Records
from evalkit.scoring.record_measures import MeasuredRecords, measure_records

NAN = float("nan")
Cell = float | int | str
STATUS = {"blank": BLANK, "n/a": NOT_APPLICABLE, "invalid": INVALID, "error": ERROR}


def records(owners: list[int], units: int = 1, **columns: Sequence[Cell]) -> Records:
    cells = {
        name: RecordCells(
            np.array([NAN if isinstance(each, str) else float(each) for each in column], dtype=np.float64),
            np.array([STATUS[each] if isinstance(each, str) else OK for each in column], dtype=np.int8),
        )
        for name, column in columns.items()
    }
    names = tuple(f"U{number}" for number in range(units))
    return Records("orders", names, np.array(owners, dtype=np.int64), cells, np.zeros(len(owners), np.int32), ())


def measured(found: Records, **keys: Any) -> MeasuredRecords:  # noqa: ANN401 - any measure
    return measure_records(RecordMeasure.model_validate(keys), found)


def formulas() -> dict[str, dict[str, str]]:
    path = Path(__file__).parents[1] / "data" / "metrics_formulas.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["term_en"]: row for row in csv.DictReader(file)}


def test_on_time_completion_of_ningguo_in_april_2022() -> None:
    source = formulas()["on-time completion rate"]
    assert "按时结案597/派单601" in source["evidence"]
    orders = records([0] * 601, closed=[1] * 597 + [9] * 4, due=[5] * 601)
    found = measured(orders, share="closed <= due", among="due is known")
    assert (found.hits.tolist(), found.base.tolist()) == ([597], [601])
    assert found.raw.tolist() == [100 * 597 / 601]
    assert f"{found.raw[0]:.1f} %" == "99.3 %"
    assert "597/601 = 99.3%" in source["benchmark_or_note"]


def test_first_contact_answers_of_panjin_in_2023() -> None:
    source = formulas()["first-contact answer rate"]
    assert "直接答复7.25万/受理9.67万=74.97%" in source["evidence"]
    months = records([0, 0], answered=[40_000, 32_500], received=[50_000, 46_700])
    found = measured(months, ratio={"numerator": "answered", "denominator": "received"})
    assert f"{found.raw[0]:.2f} %" == "74.97 %"
    orders = records([0] * 967, direct=[1] * 725 + [0] * 242)
    assert measured(orders, share="direct").raw.tolist() == [100 * 725 / 967]


def test_a_record_is_in_the_base_outside_or_left_out_by_reason() -> None:
    orders = records(
        [0] * 7,
        closed=[1, 9, "blank", 1, "invalid", "blank", 1],
        due=[5, 5, 5, "blank", 5, "blank", "error"],
    )
    plain = measured(orders, share="closed <= due", among="due is known")
    assert (plain.total[0], plain.outside[0], plain.base[0], plain.hits[0]) == (7, 2, 2, 1)
    assert plain.left_out[0].tolist() == [0, 1, 0, 0, 1, 1]
    late_if_open = measured(orders, share="closed is known and closed <= due", among="due is known")
    assert (late_if_open.base[0], late_if_open.hits[0]) == (3, 1)
    assert late_if_open.left_out[0].tolist() == [0, 0, 0, 0, 1, 1]


def test_whether_a_record_belongs_comes_before_what_it_says() -> None:
    orders = records([0] * 3, visited=[0, 1, "blank"], good=["invalid", 1, "error"])
    found = measured(orders, share="good", among="visited")
    assert (found.outside[0], found.base[0]) == (1, 1)
    assert found.left_out[0].tolist() == [0, 1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("closed", "status"),
    [
        ([], ABSENT),
        (["blank", "blank", "invalid"], BLANK),
        (["blank", "invalid"], INVALID),
        (["n/a"], NOT_APPLICABLE),
    ],
)
def test_a_unit_without_a_value_says_why(closed: list[Cell], status: int) -> None:
    orders = records([0] * len(closed) + [1], 2, closed=[*closed, 3])
    found = measured(orders, mean="closed")
    assert np.isnan(found.raw[0])
    assert found.statuses.tolist() == [status, OK]


def test_all_outside_is_not_applicable() -> None:
    found = measured(records([0, 0], good=[1, 1], visited=[0, 0]), share="good", among="visited")
    assert found.statuses.tolist() == [NOT_APPLICABLE]


def test_means_medians_and_nine_of_ten() -> None:
    orders = records([0] * 10 + [1], 2, wait=[1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 7])
    assert measured(orders, mean="wait").raw.tolist() == [14.5, 7]
    assert measured(orders, median="wait").raw.tolist() == [5.5, 7]
    assert measured(orders, p90="wait").raw.tolist() == [pytest.approx(18.1), 7]
    assert np.isnan(measured(orders, p90="wait").numerator).all()


def test_a_count_is_zero_only_where_there_are_records() -> None:
    found = measured(records([0, 0], 2, late=[0, 0]), count="late")
    assert np.array_equal(found.raw, [0, NAN], equal_nan=True)
    assert found.statuses.tolist() == [OK, ABSENT]


def test_a_ratio_of_sums_needs_a_sum_to_divide_by() -> None:
    found = measured(records([0, 1], 2, a=[1, 1], b=[0, 4]), ratio={"numerator": "a", "denominator": "b"})
    assert np.array_equal(found.raw, [NAN, 25], equal_nan=True)
    assert found.statuses.tolist() == [NOT_APPLICABLE, OK]


def test_a_sum_too_large_for_a_number_is_no_value() -> None:
    found = measured(records([0, 0], a=[1.7e308, 1.7e308]), mean="a")
    assert found.statuses.tolist() == [INVALID]
    assert found.infinite.tolist() == [True]


CELLS = st.one_of(st.integers(-3, 3), st.sampled_from([0.1, 0.2, 1e16, -1e16]), st.sampled_from(list(STATUS)))
ROWS = st.lists(st.tuples(st.integers(0, 2), CELLS, CELLS), max_size=25)
MEASURES: list[dict[str, Any]] = [
    {"share": "a <= b", "among": "b is known"},
    {"mean": "a - b"},
    {"median": "a", "among": "b > 0"},
    {"count": "a = (b)"},
    {"ratio": {"numerator": "a", "denominator": "b"}, "among": "not a < b"},
]  # fmt: skip


@given(ROWS, st.sampled_from(MEASURES), st.randoms(use_true_random=False))
def test_every_record_is_accounted_for_and_their_order_does_not_matter(rows: Any, measure: Any, dice: Any) -> None:  # noqa: ANN401
    def of(given: Any) -> MeasuredRecords:  # noqa: ANN401 - rows
        columns = {name: [row[at] for row in given] for name, at in (("a", 1), ("b", 2))}
        return measured(records([row[0] for row in given], 3, **columns), **measure)

    found = of(rows)
    assert (found.total == found.outside + found.base + found.left_out.sum(axis=1)).all()
    assert (found.hits <= found.base).all()
    assert ((found.statuses == OK) == ~np.isnan(found.raw)).all()
    shuffled = of(dice.sample(rows, len(rows)))
    assert np.array_equal(found.raw, shuffled.raw, equal_nan=True)
    if found.method != "median":
        known = ~np.isnan(found.raw)
        again = found.scale * found.numerator[known] / found.denominator[known]
        assert np.array_equal(again, found.raw[known])
    for unit in range(3):
        alone = of([row for row in rows if row[0] == unit])
        assert np.array_equal(alone.raw[[unit]], found.raw[[unit]], equal_nan=True)
