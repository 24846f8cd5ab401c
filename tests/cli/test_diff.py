"""``evalkit diff``."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit

CLASSIC = "U1,80,60,40"


@pytest.fixture
def changed_path(values_run: Evaluation, values_path: Path) -> Path:
    """The study of values, one of them changed after it was run."""
    assert len(values_run["units"]) == 4
    values = values_path.parent / "values.csv"
    text = values.read_text(encoding="utf-8")
    assert CLASSIC in text
    values.write_text(text.replace(CLASSIC, "U1,80,60,100"), encoding="utf-8")
    return values_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_is_said(values_folder: Path, changed_path: Path, language: str) -> None:
    done = evalkit("diff", values_folder, changed_path, "--lang", language)
    assert (done.code, done.err) == (0, "")
    done.out.encode("gbk")
    lines = [line.split() for line in done.out.splitlines()]
    assert ["U1", "甲市", "62.50", "77.50", "+15.00"] in lines
    assert ["U1", "甲市", "3", "1", "▲2"] in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_equal_runs_are_said_to_be_equal(values_folder: Path, values_path: Path, language: str) -> None:
    done = evalkit("diff", values_folder, values_path, "--lang", language)
    assert done.code == 0
    assert ("没有差异" in done.out, "do not differ" in done.out) == (language != "en", language != "zh")


def test_json_and_csv_have_everything(values_folder: Path, changed_path: Path) -> None:
    document = evalkit("diff", values_folder, changed_path, "--format", "json").json
    assert not document["same"]
    assert list(document["inputs"]) == ["values.csv"]
    rows = list(csv.DictReader(evalkit("diff", values_folder, changed_path, "--format", "csv").out.splitlines()))
    for what in ("inputs", "answers", "measures", "scores", "ranks", "awards"):
        assert sum(row["what"] == what for row in rows) == len(document[what])


def test_one_node_and_the_first_rows(values_folder: Path, changed_path: Path) -> None:
    done = evalkit("diff", values_folder, changed_path, "--node", "B1", "--top", "1", "--lang", "en")
    assert "Scores (Indicator three)" in done.out
    document = evalkit("diff", values_folder, changed_path, "--node", "B1", "--format", "json").json
    assert {row["node"] for row in document["scores"]} == {"B1"}
    assert evalkit("diff", values_folder, changed_path, "--node", "B9", "--format", "json").codes() == ["EK318"]


def test_runs_that_publish_tiers_only_are_refused(values_folder: Path, values_path: Path, tmp_path: Path) -> None:
    study = values_path.with_name("tiers.yaml")
    study.write_text(values_path.read_text(encoding="utf-8") + "publish: tiers\n", encoding="utf-8")
    done = evalkit("diff", values_folder, study, "--format", "json")
    assert (done.code, done.codes()) == (1, ["EK526"])
    assert evalkit("diff", values_folder, tmp_path / "none").code == 3
