from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.problems import Problem
from evalkit.sources.auditor_key import looks_like_a_person, read_auditor_key
from tests.small_audits import calls_study, row
from tests.small_studies import run, write_table

KEY = [("auditor", "name"), ("A1", "张三"), ("A2", "李 四")]


def read(folder: Path, *lines: tuple[str, ...]) -> tuple[dict[str, str], list[Problem]]:
    write_table(folder / "key.csv", lines)
    codes, problems = read_auditor_key(folder / "key.csv", "key.csv")
    return dict(codes), problems


def test_names_become_codes_in_every_table_and_file_of_the_results(tmp_path: Path) -> None:
    rows = [row("C1", auditor="张三"), row("C1", auditor="李四"), row("C2", auditor="A2"), row("C3", auditor=" 张三 ")]
    path = calls_study(tmp_path / "s", rows, data={"audit": "calls/*.csv", "auditor_key": "key.csv"})
    write_table(tmp_path / "s" / "key.csv", KEY)
    evaluation = run(path)
    assert evaluation["calls"]["auditor"].tolist() == ["A1", "A2", "A2", "A1"]
    assert "EK668" not in {each.code for each in evaluation.problems}
    evalkit.write(evaluation, tmp_path / "results")
    written = [each for each in (tmp_path / "results").rglob("*") if each.suffix in {".csv", ".json", ".html"}]
    assert len(written) > 10
    assert [
        each.name for each in written if any(name in each.read_text("utf-8-sig") for name in ("张三", "李四"))
    ] == []


def test_names_without_a_key_are_asked_about_once_a_file_and_not_told(tmp_path: Path) -> None:
    rows = [row("C1", auditor="A1"), row("C2", auditor="张三"), row("C3", auditor="李四"), row("C4", auditor="张三")]
    problems = [each for each in evalkit.load(calls_study(tmp_path / "s", rows)).check() if each.code == "EK668"]
    assert [(each.severity, str(each.place), dict(each.params)) for each in problems] == [
        ("warning", "calls/a.csv:3 A3", {"count": "2"})
    ]


def test_a_key_that_is_wrong_says_so_without_a_name(tmp_path: Path) -> None:
    codes, problems = read(tmp_path, *KEY, ("A3", "张三"), ("A4", ""), ("", "王五"))
    assert codes == {"张三": "A1", "李四": "A2"}
    assert [(each.code, each.place.line) for each in problems] == [("EK667", 4), ("EK248", 5), ("EK248", 6)]
    assert not any("张三" in each.message("zh") for each in problems)
    assert [each.code for each in read(tmp_path, ("auditor",), ("A1",))[1]] == ["EK201"]


@pytest.mark.parametrize(
    ("text", "person"),
    [("张三", True), ("欧阳小明", True), ("阿依古丽·买买提", True), ("A01", False), ("拨测员1", False), ("甲1", False),
     ("第一拨测小组", False), ("", False)],
)  # fmt: skip
def test_what_may_be_a_name(text: str, person: bool) -> None:
    assert looks_like_a_person(text) is person
