"""This wave against earlier ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import evalkit
from evalkit.evaluate import Evaluation
from tests.small_studies import REGISTER, TREE, VALUES, codes, run, values_study, write_yaml

THEN = (("unit", "a1", "a2", "b1"), ("U1", "40", "60", "80"), ("U2", "90", "70", "50"), ("U3", "10", "20", "30"))
AWARDS = {
    "id": "ladder",
    "version": "1",
    "name": "ladder",
    "one_rung": True,
    "awards": [
        {"id": "gold", "name": "gold", "rule": {"method": "top", "count": 1}},
        {"id": "silver", "name": "silver", "rule": {"method": "top", "count": 1}},
        {"id": "bronze", "name": "bronze", "rule": {"method": "top", "count": 1}},
    ],
}


def earlier(folder: Path, name: str = "2024", **keys: Any) -> Path:  # noqa: ANN401 - any key of a study
    """Run an earlier wave and put its results into the folder of the study."""
    study = values_study(folder.parent / f"study-{name}", keys.pop("values", THEN), wave=name, **keys)
    if "awards" in keys:
        write_yaml(study.parent / "awards.yaml", AWARDS)
    return evalkit.write(run(study), folder / name, excel=False)


def later(folder: Path, *waves: str, **keys: Any) -> Evaluation:  # noqa: ANN401 - as above
    study = values_study(folder, keys.pop("values", VALUES), wave="2025", waves=list(waves), **keys)
    if "awards" in keys:
        write_yaml(folder / "awards.yaml", AWARDS)
    return run(study)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "now").mkdir()
    return tmp_path / "now"


def rows(evaluation: Evaluation, node: str = "ROOT", group: str = "") -> dict[str, dict[str, Any]]:
    found: list[Any] = evaluation.ranking(node, group).to_dict("records")
    return {row["unit"]: row for row in found}


def close(value: float) -> Any:  # noqa: ANN401 - pytest's own type
    return pytest.approx(value, nan_ok=True)


def test_without_earlier_waves_the_columns_are_empty(values_run: Evaluation) -> None:
    ranks = values_run["ranks"]
    assert set(ranks["wave_then"]) == set(ranks["basis"]) == {""}
    assert ranks[["rank_then", "score_then", "rank_change", "score_change"]].isna().all(axis=None)
    assert values_run["waves"].empty
    assert values_run.manifest["waves"] == []


def test_ranks_carry_the_change_since_the_last_wave(folder: Path) -> None:
    earlier(folder)
    evaluation = later(folder, "2024")
    found = rows(evaluation)
    # then: U2 72.5, U1 57.5, U3 18.75; now: U3 70, U2 67.5, U1 62.5, U4 22.5
    expected = {"U1": (2, 57.5, 3, 62.5), "U2": (1, 72.5, 2, 67.5), "U3": (3, 18.75, 1, 70)}
    for unit, (rank_then, score_then, rank_now, score_now) in expected.items():
        row = found[unit]
        assert (row["wave_then"], row["basis"]) == ("2024", "whole")
        assert (row["rank_then"], row["rank_now"], row["rank_change"]) == (rank_then, rank_now, rank_then - rank_now)
        assert (row["score_then"], row["score_now"]) == (close(score_then), close(score_now))
        assert row["score_change"] == close(score_now - score_then)
        assert (row["rank"], row["score"]) == (row["rank_now"], row["score_now"])
    assert (found["U4"]["wave_then"], found["U4"]["basis"]) == ("", "")
    assert np.isnan([found["U4"][name] for name in ("rank_then", "rank_now", "score_now", "score_change")]).all()
    assert "EK418" not in codes(evaluation)
    assert "EK415" not in codes(evaluation)


def test_ranks_in_a_group_are_among_its_members_of_that_time(folder: Path) -> None:
    then = [REGISTER[0], *((*row[:2], "big", *row[3:]) for row in REGISTER[1:])]
    earlier(folder, register=then, recipe={"peer_groups": ["class"]})
    evaluation = later(folder, "2024", recipe={"peer_groups": ["class"]})
    big, small = rows(evaluation, group="class:big"), rows(evaluation, group="class:small")
    assert {unit: (row["rank_then"], row["rank_now"]) for unit, row in big.items()} == {"U1": (2, 2), "U2": (1, 1)}
    assert np.isnan(small["U3"]["rank_then"])
    assert small["U3"]["score_change"] == close(70 - 18.75)


def test_a_change_of_weights_is_compared_with_todays_weights_on_both_sides(folder: Path) -> None:
    earlier(folder)
    evaluation = later(folder, "2024", recipe={"nodes": {"B": {"weight": 3}}})
    found = rows(evaluation)["U1"]
    assert found["basis"] == "common"
    assert found["score_then"] == close((50 + 80) / 2)
    assert found["score_now"] == close((70 + 40) / 2)
    assert rows(evaluation, "A")["U1"]["basis"] == "whole"
    (finding,) = [each for each in evaluation.problems if each.code == "EK415"]
    assert dict(finding.params) == {
        "wave": "2024", "then": "set 1", "now": "set 1", "nodes": "ROOT", "count": "3",
    }  # fmt: skip
    assert (finding.place.file, finding.place.line) == ("study.yaml", 12)


def test_a_new_indicator_is_left_out_on_both_sides(folder: Path) -> None:
    small = json.loads(json.dumps(TREE))
    del small["children"][0]["children"][1]
    earlier(folder, values=[(row[0], row[1], row[3]) for row in THEN], tree=small)
    evaluation = later(folder, "2024")
    for node, then, now in (("ROOT", 0.75 * 40 + 0.25 * 80, 0.75 * 80 + 0.25 * 40), ("A", 40, 80)):
        row = rows(evaluation, node)["U1"]
        assert (row["basis"], row["score_then"], row["score_now"]) == ("common", close(then), close(now))
    assert rows(evaluation, "B")["U1"]["basis"] == "whole"
    assert rows(evaluation)["U1"]["score"] == close(62.5)
    ranks = {unit: row["rank_now"] for unit, row in rows(evaluation).items() if row["basis"]}
    assert ranks == {"U1": 1, "U2": 3, "U3": 1}


def test_nothing_in_common_gives_no_change_and_says_so(folder: Path) -> None:
    other = {"id": "R", "name": "r", "children": [{"id": "X", "name": "x", "measure": {"column": "a1"}}]}
    earlier(folder, values=[row[:2] for row in THEN], tree=other)
    evaluation = later(folder, "2024")
    assert set(evaluation["ranks"]["basis"]) == {""}
    (finding,) = [each for each in evaluation.problems if each.code == "EK416"]
    assert dict(finding.params)["nodes"] == "ROOT, A, B"


def test_units_that_came_and_went_are_told(folder: Path) -> None:
    earlier(folder, register=[*REGISTER[:3], ("U9", "己市", "small", "east", "")], values=THEN[:3])
    evaluation = later(folder, "2024")
    (finding,) = [each for each in evaluation.problems if each.code == "EK418"]
    assert dict(finding.params) == {"wave": "2024", "new": "U3, U4", "gone": "U9"}


def test_an_id_that_passed_to_another_unit_is_not_compared(folder: Path) -> None:
    swapped = [REGISTER[0], ("U1", "乙市", "big", "east", ""), ("U2", "甲市热线", "big", "west", ""), *REGISTER[3:]]
    earlier(folder, register=swapped)
    evaluation = later(folder, "2024")
    assert {each.place.unit for each in evaluation.problems if each.code == "EK417"} == {"U1", "U2"}
    found = rows(evaluation)
    assert {unit for unit, row in found.items() if row["basis"]} == {"U3"}
    assert found["U3"]["rank_then"] == 3


def test_a_unit_with_a_new_name_is_the_same_unit(folder: Path) -> None:
    renamed = [REGISTER[0], ("U1", "旧名", "big", "east", ""), *REGISTER[2:]]
    earlier(folder, register=renamed)
    assert rows(later(folder, "2024"))["U1"]["basis"] == "whole"


def test_scores_relative_to_the_field_are_pointed_out(folder: Path) -> None:
    defaults = {"normalise": {"method": "minmax"}}
    earlier(folder, defaults=defaults)
    evaluation = later(folder, "2024", defaults=defaults)
    (finding,) = [each for each in evaluation.problems if each.code == "EK419"]
    assert dict(finding.params)["nodes"] == "A1, A2, B1"


def test_awards_carry_what_was_held_before(folder: Path) -> None:
    earlier(folder, awards=["awards.yaml"])
    evaluation = later(folder, "2024", awards=["awards.yaml"])
    found = {row["unit"]: row for row in evaluation["awards"].to_dict("records")}
    assert {unit: (row["award"], row["award_then"]) for unit, row in found.items()} == {
        "U3": ("gold", "bronze"),
        "U2": ("silver", "gold"),
        "U1": ("bronze", "silver"),
    }
    assert {unit: (row["tier_then"], row["tier_change"]) for unit, row in found.items()} == {
        "U3": (3, 2),
        "U2": (1, -1),
        "U1": (2, -1),
    }


def test_several_waves_stand_in_their_table_and_the_last_is_compared(folder: Path) -> None:
    earlier(folder, "2023", recipe={"nodes": {"B": {"weight": 9}}})
    earlier(folder, "2024")
    evaluation = later(folder, "2023", "2024")
    waves = evaluation["waves"]
    root = waves[waves["node"] == "ROOT"]
    assert root["wave"].tolist() == ["2023"] * 3 + ["2024"] * 3
    assert root["comparable"].tolist() == [False] * 3 + [True] * 3
    assert root[root["wave"] == "2024"]["score"].tolist() == [close(57.5), close(72.5), close(18.75)]
    assert set(evaluation["ranks"]["wave_then"]) == {"2024", ""}
    assert [each["wave"] for each in evaluation.manifest["waves"]] == ["2023", "2024"]
    assert {"2023/run.json", "2024/run.json"} <= evaluation.manifest["inputs"].keys()


def test_a_wave_that_stands_twice_or_is_this_one_is_pointed_out(folder: Path) -> None:
    earlier(folder, "2024")
    earlier(folder, "2025")
    evaluation = later(folder, "2024", "2024", "2025")
    assert codes(evaluation).count("EK421") == 2


def test_check_finds_what_is_wrong_with_earlier_waves(folder: Path) -> None:
    earlier(folder)
    study = values_study(folder, wave="2025", waves=["2024", "none", "../out"])
    found = evalkit.load(study).check()
    assert sorted(each.code for each in found if each.severity != "note") == ["EK003", "EK413"]


def test_a_run_with_waves_reads_back_equal_and_can_be_a_wave_itself(folder: Path) -> None:
    earlier(folder)
    first = evalkit.write(later(folder, "2024"), folder / "2025", excel=False)
    again = evalkit.read(first)
    assert set(again["ranks"]["wave_then"]) == {"2024", ""}
    study = values_study(folder, wave="2026", waves=["2024", "2025"])
    found = rows(run(study))
    assert {row["score_change"] for row in found.values()} == {0}


def test_results_do_not_depend_on_where_the_earlier_run_lies(folder: Path) -> None:
    earlier(folder)
    one = later(folder, "2024")["ranks"]
    shutil.move(folder / "2024", folder / "older")
    assert later(folder, "older")["ranks"].equals(one)
