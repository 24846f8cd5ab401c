"""Ready-made values that readers of one's own bring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.problems import Problem
from tests.small_studies import TREE, VALUES, write_study, write_table

LINES = """\
def lines(path, *, separator: str = ";"):
    with open(path, encoding="utf-8") as file:
        header, *rows = [line.rstrip("\\n").split(separator) for line in file]
    return [dict(zip(header, row)) for row in rows]

READERS = (lines,)
"""
READ = [{"reader": "lines", "files": "*.dat"}]


def study(folder: Path, files: dict[str, str], text: str = LINES, **data: Any) -> Path:  # noqa: ANN401 - keys of data
    path = write_study(folder, TREE, plugins=["mine.py"], data={"read": READ} | data)
    (folder / "mine.py").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return path


def joined(rows: list[tuple[str, ...]]) -> str:
    return "".join(";".join(row) + "\n" for row in rows)


WHOLE = {"a.dat": joined(list(VALUES))}


def run(path: Path) -> Evaluation:
    return evalkit.load(path, allow_plugins=True).run()


def problems(path: Path) -> list[Problem]:
    return evalkit.load(path, allow_plugins=True).check()


def test_values_count_as_those_of_a_table(tmp_path: Path, values_run: Evaluation) -> None:
    evaluation = run(study(tmp_path, WHOLE))
    assert evaluation.problems == []
    assert evaluation["scores"].equals(values_run["scores"])
    row = evaluation["observations"].iloc[0]
    assert (row["unit"], row["file"], row["value"]) == ("U1", "a.dat", "80")
    assert "a.dat" in evaluation.manifest["inputs"]


def test_units_may_be_named_and_columns_spread_over_files(tmp_path: Path, values_run: Evaluation) -> None:
    names = {"U1": "甲市热线", "U2": "乙市", "U3": "丙", "U4": "丁市", "unit": "unit"}
    first = joined([(names[row[0]], row[1]) for row in VALUES])
    second = joined([(row[0], *row[2:]) for row in VALUES])
    evaluation = run(study(tmp_path, {"a.dat": first, "b.dat": second}))
    assert evaluation.problems == []
    assert evaluation.ranking()["score"].tolist() == values_run.ranking()["score"].tolist()


def test_a_column_is_taken_from_a_reader_before_the_table(tmp_path: Path) -> None:
    path = study(tmp_path, {"a.dat": joined([("unit", "b1"), ("U1", "99")])}, values="values.csv")
    write_table(tmp_path / "values.csv", VALUES)
    evaluation = run(path)
    measures = evaluation["measures"].set_index(["unit", "indicator"])["value"]
    assert (measures["U1", "B1"], measures["U1", "A1"]) == (99, 80)
    assert {each.code for each in evaluation.problems} == {"EK243", "EK405"}


def test_the_first_file_that_gives_a_value_counts(tmp_path: Path) -> None:
    path = study(tmp_path, WHOLE | {"b.dat": joined([("unit", "a1"), ("U1", "1")])})
    (found,) = problems(path)
    assert (found.code, found.place.file, found.place.unit) == ("EK426", "b.dat", "U1")
    assert dict(found.params) == {"column": "a1", "first": "a.dat"}
    measures = run(path)["measures"].set_index(["unit", "indicator"])["value"]
    assert measures["U1", "A1"] == 80


def test_a_column_that_nobody_gives_is_an_error(tmp_path: Path) -> None:
    path = study(tmp_path, {"a.dat": joined([row[:3] for row in VALUES])})
    assert [(each.code, dict(each.params)) for each in problems(path)] == [("EK427", {"column": "b1"})]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("return 1 / 0", "EK422"),
        ("return None", "EK422"),
        ("return [1]", "EK422"),
        ("return [{1: 2}]", "EK422"),
        ("return 'text'", "EK422"),
        ("return []", "EK201"),
        ("return [{'city': 'x'}]", "EK201"),
    ],
)
def test_a_reader_that_fails_is_a_finding(tmp_path: Path, body: str, code: str) -> None:
    found = problems(study(tmp_path, WHOLE, f"def lines(path): {body}\nREADERS = (lines,)"))
    assert code in {each.code for each in found if each.place.file == "a.dat"}


def test_values_that_are_none_or_no_numbers(tmp_path: Path) -> None:
    rows = "[{'unit': 'U1', 'a1': None, 'a2': float('nan'), 'b1': float('inf')}, {'unit': 'U2', 'a1': 5, 'a2': 5.5}]"
    evaluation = run(study(tmp_path, WHOLE, f"def lines(path): return {rows}\nREADERS = (lines,)"))
    statuses = evaluation["measures"].set_index(["unit", "indicator"])["status"]
    assert [statuses["U1", node] for node in ("A1", "A2", "B1")] == ["blank", "blank", "invalid"]
    assert [statuses["U2", node] for node in ("A1", "A2", "B1")] == ["ok", "ok", "blank"]


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        ({"reader": "lins"}, "EK355"),
        ({"settings": {"separator": 5}}, "EK104"),
        ({"settings": {"sep": ","}}, "EK102"),
        ({"files": "../*.dat"}, "EK003"),
        ({"files": "*.none"}, "EK239"),
    ],
)
def test_check_knows_readers_settings_and_files(tmp_path: Path, reading: dict[str, Any], code: str) -> None:
    path = study(tmp_path, WHOLE, read=[READ[0] | reading])
    found = [each for each in problems(path) if each.code == code]
    assert [each.place.file for each in found] == ["study.yaml"]
