"""Old workbooks, made by LibreOffice: read like new ones, and broken ones give findings."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources import workbook
from evalkit.sources.editable import refusal
from tests.sources import hostile_files
from tests.sources.returned_forms import Read, edited, form

MORNING = dt.datetime(2020, 11, 1, 8, 30)  # noqa: DTZ001 - Excel knows no time zone
VALUES = (True, MORNING, dt.date(2020, 11, 1), 1.5, "=1/0")
SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice makes the old workbooks")


def as_xls(data: bytes, folder: Path) -> bytes:
    source = folder / "book.xlsx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xls", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "book.xls").read_bytes()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A returned form, saved as .xls, with an error value and a hidden sheet of other values."""

    def change(book: openpyxl.Workbook) -> None:
        extra = book.create_sheet("其他")
        for column, value in enumerate(VALUES, start=2):
            extra.cell(3, column).value = value
        extra.sheet_state = "hidden"

    return as_xls(edited(form(), change), tmp_path_factory.mktemp("xls"))


def test_answers_in_an_old_workbook_are_read(old: bytes, tmp_path: Path) -> None:
    read = Read(tmp_path, {"GZ.xls": old, "SZ.et": b""})
    assert read.codes == ["EK218", "EK224"]
    assert read.states == ["read", "unreadable"]
    assert [account.counts[0] for account in read.accounts] == [14, 0]
    new = Read(tmp_path, {"GZ.xlsx": form()})
    assert {key: cell.value for key, cell in read.cells.items()} == {key: cell.value for key, cell in new.cells.items()}


def test_cells_of_every_kind_stand_where_they_stood(old: bytes) -> None:
    book, _ = workbook.read(old, Place())
    assert book is not None
    extra = book.sheet("其他")
    assert extra is not None
    assert not extra.visible
    assert extra.rows[2][1:5] == [*VALUES[:4]]
    assert extra.error_at(2, 5) == "#DIV/0!"
    assert len({len(row) for row in extra.rows}) == 1


def test_limits_hold_for_old_workbooks(old: bytes) -> None:
    for limits in (Limits(cells=20), Limits(rows=3), Limits(columns=2), Limits(expanded_bytes=1000)):
        book, problems = workbook.read(old, Place(), limits)
        assert book is None
        assert [each.code for each in problems] == ["EK235"]


def test_an_old_workbook_is_not_opened_to_be_marked(old: bytes) -> None:
    refused = refusal(old, Place())
    assert refused is not None
    assert refused.code == "EK219"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_old_workbook_raises_nothing(old: bytes, data: st.DataObject) -> None:
    damaged = bytearray(old)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + 4] = data.draw(st.binary(min_size=4, max_size=4))
    cut = bytes(damaged[: data.draw(st.integers(8, len(damaged)))]) if data.draw(st.booleans()) else bytes(damaged)
    book, problems = workbook.read(cut, Place())
    assert (book is None) == any(each.severity == "error" for each in problems)


def test_an_old_container_of_something_else_is_to_be_saved_anew() -> None:
    for data, code in ((hostile_files.ole(encrypted=False), "EK221"), (hostile_files.ole(encrypted=True), "EK222")):
        book, problems = workbook.read(data, Place())
        assert book is None
        assert [each.code for each in problems] == [code]
