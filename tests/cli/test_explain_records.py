"""``evalkit explain`` down to the counts of records and the hashes of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalkit.provenance import sha256_file
from tests.cli.terminal import evalkit
from tests.small_records import ROWS, record_study

RATIO: dict[str, Any] = {"ratio": {"numerator": "wait", "denominator": "2 * wait"}}


def lines(folder: Path, language: str, **measure: Any) -> list[str]:  # noqa: ANN401 - any measure of records
    child = {"id": "ONE", "name": "one", "measure": {"records": {"of": "orders"} | measure}}
    path = record_study(folder, {"a.csv": ROWS}, {"id": "ROOT", "name": "root", "children": [child]})
    done = evalkit("explain", path, "U1", "ONE", "--lang", language)
    assert (done.code, done.err) == (0, "")
    return [line.strip() for line in done.out.splitlines()]


def test_a_rate_is_shown_with_its_counts_reasons_and_files(tmp_path: Path) -> None:
    shown = lines(tmp_path, "en", share="closed <= due", among="due is known")
    digest = sha256_file(tmp_path / "records" / "a.csv")
    assert shown[3:] == [
        "records orders: share(closed <= due) among(due is known)",
        "1 of 2 records",
        "of 3 records in all; outside of what is asked for: 0; left out: blank 1",
        f"records/a.csv  sha256 {digest}",
        "checked: every score can be computed again from what is below it",
    ]


@pytest.mark.parametrize(
    ("measure", "zh", "en"),
    [
        ({"share": "wait <= 14"}, "3 条记录中 2 条符合", "2 of 3 records"),
        ({"count": "wait <= 14"}, "3 条记录中 2 条符合,取条数", "2 of 3 records, counted"),
        ({"mean": "wait"}, "3 条记录,合计 42,取均值", "3 records, together 42, of which the mean"),
        ({"p90": "wait"}, "3 条记录的分位数", "a quantile of 3 records"),
        (RATIO, "3 条记录:100 x 42 / 84", "3 records: 100 x 42 / 84"),
    ],
    ids=["share", "count", "mean", "p90", "ratio"],
)
def test_every_measure_has_its_words(tmp_path: Path, measure: dict[str, Any], zh: str, en: str) -> None:
    assert zh in lines(tmp_path / "zh", "zh", **measure)
    assert en in lines(tmp_path / "en", "en", **measure)


def test_json_has_the_account(tmp_path: Path) -> None:
    path = record_study(tmp_path, {"a.csv": ROWS})
    document = evalkit("explain", path, "U1", "ON-TIME", "--format", "json").json
    assert document["step"]["records"]["base"] == 3
    assert document["step"]["records"]["files"][0][0] == "records/a.csv"


def test_a_run_of_records_alone_shows_its_ranking(tmp_path: Path) -> None:
    path = record_study(tmp_path / "study", {"a.csv": ROWS})
    done = evalkit("run", path, "--out", tmp_path / "results", "--lang", "en")
    assert done.code == 0
    assert "2 of 3 units ranked" in done.out
    assert "甲市" in done.out
    assert (tmp_path / "results" / "results.xlsx").is_file()
    assert (tmp_path / "results" / "report.html").is_file()
