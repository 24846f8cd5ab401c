"""``evalkit robustness``."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.terminal import evalkit
from tests.uncertainty.sampled_study import sampled_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return sampled_study(tmp_path / "study", uncertainty={"replicates": 300, "aggregate": ["geometric"]})


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_results_are_written_with_a_sheet_and_three_tables(study: Path, tmp_path: Path) -> None:
    done = evalkit("robustness", study, "--out", tmp_path / "out", "--lang", "en")
    assert done.code == 0
    assert "(a)" in done.out
    assert "no confidence sets" in done.out
    tables = {path.stem for path in (tmp_path / "out" / "tables").iterdir()}
    assert tables >= {"precision", "robustness", "acceptability", "sensitivity", "ranks"}
    book = openpyxl.load_workbook(tmp_path / "out" / "results.xlsx")
    assert "Robustness" in book.sheetnames
    cells = [str(cell.value) for row in book["Robustness"].iter_rows() for cell in row if cell.value is not None]
    assert {"(a) sampling", "(b) method", "(c) both", "U3"} <= set(cells)
    awards = [str(cell.value) for row in book["Awards"].iter_rows() for cell in row if cell.value is not None]
    assert {"Certificate", "(c) awarded in", "(b) awarded under other methods"} <= set(awards)


def test_json_has_every_unit(study: Path, tmp_path: Path) -> None:
    document = evalkit("robustness", study, "--out", tmp_path / "out", "--no-excel", "--format", "json").json
    assert [row["unit"] for row in document["robustness"]] == ["U3", "U2", "U1", "U4"]
    assert document["replicates"]["ranks"] == 300


def test_a_draw_is_made_again(study: Path) -> None:
    first = evalkit("robustness", study, "--draw", 17, "--format", "json").json
    assert first["draw"] == 17
    assert [row["node"] for row in first["weights"]] == ["A", "A1", "A2", "B"]
    assert evalkit("robustness", study, "--draw", 17, "--format", "json").json == first
    text = evalkit("robustness", study, "--draw", 17, "--lang", "zh").out
    assert text.startswith("第 17 次抽取")
    outside = evalkit("robustness", study, "--draw", 300)
    assert (outside.code, outside.out) == (2, "")


def test_a_study_without_uncertainty_says_what_to_write(tmp_path: Path) -> None:
    done = evalkit("robustness", sampled_study(tmp_path, uncertainty=None), "--lang", "en")
    assert (done.code, done.out) == (1, "")
    assert "EK709" in done.err
    assert "uncertainty: {seed: 1}" in done.err
    for arguments in (("--draw", 1), ("--format", "json")):
        assert evalkit("robustness", tmp_path / "study.yaml", *arguments).code == 1


def test_no_study_is_unreadable(tmp_path: Path) -> None:
    assert evalkit("robustness", tmp_path / "none.yaml").code == 3
