"""The calls of a unit: each with its facts and the points it earned, an auditor by code."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from evalkit.evaluate import Evaluation
from evalkit.reports.profile import profile_html
from evalkit.reports.profile.calls import CallBook
from tests.small_audits import calls_study, row
from tests.small_studies import run


def test_calls_stand_with_the_points_of_each_indicator_that_has_some(tmp_path: Path) -> None:
    rows = [row("C1", G2="no"), row("C1", G2="yes", auditor="A2"), row("C3", scenario="S2", outcome="silent")]
    evaluation = run(calls_study(tmp_path, [*rows, row("C4", unit="U2")]))
    book = CallBook(evaluation, "en")
    assert book.indicators == ("A1 接通", "A2 规范")
    found = book.of_unit["U1"]
    assert [each.facts[:3] for each in found] == [("C1", "A1", "S1"), ("C1", "A2", "S1"), ("C3", "A1", "S2")]
    assert [each.facts[5] for each in found] == ["good", "good", "silent"]
    np.testing.assert_array_equal([each.points for each in found], [[100, 25], [100, 100], [0, np.nan]])
    page = profile_html(evaluation, "U1", "zh")
    assert "拨测记录" in page
    assert "C4" not in page


def test_without_calls_there_is_no_such_section(form_run: Evaluation) -> None:
    assert CallBook(form_run, "zh").of_unit == {}
    assert "拨测记录" not in profile_html(form_run, "U1", "zh")
