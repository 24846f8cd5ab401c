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
        [node, "Class", group, 2] for node in ("Index", "Dimension A", "Dimension B") for group in ("big", "small")
    ]


def test_the_test_is_that_of_kruskal_and_wallis(values_run: Evaluation) -> None:
    scores = values_run.ranking().set_index("unit")["score"]
    h, p = stats.kruskal(scores[["U1", "U2"]], scores[["U3", "U4"]])
    first, second = groups(values_run, "en").rows[:2]
    assert first[-5] == pytest.approx(h)
    assert first[-4] == f"{p:.3f}"
    assert second[-5:] == [None, "", "", None, ""]


def test_the_adjusted_p_allows_for_all_tests_of_the_sheet(values_run: Evaluation) -> None:
    """Of three tests the smallest p counts three times; the pairs are told only where they differ."""
    firsts = groups(values_run, "en").rows[::2]
    smallest = min(firsts, key=lambda row: float(row[-4]))
    assert float(smallest[-3]) == pytest.approx(min(1, 3 * float(smallest[-4])), abs=0.002)
    assert {row[-1] for row in firsts} == {"no two can be told apart"}


def test_pairs_that_differ_are_named_the_higher_first(tmp_path: Path) -> None:
    units = [f"U{number:02d}" for number in range(30)]
    register = [("unit", "name", "region"), *((unit, unit, "wes"[int(unit[1:]) % 3]) for unit in units)]
    values: list[tuple[str, ...]] = [("unit", "a1", "a2", "b1")]
    values += [(unit, *[str(int(unit[1:]) % 3 * 30 + int(unit[1:]) // 3)] * 3) for unit in units]
    sheet = groups(run(values_study(tmp_path, values, register=register, recipe={"peer_groups": ["region"]})), "en")
    assert [pair.partition(" (")[0] for pair in sheet.rows[0][-1].split("; ")] == ["e > w", "s > w", "s > e"]


def test_without_peer_groups_the_sheet_says_so(tmp_path: Path) -> None:
    sheet = groups(run(values_study(tmp_path)), "en")
    assert sheet.rows == []
    assert sheet.notes == ("the recipe names no peer groups",)
