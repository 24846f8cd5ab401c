"""How far mystery calls can be relied on, on the page."""

from __future__ import annotations

import pandas as pd
import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.page.audits import FULL, Axis, audit_panels

NAN = float("nan")
AGREEMENT = pd.DataFrame(
    {
        "item": ["greeting", "<b>answer</b>", "never"], "calls": [40, 40, 0], "coefficient": ["ac1", "ac1", "ac1"],
        "value": [0.9, 0.3, NAN], "low": [0.8, -0.11, NAN], "high": [0.95, 0.5, NAN], "threshold": [0.6] * 3,
        "below": [False, True, False], "factor": [1.0, 0.5, 1.0],
    }
)  # fmt: skip
CONNECTION = pd.DataFrame(
    {
        "unit": ["U1", "U2", "U3"], "calls": [10, 10, 0], "reached": [9, 5, 0], "rate": [0.9, 0.5, NAN],
        "wilson_low": [0.6, 0.24, NAN], "wilson_high": [0.98, 0.76, NAN],
    }
)  # fmt: skip
AUDITORS = pd.DataFrame(
    {
        "auditor": ["A", "B"], "indicator": ["A1", "A1"], "ratings": [50, 50], "mean": [80.0, 70.0],
        "effect": [5.0, -5.0], "low": [2.0, -11.0], "high": [8.0, 1.0],
    }
)  # fmt: skip


@pytest.fixture
def audited(values_run: Evaluation) -> Evaluation:
    tables = {"agreement": AGREEMENT, "connection": CONNECTION, "auditors": AUDITORS}
    return Evaluation({**values_run.tables, **tables}, values_run.manifest)


def test_items_below_the_threshold_stand_out(audited: Evaluation) -> None:
    agreement = audit_panels(audited, "en")[0]
    assert [line.marked for line in agreement.lines] == [False, True, False]
    assert agreement.lines[1].cells[-1] == "below the threshold, weight times 0.5"
    assert agreement.lines[2].span is None
    assert agreement.ends == ("-0.2", "1")
    assert agreement.reference == pytest.approx(FULL * 0.8 / 1.2)


def test_units_with_calls_stand_with_the_lowest_rate_first(audited: Evaluation) -> None:
    connection = audit_panels(audited, "en")[1]
    assert [line.label for line in connection.lines] == ["乙市 U2", "甲市 U1"]
    assert connection.lines[0].cells == ("10", "5", "50.0%", "24% … 76%")
    span = connection.lines[0].span
    assert span is not None
    assert (span.low, span.value, span.high) == pytest.approx((24, 50, 76))


def test_auditors_whose_interval_leaves_zero_out_stand_out(audited: Evaluation) -> None:
    auditors = audit_panels(audited, "zh")[2]
    assert [line.marked for line in auditors.lines] == [True, False]
    assert auditors.reference == pytest.approx(50)
    assert auditors.lines[0].cells[0] == "指标一"


def test_a_study_without_calls_has_no_panels(values_run: Evaluation) -> None:
    assert audit_panels(values_run, "en") == []


def test_an_axis_keeps_values_within_it() -> None:
    axis = Axis(0, 2)
    assert [axis.at(value) for value in (-1, 0, 1, 2, 9)] == [0, 0, 50, 100, 100]
    assert Axis(3, 3).at(3) == 0
