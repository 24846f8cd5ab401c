"""The long tables: their columns, their rows, and the row ids that lead down."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation, stage_tables
from evalkit.evaluate.ranks import RANK_COLUMNS
from evalkit.evaluate.wave_tables import AWARD_CHANGE_COLUMNS, RANK_CHANGE_COLUMNS, WAVE_COLUMNS
from evalkit.observations import OBSERVATION_COLUMNS, STATUSES
from evalkit.problems import PROBLEM_COLUMNS
from evalkit.scoring.shares import SHARE_COLUMNS
from tests.small_studies import TREE, run, values_study


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("nodes", stage_tables.NODE_COLUMNS),
        ("files", stage_tables.FILE_COLUMNS),
        ("observations", OBSERVATION_COLUMNS),
        ("parts", stage_tables.PART_COLUMNS),
        ("measures", stage_tables.MEASURE_COLUMNS),
        ("scores", stage_tables.SCORE_COLUMNS),
        ("ranks", (*RANK_COLUMNS, *RANK_CHANGE_COLUMNS)),
        ("awards", (*stage_tables.AWARD_COLUMNS, *AWARD_CHANGE_COLUMNS)),
        ("waves", WAVE_COLUMNS),
        ("shares", SHARE_COLUMNS),
        ("problems", PROBLEM_COLUMNS),
    ],
)
def test_table_has_its_documented_columns(form_run: Evaluation, table: str, columns: tuple[str, ...]) -> None:
    assert tuple(form_run[table].columns) == columns


def test_every_unit_has_a_row_an_indicator_and_a_row_a_node(form_run: Evaluation) -> None:
    assert len(form_run["measures"]) == 4 * 3
    assert len(form_run["scores"]) == 4 * 4
    assert len(form_run["parts"]) == 4 * 4
    assert not form_run["scores"][["unit", "node"]].duplicated().any()


def test_parts_lead_to_the_observations_they_came_from(form_run: Evaluation) -> None:
    observations = form_run["observations"].set_index("observation")
    for part in form_run["parts"].to_dict("records"):
        rows = [observations.loc[int(each)] for each in part["observations"].split("|") if each]
        assert {row["unit"] for row in rows} <= {part["unit"]}
        assert {row["question"] for row in rows} <= {part["question"]}
        assert bool(rows) == (part["status"] != "absent")


def test_measures_count_the_cells_that_counted(form_run: Evaluation) -> None:
    counted = form_run["measures"].set_index(["unit", "indicator"])["n"].to_dict()
    assert counted["U1", "MIXED"] == 3
    assert counted["U3", "CHANNELS"] == 3
    assert counted["U3", "MIXED"] == 1
    assert counted["U4", "OPEN"] == 0


def test_statuses_of_a_file_add_up_to_its_cells(form_run: Evaluation) -> None:
    files = form_run["files"]
    assert (files[list(STATUSES)].sum(axis=1) == files["expected"]).all()
    assert files["expected"].sum() == len(form_run["observations"])


def test_nodes_carry_the_resolved_choices(values_run: Evaluation) -> None:
    nodes = {row["node"]: row for row in values_run["nodes"].to_dict("records")}
    assert nodes["A"]["share"] == 0.75
    assert nodes["A1"]["effective_weight"] == 0.375
    assert [nodes["A"][name] for name in ("aggregate", "missing", "normalise")] == ["arithmetic", "rescale", ""]
    assert [nodes["A1"][name] for name in ("aggregate", "normalise", "measure")] == ["", "none", "column a1"]
    assert math.isnan(nodes["A1"]["min_coverage"])


def test_settings_of_a_normalisation_are_written_out(tmp_path: Path) -> None:
    goalposts = {"method": "goalposts", "low": 0, "high": 90.5}
    nodes = run(values_study(tmp_path, tree=TREE, defaults={"normalise": goalposts}))["nodes"].set_index("node")
    assert nodes.loc["A1", "normalise"] == "goalposts(range=[0, 100], low=0, high=90.5, clip=true)"
