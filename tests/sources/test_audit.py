from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from evalkit.definitions.limits import Limits
from evalkit.definitions.protocol import Protocol
from evalkit.problems import Problem
from evalkit.sources.audit import Audits, read_audits
from tests.small_audits import protocol, register, row, write_sheet
from tests.small_studies import write_table
from tests.sources.test_tables import workbook


def read(
    folder: Path, rows: Sequence[Mapping[str, str]], definition: Protocol | None = None
) -> tuple[Audits, list[Problem]]:
    write_sheet(folder / "a.csv", rows)
    return read_audits(definition or protocol(), register(folder), [(folder / "a.csv", "a.csv")])


def statuses(audits: Audits, index: int = 0) -> dict[str, int]:
    return {cell.key: cell.status for cell in audits.ratings[index].cells}


def params(each: Problem) -> dict[str, str]:
    return dict(each.params)


def test_a_row_becomes_a_rating_with_its_cells_and_places(tmp_path: Path) -> None:
    audits, problems = read(tmp_path, [row("C1", G4="20", slot="day")])
    assert problems == []
    rating = audits.ratings[0]
    assert (rating.call, rating.unit, rating.auditor, rating.scenario) == ("C1", "U1", "A1", "S1")
    assert (rating.channel, rating.slot, rating.outcome, rating.attempt) == ("phone", "day", "good", 1)
    assert [cell.key for cell in rating.cells] == ["outcome", "G2", "G3", "G4", "G5", "G6", "G7"]
    assert {cell.key: cell.number for cell in rating.cells if cell.key in {"outcome", "G2", "G3", "G4"}} == {
        "outcome": 0, "G2": 0, "G3": 0, "G4": 20,
    }  # fmt: skip
    assert rating.cells[3].cell == "H2"
    account = audits.accounts[0]
    assert (account.state, account.expected, sum(account.counts)) == ("read", 7, 7)


def test_names_and_headers_may_be_chinese(tmp_path: Path) -> None:
    header = ["拨测编号", "单位", "场景", "拨测员", "拨测结果", "礼貌", "清楚", "等待", "推诿", "辱骂", "记录", "日期"]
    line = ["C1", "甲市", "咨询", "A1", "答复正确", "是", "clear", "15", "0", "否", "好", "2025-03-01"]
    write_table(tmp_path / "a.csv", [header, line])
    audits, problems = read_audits(protocol(), register(tmp_path), [(tmp_path / "a.csv", "a.csv")])
    assert problems == []
    assert (audits.ratings[0].unit, audits.ratings[0].outcome) == ("U1", "good")
    assert set(statuses(audits).values()) == {0}


def test_one_row_an_item_reads_as_one_row_a_rating(tmp_path: Path) -> None:
    wide, _ = read(tmp_path, [row("C1"), row("C2", auditor="A2", G2="no")])
    header = ["call", "unit", "scenario", "auditor", "outcome", "item", "answer"]
    lines = [
        [rating.call, rating.unit, rating.scenario, rating.auditor, rating.outcome, cell.key, cell.raw]
        for rating in wide.ratings
        for cell in rating.cells[1:]
    ]
    write_table(tmp_path / "b.csv", [header, *lines])
    long, problems = read_audits(protocol(), register(tmp_path), [(tmp_path / "b.csv", "b.csv")])
    assert problems == []
    for one, other in zip(wide.ratings, long.ratings, strict=True):
        assert one.respondent == other.respondent
        shown = [[(cell.key, cell.status, cell.value) for cell in each.cells] for each in (one, other)]
        assert shown[0] == shown[1]


def test_an_item_answered_twice_or_unknown_is_said(tmp_path: Path) -> None:
    header = ["call", "unit", "scenario", "outcome", "item", "answer"]
    about = ["C1", "U1", "S1", "good"]
    rows = [[*about, "G2", "yes"], [*about, "G2", "no"], [*about, "G22", "no"]]
    write_table(tmp_path / "a.csv", [header, *rows])
    audits, problems = read_audits(protocol(), register(tmp_path), [(tmp_path / "a.csv", "a.csv")])
    assert [(each.code, each.place.line) for each in problems][:2] == [("EK613", 3), ("EK602", 4)]
    assert audits.ratings[0].cells[1].value == "yes"


def test_a_call_outside_the_base_skips_the_items_and_an_answer_to_them_is_said(tmp_path: Path) -> None:
    audits, problems = read(tmp_path, [row("C1", outcome="silent", G2="yes")])
    assert statuses(audits) == {"outcome": 0, "G2": 2, "G3": 2, "G4": 2, "G5": 2, "G6": 2, "G7": 1}
    assert [(each.code, params(each)["items"]) for each in problems] == [("EK606", "G2")]


