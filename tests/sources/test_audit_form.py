from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.calls import Rating
from evalkit.observations import NOT_APPLICABLE, STATUSES
from evalkit.problems import Place, Problem
from evalkit.sources.audit import read_audits
from evalkit.sources.audit_form import as_sheet, form_names
from evalkit.sources.tables import read_table
from tests.small_audits import PROTOCOL, protocol, register
from tests.small_studies import write_table

ABOUT = ("call", "unit", "scenario", "channel", "slot", "auditor", "attempt")
GIVEN = ("C1", "U1", "S1", "phone", "day", "A1", "1")


def export(folder: Path, joint: str, *, box: str = "") -> Path:
    """One submission as a platform exports it: groups before names, and columns of its own."""
    head = ["start", "_id", *(f"evalkit_about{joint}evalkit_{name}" for name in ABOUT)]
    head += [
        f"evalkit_rubric{joint}{name}" for name in ("evalkit_outcome", "G2", "G3", "G4", "G4_na", "G5", "G6", "G7")
    ]
    row = [
        "2025-03-03T09:00:00+08:00",
        "17",
        *GIVEN,
        "good",
        "yes",
        "na",
        "" if box else "12",
        box,
        "0",
        "no",
        "a note",
    ]
    write_table(folder / "export.csv", [[*head, "_uuid", "_submission_time"], [*row, "x-1", "2025-03-03"]])
    return folder / "export.csv"


def boxed_items() -> list[dict[str, object]]:
    return [item | ({"not_applicable": True} if item["code"] == "G4" else {}) for item in PROTOCOL["items"]]


def read(path: Path, folder: Path) -> tuple[Rating, list[Problem]]:
    found, problems = read_audits(protocol(items=boxed_items()), register(folder), [(path, path.name)])
    return found.ratings[0], problems


@pytest.mark.parametrize("joint", ["/", "-"])
def test_an_export_is_read_as_a_call_sheet(tmp_path: Path, joint: str) -> None:
    rating, problems = read(export(tmp_path, joint), tmp_path)
    assert problems == []
    assert (rating.call, rating.unit, rating.scenario, rating.channel, rating.slot) == (
        "C1",
        "U1",
        "S1",
        "phone",
        "day",
    )
    assert (rating.auditor, rating.attempt, rating.outcome) == ("A1", 1, "good")
    assert {cell.key: STATUSES[cell.status] for cell in rating.cells} == {
        "outcome": "ok", "G2": "ok", "G3": "not_applicable", "G4": "ok", "G5": "ok", "G6": "ok", "G7": "ok",
    }  # fmt: skip


@pytest.mark.parametrize("ticked", ["OK", "1", "True"])
def test_a_ticked_box_means_that_the_number_does_not_apply(tmp_path: Path, ticked: str) -> None:
    rating, problems = read(export(tmp_path, "/", box=ticked), tmp_path)
    assert problems == []
    assert next(cell.status for cell in rating.cells if cell.key == "G4") == NOT_APPLICABLE


def test_what_is_wrong_in_an_export_has_its_place(tmp_path: Path) -> None:
    path = export(tmp_path, "/")
    text = path.read_text(encoding="utf-8-sig").replace(",good,", ",splendid,")
    path.write_text(text, encoding="utf-8-sig")
    _, problems = read_audits(protocol(), register(tmp_path), [(path, path.name)])
    assert [(each.code, each.place.line, each.params[2][1]) for each in problems] == [("EK602", 2, "splendid")]


def test_any_other_table_stays_as_it_is(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", [("call", "evalkit_unit"), ("C1", "U1")])
    table, _ = read_table(tmp_path / "a.csv", Place(file="a.csv"))
    assert table is not None
    assert as_sheet(table, protocol()) is table


def test_names_of_items_give_way_to_those_of_forms() -> None:
    codes = ("start", "evalkit_call", "g2", "G2", "g2_na")
    usual = {"text": "t", "type": "count", "base": "reached", "role": "descriptive", "not_applicable": True}
    names = form_names(protocol(items=[usual | {"code": code, "text": code} for code in codes]))
    assert list(names.items.values()) == ["start__2", "evalkit_call__2", "g2", "G2__2", "g2_na"]
    assert names.boxes["g2"] == "g2_na__2"
    every = [*names.fields.values(), *names.items.values(), *names.boxes.values()]
    assert len({name.casefold() for name in every}) == len(every)
