"""Leaving an auditor out is held against a study whose call sheets never had him."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.reports.outline.robustness import robustness as sheet_of
from evalkit.uncertainty import robustness
from evalkit.uncertainty.inputs import read_inputs
from evalkit.uncertainty.replicates import sampled
from tests.small_audits import PROTOCOL, calls_study, row
from tests.small_studies import codes, write_yaml
from tests.uncertainty.sampled_study import sampled_study

ROWS = [
    row(f"C{unit}-{call}", f"U{unit}", ("S1", "S2")[call % 2], auditor=f"A{auditor}", G4=str(seconds))
    for unit in (1, 2, 3)
    for call in range(12)
    for auditor in [(unit + 3 * call + call // 4) % 4]
    for seconds in [20 + 2 * unit + 4 * auditor + 5 * ((auditor + unit) % 3) + (7 * call + 3 * unit) % 11]
]
TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {"id": "W", "name": "等待", "measure": {"item": "G4"}},
        {
            "id": "Q",
            "name": "中位等待",
            "direction": "lower",
            "normalise": {"method": "goalposts", "low": 15, "high": 65},
            "measure": {"item": "G4", "rule": {"method": "call_quantile"}},
        },
        {"id": "R", "name": "接通", "measure": {"item": "G1", "rule": {"method": "call_rate"}}},
    ],
}
SCHEME: dict[str, Any] = {
    "id": "s", "version": "1", "name": "s",
    "awards": [{"id": "first", "name": "first", "rule": {"method": "top", "count": 1}}],
}  # fmt: skip
CHOICES = {"seed": 1, "replicates": 50}


def called(folder: Path, rows: Sequence[Mapping[str, str]], adjust: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    write_yaml(folder / "awards.yaml", SCHEME)
    path = calls_study(folder, rows, TREE, uncertainty=CHOICES, awards=["awards.yaml"])
    write_yaml(folder / "protocol.yaml", PROTOCOL | {"adjust": adjust})
    return path


def examined(path: Path) -> Evaluation:
    return robustness.run(evalkit.load(path))


def ranks(evaluation: Evaluation) -> dict[str, float]:
    ranking = evaluation.ranking()
    return dict(zip(ranking["unit"], ranking["rank"], strict=True))


@pytest.mark.parametrize("adjust", ["none", "fixed", "random"])
def test_without_an_auditor_it_is_as_if_the_sheets_never_had_him(tmp_path: Path, adjust: str) -> None:
    project = evalkit.load(called(tmp_path / "all", ROWS, adjust))
    found = project.run()
    assert found.refits is not None
    assert found.refits.auditors == ["A0", "A1", "A2", "A3"]
    for auditor in found.refits.auditors:
        rest = [each for each in ROWS if each["auditor"] != auditor]
        alone = evalkit.load(called(tmp_path / auditor, rest, adjust)).run()
        again = found.refits.without(auditor)
        for node in ("W", "Q", "R"):
            own = alone["measures"].query("indicator == @node")["value"].to_numpy()
            np.testing.assert_allclose(again[node], own, atol=1e-6)


def test_nothing_left_out_gives_the_values_of_the_run(tmp_path: Path) -> None:
    found = evalkit.load(called(tmp_path, ROWS, "fixed")).run()
    assert found.refits is not None
    again = found.refits.without("nobody")
    for node in ("W", "Q", "R"):
        own = found["measures"].query("indicator == @node")["value"].to_numpy()
        np.testing.assert_allclose(again[node], own, atol=1e-6)


def test_the_table_has_every_rank_and_award_that_one_auditor_turns(tmp_path: Path) -> None:
    found = examined(called(tmp_path / "all", ROWS, "none"))
    official, table = ranks(found), found["leave_one_out"]
    winner = found["awards"]["unit"].tolist()
    own = {(row["left_out"], row["unit"]): row for row in table[table["what"] == "auditor"].to_dict("records")}
    turned = 0
    for auditor in ("A0", "A1", "A2", "A3"):
        rest = [each for each in ROWS if each["auditor"] != auditor]
        alone = evalkit.load(called(tmp_path / auditor, rest, "none")).run()
        for unit, place in ranks(alone).items():
            said = own.get((auditor, unit), {"rank": official[unit], "rank_change": 0})
            assert (said["rank"], said["rank_change"]) == (place, official[unit] - place)
        for unit in set(winner) ^ set(alone["awards"]["unit"]):
            column = "awards_lost" if unit in winner else "awards_gained"
            assert own[auditor, unit][column] == "s/first"
            turned += 1
    assert turned, "the case shows nothing unless an award turns"
    assert "EK712" in codes(found)


def test_the_sheet_names_the_auditor_that_moves_a_unit_most(tmp_path: Path) -> None:
    found = examined(called(tmp_path, ROWS, "none"))
    table = found["robustness"].set_index("unit")
    own = found["leave_one_out"].query("what == 'auditor'")
    for unit, auditor in table["auditor"].items():
        changes = own[own["unit"] == unit].set_index("left_out")["rank_change"].abs()
        assert (auditor == "") == changes.empty
        assert changes.empty or changes[auditor] == changes.max()
    for language in ("zh", "en"):
        sheet = sheet_of(found, language)
        assert len(sheet.columns) == len(sheet.rows[0])
        assert any(str(auditor) in sheet.notes[-1] for auditor in table["auditor"] if auditor)


def test_a_unit_of_one_auditor_has_no_rank_without_him(tmp_path: Path) -> None:
    rows = [each for each in ROWS if each["unit"] != "U3" or each["auditor"] == "A1"]
    table = examined(called(tmp_path, rows, "none"))["leave_one_out"]
    gone = table[(table["left_out"] == "A1") & (table["unit"] == "U3")]
    assert gone["rank"].isna().all()
    assert len(gone) == 1


def test_without_calls_only_indicators_are_left_out(tmp_path: Path) -> None:
    found = examined(sampled_study(tmp_path, uncertainty=CHOICES))
    assert set(found["leave_one_out"]["what"]) == {"indicator"}
    assert found["robustness"]["auditor_rank_low"].isna().all()
    assert set(found["robustness"]["auditor"]) == {""}
    lost = found["leave_one_out"].query("awards_lost != ''")
    assert set(lost["left_out"]) <= {"A1", "A2", "B"}
    assert len(sheet_of(found, "en").columns) == len(sheet_of(found, "en").rows[0])


def test_resampled_calls_are_the_same_for_any_order_of_blocks_and_any_process(tmp_path: Path) -> None:
    project = evalkit.load(called(tmp_path, ROWS, "fixed"))
    inputs, _ = read_inputs(project.bundle, project.run())
    first, second = (sampled(inputs, block, 8, refit=True) for block in (0, 1))
    elsewhere = pickle.loads(pickle.dumps(inputs))  # noqa: S301 - what a worker gets
    np.testing.assert_array_equal(sampled(elsewhere, 1, 8, refit=True), second)
    np.testing.assert_array_equal(sampled(elsewhere, 0, 8, refit=True), first)
    assert not np.array_equal(first, second)
    drawn = sampled(inputs, 0, 400, refit=True)[:, :3].mean(axis=0)
    np.testing.assert_allclose(drawn, inputs.raw[:3], rtol=0.05)
    np.testing.assert_array_equal(np.isnan(first[0]), np.isnan(inputs.raw))
