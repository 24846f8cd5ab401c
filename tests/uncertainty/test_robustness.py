from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.evaluate.evaluation import EXTRA_TABLES
from evalkit.evaluate.project import StudyError
from evalkit.scoring.ranking import rank
from evalkit.uncertainty import robustness
from evalkit.uncertainty.one_draw import regenerate
from tests.small_studies import codes, write_table
from tests.uncertainty.sampled_awards import DECISION, EARLIER, JURY, nominated, write_before
from tests.uncertainty.sampled_study import VALUES, sampled_study

CHOICES: dict[str, Any] = {"replicates": 600, "seed": 5}


def examined(folder: Path, workers: int = 1, **keys: Any) -> Evaluation:  # noqa: ANN401 - any key of a study
    choices = CHOICES | keys.pop("uncertainty", {})
    return robustness.run(evalkit.load(sampled_study(folder, uncertainty=choices, **keys)), workers=workers)


def without_errors() -> list[tuple[str, ...]]:
    return [row if row[0] == "unit" else (row[0], row[1], "0", row[3], "0", row[5]) for row in VALUES]


def test_three_answers_are_given_and_never_merged(tmp_path: Path) -> None:
    found = examined(tmp_path)
    table = found["robustness"].set_index("unit")
    assert list(table.index) == ["U3", "U2", "U1", "U4"]
    assert set(found["ranks"]["interval"]) == {"sampling, simultaneous, stepdown, 0.95"}
    for basis in ("method", "both"):
        assert (table[f"{basis}_rank_low"] <= table[f"{basis}_rank_high"]).all()
        assert table[f"{basis}_first"].sum() == pytest.approx(1)
    assert table.loc["U4", "both_rank_low"] == 4
    assert (table["both_rank_high"] >= table["method_rank_high"]).all()


def test_acceptabilities_sum_to_one_by_unit_and_by_place(tmp_path: Path) -> None:
    table = examined(tmp_path)["acceptability"]
    ranks = table[table["kind"] == "rank"]
    for basis in ("method", "both"):
        own = ranks[ranks["basis"] == basis]
        assert own.groupby("unit")["share"].sum().to_numpy() == pytest.approx(1)
        assert own.groupby("of")["share"].sum().to_numpy() == pytest.approx(1)
    beats = table[(table["kind"] == "beats") & (table["basis"] == "method")].set_index(["unit", "of"])["share"]
    assert beats.get(("U3", "U4"), 0.0) + beats.get(("U4", "U3"), 0.0) == pytest.approx(1)


def test_without_sampling_errors_there_is_only_the_method(tmp_path: Path) -> None:
    found = examined(tmp_path, values=without_errors())
    table = found["robustness"]
    assert table[["both_rank_low", "both_rank_high", "both_first"]].isna().all(axis=None)
    assert set(found["acceptability"]["basis"]) == {"method"}
    assert found["awards"]["stability"].isna().all()
    assert found["awards"]["method_stability"].between(0, 1).all()
    assert set(table["confidence"].dropna()) <= {0.0, 1.0}


def test_with_weights_that_hardly_move_nothing_moves(tmp_path: Path) -> None:
    found = examined(tmp_path, values=without_errors(), uncertainty={"weights": {"method": "share", "share": 1e-9}})
    table = found["robustness"]
    assert table["method_rank_low"].tolist() == table["method_rank_high"].tolist() == table["rank"].tolist()
    assert (found["awards"]["method_stability"] == 1).all()


