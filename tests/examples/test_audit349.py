"""The example of mystery calls: made by its script, scored, and held against the truth it was drawn from."""

from __future__ import annotations

import csv
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import evalkit
from evalkit.evaluate import Evaluation, Project
from evalkit.evaluate.call_progress import call_progress
from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.assessment import assess

HOTLINES = Path(__file__).parents[2] / "examples" / "audit349"
JUDGED = ("COND-1", "COND-2", "RESO-2")
FACTOR = 1.2
"""By how much raw scores are farther from the truth than fair ones, on indicators that auditors judge."""


@pytest.fixture(scope="module")
def calls_project() -> Project:
    return evalkit.load(HOTLINES / "study.yaml")


@pytest.fixture(scope="module")
def calls_run(calls_project: Project) -> Evaluation:
    return calls_project.run()


@pytest.fixture(scope="module")
def assessed_calls(calls_project: Project, calls_run: Evaluation) -> Evaluation:
    return assess(calls_project.bundle, calls_run)


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit349_make", HOTLINES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit349_make"] = module
    spec.loader.exec_module(module)
    return module


def truth(name: str) -> dict[str, dict[str, str]]:
    with (HOTLINES / "truth" / name).open(encoding="utf-8-sig", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def errors(evaluation: Evaluation, indicator: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Distances of raw and fair scores from the truth, all about their means, and the reach of the intervals."""
    table = evaluation["fair"]
    own = table[table["indicator"] == indicator]
    true = np.array([float(row[str(indicator)]) for row in truth("units.csv").values()])
    assert own["unit"].tolist() == list(truth("units.csv"))
    raw, fair, low, high = (own[name].to_numpy(dtype=float) for name in ("raw", "fair", "low", "high"))
    centred = true - true.mean()
    return raw - raw.mean() - centred, fair - fair.mean() - centred, (high - low) / 2


@pytest.mark.parametrize("indicator", JUDGED)
def test_fair_scores_are_closer_to_the_truth_than_raw_ones(calls_run: Evaluation, indicator: str) -> None:
    raw, fair, _ = errors(calls_run, indicator)
    assert np.sqrt((raw**2).mean()) > FACTOR * np.sqrt((fair**2).mean())


def test_what_no_auditor_judges_is_not_made_worse(calls_run: Evaluation) -> None:
    for indicator in ("RESP-2", "RESO-1"):
        raw, fair, _ = errors(calls_run, indicator)
        assert np.sqrt((fair**2).mean()) < 1.02 * np.sqrt((raw**2).mean())


def test_intervals_cover_the_truth(calls_run: Evaluation) -> None:
    """Of one round only, so the share varies; over many rounds it is 94 to 96 %, see the tests of severity."""
    inside = [np.abs(fair) < reach for _, fair, reach in (errors(calls_run, each) for each in JUDGED)]
    assert 0.93 <= np.mean(inside) <= 0.98


@pytest.mark.parametrize("dimension", ["COND", "RESO"])
def test_errors_of_dimensions_know_that_indicators_share_their_calls(
    assessed_calls: Evaluation, dimension: str
) -> None:
    nodes = assessed_calls["nodes"]
    children = nodes[nodes["parent"] == dimension].set_index("node")["share"]
    true = sum(
        share * np.array([float(row[str(indicator)]) for row in truth("units.csv").values()])
        for indicator, share in children.items()
    )
    table = assessed_calls["precision"]
    own = table[table["node"] == dimension]
    inside = np.abs(own["score"] - true) < 1.96 * own["standard_error"]
    assert 0.92 <= inside.mean() <= 0.97
    alone = table[table["node"].isin(children.index)].pivot_table(index="unit", columns="node", values="standard_error")
    as_if_independent = np.sqrt((alone[children.index] ** 2 * children**2).sum(axis=1))
    assert own["standard_error"].mean() > 1.03 * as_if_independent.mean()


def test_so_few_calls_tell_few_ranks_apart(assessed_calls: Evaluation) -> None:
    ranking = assessed_calls.ranking()
    assert (ranking["rank_low"] <= ranking["rank"]).all()
    assert (ranking["rank_high"] >= ranking["rank"]).all()
    assert (ranking["rank_high"] - ranking["rank_low"]).median() > 300
    assert len(assessed_calls["covariance"]) > 349 * 348 / 2 * 0.9


def test_severity_is_found(calls_run: Evaluation) -> None:
    leniency = {code: float(row["leniency"]) for code, row in truth("auditors.csv").items()}
    table = calls_run["auditors"]
    for indicator in JUDGED:
        own = table[table["indicator"] == indicator]
        found = np.corrcoef(own["effect"].to_numpy(dtype=float), [leniency[code] for code in own["auditor"]])[0, 1]
        assert found > 0.97


def test_auditors_far_from_colleagues_are_severe_or_mild_in_truth(calls_run: Evaluation) -> None:
    leniency = {code: float(row["leniency"]) for code, row in truth("auditors.csv").items()}
    noted = [dict(each.params) for each in calls_run.problems if each.code == "EK669"]
    assert len(noted) > 10
    assert {each["node"] for each in noted} <= set(JUDGED)
    for each in noted:
        assert abs(leniency[each["auditor"]]) > 0.5
        assert (leniency[each["auditor"]] > 0) == each["points"].startswith("+")


def test_items_of_judgement_are_those_on_which_auditors_do_not_agree(calls_run: Evaluation, make: ModuleType) -> None:
    table = calls_run["agreement"]
    assert set(table.loc[table["below"], "item"]) <= make.SUBJECTIVE
    counted = table[~table["item"].isin(make.SUBJECTIVE) & (table["calls"] > 0)]
    assert (counted["percentage"].dropna() == 1).all()


def test_every_call_is_accounted_for_and_nothing_is_wrong(calls_run: Evaluation) -> None:
    """The calls are as planned, at possible times: nothing but agreement, bands and what severity changes is said."""
    assert set(calls_run["problems"]["code"]) == {"EK503", "EK509", "EK631", "EK665", "EK666", "EK669"}
    assert len(calls_run["calls"]) == 4223
    assert calls_run["calls"]["call"].nunique() == 349 * 11
    assert calls_run["calls"].groupby("unit")["auditor"].nunique().min() >= 4
    assert len(calls_run.ranking()) == 349
    assert evalkit.explain(calls_run, "U117").adds_up


def test_severity_is_taken_out_of_the_ranking_and_the_awards(calls_run: Evaluation) -> None:
    table, awards = calls_run["adjustment"], calls_run["awards"]
    assert len(table) == 349
    ranking = calls_run.ranking().set_index("unit")["rank"]
    assert table["rank"].tolist() == ranking[table["unit"]].tolist()
    assert (table["rank_change"] != 0).mean() > 0.9
    changed = set(table.loc[table["awards_change"], "unit"])
    assert 20 < len(changed) < 120, "some units near a cut change their class"
    said = calls_run["problems"]
    assert set(said.loc[said["code"] == "EK665", "unit"]) == changed
    classes = awards[awards["scheme"] == "audit349-awards"]["award"].value_counts()
    assert {name: classes[name] for name in ("leading", "good", "fair", "weak")} == {
        "leading": 35, "good": 105, "fair": 139, "weak": 70,
    }  # fmt: skip


def test_the_plan_is_fulfilled(calls_project: Project) -> None:
    data, _ = calls_project.gather()
    assert data is not None
    assert data.calls is not None
    assert calls_project.bundle.protocol is not None
    found = call_progress(data.plan, data.calls.ratings, calls_project.bundle.protocol[0])
    assert (found.total.planned, found.total.missing, found.total.calls) == (4223, 0, 3839)
    assert found.double == pytest.approx(0.1, abs=0.001)
    assert len(found.auditors) == 40


def test_it_says_that_it_is_synthetic(calls_project: Project) -> None:
    notice = calls_project.bundle.study.notice
    assert notice is not None
    assert notice.zh.startswith("合成数据")
    assert notice.en.startswith("Synthetic data")


@pytest.mark.slow
def test_tables_do_not_depend_on_the_threads_of_the_linear_algebra(tmp_path: Path) -> None:
    for threads in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "evalkit",
            "run",
            str(HOTLINES / "study.yaml"),
            "--out",
            str(tmp_path / threads),
        ]
        subprocess.run(command, env=os.environ | {"OPENBLAS_NUM_THREADS": threads}, check=True, capture_output=True)
    names = sorted(path.name for path in (tmp_path / "1" / "tables").iterdir())
    assert "covariance.csv" in names
    for name in names:
        one, two = ((tmp_path / threads / "tables" / name).read_bytes() for threads in ("1", "2"))
        assert one == two, name


@pytest.mark.slow
def test_the_files_are_what_the_script_makes(make: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for definition in ("study.yaml", "awards.yaml"):
        (tmp_path / definition).write_bytes((HOTLINES / definition).read_bytes())
    monkeypatch.setattr(make, "HERE", tmp_path)
    make.main()
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv")}
    assert made == {path.relative_to(HOTLINES) for path in HOTLINES.rglob("*.csv")}
    for name in made:
        assert (tmp_path / name).read_bytes() == (HOTLINES / name).read_bytes(), name
