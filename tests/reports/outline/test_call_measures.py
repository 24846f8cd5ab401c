"""Connection, response times and calls as a reader of the results sees them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evalkit.audits.rates import rate_interval
from evalkit.evaluate import Evaluation
from evalkit.reports.outline import outline
from evalkit.reports.outline.call_measures import calls, connection, waits
from tests.small_audits import PROTOCOL, calls_study, row
from tests.small_studies import run, write_yaml


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """U1 answers both calls, U2 one of two, U3 none of one; of five waits three keep the norm of 20 seconds."""
    folder = tmp_path_factory.mktemp("calls")
    rows = [
        row("C1", G4="15", slot="day"),
        row("C1", G4="15", slot="day", auditor="A2"),
        row("C2", G4="20"),
        row("C3", "U2", G4="30"),
        row("C4", "U2", outcome="silent"),
        row("C5", "U3", outcome="silent"),
    ]
    path = calls_study(folder, rows)
    items = [item | ({"norm": 20} if item["code"] == "G4" else {}) for item in PROTOCOL["items"]]
    write_yaml(folder / "protocol.yaml", PROTOCOL | {"items": items})
    return run(path)


def test_the_best_rate_stands_first_with_its_base_and_interval(evaluation: Evaluation) -> None:
    rows = connection(evaluation, "zh").rows
    assert [row[:5] for row in rows[:3]] == [
        ["U1", "甲市", 2, 2, 1.0], ["U2", "乙市", 2, 1, 0.5], ["U3", "丙市", 1, 0, 0.0],
    ]  # fmt: skip
    assert [row[7:] for row in rows[:3]] == [["热线", "温线–热线"], ["温线", "冷线–温线"], ["死线", "死线–温线"]]
    assert (rows[1][5], rows[1][6]) == pytest.approx((0.0945, 0.9055), abs=1e-4)  # Wilson, 1 of 2


def test_a_unit_without_calls_has_neither_rate_nor_band(evaluation: Evaluation) -> None:
    last = connection(evaluation, "en").rows[-1]
    assert (last[0], last[2:4], last[7:]) == ("U4", [0, 0], ["", ""])
    assert np.isnan(last[4])


def test_times_are_told_in_words_with_the_share_within_the_norm(evaluation: Evaluation) -> None:
    rows = waits(evaluation, "zh").rows
    assert [row[:7] for row in rows] == [
        ["等待", "全部时段", 3, 20.0, 28.0, 20.0, pytest.approx(2 / 3)],
        ["等待", "白天", 1, 15.0, 15.0, 20.0, 1.0],
    ]
    low, high = rate_interval(np.array([2]), np.array([3]), 0.95)
    assert rows[0][7:] == [low[0], high[0]]


def test_a_time_without_a_norm_has_no_share(tmp_path: Path) -> None:
    rows = waits(run(calls_study(tmp_path, [row("C1")])), "en").rows
    assert np.isnan(rows[0][5:]).all()


def test_every_rating_that_counts_is_listed_in_words(evaluation: Evaluation) -> None:
    rows = calls(evaluation, "en").rows
    assert [row[0] for row in rows] == ["C1", "C1", "C2", "C3", "C4", "C5"]
    assert rows[1] == ["C1", "U1", "甲市", "咨询", "电话", "白天", "A2", 1, "right", "calls/a.csv"]
    assert rows[4][5:9] == ["", "A1", 1, "no answer"]


def test_a_run_of_an_earlier_version_shows_codes(evaluation: Evaluation) -> None:
    older = Evaluation(evaluation.tables, evaluation.manifest | {"protocol": {"id": "calls", "version": "1"}})
    assert calls(older, "en").rows[0][3:9] == ["S1", "phone", "day", "A1", 1, "good"]


def test_the_sheets_stand_in_a_report_on_calls_only(evaluation: Evaluation, values_run: Evaluation) -> None:
    titles = {"Connection", "Response times", "Agreement of auditors", "Fair scores", "Severity of auditors", "Calls"}
    assert titles <= {sheet.title for sheet in outline(evaluation, "en")}
    assert not titles & {sheet.title for sheet in outline(values_run, "en")}


def test_where_tiers_only_are_published_no_sheet_of_calls_is(evaluation: Evaluation) -> None:
    closed = Evaluation(evaluation.tables, evaluation.manifest | {"publish": "tiers"})
    assert not {"Connection", "Fair scores", "Calls"} & {sheet.title for sheet in outline(closed, "en")}