def test_the_share_of_an_award_is_that_of_its_exact_area(tmp_path: Path) -> None:
    # A with weight w, B with 1 - w: U2 has 60 and 90, U3 has 90 and 10; U2 leads where w is below 80 / 110
    weights = {"method": "uniform", "nodes": ["ROOT"]}
    scheme = {
        "id": "s", "version": "1", "name": "s",
        "awards": [{"id": "first", "name": "first", "rule": {"method": "top", "count": 1}}],
    }  # fmt: skip
    choices = {"weights": weights, "replicates": 4000, "stop_at": 0}
    found = examined(tmp_path, values=without_errors(), awards=scheme, uncertainty=choices)
    share = found["awards"].set_index("unit")["method_stability"]
    assert share.loc["U3"] == pytest.approx(1 - 80 / 110, abs=0.03)
    first = found["robustness"].set_index("unit")["method_first"]
    assert first["U2"] == pytest.approx(80 / 110, abs=0.03)
    assert first["U3"] == share["U3"]
    central = found["acceptability"].query("kind == 'central_weight' and unit == 'U2' and of == 'B'")["share"].iloc[0]
    assert central == pytest.approx(1 - 40 / 110, abs=0.02)


def test_awards_stop_being_repeated_at_the_stated_error(tmp_path: Path) -> None:
    found = examined(tmp_path, uncertainty={"replicates": 6000, "stop_at": 0.02})
    made = found.manifest["replicates"]
    assert made["ranks"] == 6000
    assert made["awards"] == 2000  # the first look
    assert made["award_error"] <= 0.02


def test_awards_of_a_jury_a_committee_and_several_waves_are_repeated_with_these_held_as_they_are(
    tmp_path: Path,
) -> None:
    write_before(tmp_path)
    growth = {"id": "g", "name": "g", "compare": {"method": "improvement"}, "rule": {"method": "top", "count": 1}}
    sample = {"column": "calls", "minimum": 30}
    plain = {"id": "p", "name": "p", "rule": {"method": "top", "count": 1}, "sample": sample}
    register = (("unit", "name", "class", "calls"), *((f"U{n}", f"U{n}", "x", str(10 * n)) for n in range(1, 5)))
    jury = JURY | {"minimum": {"B": 38}}
    scheme = {"id": "s", "version": "1", "name": "s", "awards": [jury, DECISION, growth, plain]}
    table = examined(tmp_path, awards=scheme, register=register, **nominated(tmp_path), **EARLIER)["awards"]
    held = table.set_index("award")["held_fixed"]
    assert held.to_dict() == {"j": "submissions, jury", "d": "decision", "g": "earlier_waves", "p": "sample"}
    keys = list(zip(table["award"], table["unit"], strict=True))
    by_both = dict(zip(keys, table["stability"], strict=True))
    by_method = dict(zip(keys, table["method_stability"], strict=True))
    assert by_both["d", "U2"] == by_both["j", "U1"] == by_both["p", "U3"] == 1
    assert by_method["d", "U2"] == by_method["j", "U1"] == by_method["p", "U3"] == 1
    assert 0.5 < by_both["g", "U3"] <= by_method["g", "U3"] <= 1


def test_a_jury_is_drawn_again_where_nothing_else_is_sampled(tmp_path: Path) -> None:
    tmp_path.mkdir(exist_ok=True)
    submissions = [(f"S{number}", "j", f"U{number}", "t") for number in (1, 2, 3)]
    write_table(tmp_path / "submissions.csv", [("submission", "award", "unit", "title"), *submissions])
    marks = {"S1": (90, 80, 95, 85, 88), "S2": (86, 84, 90, 83, 84), "S3": (20, 30, 25, 10, 15)}
    forms = [(key, f"J{at}", "", str(mark)) for key, given in marks.items() for at, mark in enumerate(given)]
    write_table(tmp_path / "jury.csv", [("submission", "judge", "judge_unit", "new"), *forms])
    named = {"submissions": "submissions.csv", "jury": "jury.csv"}
    values = [row if row[0] == "unit" else (row[0], row[1], "0", row[3], "0", row[5]) for row in VALUES]
    compare = JURY["compare"] | {"fewest_judges": 3, "trim": 1}
    scheme = {"id": "s", "version": "1", "name": "s", "awards": [JURY | {"compare": compare}]}
    choices = {"replicates": 2000, "stop_at": 0}
    found = examined(tmp_path, values=values, awards=scheme, uncertainty=choices, nominations=named)
    (row,) = found["awards"].to_dict("records")
    assert (row["unit"], row["method_stability"], row["held_fixed"]) == ("U1", 1, "submissions")
    assert 0.7 < row["stability"] < 1
    shares = found["acceptability"].query("basis == 'both' and kind == 'award'").set_index("unit")["share"]
    assert shares["U1"] == row["stability"]
    assert 0 < 1 - row["stability"] <= shares["U2"]  # level in some draws, where both have it
    assert "U3" not in shares
    assert found["robustness"]["both_rank_low"].isna().all()  # no ranks of other samples: there are none


