"""The ledger applied to call sheets: the same rules as for questionnaires, the outcome before the items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.observations import STATUSES, Cell
from evalkit.problems import Problem
from evalkit.sources.audit import Audits, read_audits
from evalkit.sources.audit_corrections import RatingCorrections, correctable
from evalkit.sources.corrections import NO_CORRECTIONS, Ledger
from evalkit.sources.ledger import read_corrections
from tests.small_audits import calls_study, protocol, register, row, write_sheet
from tests.small_studies import run, write_table

HEADER = ("unit", "call", "auditor", "attempt", "item", "old", "new", "reason", "by", "date")
WHY = ("复听录音", "王芳", "2025-03-20")


def line(item: str, old: str, new: str, call: str = "C1", **about: str) -> tuple[str, ...]:
    """A line of the ledger for a rating of auditor A1 at unit U1."""
    who = {"unit": "U1", "auditor": "A1", "attempt": ""} | about
    return (who["unit"], call, who["auditor"], who["attempt"], item, old, new, *WHY)


def ledger_of(folder: Path, *lines: Sequence[str], header: Sequence[str] = HEADER) -> tuple[Ledger, list[Problem]]:
    write_table(folder / "ledger.csv", [header, *lines])
    return read_corrections(folder / "ledger.csv", "ledger.csv", register(folder), {}, correctable(protocol()))


def corrected(folder: Path, rows: Sequence[Mapping[str, str]], *lines: Sequence[str]) -> tuple[Audits, list[Problem]]:
    write_sheet(folder / "a.csv", rows)
    ledger, problems = ledger_of(folder, *lines)
    assert problems == []
    return read_audits(protocol(), register(folder), [(folder / "a.csv", "a.csv")], ledger=ledger)


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


def cells(audits: Audits, index: int = 0) -> dict[str, Cell]:
    return {cell.key: cell for cell in audits.ratings[index].cells}


@pytest.mark.parametrize("item", ["G2", "g2", "礼貌", "Polite"])
def test_an_item_is_named_by_its_code_or_text(tmp_path: Path, item: str) -> None:
    audits, problems = corrected(tmp_path, [row("C1"), row("C2")], line(item, "是", "no"))
    assert codes(problems) == ["EK266"]
    cell = cells(audits)["G2"]
    assert (cell.raw, cell.value, cell.number) == ("yes", "no", 1)
    assert cell.correction == "是 -> no; 复听录音; 王芳; 2025-03-20"
    assert cells(audits, 1)["G2"].correction == ""
    assert (problems[0].place.file, problems[0].place.cell, problems[0].place.unit) == ("a.csv", cell.cell, "U1")


def test_a_line_meets_one_rating_of_a_call(tmp_path: Path) -> None:
    rows = [row("C1"), row("C1", auditor="A2"), row("C1", attempt="2")]
    lines = (line("G4", "15", "40", auditor="A2"), line("G4", "15", "50", attempt="2.0"))
    audits, problems = corrected(tmp_path, rows, *lines)
    assert codes(problems) == ["EK266", "EK266"]
    found = {rating.respondent: cells(audits, index)["G4"].number for index, rating in enumerate(audits.ratings)}
    assert found == {"C1/A1": 15, "C1/A2": 40, "C1/A1#2": 50}


def test_another_outcome_decides_anew_which_items_are_judged(tmp_path: Path) -> None:
    audits, problems = corrected(tmp_path, [row("C1")], line("拨测结果", "答复正确", "无人接听"))
    assert codes(problems) == ["EK266", "EK606"]
    found = cells(audits)
    assert (audits.ratings[0].outcome, found["outcome"].raw, found["outcome"].value) == ("silent", "good", "silent")
    assert STATUSES[found["G2"].status] == "skipped"
    assert audits.counted == (True,)


def test_an_outcome_that_lets_items_be_judged_can_come_with_them(tmp_path: Path) -> None:
    lines = (line("outcome", "silent", "wrong"), line("G2", "", "否"), line("G3", "", "不适用"))
    audits, problems = corrected(tmp_path, [row("C1", outcome="silent")], *lines)
    assert sorted(codes(problems)) == ["EK266", "EK266", "EK266", "EK607"]
    assert dict(next(each for each in problems if each.code == "EK607").params)["items"] == "G4, G5, G6"
    assert {key: STATUSES[cell.status] for key, cell in cells(audits).items() if key < "G4"} == {
        "G2": "ok",
        "G3": "not_applicable",
    }


@pytest.mark.parametrize(("entered", "fault"), [("", "EK601"), ("god", "EK602")])
def test_an_outcome_that_was_not_entered_well_is_settled(tmp_path: Path, entered: str, fault: str) -> None:
    rows = [row("C1") | {"outcome": entered}]
    assert codes(corrected(tmp_path, rows)[1]) == [fault]
    audits, problems = corrected(tmp_path, rows, line("outcome", entered, "good"))
    assert codes(problems) == ["EK266"]
    assert [rating.outcome for rating in audits.ratings] == ["good"]
    assert audits.accounts[0].rows_unknown == 0


def test_an_answer_that_was_not_entered_well_is_settled(tmp_path: Path) -> None:
    rows = [row("C1", G2="", G4="-3")]
    assert codes(corrected(tmp_path, rows)[1]) == ["EK205", "EK607"]
    audits, problems = corrected(tmp_path, rows, line("G2", "", "yes"), line("G4", "-3", "3"))
    assert codes(problems) == ["EK266", "EK266"]
    assert (cells(audits)["G2"].number, cells(audits)["G4"].number) == (0, 3)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (line("G2", "no", "yes"), "EK260"),
        (line("outcome", "silent", "wrong"), "EK260"),
        (line("G4", "15", "soon"), "EK261"),
        (line("G2", "yes", "不适用"), "EK261"),
        (line("outcome", "good", ""), "EK261"),
        (line("outcome", "good", "n/a"), "EK261"),
        (line("G2", "yes", "no", unit="U2"), "EK263"),
        (line("G2", "yes", "no", auditor="A2"), "EK649"),
        (line("G2", "yes", "no", attempt="2"), "EK649"),
        (line("G2", "yes", "no", "C9"), "EK649"),
    ],
)
def test_a_line_that_does_not_fit_is_an_error_and_changes_nothing(
    tmp_path: Path, fault: tuple[str, ...], code: str
) -> None:
    audits, problems = corrected(tmp_path, [row("C1")], fault)
    assert codes(problems) == [code]
    assert (problems[0].severity, problems[0].place.file, problems[0].place.line) == ("error", "ledger.csv", 2)
    assert audits.ratings == corrected(tmp_path, [row("C1")])[0].ratings


def test_an_item_that_is_not_judged_cannot_be_corrected(tmp_path: Path) -> None:
    _, problems = corrected(tmp_path, [row("C1", outcome="silent")], line("G2", "", "yes"))
    assert codes(problems) == ["EK263"]
    assert dict(problems[0].params)["question"] == "C1/A1 G2"


def test_the_ratings_of_the_call_are_named_where_the_line_meets_none(tmp_path: Path) -> None:
    rows = [row("C1"), row("C1", auditor="A2")]
    _, problems = corrected(tmp_path, rows, line("G2", "yes", "no", auditor=""))
    assert dict(problems[0].params) == {"rating": "C1", "known": "C1/A1, C1/A2"}


def test_a_rating_entered_twice_is_corrected_once(tmp_path: Path) -> None:
    audits, problems = corrected(tmp_path, [row("C1"), row("C1")], line("G2", "yes", "no"))
    assert sorted(codes(problems)) == ["EK266", "EK650"]
    assert cells(audits)["G2"].value == "no"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("G9", "yes", "no")], ["EK262"]),
        ([line("G1", "yes", "no")], ["EK262"]),
        ([line("G2", "yes", "no", attempt="二")], ["EK609"]),
        ([line("G2", "yes", "no"), line("礼貌", "是", "否")], ["EK264"]),
        ([line("G2", "yes", "no"), line("G2", "yes", "no", auditor="A2")], []),
        ([line("G2", "yes", "no", "")], ["EK262"]),
    ],
)
def test_lines_are_judged_when_the_ledger_is_read(
    tmp_path: Path, lines: list[tuple[str, ...]], expected: list[str]
) -> None:
    assert codes(ledger_of(tmp_path, *lines)[1]) == expected


def test_columns_may_be_chinese_and_those_of_people_stay(tmp_path: Path) -> None:
    header = ("编号", "单位", "拨测编号", "拨测员", "评分项", "原值", "新值", "理由", "更正人", "日期")
    ledger, problems = ledger_of(tmp_path, ("1", "甲市", "C1", "A1", "礼貌", "是", "否", *WHY), header=header)
    assert problems == []
    assert [(each.unit, each.rating, each.key) for each in ledger.calls] == [("U1", "C1/A1", "G2")]
    assert ledger.corrections == ()


def test_a_text_of_two_items_names_neither() -> None:
    items = [item.model_copy(update={"text": protocol().items[1].text}) for item in protocol().items]
    names = correctable(protocol().model_copy(update={"items": tuple(items)})).names
    assert "polite" not in names
    assert (names["g2"], names["结果"]) == ("G2", "outcome")


def test_without_a_ledger_there_is_nothing_to_do() -> None:
    corrections = RatingCorrections(protocol(), NO_CORRECTIONS)
    assert (corrections.problems, corrections.left([])) == ([], [])
    assert not corrections.corrects_outcome("C1/A1")


@given(
    st.sampled_from(["yes", "no", "是", "N/A", "", "?"]), st.sampled_from(["yes", "否", "不适用", "", "maybe", "#N/A"])
)
def test_every_line_is_applied_or_an_error_and_the_rating_stays_what_it_was(
    tmp_path_factory: pytest.TempPathFactory, old: str, new: str
) -> None:
    folder = tmp_path_factory.mktemp("law")
    audits, problems = corrected(folder, [row("C1", G2="yes")], line("G2", old, new))
    cell = cells(audits)["G2"]
    assert cell.raw == "yes"
    applied = [each for each in problems if each.code == "EK266"]
    refused = [each for each in problems if each.severity == "error"]
    assert len(applied) + len(refused) == 1
    assert bool(cell.correction) == bool(applied)
    if refused:
        assert cell.value == "yes"


def test_a_run_scores_the_corrected_call_and_shows_both_values(tmp_path: Path) -> None:
    rows = [row("C1"), row("C2", "U2", G4="65")]
    plain = run(calls_study(tmp_path / "plain", rows))
    study = calls_study(tmp_path / "study", rows, corrections="ledger.csv")
    write_table(tmp_path / "study" / "ledger.csv", [HEADER, line("G4", "15", "40")])
    found = run(study)
    scores = [each["scores"].set_index(["unit", "node"])["score"] for each in (plain, found)]
    assert scores[0]["U1", "A3"] == 100
    assert scores[1]["U1", "A3"] == 50
    assert scores[1]["U2", "A3"] == scores[0]["U2", "A3"] == 0
    seen = found["observations"].query("correction != ''")
    assert seen[["respondent", "question", "raw", "value"]].to_numpy().tolist() == [["C1/A1", "G4", "15", "40"]]