def test_an_item_of_another_channel_has_no_cell(tmp_path: Path) -> None:
    audits, problems = read(tmp_path, [row("C1", scenario="S2", channel="web", G4="")])
    assert problems == []
    assert "G4" not in statuses(audits)


def test_blank_invalid_and_not_applicable_are_three_things(tmp_path: Path) -> None:
    audits, problems = read(tmp_path, [row("C1", G2="", G3="不适用", G4="-3", G6="不适用")])
    found = statuses(audits)
    assert (found["G2"], found["G3"], found["G4"], found["G6"]) == (1, 3, 4, 4)
    assert {"EK607", "EK608"} < {each.code for each in problems}
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("change", "code", "about"),
    [
        ({"call": ""}, "EK601", {"column": "call"}),
        ({"outcome": "", "G2": "yes"}, "EK601", {"column": "outcome"}),
        ({"unit": "戊市"}, "EK242", {"name": "戊市"}),
        ({"scenario": "S9"}, "EK602", {"name": "S9", "what_en": "scenario"}),
        ({"outcome": "god"}, "EK602", {"name": "god", "suggestion_en": "; did you mean “good”?"}),
        ({"slot": "night"}, "EK602", {"what_en": "slot"}),
        ({"channel": "web"}, "EK605", {"scenario": "S1", "channel": "web"}),
        ({"attempt": "0"}, "EK609", {"value": "0"}),
        ({"attempt": "二"}, "EK609", {"value": "二"}),
    ],
)
def test_a_row_that_cannot_be_assigned_is_left_out_and_counted(
    tmp_path: Path, change: dict[str, str], code: str, about: dict[str, str]
) -> None:
    audits, problems = read(tmp_path, [row("C1") | change, row("C2")])
    assert [rating.call for rating in audits.ratings] == ["C2"]
    assert [each.code for each in problems] == [code]
    assert about.items() <= params(problems[0]).items()
    assert problems[0].place.line == 2
    assert audits.accounts[0].rows_unknown == 1


def test_all_faults_of_a_row_come_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, [row("C1", scenario="S9", outcome="god", unit="戊市")])
    assert {each.code for each in problems} == {"EK242", "EK602"}
    assert len(problems) == 3


def test_a_rating_twice_keeps_the_first(tmp_path: Path) -> None:
    audits, problems = read(tmp_path, [row("C1", G2="yes"), row("C1", G2="no"), row("C1", auditor="A2")])
    assert [(rating.auditor, rating.cells[1].value) for rating in audits.ratings] == [("A1", "yes"), ("A2", "yes")]
    assert [each.code for each in problems] == ["EK603"]


