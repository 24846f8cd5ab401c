from __future__ import annotations

from pathlib import Path

from evalkit.problems import Place, Problem, problem
from evalkit.sources.private_keys import read_codes


def two_codes(place: Place, first: str, second: str) -> Problem:
    return problem("EK667", place, first=first, second=second)


def test_the_first_code_stands_and_every_other_line_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    path.write_text("name,code\n王芳,A1\n李娜,\n,A3\n王芳,A4\n王芳,A1\n", encoding="utf-8")
    codes, problems = read_codes(path, "key.csv", ("code", "name"), str.strip, two_codes)
    assert codes == {"王芳": "A1"}
    found = [(each.code, each.place.cell) for each in problems]
    assert found == [("EK248", "B3"), ("EK248", "A4"), ("EK667", "A5")]
    assert not any("王芳" in each.message() + each.hint() for each in problems)


def test_a_column_that_lacks_is_named(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    path.write_text("code\nA1\n", encoding="utf-8")
    codes, [found] = read_codes(path, "key.csv", ("code", "name"), str.strip, two_codes)
    assert codes == {}
    assert (found.code, found.place.line) == ("EK201", 1)
