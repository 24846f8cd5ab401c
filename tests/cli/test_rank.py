"""``evalkit rank``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import evalkit as kit
from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit
from tests.small_studies import VALUES, run, values_study


@pytest.mark.parametrize("language", LANGUAGES)
def test_ranking_is_printed_with_dimensions(values_folder: Path, language: str) -> None:
    done = evalkit("rank", values_folder, "--lang", language)
    assert (done.code, done.err) == (0, "")
    header, *rows = done.out.splitlines()
    assert ("名次" in header, "Rank" in header) == (language != "en", language != "zh")
    assert rows[0].split() == ["1", "U3", "丙市", "70.00", "90.00", "10.00"]
    assert [row.split()[1] for row in rows] == ["U3", "U2", "U1", "U4"]
    assert all(row == row.rstrip() for row in rows)


def test_json_and_csv_keep_full_precision(form_folder: Path) -> None:
    document = evalkit("rank", form_folder, "--format", "json").json
    assert (document["node"], document["group"], document["problems"]) == ("ROOT", "", [])
    rows = list(csv.DictReader(evalkit("rank", form_folder, "--format", "csv").out.splitlines()))
    assert [float(row["score"]) for row in rows] == [each["score"] for each in document["ranking"]]
    assert [row["unit"] for row in rows] == ["U1", "U3", "U2"]
    assert document["ranking"][0]["rank_low"] is None
    assert rows[0]["rank_low"] == ""


def test_node_group_and_top(values_folder: Path) -> None:
    done = evalkit("rank", values_folder, "--node", "B", "--group", "class:big", "--top", "1", "--format", "csv")
    assert [row["unit"] for row in csv.DictReader(done.out.splitlines())] == ["U2"]
    indicator = evalkit("rank", values_folder, "--node", "A1", "--format", "json").json
    assert [each["score"] for each in indicator["ranking"]] == [90, 80, 50, 20]


def test_top_counts_ranks_so_that_no_tie_is_cut(values_path: Path) -> None:
    values = values_path.parent / "values.csv"
    values.write_text("unit,a1,a2,b1\nU1,1,1,1\nU2,1,1,1\nU3,0,0,0\n", encoding="utf-8")
    done = evalkit("rank", values_path, "--top", "1", "--format", "csv")
    assert [row["unit"] for row in csv.DictReader(done.out.splitlines())] == ["U1", "U2"]


def test_study_may_be_ranked_without_a_folder(values_path: Path) -> None:
    assert evalkit("rank", values_path).out.splitlines()[1].split()[1] == "U3"
    assert not (values_path.parent / "results").exists()


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize(("arguments", "code"), [(("--node", "RO0T"), "EK318"), (("--group", "class:huge"), "EK319")])
def test_unknown_node_or_group_is_a_finding(
    values_folder: Path, form: str, arguments: tuple[str, ...], code: str
) -> None:
    done = evalkit("rank", values_folder, *arguments, "--format", form)
    assert done.code == 1
    assert code in done.out + done.err
    if form == "json":
        assert done.codes() == [code]


@pytest.mark.parametrize("command", [("rank",), ("explain", "U1")])
def test_folder_that_holds_no_run_is_three(tmp_path: Path, command: tuple[str, ...]) -> None:
    name, *rest = command
    done = evalkit(name, tmp_path, *rest, "--format", "json")
    assert (done.code, done.codes()) == (3, ["EK006"])
    assert evalkit(name, tmp_path / "no.yaml", *rest).code == 3


def test_study_with_a_broken_definition_is_one(values_path: Path) -> None:
    (values_path.parent / "set.yaml").write_text("id: [", encoding="utf-8")
    assert evalkit("rank", values_path).code == 1


def test_the_change_since_the_last_wave_stands_beside_the_rank(tmp_path: Path) -> None:
    then = (VALUES[0], ("U1", "10", "10", "10"), ("U2", "50", "70", "90"), ("U3", "90", "90", "10"))
    folder = tmp_path / "now"
    study = values_study(folder, wave="2025", waves=["2024"])
    kit.write(run(values_study(tmp_path / "then", then, wave="2024")), folder / "2024", excel=False)
    done = evalkit("rank", study, "--lang", "en")
    lines = done.out.splitlines()
    assert "since 2024" in lines[0]
    assert [("=" in line, "+52.50" in line, " -" in line) for line in lines[1:]] == [
        (True, False, False),
        (True, False, False),
        (True, True, False),
        (False, False, True),
    ]
    done.out.encode("gbk")
    rows = evalkit("rank", study, "--format", "json").json["ranking"]
    assert [row["score_change"] for row in rows] == [0, 0, 52.5, None]
    assert "since" not in evalkit("rank", study, "--node", "A1", "--lang", "en").out
