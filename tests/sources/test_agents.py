"""Agents as codes: the same agent has one code within his unit, and his number is in no output."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import evalkit
from evalkit.sources.agents import AgentCodes, plain_agent, read_agent_key
from tests.small_audits import calls_study, row
from tests.small_studies import run

SECRET = b"sixteen letters and more"


@pytest.mark.parametrize(
    "text", ["7", "007", "7.0", " 7 ", "７", "工号7", "工号:007", "话务员工号007", "7号", "7号话务员"]
)
def test_one_agent_has_one_code_however_written(text: str) -> None:
    for codes in (AgentCodes(), AgentCodes(SECRET)):
        assert codes.code("U1", text) == codes.code("U1", "7") != codes.code("U1", "70")


@pytest.mark.parametrize(
    ("text", "plain"), [("0", "0"), ("客服", "客服"), ("A007", "a007"), ("王芳", "王芳"), ("", "")]
)
def test_what_is_no_number_stays(text: str, plain: str) -> None:
    assert plain_agent(text) == plain


def test_without_a_key_agents_are_numbered_within_their_unit() -> None:
    codes = AgentCodes()
    given = [("U1", "88"), ("U1", "12"), ("U2", "12"), ("U1", "88"), ("U1", "")]
    assert [codes.code(*each) for each in given] == ["G1", "G2", "G1", "G1", ""]


def test_a_code_of_the_key_is_the_same_in_all_runs_and_tells_nothing_about_other_units() -> None:
    assert AgentCodes(SECRET).code("U1", "12") == AgentCodes(SECRET).code("U1", "012")
    others = {AgentCodes(SECRET).code("U2", "12"), AgentCodes(b"another secret text").code("U1", "12")}
    assert AgentCodes(SECRET).code("U1", "12") not in others
    assert len({AgentCodes(SECRET).code("U1", str(number)) for number in range(2000)}) == 2000
    assert AgentCodes(SECRET).code("U1", "12").startswith("G")
    assert "12" not in AgentCodes().code("U1", "12")


@pytest.mark.parametrize(
    "content",
    [b"", b"short", b"x" * 20_000, b"\xef\xbb\xbf  short  \n"],
    ids=["empty", "short", "long", "blanks"],
)
def test_a_key_is_a_secret_of_some_length(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "agents.key").write_bytes(content)
    assert [each.code for each in read_agent_key(tmp_path / "agents.key", "agents.key")[1]] == ["EK637"]
    (tmp_path / "agents.key").write_bytes(b"\xef\xbb\xbf" + SECRET + b"\r\n")
    assert read_agent_key(tmp_path / "agents.key", "agents.key") == (SECRET, [])
    assert [each.code for each in read_agent_key(tmp_path / "none.key", "none.key")[1]] == ["EK005"]


def content_of(path: Path) -> bytes:
    """The bytes of a file, of a workbook those of all its parts."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in book.namelist())


@pytest.mark.parametrize("key", [True, False])
def test_no_number_of_an_agent_is_in_any_output(tmp_path: Path, key: bool) -> None:
    """Not even where rows are wrong: the raw number of a wrong row is not told either."""
    numbers = ["88077001", "工号88077002", "088077001", "88077003", ""]
    rows = [row(f"C{n}", agent=number) for n, number in enumerate(numbers)]
    rows += [row("C1", agent="88077009", G2="no"), row("C8", unit="U9", agent="88077009"), row("", agent="88077009")]
    path = calls_study(
        tmp_path / "s", rows, data={"audit": "calls/*.csv"} | ({"agent_key": "agents.key"} if key else {})
    )
    (tmp_path / "s" / "agents.key").write_bytes(SECRET)
    evaluation = run(path)
    codes = evaluation["calls"]["agent"].tolist()
    assert codes[0] == codes[2] != codes[1]
    assert codes[4] == ""
    assert (codes[:2] == ["G1", "G2"]) is not key
    assert ("EK639" in {each.code for each in evaluation.problems}) is not key
    assert evaluation["agents"][["unit", "calls", "share"]].to_numpy().tolist() == [
        ["U1", 2, 0.5], ["U1", 1, 0.25], ["U1", 1, 0.25],
    ]  # fmt: skip
    evalkit.write(evaluation, tmp_path / "results")
    written = [each for each in (tmp_path / "results").rglob("*") if each.is_file()]
    assert {".csv", ".json", ".html", ".xlsx"} <= {each.suffix for each in written}
    assert [each.name for each in written if b"8807700" in content_of(each)] == []
    told = [each.message("both") + str(each.params) for each in evaluation.problems]
    assert not any("8807700" in text for text in told)
    assert "agents.key" not in json.loads((tmp_path / "results" / "run.json").read_text("utf-8"))["inputs"]
