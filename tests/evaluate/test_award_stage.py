"""Awards of a whole study: nominations, earlier waves and samples from its files."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

import evalkit
from evalkit.evaluate import Evaluation
from tests.award_studies import award_study, nominated_study
from tests.small_studies import TREE, codes, run, values_study, write_table

GROWTH = {
    "id": "g",
    "version": "1",
    "name": "g",
    "awards": [
        {
            "id": "climber",
            "name": "稳步攀升奖",
            "compare": {"method": "improvement"},
            "rule": {"method": "top", "count": 1},
        }
    ],
}


def winners(evaluation: Evaluation) -> list[tuple[str, str]]:
    return list(zip(evaluation["awards"]["award"], evaluation["awards"]["unit"], strict=True))


def test_nominations_are_read_judged_and_decided(tmp_path: Path) -> None:
    evaluation = run(nominated_study(tmp_path))
    assert winners(evaluation) == [("case", "U4"), ("star", "U2"), ("star", "U3")]
    assert {"EK517", "EK516", "EK523"} <= set(codes(evaluation))
    people = evaluation.private["people"]
    assert people[["unit", "person"]].to_numpy().tolist() == [["U2", "赵一"], ["U2", "钱二"], ["U3", "孙三"]]
    assert {"submissions.csv", "jury.csv", "decisions.csv"} <= set(evaluation.manifest["inputs"])


def test_results_of_an_earlier_run_of_the_same_set_are_compared_with(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    rows = [("unit", "a1", "a2", "b1"), ("U1", "10", "60", "40"), ("U3", "90", "90", "10")]
    old = values_study(tmp_path / "old", rows, wave="2019")
    path = award_study(folder, GROWTH, waves=["2019"])
    shutil.copytree(evalkit.write(run(old), tmp_path / "results", excel=False), folder / "2019")
    evaluation = run(path)
    assert winners(evaluation) == [("climber", "U1")]
    assert "2019" in evaluation["awards"]["reason"][0]
    assert "EK337" not in codes(evaluation)


def test_results_and_tables_of_scores_are_compared_in_the_order_of_the_study(tmp_path: Path) -> None:
    rows = [("unit", "a1", "a2", "b1"), ("U1", "10", "60", "40"), ("U3", "90", "90", "10")]
    folder = tmp_path / "study"
    old = values_study(tmp_path / "old", rows, wave="2019")
    table = {"wave": "2018", "scores": "old.csv", "comparable": True}
    for number, (waves, last) in enumerate([([table, "2019"], "2019"), (["2019", table], "2018")]):
        path = award_study(folder / str(number), GROWTH, waves=waves)
        write_table(path.parent / "old.csv", [("unit", "node", "score"), ("U1", "ROOT", "5"), ("U2", "ROOT", "60")])
        shutil.copytree(evalkit.write(run(old), tmp_path / f"r{number}", excel=False), path.parent / "2019")
        evaluation = run(path)
        assert last in evaluation["awards"]["reason"][0]
        assert set(evaluation["ranks"]["wave_then"]) == {"2019", ""}
        assert {"old.csv", "2019/run.json"} <= evaluation.manifest["inputs"].keys()


def test_the_study_may_say_that_results_of_another_set_can_be_compared(tmp_path: Path) -> None:
    rows = [("unit", "a1", "a2", "b1"), ("U1", "10", "60", "40"), ("U3", "90", "90", "10")]
    old = values_study(tmp_path / "old", rows, wave="2019", recipe={"nodes": {"B": {"weight": 9}}})
    results = evalkit.write(run(old), tmp_path / "results", excel=False)
    for name, said, expected in [("a", {}, []), ("b", {"comparable": True}, [("climber", "U3")])]:
        path = award_study(tmp_path / name, GROWTH, waves=[{"results": "2019", **said}])
        shutil.copytree(results, path.parent / "2019")
        evaluation = run(path)
        assert winners(evaluation) == expected
        assert ("EK513" in codes(evaluation)) == (not expected)


def test_own_table_of_another_set_is_not_unless_the_study_says_it_may(tmp_path: Path) -> None:
    earlier = {"wave": "2019", "scores": "old.csv", "indicators": "set 0.9"}
    table = [("unit", "node", "score"), ("U1", "ROOT", "5"), ("U2", "ROOT", "60")]
    refused = award_study(tmp_path / "a", GROWTH, waves=[earlier])
    write_table(refused.parent / "old.csv", table)
    assert winners(run(refused)) == []
    assert "EK513" in codes(run(refused))
    allowed = award_study(tmp_path / "b", GROWTH, waves=[earlier | {"comparable": True}])
    write_table(allowed.parent / "old.csv", table)
    assert winners(run(allowed)) == [("climber", "U1")]


def test_files_outside_the_study_are_not_read(tmp_path: Path) -> None:
    path = award_study(
        tmp_path, GROWTH,
        waves=[{"wave": "2019", "scores": "../scores.csv"}], nominations={"jury": "/etc/passwd"},
    )  # fmt: skip
    assert [each.place.line for each in evalkit.load(path).check() if each.code == "EK003"] != []
    assert codes(run(path)).count("EK003") == 2


def test_columns_that_gates_name_must_be_in_the_register(tmp_path: Path) -> None:
    gates = {
        "veto": [{"name": "v", "column": "acident", "values": ["yes"]}],
        "sample": {"minimum": 3, "column": "calls"},
    }
    scheme = GROWTH | {"gates": gates, "awards": [{"id": "x", "name": "x", "rule": {"method": "top", "count": 1}}]}
    found = [dict(each.params) for each in evalkit.load(award_study(tmp_path, scheme)).check() if each.code == "EK310"]
    assert [(each["column"], each["where"]) for each in found] == [("acident", "g"), ("calls", "g")]


def test_sample_of_a_group_is_the_fewest_of_its_indicators_that_have_data(tmp_path: Path) -> None:
    award = {"id": "x", "name": "x", "rule": {"method": "band", "low": 0}, "sample": {"minimum": 1, "node": "A2"}}
    evaluation = run(award_study(tmp_path, GROWTH | {"awards": [award]}))
    assert [unit for _, unit in winners(evaluation)] == ["U1", "U2", "U3"]
    group = award | {"sample": {"minimum": 1, "node": "A"}}
    evaluation = run(award_study(tmp_path / "b", GROWTH | {"awards": [group]}))
    assert [unit for _, unit in winners(evaluation)] == ["U1", "U2", "U3", "U4"]


def test_adjusted_index_is_explained_to_the_last_point(tmp_path: Path) -> None:
    tree = {
        "id": "ROOT",
        "name": "指数",
        "adjust": {"deduct": ["LOST"], "bonus": {"of": ["PLUS"], "above": 80, "most": 30}},
        "children": [
            TREE["children"][1] | {"weight": 1},
            {"id": "LOST", "name": "扣分", "measure": {"column": "lost"}},
            {"id": "PLUS", "name": "加分", "measure": {"column": "plus"}},
        ],
    }
    values = [("unit", "b1", "lost", "plus"), ("U1", "95", "5", "40"), ("U2", "85", "5", "40"), ("U3", "70", "", "")]
    evaluation = run(values_study(tmp_path, values, tree=tree))
    index = evaluation["scores"].query("node == 'ROOT'")["score"].to_numpy()
    np.testing.assert_array_equal(index, [120, 80, 70, np.nan])
    assert evaluation["nodes"]["adjust"][0] == "- LOST; + PLUS above 80, most 30"
    for unit in ("U1", "U2", "U3"):
        explained = evalkit.explain(evaluation, unit)
        assert explained.adds_up
        assert "adjust" in explained.step.method


def test_points_from_a_hundred_down_need_no_mean(tmp_path: Path) -> None:
    leaf = {"id": "LOST", "name": "扣分", "measure": {"column": "lost"}}
    tree = {"id": "ROOT", "name": "指数", "adjust": {"start": 100, "deduct": ["LOST"]}, "children": [leaf]}
    evaluation = run(values_study(tmp_path, [("unit", "lost"), ("U1", "5"), ("U2", "130"), ("U3", "")], tree=tree))
    index = evaluation["scores"].query("node == 'ROOT'")["score"].to_numpy()
    np.testing.assert_array_equal(index, [95, 0, np.nan, np.nan])
    assert evaluation["nodes"]["adjust"][0] == "100 - LOST"
    assert evalkit.explain(evaluation, "U1").adds_up
