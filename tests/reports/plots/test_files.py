"""``charts/``: a picture a chart, and no folder where one cannot be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.folder import FolderError, write, write_reports
from tests.small_studies import run, values_study


def test_each_chart_is_a_file(two_waves: Evaluation, tmp_path: Path, chinese_font: Path) -> None:
    out = write_reports(two_waves, tmp_path, ["svg", "png"], units=["U2"], language="zh", font=chinese_font)
    names = {path.stem for path in out if path.parent.name == "charts"}
    assert names == {"ranking", "intervals", "change", "heat", "profile U2"}
    assert all((tmp_path / "charts" / f"{name}.{end}").is_file() for name in names for end in ("svg", "png"))


def test_a_run_without_anything_to_draw_is_a_finding_and_leaves_nothing(tmp_path: Path) -> None:
    hidden = run(values_study(tmp_path / "study", publish="tiers"))
    with pytest.raises(FolderError) as refused:
        write_reports(hidden, tmp_path / "out", ["png"])
    assert refused.value.problem.code == "EK083"
    assert [*(tmp_path / "out").iterdir()] == []


def test_a_font_that_cannot_be_used_leaves_nothing(values_run: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(b"nothing")
    with pytest.raises(FolderError) as refused:
        write_reports(values_run, tmp_path / "out", ["html", "svg"], font=tmp_path / "font.ttf")
    assert refused.value.problem.code == "EK081"
    assert [*(tmp_path / "out").iterdir()] == []


def test_a_run_replaces_the_charts_of_an_earlier_one(
    values_run: Evaluation, tmp_path: Path, chinese_font: Path
) -> None:
    out = write(values_run, tmp_path / "out", excel=False, page=False)
    write_reports(values_run, out, ["svg"], language="zh", font=chinese_font)
    assert (out / "charts" / "ranking.svg").is_file()
    write(values_run, out, excel=False, page=False)
    assert not (out / "charts").exists()
