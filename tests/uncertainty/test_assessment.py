from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import evalkit
from evalkit.evaluate.evaluation import TABLES
from evalkit.evaluate.project import StudyError
from evalkit.reports.outline.method import recipe
from evalkit.uncertainty import assessment
from tests.respondent_studies import respondent_study
from tests.small_studies import codes
from tests.uncertainty.sampled_study import TREE, VALUES, assessed, sampled_study


def limits(ranks: pd.DataFrame, unit: str) -> tuple[float, float]:
    row = ranks[ranks["unit"] == unit].iloc[0]
    return float(row["rank_low"]), float(row["rank_high"])


def test_ranks_get_intervals_and_say_which(tmp_path: Path) -> None:
    evaluation = assessed(sampled_study(tmp_path))
    ranks = evaluation.ranking()
    assert set(ranks["interval"]) == {"sampling, simultaneous, stepdown, 0.95"}
    assert (ranks["rank_low"] <= ranks["rank"]).all()
    assert (ranks["rank"] <= ranks["rank_high"]).all()
    assert limits(ranks, "U4") == (4, 4)
    marginal = assessed(sampled_study(tmp_path, uncertainty={"replicates": 2000, "ranks": "marginal"}))
    assert set(marginal.ranking()["interval"]) == {"sampling, marginal, stepdown, 0.95"}


def test_a_node_without_sampling_error_has_no_interval(tmp_path: Path) -> None:
    tree = {
        "id": "ROOT",
        "name": "R",
        "children": [
            TREE["children"][0],
            {"id": "B", "name": "B", "weight": 1, "children": [{"id": "B1", "name": "B1", "measure": {"column": "b"}}]},
        ],
    }
    ranks = assessed(sampled_study(tmp_path, tree=tree))["ranks"]
    of_b = ranks[ranks["node"] == "B"]
    assert set(of_b["interval"]) == {""}
    assert of_b["rank_low"].isna().all()
    assert ranks[ranks["node"] == "A"]["rank_low"].notna().all()


def test_standard_errors_say_where_they_come_from(tmp_path: Path) -> None:
    given = assessed(sampled_study(tmp_path))["precision"]
    assert dict(zip(given["node"], given["method"], strict=True)) == {
        "ROOT": "propagated", "A": "propagated", "A1": "given", "A2": "given"
    }  # fmt: skip
    rules = {"method": "mean", "questions": {"Q4": {"method": "median"}}}
    people = respondent_study(tmp_path / "people", recipe={"respondents": rules}, uncertainty={"replicates": 100})
    found = assessed(people)["precision"]
    methods = dict(zip(found["node"], found["method"], strict=True))
    assert methods["OPEN"] == "respondents, linearised"
    assert methods["GOOD"] == "respondents, resampled"
    assert methods["ROOT"] == "propagated"


def test_ranks_in_peer_groups_are_among_the_group(tmp_path: Path) -> None:
    ranks = assessed(sampled_study(tmp_path, recipe={"peer_groups": ["class"]}))["ranks"]
    small = ranks[(ranks["group"] == "class:small") & (ranks["node"] == "ROOT")]
    assert (limits(small, "U3"), limits(small, "U4")) == ((1, 1), (2, 2))


def test_without_uncertainty_nothing_changes(tmp_path: Path) -> None:
    plain = evalkit.load(sampled_study(tmp_path, uncertainty=None)).run()
    again = assessment.run(evalkit.load(tmp_path / "study.yaml"))
    assert set(plain.tables) == set(again.tables) == set(TABLES)
    for name in TABLES:
        pd.testing.assert_frame_equal(plain[name], again[name])
    assert "interval" not in plain["ranks"]
    assert "certificate" not in plain["awards"]
    assert "uncertainty" not in plain.manifest["study"]


def test_scores_ranks_and_awards_are_those_of_the_plain_run(tmp_path: Path) -> None:
    plain = evalkit.load(sampled_study(tmp_path)).run()
    found = assessed(tmp_path / "study.yaml")
    pd.testing.assert_frame_equal(plain["scores"], found["scores"])
    columns = ["unit", "node", "group", "rank", "score", "tied_with"]
    pd.testing.assert_frame_equal(plain["ranks"][columns], found["ranks"][columns])
    pd.testing.assert_frame_equal(plain["awards"], found["awards"].drop(columns=["certificate", "certificate_method"]))


def test_no_error_anywhere_is_said_and_gives_no_interval(tmp_path: Path) -> None:
    values = [row if row[0] == "unit" else (row[0], row[1], "0", row[3], "0", row[5]) for row in VALUES]
    found = assessed(sampled_study(tmp_path, values))
    assert "EK701" in codes(found)
    assert found["ranks"]["rank_low"].isna().all()
    assert set(found["awards"]["certificate"]) == {"no sampling error"}
    assert set(found["awards"]["certificate_method"]) == {"none"}
    assert found["precision"].empty


def test_findings_are_counted_and_the_seed_is_named(tmp_path: Path) -> None:
    found = assessed(sampled_study(tmp_path))
    assert found.manifest["seed"] == 7
    assert found.manifest["problems"]["note"] == sum(each.severity == "note" for each in found.problems)
    assert list(found["problems"]["code"]) == codes(found)
    assert "EK708" in codes(found)


def test_a_run_with_uncertainty_reads_back_equal(tmp_path: Path) -> None:
    found = assessed(sampled_study(tmp_path / "study"))
    again = evalkit.read(evalkit.write(found, tmp_path / "out"))
    assert set(again.tables) == set(found.tables)
    for name in found.tables:
        pd.testing.assert_frame_equal(again[name], found[name])


def test_the_same_study_gives_the_same_bytes_in_any_order_of_its_rows(tmp_path: Path) -> None:
    here = assessed(sampled_study(tmp_path / "a"))
    evalkit.write(here, tmp_path / "one", excel=False)
    evalkit.write(assessed(tmp_path / "a" / "study.yaml"), tmp_path / "two", excel=False)
    for name in here.tables:
        path = f"tables/{name}.csv"
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


def test_a_study_without_uncertainty_cannot_be_assessed(tmp_path: Path) -> None:
    project = evalkit.load(sampled_study(tmp_path, uncertainty=None))
    with pytest.raises(ValueError, match="uncertainty"):
        assessment.assess(project.bundle, project.run())


def test_with_strict_an_error_among_the_standard_errors_stops_the_run(tmp_path: Path) -> None:
    values = [row if row[0] != "U2" else (*row[:2], "-1", *row[3:]) for row in VALUES]
    project = evalkit.load(sampled_study(tmp_path, values))
    assert "EK703" in codes(assessment.run(project))
    with pytest.raises(StudyError) as error:
        assessment.run(project, strict=True)
    assert error.value.problems[-1].code == "EK407"


def test_the_tables_and_the_method_say_what_carries_sampling_error(tmp_path: Path) -> None:
    path = sampled_study(tmp_path)
    found = assessed(path)
    carries = dict(zip(found["nodes"]["node"], found["nodes"]["sampling_error"], strict=True))
    assert carries == {"ROOT": True, "A": True, "A1": True, "A2": True, "B": False}
    note = recipe(found, "en").notes[-1]
    assert "with sampling error: A1, A2; without: B." in note
    unasked = evalkit.load(sampled_study(tmp_path / "unasked", uncertainty=None)).run()
    assert not any("sampling" in each for each in recipe(unasked, "en").notes)
