"""A single agent who answers the calls to a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.problems import Problem
from tests.small_audits import PROTOCOL, calls_study, row
from tests.small_studies import write_yaml


def check(folder: Path, rows: Sequence[Mapping[str, str]], **rules: Any) -> list[Problem]:  # noqa: ANN401 - numbers of the rules
    path = calls_study(folder, rows)
    write_yaml(folder / "protocol.yaml", PROTOCOL | {"plausibility": rules})
    return [each for each in evalkit.load(path).check() if each.code == "EK638"]


def calls(agents: str, unit: str = "U1") -> list[dict[str, str]]:
    """A call an agent, each a letter; a blank is a call whose agent was not understood."""
    return [row(f"{unit}-{n}", unit=unit, agent=agent.strip()) for n, agent in enumerate(agents)]


@pytest.mark.parametrize(("agents", "asked"), [("aaaaa", True), ("aaaab", True), ("aaabb", False), ("aaaa", False)])
def test_one_agent_for_nearly_all_calls_is_asked_about(tmp_path: Path, agents: str, asked: bool) -> None:
    found = check(tmp_path, [*calls(agents), *calls("abcde", "U2")])
    assert [(each.severity, str(each.place), each.place.unit) for each in found] == (
        [("warning", "calls/a.csv:2 A2", "U1")] if asked else []
    )


def test_it_says_how_many_calls_of_which_code(tmp_path: Path) -> None:
    (found,) = check(tmp_path, calls("b aaaaa "))
    assert dict(found.params) == {"agent": "G2", "count": "5", "calls": "6"}


def test_calls_count_once_and_only_if_somebody_answered(tmp_path: Path) -> None:
    rows = calls("aaaa")
    rows += [row("U1-0", auditor="A2", agent="a"), row("U1-9", outcome="silent", agent="a")]
    assert check(tmp_path / "four", rows) == []
    assert len(check(tmp_path / "less", rows, agent_calls=4)) == 1
    assert check(tmp_path / "more", calls("aaaab"), agent_share=0.9) == []
