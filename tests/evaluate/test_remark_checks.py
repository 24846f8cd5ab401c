"""Remarks that an auditor copied from call to call."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.problems import Problem
from tests.small_audits import calls_study, row

REMARK = "座席说明了办理条件、材料和网上渠道。"


def check(folder: Path, remarks: list[tuple[str, str, str]]) -> list[Problem]:
    rows = [
        row(f"C{number}", unit=unit, auditor=auditor, G7=text) for number, (unit, auditor, text) in enumerate(remarks)
    ]
    path = calls_study(folder / "s", rows)
    return [each for each in evalkit.load(path).check() if each.code not in {"EK231", "EK661"}]


def test_a_remark_copied_across_units_is_asked_about_once(tmp_path: Path) -> None:
    texts = [REMARK, "座席说明了 办理条件,材料和网上渠道", REMARK, f" {REMARK}"]
    remarks = [(unit, "A1", text) for unit, text in zip(("U1", "U2", "U3", "U1"), texts, strict=True)]
    (found,) = check(tmp_path, remarks)
    assert (found.code, found.severity, found.place.question) == ("EK660", "warning", "G7")
    about = dict(found.params)
    assert (about["auditor"], about["count"], about["units"]) == ("A1", "4", "3")
    assert (str(found.place), about["other"]) == ("calls/a.csv:2 A2", "calls/a.csv:4 A4")


@pytest.mark.parametrize(
    "remarks",
    [
        [("U1", "A1", "无"), ("U2", "A1", "无"), ("U3", "A1", "无")],
        [("U1", "A1", "态度很好,没有问题"), ("U2", "A1", "态度很好,没有问题"), ("U3", "A1", "态度很好,没有问题")],
        [("U1", "A1", REMARK), ("U2", "A1", REMARK), ("U2", "A1", REMARK)],
        [("U1", "A1", REMARK), ("U2", "A2", REMARK), ("U3", "A3", REMARK)],
        [("U1", "A1", REMARK), ("U2", "A1", REMARK + "态度好"), ("U3", "A1", "经核实," + REMARK)],
    ],
    ids=["none", "short", "two units", "three auditors", "written anew"],
)
def test_what_is_often_alike_raises_no_alarm(tmp_path: Path, remarks: list[tuple[str, str, str]]) -> None:
    assert check(tmp_path, remarks) == []
