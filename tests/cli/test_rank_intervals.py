"""``evalkit rank --intervals``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import evalkit as library
from tests.cli.terminal import evalkit
from tests.uncertainty.sampled_study import assessed, sampled_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library.write(assessed(sampled_study(tmp_path / "study")), tmp_path / "out", excel=False)


def test_intervals_are_printed_with_what_they_mean(folder: Path) -> None:
    done = evalkit("rank", folder, "--intervals", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    header, *rows, note = done.out.splitlines()
    assert "Rank interval" in header
    assert "95%" in note
    assert rows[-1].split()[4] == "4"
    assert "–" in rows[0].split()[4]
    plain = evalkit("rank", folder, "--lang", "en").out
    assert "Rank interval" not in plain


def test_a_run_or_node_without_intervals_says_so(folder: Path, values_folder: Path) -> None:
    for arguments in ((folder, "--node", "B"), (values_folder,)):
        done = evalkit("rank", *arguments, "--intervals", "--lang", "zh")
        assert done.code == 0
        assert "没有名次区间" in done.out.splitlines()[-1]


def test_csv_names_the_method(folder: Path) -> None:
    rows = list(csv.DictReader(evalkit("rank", folder, "--intervals", "--format", "csv").out.splitlines()))
    assert {row["interval"] for row in rows} == {"sampling, simultaneous, stepdown, 0.95"}


def test_a_study_file_is_assessed_on_the_spot(folder: Path) -> None:
    study = folder.parent / "study" / "study.yaml"
    assert evalkit("rank", study, "--intervals").out == evalkit("rank", folder, "--intervals").out


def test_the_best_are_told_as_who_surely_is_and_who_may_be(folder: Path, values_folder: Path) -> None:
    document = evalkit("rank", folder, "--best", 3, "--format", "json").json
    assert document["best"] == {"surely": ["U3", "U2", "U1"], "possibly": ["U3", "U2", "U1"]}
    first = evalkit("rank", folder, "--best", 1, "--format", "json").json
    assert first["best"]["surely"] == []
    assert set(first["best"]["possibly"]) == {row["unit"] for row in first["ranking"] if row["rank_low"] == 1}
    text = evalkit("rank", folder, "--best", 3, "--lang", "en").out.splitlines()
    assert text[-2] == "surely among the best 3 (3): U3 丙市, U2 乙市, U1 甲市"
    assert "没有名次区间" in evalkit("rank", values_folder, "--best", 3, "--lang", "zh").out.splitlines()[-1]
    assert evalkit("rank", values_folder, "--best", 3, "--format", "json").json["best"] is None
