"""The ledger applied to respondents of exports: the same rules as for workbooks, respondent by respondent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.exports import Export
from evalkit.observations import STATUSES
from evalkit.problems import Problem
from evalkit.sources.export import read_export
from evalkit.sources.export_corrections import RespondentCorrections
from evalkit.sources.ledger import cell_parsers, read_corrections
from evalkit.sources.respondents import ReadExport
from tests.respondent_studies import HEAD as STUDY_HEAD
from tests.respondent_studies import ROWS as STUDY_ROWS
from tests.respondent_studies import respondent_study
from tests.small_studies import codes, run, write_table
from tests.sources.platform_exports import Long, WjxNumber, questionnaire
from tests.sources.test_export import CITY, profile, register

LEDGER = ("unit", "respondent", "question", "old", "new", "reason", "by", "date")
WHY = ("电话核实", "王芳", "2025-03-20")
HEAD = ("respondent", "unit", "Q1", "Q2", "Q3", "Q4", "Q5.day", "Q5.night", "Q6")
ROWS = (
    ("a", "U1", "yes", "very", "phone|web", "3", "2", "0", "x"),
    ("b", "U1", "no", "", "app", "soon", "", "", ""),
    ("c", "U2", "yes", "so", "", "soon", "1", "1", ""),
)


def line(respondent: str, question: str, old: str, new: str, unit: str = "U1") -> tuple[str, ...]:
    return (unit, respondent, question, old, new, *WHY)


class Corrected:
    """What reading an export with a ledger gave; by respondent and key."""

    def __init__(
        self,
        folder: Path,
        *lines: Sequence[str],
        rows: Sequence[Sequence[str]] = ROWS,
        head: Sequence[str] = HEAD,
        form: str = "wide",
        **keys: str,
    ) -> None:
        write_table(folder / "ledger.csv", [LEDGER, *lines])
        known = cell_parsers(questionnaire(), [])
        ledger, self.ledger_problems = read_corrections(folder / "ledger.csv", "ledger.csv", register(), known)
        write_table(folder / "answers.csv", [head, *rows])
        export = Export.model_validate({"file": "answers.csv", "profile": f"builtin:{form}", **keys})
        corrections = RespondentCorrections(ledger)
        (found, account), problems = read_export(
            (folder / "answers.csv", "answers.csv"),
            export,
            profile(form),
            questionnaire(),
            register(),
            corrections=corrections,
        )
        assert found is not None
        assert sum(account.counts) == account.expected == len(found.lines) * len(questionnaire().cell_keys)
        self.export: ReadExport = found
        self.problems: list[Problem] = [*problems, *corrections.left()]

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.problems]

    def cell(self, respondent: str, key: str) -> tuple[str, str, str, float]:
        """Status, text of the file, value and number of an answer."""
        row = self.export.respondents.tolist().index(respondent)
        column = next(column for column in self.export.columns if column.key == key)
        texts = str(column.raw_texts()[row]), str(column.value_texts()[row])
        return STATUSES[column.statuses[row]], *texts, float(column.numbers[row])

    def corrected(self) -> list[tuple[str, str, str]]:
        """Respondent, key and note of each corrected cell."""
        return [
            (str(respondent), column.key, str(note))
            for column in self.export.columns
            for respondent, note in zip(self.export.respondents, column.correction_texts(), strict=True)
            if note
        ]


def test_one_answer_of_one_respondent_is_corrected_and_both_values_stay(tmp_path: Path) -> None:
    found = Corrected(tmp_path, line("a", "Q4", "3", "5"))
    assert found.codes == ["EK203", "EK284", "EK266"]
    assert found.cell("a", "Q4") == ("ok", "3", "5", 5.0)
    assert found.corrected() == [("a", "Q4", "3 -> 5; 电话核实; 王芳; 2025-03-20")]
    place = found.problems[-1].place
    assert (place.file, place.cell, place.unit, place.question) == ("answers.csv", "F2", "U1", "Q4")


def test_options_are_named_as_in_the_file_or_by_code(tmp_path: Path) -> None:
    for old in ("very", "非常满意"):
        assert Corrected(tmp_path, line("a", "Q2", old, "poor")).cell("a", "Q2")[2] == "poor"
    head, *rows = WjxNumber().table()
    for old in ("1", "very"):
        found = Corrected(tmp_path, line("1", "Q2", old, "so"), head=head, rows=rows, form="wjx-number", unit=CITY)
        assert (found.cell("1", "Q2")[1:3], found.codes.count("EK266")) == (("1", "so"), 1)


def test_in_a_long_table_the_answer_of_one_is_corrected(tmp_path: Path) -> None:
    head, *rows = Long().table()
    found = Corrected(tmp_path, line("2", "Q4", "10", "11"), head=head, rows=rows, form="long")
    assert [found.cell(name, "Q4")[2] for name in ("1", "2")] == ["3", "11"]
    assert found.codes.count("EK266") == 1


def test_the_skip_rules_judge_the_corrected_answers(tmp_path: Path) -> None:
    found = Corrected(tmp_path, line("a", "Q1", "yes", "no"), line("b", "Q1", "no", "yes"))
    assert found.cell("a", "Q2")[0] == "skipped"
    assert found.cell("b", "Q2")[0] == "blank"
    assert found.codes.count("EK293") == 1


def test_a_finding_moves_to_the_next_who_gave_the_text_and_is_settled_with_the_last(tmp_path: Path) -> None:
    def places(*lines: tuple[str, ...]) -> list[tuple[str, str | None]]:
        wrong = [each for each in Corrected(tmp_path, *lines).problems if each.code in {"EK203", "EK284"}]
        return [(each.code, each.place.cell) for each in wrong]

    first, second = line("b", "Q4", "soon", "7"), line("c", "Q4", "soon", "8", "U2")
    assert places() == [("EK203", "F3"), ("EK284", None)]
    assert places(second) == [("EK203", "F3")]
    assert places(first) == [("EK203", "F4")]
    assert places(first, second) == places(second, first) == []


def test_a_tick_given_or_taken_back_decides_about_the_empty_ones(tmp_path: Path) -> None:
    head = ("respondent", "unit", *(f"Q3.{name}" for name in ("phone", "web", "app", "other")))
    rows = [("a", "U1", "1", "", "", ""), ("b", "U1", "", "", "", "")]
    plain = Corrected(tmp_path, head=head, rows=rows)
    assert [plain.cell("b", f"Q3.{name}")[0] for name in ("phone", "web")] == ["blank", "blank"]
    found = Corrected(tmp_path, line("a", "Q3.phone", "1", ""), line("b", "Q3.web", "", "√"), head=head, rows=rows)
    assert [found.cell("a", f"Q3.{name}")[0] for name in ("phone", "web")] == ["blank", "blank"]
    assert [found.cell("b", f"Q3.{name}")[2] for name in ("phone", "web", "app")] == ["0", "1", "0"]


def test_one_option_of_a_cell_with_all_of_them_is_corrected_alone(tmp_path: Path) -> None:
    found = Corrected(tmp_path, line("a", "Q3.web", "1", "否"))
    assert [found.cell("a", f"Q3.{name}")[2] for name in ("phone", "web", "app", "other")] == ["1", "0", "0", "0"]
    assert found.cell("a", "Q3.web")[1] == "phone|web"


def test_a_cell_with_an_unknown_option_stays_reported_until_all_its_options_are_corrected(tmp_path: Path) -> None:
    rows = [("a", "U1", "yes", "very", "phone|fax", "3", "2", "0", "")]
    names = ("phone", "web", "app", "other")
    lines = [line("a", f"Q3.{name}", "phone|fax", "1" if name == "phone" else "0") for name in names]
    assert Corrected(tmp_path, *lines[:1], rows=rows).codes == ["EK204", "EK266"]
    assert Corrected(tmp_path, *lines, rows=rows).codes == ["EK266"] * 4


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (line("a", "Q4", "4", "5"), "EK260"),
        (line("a", "Q4", "3", "five"), "EK261"),
        (line("a", "Q2", "very", "great"), "EK261"),
        (line("z", "Q4", "3", "5"), "EK648"),
        (line("a", "Q4", "3", "5", "U2"), "EK648"),
    ],
)
def test_a_line_that_does_not_fit_is_an_error_and_changes_nothing(
    tmp_path: Path, fault: tuple[str, ...], code: str
) -> None:
    found, plain = Corrected(tmp_path, fault), Corrected(tmp_path)
    assert found.codes == [*plain.codes, code]
    assert (found.problems[-1].severity, found.problems[-1].place.file) == ("error", "ledger.csv")
    assert found.corrected() == []
    for one, other in zip(found.export.columns, plain.export.columns, strict=True):
        assert one.raw_texts().tolist() == other.raw_texts().tolist()
        np.testing.assert_array_equal(one.numbers, other.numbers)


def test_an_id_in_several_rows_is_nobody_who_can_be_corrected(tmp_path: Path) -> None:
    found = Corrected(tmp_path, line("a", "Q4", "3", "5"), rows=[ROWS[0], ROWS[0]])
    assert found.codes == ["EK286", "EK648"]


def test_ready_made_values_belong_to_no_respondent(tmp_path: Path) -> None:
    write_table(tmp_path / "ledger.csv", [LEDGER, line("a", "calls", "1", "2")])
    known = cell_parsers(questionnaire(), ["calls"])
    ledger, problems = read_corrections(tmp_path / "ledger.csv", "ledger.csv", register(), known)
    assert (ledger.respondents, [each.code for each in problems]) == ((), ["EK262"])


def test_a_run_counts_the_corrected_answer_and_shows_both_values(tmp_path: Path) -> None:
    path = respondent_study(tmp_path / "study", STUDY_ROWS, head=STUDY_HEAD, corrections="ledger.csv")
    write_table(tmp_path / "study" / "ledger.csv", [LEDGER, line("c", "Q1", "no", "yes")])
    found = run(path)
    value = found["measures"].set_index(["unit", "indicator"])["value"]
    assert value["U1", "OPEN"] == 100, "b, c and d say yes; without the correction c, of weight 3, says no: 40"
    assert "EK266" in codes(found)
    seen = found["observations"].query("correction != ''")
    shown = seen[["unit", "respondent", "question", "raw", "value"]].to_numpy().tolist()
    assert shown == [["U1", "c", "Q1", "no", "yes"]]


@given(st.sampled_from(["3", "三", "", "n/a"]), st.sampled_from(["5", "", "不适用", "many", "-1"]))
def test_every_line_is_applied_or_an_error(tmp_path_factory: pytest.TempPathFactory, old: str, new: str) -> None:
    found = Corrected(tmp_path_factory.mktemp("law"), line("a", "Q4", old, new))
    applied, refused = found.codes.count("EK266"), [each for each in found.codes if each in {"EK260", "EK261"}]
    assert applied + len(refused) == 1
    status, raw, _, number = found.cell("a", "Q4")
    assert raw == "3"
    assert bool(found.corrected()) == bool(applied)
    assert math.isnan(number) == (status != "ok")
