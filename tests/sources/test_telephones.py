"""Numbers that calls are made from: codes in every output, telephone numbers in none."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.problems import Problem
from evalkit.sources.telephones import read_number_key, telephone
from tests.small_audits import calls_study, row
from tests.small_studies import run, write_table

KEY = [("number", "telephone"), ("N1", "138 0000 0001"), ("N2", "+86-139-0000-0002")]


def read(folder: Path, *lines: tuple[str, ...]) -> tuple[dict[str, str], list[Problem]]:
    write_table(folder / "key.csv", lines)
    codes, problems = read_number_key(folder / "key.csv", "key.csv")
    return dict(codes), problems


@pytest.mark.parametrize(
    ("text", "digits"),
    [("13800000001", "13800000001"), ("13800000001.0", "13800000001"), ("(020) 8888-0000", "02088880000"),
     ("+86 138", "+86138"), ("12345", "12345"), ("１３８００００００００", "13800000000"), ("N1", ""), ("1234", ""),
     ("A13800000001", ""), ("", ""), ("- -", "")],
)  # fmt: skip
def test_what_is_a_telephone_number(text: str, digits: str) -> None:
    assert telephone(text) == digits


def test_a_number_is_read_as_its_code_and_shown_nowhere_else(tmp_path: Path) -> None:
    rows = [
        row("C1", number="N1"),
        row("C2", number="138-0000-0001"),
        row("C3", number="+8613900000002"),
        row("C4", number="13700000007"),
        row("C5"),
    ]
    path = calls_study(tmp_path / "s", rows, data={"audit": "calls/*.csv", "number_key": "key.csv"})
    write_table(tmp_path / "s" / "key.csv", KEY)
    evaluation = run(path)
    assert evaluation["calls"]["number"].tolist() == ["N1", "N1", "N2", "", ""]
    (withheld,) = [each for each in evaluation.problems if each.code == "EK635"]
    assert (str(withheld.place), dict(withheld.params)) == ("calls/a.csv:5 L5", {"count": "1"})
    evalkit.write(evaluation, tmp_path / "results")
    written = [each for each in (tmp_path / "results").rglob("*") if each.suffix in {".csv", ".json", ".html"}]
    digits = ("13800000001", "138-0000-0001", "13900000002", "13700000007")
    assert [each.name for each in written if any(text in each.read_text("utf-8-sig") for text in digits)] == []
    assert "key.csv" not in evaluation.manifest["inputs"], "a hash of few numbers could be guessed"


def test_a_key_that_is_wrong_says_so_without_a_number(tmp_path: Path) -> None:
    codes, problems = read(tmp_path, *KEY, ("N3", "13800000001"), ("", "13800000009"), ("N4", "none"))
    assert codes == {"13800000001": "N1", "+8613900000002": "N2"}
    assert [(each.code, each.place.line) for each in problems] == [("EK646", 4), ("EK248", 5), ("EK248", 6)]
    assert not any("1380" in each.message("zh") for each in problems)
    assert [each.code for each in read(tmp_path, ("number",), ("N1",))[1]] == ["EK201"]
