"""The sheet of peer groups: a row a group, the test once a column, nothing where there are no groups."""

from __future__ import annotations

from pathlib import Path

import pytest
from scipy import stats

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.groups import groups
from tests.small_studies import run, values_study


def test_every_group_has_a_row_for_index_and_dimensions(values_run: Evaluation) -> None:
    rows = groups(values_run, "en").rows
    assert [row[:4] for row in rows] == [
        [node, "class", group, 2] for node in ("Index", "Dimension A", "Dimension B") for group in ("big", "small")
    ]


def test_the_test_is_that_of_kruskal_and_wallis(values_run: Evaluation) -> None:
    scores = values_run.ranking().set_index("unit")["score"]
    h, p = stats.kruskal(scores[["U1", "U2"]], scores[["U3", "U4"]])
    first, second = groups(values_run, "en").rows[:2]
    assert first[-3] == pytest.approx(h)
    assert first[-2] == f"{p:.3f}"
    assert second[-3:] == [None, "", None]


def test_without_peer_groups_the_sheet_says_so(tmp_path: Path) -> None:
    sheet = groups(run(values_study(tmp_path)), "en")
    assert sheet.rows == []
    assert sheet.notes == ("the recipe names no peer groups",)