def test_what_comes_in_later_never_replaces_what_was_there(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.csv", [row("C1", G2="yes")])
    write_sheet(tmp_path / "b.csv", [row("C1", G2="no"), row("C2")])
    files = [(tmp_path / name, name) for name in ("a.csv", "b.csv")]
    audits, problems = read_audits(protocol(), register(tmp_path), files)
    assert [(rating.call, rating.file) for rating in audits.ratings] == [("C1", "a.csv"), ("C2", "b.csv")]
    assert [(each.code, each.place.file, params(each)["first"]) for each in problems] == [
        ("EK603", "b.csv", "a.csv:2 A2")
    ]


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_what_came_in_again_unchanged_counts_once(tmp_path: Path, names: tuple[str, str]) -> None:
    """The order is that of the files as they are given: neither names nor times of files decide."""
    when = {"date": "2025-06-03", "start": "10:00", "duration": "65"}
    write_sheet(tmp_path / names[0], [row("C1", **when)])
    write_sheet(tmp_path / names[1], [row("C2"), row("C1", **when | {"date": "2025/6/3", "duration": "1:05"})])
    audits, problems = read_audits(protocol(), register(tmp_path), [(tmp_path / name, name) for name in names])
    assert [(rating.call, rating.file) for rating in audits.ratings] == [("C1", names[0]), ("C2", names[1])]
    assert [(each.code, each.severity, str(each.place)) for each in problems] == [("EK650", "note", f"{names[1]}:3 A3")]
    assert params(problems[0])["first"] == f"{names[0]}:2 A2"
    assert audits.accounts[1].rows_unknown == 1


@pytest.mark.parametrize("change", [{"G2": "no"}, {"outcome": "wrong"}, {"G7": "改过"}, {"duration": "66"}])
def test_what_came_in_again_and_says_something_else_is_an_error(tmp_path: Path, change: dict[str, str]) -> None:
    write_sheet(tmp_path / "a.csv", [row("C1", duration="65")])
    write_sheet(tmp_path / "b.csv", [row("C1", duration="65") | change])
    files = [(tmp_path / name, name) for name in ("a.csv", "b.csv")]
    audits, problems = read_audits(protocol(), register(tmp_path), files)
    assert [rating.file for rating in audits.ratings] == ["a.csv"]
    assert [(each.code, each.severity) for each in problems] == [("EK603", "error")]


def test_a_call_is_of_one_unit_scenario_and_channel(tmp_path: Path) -> None:
    audits, problems = read(tmp_path, [row("C1"), row("C1", unit="U2", auditor="A2")])
    assert [rating.unit for rating in audits.ratings] == ["U1"]
    assert [each.code for each in problems] == ["EK604"]


ATTEMPTS = [("1", "silent"), ("2", "good"), ("3", "silent")]


@pytest.mark.parametrize(("counts", "expected"), [("first", 1), ("last", 3), ("reached", 2)])
def test_the_attempt_that_counts_is_as_the_protocol_says(tmp_path: Path, counts: str, expected: int) -> None:
    definition = protocol(attempts={"most": 3, "minutes_apart": 30, "counts": counts})
    rows = [row("C1", outcome=outcome, attempt=attempt) for attempt, outcome in ATTEMPTS]
    audits, problems = read(tmp_path, rows, definition)
    assert problems == []
    kept = [rating.attempt for rating, counted in zip(audits.ratings, audits.counted, strict=True) if counted]
    assert kept == [expected]


def test_attempts_beyond_the_protocol_do_not_count(tmp_path: Path) -> None:
    definition = protocol(attempts={"most": 1, "minutes_apart": 30, "counts": "last"})
    audits, problems = read(tmp_path, [row("C1", outcome="silent"), row("C1", attempt="2")], definition)
    assert [each.code for each in problems] == ["EK610"]
    assert audits.counted == (True, False)


def test_none_reached_counts_the_last_attempt(tmp_path: Path) -> None:
    audits, _ = read(tmp_path, [row("C1", outcome="silent"), row("C1", outcome="silent", attempt="2")])
    assert audits.counted == (False, True)


def test_ratings_come_in_the_order_of_the_register(tmp_path: Path) -> None:
    audits, _ = read(tmp_path, [row("C1", unit="U3"), row("C2", unit="U1"), row("C3", unit="U3")])
    assert [rating.call for rating in audits.ratings] == ["C2", "C1", "C3"]


def test_a_sheet_without_what_every_rating_needs_is_not_read(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", [["call", "unit", "zzz"], ["C1", "U1", "?"]])
    audits, problems = read_audits(protocol(), register(tmp_path), [(tmp_path / "a.csv", "a.csv")])
    assert {each.code for each in problems} == {"EK201", "EK612"}
    assert audits.accounts[0].state == "unreadable"
    assert audits.ratings == ()


def test_workbooks_go_through_the_guard(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    audits, problems = read_audits(protocol(), register(tmp_path), [(tmp_path / "a.xlsx", "a.xlsx")])
    assert audits.ratings == ()
    assert problems
    assert all(each.severity == "error" for each in problems)


def test_a_workbook_reads_as_the_text_file_does(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - only here

    rows: list[dict[str, Any]] = [row("C1", G4="20"), row("C2", outcome="silent")]
    names = list(rows[0])
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("拨测")
        sheet.write_row(0, 0, names)
        for line, each in enumerate(rows, start=1):
            values = [each.get(name, "") for name in names]
            sheet.write_row(line, 0, [float(value) if value.isdigit() else value for value in values])
    audits, problems = read_audits(protocol(), register(tmp_path), [(tmp_path / "a.xlsx", "a.xlsx")])
    assert problems == []
    cell = audits.ratings[0].cells[3]
    assert (cell.number, cell.sheet, cell.cell) == (20, "拨测", "H2")


def test_a_row_without_outcome_and_answers_is_a_call_still_to_be_made(tmp_path: Path) -> None:
    audits, problems = read(tmp_path, [row("C1"), row("C2", outcome="")])
    assert [rating.call for rating in audits.ratings] == ["C1"]
    assert [(each.code, each.severity, params(each)["count"]) for each in problems] == [("EK614", "note", "1")]
    assert audits.accounts[0].rows_missing == 1


def test_a_call_sheet_is_held_to_the_limits_of_the_study(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(("unit", "call"), ("U1", "C1"), ("U1", "C2")))
    audits, (found,) = read_audits(protocol(), register(tmp_path), [(tmp_path / "a.xlsx", "a.xlsx")], Limits(rows=2))
    assert (audits.ratings, found.code) == ((), "EK235")
