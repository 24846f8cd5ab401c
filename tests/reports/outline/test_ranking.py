"""The sheet of the ranking, and why a unit has no rank."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from evalkit.evaluate import Evaluation
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.reports.outline.ranking import ranking, unranked_reasons
from evalkit.reports.outline.scores import dimension_scores, indicator_scores
from tests.small_studies import VALUES, run, values_study


def test_row_has_rank_names_groups_scores_and_coverage(values_run: Evaluation) -> None:
    sheet = ranking(values_run, "en")
    titles = [column.title for column in sheet.columns]
    assert titles == [
        "Rank", "Unit", "Name", "Class", "Index", "Dimension A", "Dimension B", "Rank in Class", "Awards", "Coverage",
    ]  # fmt: skip
    assert sheet.rows[0] == [1, "U3", "丙市", "small", 70, 90, 10, 1, "", 1]
    assert [row[1] for row in sheet.rows] == ["U3", "U2", "U1", "U4"]
    assert sheet.rows[3][-1] == 0.625


def test_column_of_reasons_stands_only_where_it_is_needed(form_run: Evaluation) -> None:
    sheet = ranking(form_run, "zh")
    assert sheet.columns[-1].title == "未参加排名的原因"
    assert [row[-1] for row in sheet.rows] == ["", "", "", "单位 U4(丁市)没有交回数据"]


def test_coverage_too_low_is_a_reason(tmp_path: Path) -> None:
    evaluation = run(values_study(tmp_path, [*VALUES[:-1], ("U4", "", "", "5")]))
    reason = "unit U4 is not ranked: coverage of ROOT is 25%, below 50%"
    assert unranked_reasons(evaluation, "en") == {"U4": reason}


def test_nobody_is_left_without_a_reason(form_run: Evaluation) -> None:
    problems = form_run["problems"]
    tables = form_run.tables | {"problems": problems[problems["unit"] != "U4"]}
    assert unranked_reasons(dataclasses.replace(form_run, tables=tables), "en") == {"U4": "no score"}


def test_scores_stand_in_the_order_of_register_and_tree(values_run: Evaluation) -> None:
    wide = wide_scores(values_run)
    assert (list(wide.index), list(wide.columns)) == (["U1", "U2", "U3", "U4"], ["ROOT", "A", "A1", "A2", "B", "B1"])
    assert list(wide.loc["U2"]) == [67.5, 60, 50, 70, 90, 90]


def test_sheets_of_scores_part_nodes_from_indicators(values_run: Evaluation) -> None:
    nodes, indicators = dimension_scores(values_run, "en"), indicator_scores(values_run, "en")
    assert [column.title for column in nodes.columns[2:]] == ["ROOT Index", "A Dimension A", "B Dimension B"]
    assert [column.group for column in nodes.columns[2:]] == ["", "A Dimension A", "B Dimension B"]
    assert [column.group for column in indicators.columns[2:]] == ["A Dimension A"] * 2 + ["B Dimension B"]
    assert indicators.rows[0] == ["U3", "丙市", 90, 90, 10]
