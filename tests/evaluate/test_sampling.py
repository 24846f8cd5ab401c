from __future__ import annotations

from pathlib import Path

import evalkit
from tests.small_audits import TREE, calls_study, row

CALLS = [
    row(f"C{number}", unit, auditor=f"A{(number + at) % 3}", G4=str(15 + 7 * ((number * 3 + at) % 5)))
    for at, unit in enumerate(("U1", "U2", "U3"))
    for number in range(at * 10, at * 10 + 6)
]
UNCERTAIN = {"uncertainty": {"seed": 1}}


def test_rates_scores_and_quantiles_carry_errors(tmp_path: Path) -> None:
    found = evalkit.load(calls_study(tmp_path, CALLS, **UNCERTAIN)).run()
    assert list(found.sampling) == ["A1", "A2", "A3"]
    assert (found.sampling["A3"].variances()[:3] > 0).all()
    how = {node: each.how for node, each in found.sampling.items()}
    assert how == {"A1": "pooled", "A2": "pooled", "A3": "resampled, pooled"}
    assert "EK711" not in {each.code for each in found.problems}


def test_single_calls_say_why_there_is_no_error(tmp_path: Path) -> None:
    first = [each for at, each in enumerate(CALLS) if at % 6 == 0]
    found = evalkit.load(calls_study(tmp_path, first, **UNCERTAIN)).run()
    assert not found.sampling
    unsure = [each for each in found.problems if each.code == "EK711"]
    assert [dict(each.params)["node"] for each in unsure] == ["A1", "A2", "A3"]
    assert "no unit has two calls" in unsure[0].message("en")


def test_given_standard_errors_come_first(tmp_path: Path) -> None:
    value = {"id": "A4", "name": "满意", "measure": {"column": "a4", "se": "a4_se"}}
    tree = TREE | {"children": [*TREE["children"], value]}
    path = calls_study(tmp_path, CALLS, tree, data={"audit": "calls/*.csv", "values": "values.csv"}, **UNCERTAIN)
    (path.parent / "values.csv").write_text("unit,a4,a4_se\nU1,80,2\nU2,70,3\nU3,60,1\n", encoding="utf-8")
    assert "A4" not in evalkit.load(path).run().sampling


def test_without_uncertainty_nothing_is_computed(tmp_path: Path) -> None:
    found = evalkit.load(calls_study(tmp_path, CALLS)).run()
    assert found.sampling == {}
    assert not {each.code for each in found.problems} & {"EK710", "EK711"}
