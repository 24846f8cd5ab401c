"""Studies of mystery calls from the sheet to the ranking and back down to the cell."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate.project import StudyError
from tests.small_audits import PROTOCOL, TREE, calls_study, row
from tests.small_studies import codes, run, write_study, write_table, write_yaml
from tests.sources.test_tables import workbook

ROWS = [
    row("C1", G4="30"),
    row("C1", G4="40", auditor="A2", G2="no"),
    row("C2", scenario="S2", G4="20", G5="1"),
    row("C3", outcome="silent"),
    row("C4", unit="U2", G4="15"),
    row("C5", unit="U2", G4="25", G3="fair"),
]


def test_calls_become_scores_and_ranks(tmp_path: Path) -> None:
    evaluation = run(calls_study(tmp_path / "s", ROWS))
    measures = evaluation["measures"].set_index(["unit", "indicator"])
    assert measures.loc[("U1", "A1"), "value"] == pytest.approx(200 / 3)
    assert measures.loc[("U1", "A2"), "value"] == pytest.approx(0.75 * 62.5 + 0.25 * 90)
    assert measures.loc[("U1", "A3"), "value"] == 30
    assert measures.loc[("U1", "A1"), "n"] == 3
    assert measures.loc[("U2", "A2"), "value"] == pytest.approx((100 + 87.5) / 2)
    assert evaluation.ranking()["unit"].tolist()[0] == "U2"
    assert codes(evaluation) == ["EK661", "EK231", "EK231"]
    protocol = evaluation.manifest["protocol"]
    assert {key: protocol[key] for key in ("id", "version", "adjust")} == {
        "id": "calls",
        "version": "1",
        "adjust": "none",
    }
    assert protocol["names"]["outcomes"]["silent"] == {"zh": "无人接听", "en": "no answer"}
    assert list(protocol["names"]["items"]) == ["G1", "G2", "G3", "G4", "G5", "G6", "G7"]
    assert set(evaluation.manifest["inputs"]) >= {"protocol.yaml", "calls/a.csv"}


def test_a_score_is_explained_down_to_the_calls(tmp_path: Path) -> None:
    evaluation = run(calls_study(tmp_path / "s", ROWS))
    for unit in ("U1", "U2"):
        explanation = evalkit.explain(evaluation, unit)
        assert explanation.adds_up
    step = evalkit.explain(evaluation, "U1", "A2").step
    assert [part.question for part in step.parts] == ["C1/A1 S1", "C1/A2 S1", "C2/A1 S2"]
    assert [round(part.weight, 4) for part in step.parts] == [0.375, 0.375, 0.25]
    cells = {(cell.question, cell.raw, cell.cell) for cell in step.parts[1].cells}
    assert ("G2", "no", "F3") in cells


def test_observations_name_the_call_and_the_auditor(tmp_path: Path) -> None:
    observations = run(calls_study(tmp_path / "s", ROWS))["observations"]
    assert observations["observation"].tolist() == list(range(1, len(observations) + 1))
    assert set(observations["respondent"]) == {"C1/A1", "C1/A2", "C2/A1", "C3/A1", "C4/A1", "C5/A1"}
    assert set(observations["instrument"]) == {"calls"}


def test_calls_and_ready_made_values_meet_in_one_tree(tmp_path: Path) -> None:
    column = {"id": "A4", "name": "四", "measure": {"column": "a4"}}
    tree = TREE | {"children": [*TREE["children"], column]}
    path = calls_study(tmp_path / "s", ROWS, tree, data={"values": "values.csv", "audit": "calls/*.csv"})
    write_table(tmp_path / "s" / "values.csv", [("unit", "a4"), ("U1", "80"), ("U2", "60")])
    evaluation = run(path)
    assert evaluation["parts"].query("unit == 'U1'")["indicator"].unique().tolist() == ["A4", "A1", "A2", "A3"]
    explanation = evalkit.explain(evaluation, "U2")
    assert explanation.adds_up
    assert {cell.raw for step in explanation.step.children for part in step.parts for cell in part.cells} > {"60", "25"}


def test_written_and_read_back_it_explains_the_same(tmp_path: Path) -> None:
    evaluation = run(calls_study(tmp_path / "s", ROWS))
    evalkit.write(evaluation, tmp_path / "out")
    again = evalkit.read(tmp_path / "out")
    assert evalkit.explain(again, "U1") == evalkit.explain(evaluation, "U1")


def test_call_sheets_without_a_protocol_are_a_finding(tmp_path: Path) -> None:
    tree = {"id": "ROOT", "name": "总", "children": [{"id": "A", "name": "甲", "measure": {"column": "a"}}]}
    path = write_study(tmp_path / "s", tree, data={"values": "values.csv", "audit": "x/*.csv"})
    write_table(tmp_path / "s" / "values.csv", [("unit", "a"), ("U1", "1")])
    problems = evalkit.load(path).check()
    assert [each.code for each in problems if each.severity == "error"] == ["EK611"]


def test_a_protocol_without_call_sheets_leaves_no_scores(tmp_path: Path) -> None:
    path = calls_study(tmp_path / "s", ROWS, data={})
    evaluation = run(path)
    assert evaluation["scores"]["score"].isna().all()
    assert set(evaluation["measures"]["status"]) == {"absent"}


def test_a_wrong_protocol_stops_the_run(tmp_path: Path) -> None:
    path = calls_study(tmp_path / "s", ROWS)
    write_yaml(tmp_path / "s" / "protocol.yaml", PROTOCOL | {"unreached": "maybe"})
    with pytest.raises(StudyError):
        run(path)


def test_a_deduction_and_a_veto_score_and_are_explained_at_their_cells(tmp_path: Path) -> None:
    rows = [row("C1", G5="2"), row("C2", G6="yes"), row("C3", unit="U2", G5="9"), row("C4", unit="U3")]
    path = calls_study(tmp_path / "s", rows, data={"audit": "calls/*.xlsx"})
    (tmp_path / "s" / "calls" / "a.csv").unlink()
    names = list(rows[0])
    lines = [names, *([each[name] for name in names] for each in rows)]
    (tmp_path / "s" / "calls" / "a.xlsx").write_bytes(workbook(*lines))
    evaluation = run(path)
    measures = evaluation["measures"].set_index(["unit", "indicator"])["value"]
    assert [measures[unit, "A2"] for unit in ("U1", "U2", "U3")] == [40, 75, 100]
    step = evalkit.explain(evaluation, "U1", "A2").step
    assert [part.value for part in step.parts] == [80, 0]
    places = {cell.question: f"{cell.file} {cell.sheet}!{cell.cell}" for cell in step.parts[1].cells}
    assert places["G6"] == f"calls/a.xlsx 名册!{'ABCDEFGHIJ'[names.index('G6')]}3"