def test_earlier_waves_with_errors_are_drawn_too(tmp_path: Path) -> None:
    growth = {"id": "g", "name": "g", "compare": {"method": "improvement"}, "rule": {"method": "band", "low": 5}}
    scheme = {"id": "s", "version": "1", "name": "s", "awards": [growth]}
    weights = {"method": "share", "share": 1e-9}
    choices = {"weights": weights, "replicates": 4000, "stop_at": 0}
    write_before(tmp_path, "4")
    table = examined(tmp_path, awards=scheme, uncertainty=choices, **EARLIER)["awards"].set_index("unit")
    # U2 grew by 7.5 with a standard error of sqrt(0.53 ** 2 + 4 ** 2)
    assert table["stability"]["U2"] == pytest.approx(norm.cdf(2.5 / np.hypot(0.53, 4)), abs=0.03)
    assert table["method_stability"]["U2"] == 1
    assert set(table["held_fixed"]) == {""}


def test_the_least_weight_that_turns_neighbours_round(tmp_path: Path) -> None:
    # A 3 : B 1; U3 (90, 10) leads U2 (60, 90); level where 30 w = 80 (1 - w)
    table = examined(tmp_path)["robustness"].set_index("unit")
    overtake, fall = table["overtake_shift"].to_dict(), table["fall_shift"].to_dict()
    assert overtake["U2"] == pytest.approx(0.75 - 80 / 110)
    assert fall["U3"] == overtake["U2"]
    assert np.isnan(overtake["U3"])
    assert np.isnan(overtake["U4"])  # behind U1 everywhere


def test_the_least_weight_that_carries_a_unit_to_the_nearest_cut(tmp_path: Path) -> None:
    # the award asks for 65; U1 has 62.5 of 70 and 40, U2 67.5 of 60 and 90, U4 never comes there
    table = examined(tmp_path)["robustness"].set_index("unit")
    moved = table["cut_shift"].to_dict()
    assert moved["U1"] == pytest.approx(2.5 / 30)
    assert moved["U2"] == pytest.approx(2.5 / 30)
    assert moved["U3"] == pytest.approx(5 / 80)
    assert np.isnan(moved["U4"])
    assert table["cut"].dropna().tolist() == [65, 65, 65]


def test_an_index_of_one_indicator_turns_by_no_weight(tmp_path: Path) -> None:
    leaf = {"id": "ROOT", "name": "R", "measure": {"column": "a1", "se": "a1_se"}}
    scheme = {
        "id": "s", "version": "1", "name": "s",
        "awards": [{"id": "good", "name": "good", "rule": {"method": "band", "low": 60}}],
    }  # fmt: skip
    found = examined(tmp_path, tree=leaf, awards=scheme)
    assert found["weight_shifts"].empty
    table = found["robustness"]
    assert table[["overtake_shift", "fall_shift", "cut_shift"]].isna().all(axis=None)
    assert table["method_rank_low"].tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("rows", [1, 2])
def test_a_field_of_none_or_one_is_no_crash(tmp_path: Path, rows: int) -> None:
    found = examined(tmp_path, values=VALUES[:rows], uncertainty={"drop_one": True, "aggregate": ["geometric"]})
    assert len(found["robustness"]) == rows - 1
    evalkit.write(found, tmp_path / "out")


