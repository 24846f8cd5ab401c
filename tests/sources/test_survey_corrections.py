"""The ledger applied to returned workbooks, before the skip rules judge them."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import pytest

from evalkit.observations import STATUSES, Cell, observation_table
from evalkit.problems import Place, Problem
from evalkit.sources.corrections import NO_CORRECTIONS, Correction, Ledger
from evalkit.sources.ledger import cell_parsers
from evalkit.sources.survey import read_survey
from evalkit.sources.survey_corrections import correct_returned
from evalkit.sources.survey_workbook import Returned
from tests.sources.returned_forms import COUNT, edited, form, questionnaire, register, sheets, with_answer

LEDGER = Place("corrections.csv", cell="C2", line=2)


def ledger(*changes: tuple[str, str, str], unit: str = "GZ") -> Ledger:
    """A ledger of (key, old, new)."""
    lines = tuple(Correction(unit, key, old, new, "复核", "王芳", "2020-12-01", LEDGER) for key, old, new in changes)
    return Ledger(lines, cell_parsers(questionnaire(), []))


class Corrected:
    """What reading a workbook of Guangzhou with a ledger gave."""

    def __init__(self, folder: Path, data: bytes, *changes: tuple[str, str, str]) -> None:
        path = folder / "广州.xlsx"
        path.write_bytes(data)
        before = hashlib.sha256(data).hexdigest()
        (self.batches, accounts), self.problems = read_survey(
            questionnaire(), register(folder), [(path, "广州.xlsx")], ledger(*changes)
        )
        self.cells = {cell.key: cell for cell in self.batches[0].cells}
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before == accounts[0].sha256
        assert sum(accounts[0].counts) == accounts[0].expected == COUNT

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.problems]

    def status(self, key: str) -> str:
        return STATUSES[self.cells[key].status]


def test_without_a_ledger_nothing_is_touched(tmp_path: Path) -> None:
    found = Corrected(tmp_path, with_answer("Q05", 120))
    assert found.codes == ["EK205"]
    problems: list[Problem] = []
    assert correct_returned(questionnaire(), [], NO_CORRECTIONS, problems) is problems


def test_the_skip_rules_judge_the_corrected_answers(tmp_path: Path) -> None:
    answers = (("Q01", "否"), ("Q02", "已建成"))
    assert Corrected(tmp_path, form("GZ", answers)).codes == ["EK209", "EK209"]
    found = Corrected(tmp_path, form("GZ", answers), ("Q01", "否", "是"))
    assert found.codes == ["EK266"]
    assert (found.status("Q02"), found.status("Q06")) == ("ok", "ok")
    assert (found.cells["Q01"].raw, found.cells["Q01"].value) == ("否", "yes")


def test_a_correction_that_makes_a_question_superfluous_is_said_with_the_corrected_value(tmp_path: Path) -> None:
    found = Corrected(tmp_path, form(), ("Q01", "是", "否"), ("Q02", "built", "planned"))
    assert found.codes == ["EK266", "EK266", "EK209", "EK209"]
    assert [dict(each.params)["value"] for each in found.problems[2:]] == ["planned", "2020-11-01"]
    cell = found.cells["Q02"]
    assert (STATUSES[cell.status], cell.raw, cell.value) == ("skipped", "已建成 / In place", "")
    assert cell.correction.startswith("built -> planned; ")


def test_a_required_answer_can_be_filled_in(tmp_path: Path) -> None:
    empty = form("GZ", (("Q02", ""), ("Q06", "")))
    assert Corrected(tmp_path, empty).codes == ["EK213"]
    assert Corrected(tmp_path, empty, ("Q02", "", "计划建设")).codes == ["EK266"]


def ticks(cells: dict[str, Cell]) -> dict[str, tuple[str, str]]:
    names = ("cloud", "local", "other")
    return {name: (STATUSES[cells[f"Q03.{name}"].status], cells[f"Q03.{name}"].value) for name in names}


def test_the_first_tick_turns_empty_rows_into_not_chosen(tmp_path: Path) -> None:
    none = form("GZ", (("Q03.cloud", ""), ("Q10", ""), ("Q11", "")))
    found = Corrected(tmp_path, none, ("Q03.local", "", "√"))
    assert ticks(found.cells) == {"cloud": ("ok", "0"), "local": ("ok", "1"), "other": ("ok", "0")}


def test_the_last_tick_taken_back_leaves_the_question_without_an_answer(tmp_path: Path) -> None:
    found = Corrected(tmp_path, form(), ("Q03.cloud", "√", ""), ("Q10", "3", ""), ("Q11", "否", ""))
    assert ticks(found.cells) == dict.fromkeys(("cloud", "local", "other"), ("blank", ""))
    assert all(math.isnan(found.cells[f"Q03.{name}"].number) for name in ("cloud", "local", "other"))


def test_a_tick_said_to_be_none_keeps_the_question_answered(tmp_path: Path) -> None:
    found = Corrected(tmp_path, form(), ("Q03.cloud", "√", "否"), ("Q10", "3", ""), ("Q11", "否", ""))
    assert ticks(found.cells) == dict.fromkeys(("cloud", "local", "other"), ("ok", "0"))


def test_an_empty_tick_row_is_corrected_as_empty_or_as_not_chosen(tmp_path: Path) -> None:
    for old in ("", "0", "否"):
        found = Corrected(tmp_path, form(), ("Q03.local", old, "√"))
        assert ticks(found.cells) == {"cloud": ("ok", "1"), "local": ("ok", "1"), "other": ("ok", "0")}


def test_ticks_that_were_not_corrected_stay_as_they_were(tmp_path: Path) -> None:
    found = Corrected(tmp_path, form("GZ", (("Q03.local", "也许"),)), ("Q03.other", "", "√"))
    assert found.codes == ["EK204", "EK266"]
    assert ticks(found.cells) == {"cloud": ("ok", "1"), "local": ("invalid", ""), "other": ("ok", "1")}


def test_a_tick_row_that_the_workbook_lacks_stays_unseen(tmp_path: Path) -> None:
    def cut(book: object) -> None:
        sheet = sheets(book)[0]  # type: ignore[arg-type]  # a workbook
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "Q03.other")
        sheet.delete_rows(row)

    found = Corrected(tmp_path, edited(form(), cut), ("Q03.local", "", "√"))
    assert found.codes == ["EK233", "EK266"]
    assert ticks(found.cells)["other"] == ("blank", "")


def test_a_refused_correction_leaves_the_finding_of_the_answer(tmp_path: Path) -> None:
    found = Corrected(tmp_path, with_answer("Q05", 120), ("Q05", "121", "12"))
    assert found.codes == ["EK205", "EK260"]
    assert found.problems[1].place.file == "corrections.csv"
    assert found.status("Q05") == "invalid"


@pytest.mark.parametrize("data", [b"PK", form("SZ")])
def test_a_unit_without_a_usable_workbook_cannot_be_corrected(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "深圳.xlsx"
    path.write_bytes(data)
    _, problems = read_survey(questionnaire(), register(tmp_path), [(path, "深圳.xlsx")], ledger(("Q05", "1", "2")))
    assert problems[-1].code == "EK263"


def test_two_workbooks_of_a_unit_are_not_corrected(tmp_path: Path) -> None:
    files = []
    for name in ("广州.xlsx", "穗.xlsx"):
        (tmp_path / name).write_bytes(form())
        files.append((tmp_path / name, name))
    _, problems = read_survey(questionnaire(), register(tmp_path), files, ledger(("Q05", "95.1", "90")))
    assert [each.code for each in problems] == ["EK228", "EK263"]


def test_the_table_of_observations_has_both_values_side_by_side(tmp_path: Path) -> None:
    found = Corrected(tmp_path, form(), ("Q05", "95.1", "59.1"))
    table = observation_table(found.batches, "2020")
    row = table[table["question"] == "Q05"].iloc[0]
    assert (row["raw"], row["value"], row["status"]) == ("95.1", "59.1", "ok")
    assert row["correction"] == "95.1 -> 59.1; 复核; 王芳; 2020-12-01"
    assert (table["correction"] != "").sum() == 1


def test_workbooks_without_cells_are_passed_over() -> None:
    returned = [Returned("广州.xlsx", "GZ", "", None)]
    found = correct_returned(questionnaire(), returned, ledger(("Q05", "1", "2")), [])
    assert [each.code for each in found] == ["EK263"]
