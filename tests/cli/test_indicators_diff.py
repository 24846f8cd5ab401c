"""``evalkit indicators diff``, and the drawings of ``show``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit

BASE = "builtin:digital-transformation"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    patches = [
        "{reweight: NET, weight: 2}",
        "{drop: NET-2-2}",
        "{move: DAT-3-4, under: NET-1}",
        "{add: {id: NEW, name: 新, measure: {column: new}}, under: INT-1}",
    ]
    lines = [f"id: mine\nversion: 2026\nname: 我的\nextends: {BASE}\npatches:", *(f"  - {each}" for each in patches)]
    path = tmp_path / "mine.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_diff_says_what_changed_and_what_is_no_longer_comparable(mine: Path, language: str) -> None:
    done = evalkit("indicators", "diff", BASE, mine, "--lang", language)
    assert (done.code, done.err) == (0, "")
    for text in ("33.33%", "50.00%", "NET-2-2", "NEW"):
        assert text in done.out
    done.out.encode("gbk")


def test_diff_as_json(mine: Path) -> None:
    document = evalkit("indicators", "diff", BASE, mine, "--format", "json").json
    assert (document["a"]["version"], document["b"]["version"]) == ("2020.1", "2026")
    found = {(each["node"], each["change"]) for each in document["changes"]}
    assert {("NET", "reweighted"), ("NET-2-2", "dropped"), ("DAT-3-4", "moved"), ("NEW", "added")} <= found
    lost = {each["node"] for each in document["not_comparable"]}
    assert lost == {"DT", "NET", "NET-1", "NET-2", "DAT", "DAT-3", "INT", "INT-1"}
    assert "DAT-3-4" in document["comparable"]
    assert lost.isdisjoint(document["comparable"])


def test_diff_as_csv_has_the_same_rows(mine: Path) -> None:
    document = evalkit("indicators", "diff", BASE, mine, "--format", "json").json
    rows = list(csv.DictReader(evalkit("indicators", "diff", BASE, mine, "--format", "csv").out.splitlines()))
    assert len(rows) == len(document["changes"]) + len(document["not_comparable"])
    assert rows[0]["effective_after"] == str(document["changes"][0]["effective_after"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_does_not_differ_from_itself(language: str) -> None:
    done = evalkit("indicators", "diff", BASE, BASE, "--lang", language)
    assert done.code == 0
    assert "43" in done.out
    assert evalkit("indicators", "diff", BASE, BASE, "--format", "json").json["changes"] == []


def test_faults_of_both_are_shown_together(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("id: x\n", encoding="utf-8")
    done = evalkit("indicators", "diff", tmp_path / "a.yaml", tmp_path / "b.yaml", "--format", "json")
    assert done.code == 1
    assert done.codes() == ["EK103"] * 6


@pytest.mark.parametrize(("output", "start"), [("markdown", "# "), ("mermaid", "flowchart LR\n")])
def test_show_draws(mine: Path, output: str, start: str) -> None:
    done = evalkit("indicators", "show", mine, "--format", output, "--lang", "zh")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(start)
    assert len(done.out.splitlines()) >= 43
