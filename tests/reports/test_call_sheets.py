"""From the plan to call sheets, filled as auditors would, and back into the ranking."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import evalkit
from evalkit.evaluate.planning import Planned, plan_study
from evalkit.reports.call_sheets import headers
from evalkit.reports.plan_files import write_plan
from tests.small_audits import TREE, protocol
from tests.small_plans import AUDITORS, FIELDWORK, bundle_of, options, plan_files
from tests.small_studies import write_yaml


@pytest.fixture
def planned(tmp_path: Path) -> Planned:
    study, auditors = plan_files(tmp_path)
    plan, problems = plan_study(bundle_of(study), auditors, options())
    assert problems == []
    assert plan is not None
    return plan


def test_sheets_filled_by_auditors_come_back_into_the_ranking(planned: Planned, tmp_path: Path) -> None:
    count, problems = write_plan(planned, protocol(), tmp_path / "plan", language="zh")
    assert (count, problems) == (8, [])
    for path in sorted((tmp_path / "plan" / "calls").iterdir()):
        fill(path)
        path.rename(tmp_path / "calls" / path.name)
    study = (tmp_path / "study.yaml").read_text(encoding="utf-8")
    study = study.replace("audit: calls/*.csv", "audit: calls/*.xlsx\n  plan: plan/plan.csv")
    (tmp_path / "study.yaml").write_text(study, encoding="utf-8")
    evaluation = evalkit.load(tmp_path / "study.yaml").run()
    found = [each for each in evaluation.problems if each.severity != "note"]
    assert found == []
    assert {each.code for each in evaluation.problems} == {"EK614"}, "reserves were not called"
    assert len(evaluation.ranking()) == 40
    explanation = evalkit.explain(evaluation, "U07")
    assert explanation.adds_up
    cells = [cell for step in explanation.step.children for part in step.parts for cell in part.cells]
    assert all(cell.file.startswith("calls/A") and cell.sheet == "拨测" for cell in cells)


def fill(path: Path) -> None:
    """Fill in all but the reserves: best answers, at odd units in a cross tone."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    best = {"礼貌": "是", "清楚": "clear", "等待": "12", "推诿": "0", "辱骂": "否"}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, head["用途"]).value == "备用":
            continue
        sheet.cell(row, head["拨测结果"]).value = "答复正确"
        sheet.cell(row, head["日期"]).value = "2025-06-03"
        sheet.cell(row, head["开始时间"]).value = f"{9 + row // 10:02}:{row % 10 * 6:02}"
        sheet.cell(row, head["时长(秒)"]).value = 240
        is_odd = int(str(sheet.cell(row, head["单位"]).value)[1:]) % 2 == 1
        for name, answer in best.items():
            if name != "等待" or sheet.cell(row, head["渠道"]).value == "电话":
                sheet.cell(row, head[name]).value = "否" if name == "礼貌" and is_odd else answer
    book.save(path)


def test_a_sheet_offers_the_answers_and_hides_nothing_needed(planned: Planned, tmp_path: Path) -> None:
    write_plan(planned, protocol(), tmp_path / "plan", language="en")
    book = openpyxl.load_workbook(tmp_path / "plan" / "calls" / "A3.xlsx")
    assert book.sheetnames == ["Calls", "Scenarios", "Items"]
    lists = {str(each.formula1) for each in book["Calls"].data_validations.dataValidation}
    assert '"答复正确,答复错误,无人接听"' in lists
    assert '"是,否"' in lists
    own = [rating for rating in planned.ratings if rating.auditor == "A3"]
    assert book["Calls"].max_row == 1 + len(own)
    said = [cell.value for row in book["Scenarios"].iter_rows(min_row=2) for cell in row]
    assert {"S1", "S2", "问", "答"} <= set(said)


def test_a_dated_sheet_is_in_the_order_of_days_with_codes_of_numbers(tmp_path: Path) -> None:
    rows = [(*row, f"1380000000{index}") for index, row in enumerate(AUDITORS)]
    study, auditors = plan_files(tmp_path, rows, more=("numbers",), fieldwork=FIELDWORK)
    plan, _ = plan_study(bundle_of(study), auditors, options())
    assert plan is not None
    write_plan(plan, protocol(), tmp_path / "plan")
    sheet = openpyxl.load_workbook(tmp_path / "plan" / "calls" / "A3.xlsx").worksheets[0]
    head, *rows_below = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    lines = [dict(zip(head, row, strict=True)) for row in rows_below]
    days = [line["计划日期"] for line in lines]
    dated = [day for day in days if day]
    assert days == sorted(dated) + [""] * (len(days) - len(dated))
    assert all(line["用途"].startswith("备用") for line in lines if not line["计划日期"])
    assert {line["计划主叫号码"] for line in lines if not line["用途"].startswith("复评")} == {"N3"}
    assert {line["主叫号码"] for line in lines} == {""}, "which number it was is entered"
    assert '"N3"' in {str(each.formula1) for each in sheet.data_validations.dataValidation}


def test_a_sheet_that_is_there_is_never_overwritten(planned: Planned, tmp_path: Path) -> None:
    write_plan(planned, protocol(), tmp_path / "plan")
    before = (tmp_path / "plan" / "calls" / "A1.xlsx").read_bytes()
    count, problems = write_plan(planned, protocol(), tmp_path / "plan")
    assert count == 0
    assert {each.code for each in problems} == {"EK008"}
    assert (tmp_path / "plan" / "calls" / "A1.xlsx").read_bytes() == before


def test_a_text_that_two_items_share_gives_way_to_the_code() -> None:
    items = [{"code": f"G{n}", "text": "同", "type": "yesno", "base": "reached"} for n in (1, 2)]
    items.append({"code": "G3", "text": "单位", "type": "yesno", "base": "reached"})
    assert headers(protocol(items=items)) == {"G1": "G1", "G2": "G2", "G3": "G3"}


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    study, auditors = plan_files(tmp_path)
    write_yaml(tmp_path / "set.yaml", {"id": "set", "version": "1", "name": "s", "tree": TREE})
    text = (tmp_path / "units.csv").read_text(encoding="utf-8-sig").replace("第7市", "=1+1")
    (tmp_path / "units.csv").write_text(text, encoding="utf-8-sig")
    bundle = bundle_of(study) if not evalkit.load(study).problems else evalkit.load(study).bundle
    plan, _ = plan_study(bundle, auditors, options())
    assert plan is not None
    write_plan(plan, protocol(), tmp_path / "plan")
    for path in (tmp_path / "plan" / "calls").iterdir():
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
