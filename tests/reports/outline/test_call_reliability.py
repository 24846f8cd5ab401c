"""Agreement, fair scores and severity as a reader of the results sees them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.call_reliability import agreement, auditors, fair
from evalkit.reports.outline.sheet import Marked, plain
from tests.small_audits import PROTOCOL, calls_study, row
from tests.small_studies import run, write_yaml

TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": "总",
    "children": [{"id": "A", "name": {"zh": "等待", "en": "Waiting"}, "measure": {"item": ["G4", "G2"]}}],
}


def study(folder: Path, *, double: int = 8, named: bool = True, **changes: Any) -> Evaluation:  # noqa: ANN401 - keys of the protocol
    """Eight calls a unit, the first ``double`` scored twice; A4 times less, and second scores differ on G2 for half."""
    draws, rows = np.random.default_rng(1), []
    for unit in range(4):
        for call in range(8):
            auditor = (unit + call) % 4
            seconds = 45 - 3 * unit + int(draws.integers(-4, 5)) - 20 * (auditor == 3)
            about = {"unit": f"U{unit + 1}", "G4": str(seconds)}
            rows.append(row(f"C{unit}{call}", auditor=f"A{auditor + 1}" if named else "", **about))
            if call < double:
                second = {"auditor": f"A{(auditor + 1) % 4 + 1}", "G2": "no" if call % 2 else "yes"}
                rows.append(row(f"C{unit}{call}", **about | second))
    path = calls_study(folder, rows, TREE)
    write_yaml(folder / "protocol.yaml", PROTOCOL | changes)
    return run(path)


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return study(tmp_path_factory.mktemp("trust"), double=0, adjust="fixed")


def test_agreement_is_told_in_words_with_its_base(tmp_path: Path) -> None:
    rows = {row[0]: row for row in agreement(study(tmp_path), "zh").rows}
    assert rows["G2"][1:4] == ["礼貌", 32, 0.5]
    assert rows["G2"][7] == "Gwet AC1"
    assert rows["G2"][8] < rows["G2"][11] == 0.6
    assert rows["G2"][12] == Marked("低于阈值,只作标注", "warning")
    assert rows["G4"][7] == "Krippendorff α"
    assert rows["G4"][12] == "达标"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"below": "drop"}, "below; item dropped"),
        ({"below": "down_weight", "coefficient": "percentage"}, "below; weight × 0.50"),
        ({"least_calls": 33}, "below, but scored twice too rarely for a consequence"),
        ({"threshold": 0.0, "coefficient": "percentage"}, "in order"),
    ],
)
def test_what_follows_is_the_rule_declared_beforehand(tmp_path: Path, rule: dict[str, Any], said: str) -> None:
    sheet = agreement(study(tmp_path, double_scoring={"share": 0.1, **rule}), "en")
    assert {row[0]: plain(row[-1]) for row in sheet.rows}["G2"] == said


def test_an_item_never_scored_twice_or_always_alike_says_so(tmp_path: Path) -> None:
    rows = agreement(study(tmp_path / "none", double=0), "en").rows
    assert {row[-1] for row in rows} == {"not scored twice"}
    alike = {"share": 0.1, "coefficient": "alpha"}
    rows = agreement(study(tmp_path / "alike", double_scoring=alike), "en").rows
    assert {row[0]: row[-1] for row in rows}["G6"] == "all ratings equal, so there is no coefficient"


def test_raw_and_fair_scores_stand_side_by_side_with_the_change_of_rank(evaluation: Evaluation) -> None:
    sheet = fair(evaluation, "en")
    table = evaluation["fair"]
    assert [row[0] for row in sheet.rows] == ["U1", "U2", "U3", "U4"]
    assert {row[2] for row in sheet.rows} == {"Waiting"}
    assert [row[4] for row in sheet.rows] == table["raw"].tolist()
    assert [row[6] for row in sheet.rows] == table["fair"].tolist()
    assert [row[12] for row in sheet.rows] == (table["rank_raw"] - table["rank_fair"]).tolist()
    moved = sum(row[12] != 0 for row in sheet.rows)
    assert any(f"the ranks of {moved} of 4 units differ" in note for note in sheet.notes)
    assert any("adjust: fixed" in note for note in sheet.notes)


def test_without_fair_scores_the_reason_is_said(tmp_path: Path) -> None:
    sheet = fair(study(tmp_path, double=0, named=False), "zh")
    assert all(math.isnan(row[6]) for row in sheet.rows)
    assert "指标 等待 没有公平得分:" in sheet.notes[-1]


def test_auditors_appear_by_code_and_the_mild_one_is_marked(evaluation: Evaluation) -> None:
    rows = {row[0]: row for row in auditors(evaluation, "zh").rows}
    assert list(rows) == ["A1", "A2", "A3", "A4"]
    assert sum(row[2] for row in rows.values()) == len(evaluation["calls"])
    assert rows["A4"][8] == Marked("偏宽", "warning")
    assert 0 < rows["A4"][6] < rows["A4"][5] < rows["A4"][7]


def test_an_auditor_without_an_effect_is_not_judged(tmp_path: Path) -> None:
    assert [row[-1] for row in auditors(study(tmp_path, double=0, named=False), "en").rows] == [""]
