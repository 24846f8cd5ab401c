from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import evalkit
from tests.small_plans import AUDITORS, FIELDWORK, plan_files


def test_a_plan_is_written_and_forecast(tmp_path: Path) -> None:
    study, auditors = plan_files(tmp_path)
    done = evalkit("plan", study, "--auditors", auditors, "--out", tmp_path / "plan", "--calls", 6, "--lang", "en")
    assert done.code == 0
    assert done.err == ""
    assert "240 calls, 24 second scores, 40 reserves" in done.out
    assert "graph of units and auditors in 1 part" in done.out
    assert "23 calls a unit are needed" in done.out
    assert len(list((tmp_path / "plan" / "calls").iterdir())) == 8
    head = (tmp_path / "plan" / "plan.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head == "call,unit,name,scenario,channel,slot,auditor,role,date,number"


def test_as_json_it_is_one_document(tmp_path: Path) -> None:
    study, auditors = plan_files(tmp_path)
    arguments = ("plan", study, "--auditors", auditors, "--out", tmp_path / "plan", "--calls", 6, "--format", "json")
    document = evalkit(*arguments).json
    assert len(document["plan"]) == 304
    assert document["design"]["components"] == 1
    assert document["forecast"]["calls_needed"] == 23
    assert document["problems"] == []


def test_dates_are_told_and_telephone_numbers_are_not(tmp_path: Path) -> None:
    rows = [(*row, f"1380000000{index}") for index, row in enumerate(AUDITORS)]
    study, auditors = plan_files(tmp_path, rows, more=("numbers",), fieldwork=FIELDWORK)
    out = tmp_path / "plan"
    done = evalkit("plan", study, "--auditors", auditors, "--out", out, "--calls", 6, "--lang", "en")
    assert done.code == 0
    assert "2025-03-03 to 2025-03-14, calls on 11 days; at most 3 calls a day by an auditor, 1 to a unit" in done.out
    assert "1380000" not in done.out + (out / "plan.csv").read_text(encoding="utf-8-sig")
    key = (out / "private" / "numbers.csv").read_text(encoding="utf-8-sig").splitlines()
    assert key[:2] == ["number,telephone", "N1,13800000000"]


@pytest.mark.parametrize(("sheets", "folders"), [("xlsform", {"forms"}), ("both", {"calls", "forms"})])
def test_call_sheets_are_written_for_phones_too(tmp_path: Path, sheets: str, folders: set[str]) -> None:
    study, auditors = plan_files(tmp_path)
    out = tmp_path / "plan"
    done = evalkit(
        "plan", study, "--auditors", auditors, "--out", out, "--calls", 6, "--sheets", sheets, "--lang", "en"
    )
    assert done.code == 0
    assert f"{8 * len(folders)} call sheets" in done.out
    assert {path.name for path in out.iterdir()} == {"plan.csv", *folders}
    assert all(len(list((out / folder).iterdir())) == 8 for folder in folders)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_plan_that_cannot_work_leaves_no_files(tmp_path: Path, as_json: bool) -> None:
    study, auditors = plan_files(tmp_path, AUDITORS[2:5])
    extra = ("--format", "json") if as_json else ()
    done = evalkit("plan", study, "--auditors", auditors, "--out", tmp_path / "plan", *extra)
    assert done.code == 1
    assert not (tmp_path / "plan").exists()
    assert "EK621" in (done.out if as_json else done.err)


def test_a_study_without_a_protocol_cannot_be_planned(tmp_path: Path) -> None:
    study, auditors = plan_files(tmp_path)
    text = study.read_text(encoding="utf-8").replace("protocol: protocol.yaml\n", "")
    study.write_text(text, encoding="utf-8")
    done = evalkit("plan", study, "--auditors", auditors, "--out", tmp_path / "plan")
    assert done.code == 1
    assert "EK611" in done.err


def test_a_study_that_cannot_be_read_has_its_own_exit_code(tmp_path: Path) -> None:
    done = evalkit("plan", tmp_path / "no.yaml", "--auditors", tmp_path / "a.csv", "--out", tmp_path / "plan")
    assert done.code == 3