def test_ranks_with_an_indicator_left_out(tmp_path: Path) -> None:
    found = examined(tmp_path)
    table = found["robustness"].set_index("unit")
    for at, unit in enumerate(("U1", "U2", "U3", "U4")):
        own = [ranks[at] for ranks in _left_out().values()]
        assert (table.loc[unit, "dropped_rank_low"], table.loc[unit, "dropped_rank_high"]) == (min(own), max(own))
    sensitivity = found["sensitivity"].query("analysis == 'leave_one_out'").set_index(["choice", "measure"])["value"]
    official = np.array([3, 2, 1, 4])
    assert sensitivity["A1", "mean_shift"] == pytest.approx(np.abs(_left_out()["A1"] - official).mean())


def _left_out() -> dict[str, Any]:
    a1, a2, b = np.array([80, 50, 90, 20.0]), np.array([60, 70, 90, 30.0]), np.array([40, 90, 10, 30.0])
    return {
        "A1": rank(0.75 * a2 + 0.25 * b),
        "A2": rank(0.75 * a1 + 0.25 * b),
        "B": rank((a1 + a2) / 2),
    }


@pytest.mark.slow
def test_the_tables_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    one, two = (
        examined(tmp_path / str(workers), workers=workers, uncertainty={"replicates": 1200}) for workers in (1, 2)
    )
    for name in ("awards", *EXTRA_TABLES):
        pd.testing.assert_frame_equal(one[name], two[name], check_exact=True)


def test_a_run_with_robustness_reads_back_equal(tmp_path: Path) -> None:
    found = examined(tmp_path / "study")
    again = evalkit.read(evalkit.write(found, tmp_path / "out"))
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(again[name], table)


def test_a_draw_made_again_has_the_ranking_that_was_counted(tmp_path: Path) -> None:
    choices = CHOICES | {
        "replicates": 40,
        "aggregate": ["geometric"],
        "normalise": [{"method": "rank"}],
        "drop_one": True,
    }
    project = evalkit.load(sampled_study(tmp_path, uncertainty=choices))
    found = robustness.run(project)
    plain = project.run()
    draws = [regenerate(project.bundle, plain, number) for number in range(40)]
    firsts = [draw.ranking["unit"].iloc[0] for draw in draws if (draw.ranking["rank"] == 1).sum() == 1]
    table = found["robustness"].set_index("unit")["method_first"]
    assert firsts.count("U3") / 40 == pytest.approx(table["U3"], abs=(40 - len(firsts)) / 40 + 1e-9)
    assert {draw.aggregate for draw in draws} == {"", "geometric"}
    assert {draw.normalise for draw in draws} == {"", "rank"}
    assert {draw.dropped for draw in draws} == {"", "A1", "A2", "B"}
    dropped = next(draw for draw in draws if draw.dropped == "A1")
    assert dropped.weights.set_index("node")["drawn"]["A1"] == 0


def test_a_study_without_uncertainty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as error:
        robustness.run(evalkit.load(sampled_study(tmp_path, uncertainty=None)))
    assert [each.code for each in error.value.problems] == ["EK709"]


def test_weights_that_cannot_be_drawn_are_refused(tmp_path: Path) -> None:
    narrow = {"method": "bounds", "bounds": {"A": [0.2, 0.2], "B": [0.1, 0.8]}, "order": [["A", "B"]]}
    with pytest.raises(StudyError) as error:
        examined(tmp_path, uncertainty={"weights": narrow})
    assert error.value.problems[-1].code == "EK707"


def test_too_few_runs_are_refused_and_said(tmp_path: Path) -> None:
    choices = {"aggregate": ["geometric"], "sensitivity": {"runs": 64, "precision": 0.001}}
    found = examined(tmp_path, uncertainty=choices)
    assert "EK706" in codes(found)
    assert "sobol" not in set(found["sensitivity"]["analysis"])
