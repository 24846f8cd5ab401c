"""What a run says of agreement, severity and fieldwork."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.evaluate.evaluation import CALL_TABLES
from tests.small_audits import PROTOCOL, calls_study, row
from tests.small_studies import REGISTER, run, write_yaml

TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": "总",
    "children": [{"id": "A", "name": "等待", "measure": {"item": ["G4", "G2"]}}],
}


def rows(*, double: int = 0) -> list[dict[str, str]]:
    """Eight calls a unit by four auditors; A4 lets 20 seconds more pass as good, U4 is the best unit."""
    draws = np.random.default_rng(1)
    found = []
    for unit in range(4):
        for call in range(8):
            auditor = (unit + call) % 4 if unit else call % 2
            seconds = 45 - 3 * unit + draws.integers(-4, 5) - 20 * (auditor == 3)
            name = f"C{unit}{call}"
            found.append(row(name, f"U{unit + 1}", "S1", auditor=f"A{auditor + 1}", G4=str(seconds)))
            if call < double:
                second = {"auditor": f"A{(auditor + 1) % 4 + 1}", "G4": str(seconds + 1), "G2": "no"}
                found.append(row(name, f"U{unit + 1}", "S1", **second))
    return found


def study(folder: Path, given: list[dict[str, str]], **changes: Any) -> Evaluation:  # noqa: ANN401 - keys of the protocol
    path = calls_study(folder, given, TREE, register=REGISTER)
    write_yaml(folder / "protocol.yaml", PROTOCOL | changes)
    return run(path)


def number(table: pd.DataFrame, row: str, column: str) -> float:
    """The number in the row of an auditor, unit or item."""
    named = next(name for name in ("auditor", "unit", "item") if name in table.columns)
    return float(table.loc[table[named] == row, column].to_numpy(dtype=float)[0])


def of(evaluation: Evaluation, code: str) -> list[dict[str, str]]:
    return [dict(each.params) for each in evaluation.problems if each.code == code]


def test_raw_and_fair_scores_and_every_auditor_are_in_the_tables(tmp_path: Path) -> None:
    evaluation = study(tmp_path / "s", rows())
    fair, auditors = evaluation["fair"], evaluation["auditors"]
    assert fair["unit"].tolist() == ["U1", "U2", "U3", "U4"]
    assert (fair["low"] < fair["fair"]).all()
    assert number(auditors, "A4", "effect") > 5
    assert number(auditors, "A4", "low") > 0, "its interval tells that A4 is milder"
    assert auditors["ratings"].sum() == 32
    gains = [number(fair, unit, "fair") - number(fair, unit, "raw") for unit in ("U1", "U2")]
    assert gains[0] > gains[1], "U1 was never called by the mild auditor"


def test_the_tree_uses_fair_scores_where_the_protocol_says_so(tmp_path: Path) -> None:
    plain, adjusted = study(tmp_path / "a", rows()), study(tmp_path / "b", rows(), adjust="fixed")
    change = (adjusted["measures"]["value"] - plain["measures"]["value"]).to_numpy(dtype=float)
    effects = plain["auditors"]["effect"].to_numpy(dtype=float)
    assert change[0] == pytest.approx(-effects[:2].mean())
    assert change[1] == pytest.approx(-effects.mean())
    explanation = evalkit.explain(adjusted, "U2")
    assert explanation.adds_up
    assert explanation.step.children[0].parts[0].rule == "call_scores_adjusted"


def test_without_severity_the_scores_stay_and_the_reason_is_said(tmp_path: Path) -> None:
    given = [row(f"C{n}", f"U{n % 4 + 1}", auditor=f"A{n % 4}", G4=str(20 + n)) for n in range(12)]
    evaluation = study(tmp_path / "s", given, adjust="random")
    assert [each["why_en"] for each in of(evaluation, "EK630")] == ["units fall into parts that share no auditor"]
    assert set(evaluation["fair"]["state"]) == {"disconnected"}
    assert evaluation["scores"]["score"].notna().all()


def test_items_on_which_auditors_do_not_agree_are_said_and_dropped_by_rule(tmp_path: Path) -> None:
    rule = {"share": 0.5, "least_calls": 5}
    flagged = study(tmp_path / "a", rows(double=4), double_scoring=rule)
    assert [each["item"] for each in of(flagged, "EK631")] == ["G2"]
    assert number(flagged["agreement"], "G2", "percentage") == 0
    assert number(flagged["agreement"], "G4", "value") > 0.9
    dropped = study(tmp_path / "b", rows(double=4), double_scoring=rule | {"below": "drop"})
    assert number(dropped["agreement"], "G2", "factor") == 0
    assert dropped["measures"]["value"].tolist() != flagged["measures"]["value"].tolist()


def test_an_auditor_who_always_gives_the_same_score_is_named(tmp_path: Path) -> None:
    given = [each | ({"G4": "15"} if each["auditor"] == "A2" else {}) for each in rows()]
    assert [each["auditor"] for each in of(study(tmp_path / "s", given), "EK632")] == ["A2"]


def test_connection_stands_with_its_intervals_and_the_bands_they_leave_open(tmp_path: Path) -> None:
    given = [row(f"C{n}", slot="day") for n in range(11)]
    given += [row("C0", auditor="A2"), row("D1", "U2"), row("D2", "U2", outcome="silent")]
    table = study(tmp_path / "s", given)["connection"].set_index("unit")
    assert table["calls"].tolist() == [11, 2, 0, 0], "a call scored twice is one call"
    first = table.loc["U1"].to_dict()
    assert (first["rate"], first["band"], first["band_low"], first["band_high"]) == (1, "hot", "warm", "hot")
    assert first["exact_low"] < first["wilson_low"] == pytest.approx(0.741, abs=1e-3)
    assert table.loc["U2", "band"] == "warm"
    assert table.loc["U3", "band"] == ""


def test_waits_have_a_row_a_slot_and_one_for_all(tmp_path: Path) -> None:
    given = [row(f"C{n}", slot="day" if n % 2 else "", G4=str(10 * n)) for n in range(1, 8)]
    given.append(row("C7", auditor="A2", slot="day", G4="500"))
    table = study(tmp_path / "s", given)["waits"]
    columns = [table[name].tolist() for name in ("item", "slot", "calls", "median")]
    assert columns == [["G4", "G4"], ["", "day"], [7, 4], [40, 40]]
    assert table["within"].isna().all(), "the item has no norm"


def test_the_error_from_a_units_own_calls_stands_beside_that_of_the_model(tmp_path: Path) -> None:
    fair = study(tmp_path / "s", rows())["fair"]
    assert fair["calls"].tolist() == [8] * 4
    assert (fair["design_error"] > 0).all()
    assert fair["collapsed"].tolist() == [0] * 4


def test_the_tables_are_written_and_read_back(tmp_path: Path) -> None:
    evaluation = study(tmp_path / "s", rows(double=4))
    evalkit.write(evaluation, tmp_path / "out")
    again = evalkit.read(tmp_path / "out")
    for name in CALL_TABLES:
        pd.testing.assert_frame_equal(again[name], evaluation[name])


def test_studies_without_calls_have_no_such_tables(values_run: Evaluation) -> None:
    assert not set(CALL_TABLES) & set(values_run.tables)


def test_an_auditor_far_from_colleagues_on_shared_calls_is_noted(tmp_path: Path) -> None:
    """On calls that two scored, A1 finds a wait 20 seconds longer than whoever shares it; the others agree."""
    given = []
    for number in range(24):
        draws = np.random.default_rng(number)
        seconds = int(draws.integers(25, 35))
        for auditor in (number % 4, (number + 1) % 4):
            longer = 20 * (auditor == 0) + int(draws.integers(0, 3))
            about = {"auditor": f"A{auditor + 1}", "G4": str(seconds + longer)}
            given.append(row(f"C{number}", f"U{number % 4 + 1}", "S1", **about))
    notes = of(study(tmp_path / "s", given), "EK669")
    assert [each["auditor"] for each in notes] == ["A1"]
    assert (notes[0]["count"], notes[0]["points"][0]) == ("12", "-")
    alike = [each | {"G4": "30"} for each in given]
    assert of(study(tmp_path / "alike", alike), "EK669") == []
