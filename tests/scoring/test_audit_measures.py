from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from evalkit.calls import OUTCOME, Calls, Rating, call_arrays
from evalkit.definitions.indicators import Measure
from evalkit.definitions.protocol import Protocol
from evalkit.observations import ABSENT, BLANK, OK, SKIPPED, Cell
from evalkit.scoring.audit_measures import MeasuredCalls, measure_calls
from tests.small_audits import protocol

UNITS = ("U1", "U2")
Given = tuple[str, str, str, str, Mapping[str, float]]
"""Call, unit, scenario, outcome and answers by item, as numbers."""


def calls(given: Sequence[Given], definition: Protocol) -> Calls:
    ratings = []
    for index, (call, unit, scenario, outcome, answers) in enumerate(given):
        position = float(list(definition.outcome_by_code).index(outcome))
        cells = [Cell(OUTCOME, OK, number=position)]
        reached = "reached" in definition.outcome_by_code[outcome].bases
        for item in definition.items:
            if item.is_asked:
                status = OK if item.code in answers else BLANK if reached else SKIPPED
                cells.append(Cell(item.code, status, number=answers.get(item.code, np.nan)))
        ratings.append(Rating(call, unit, f"A{index}", scenario, "phone", "", outcome, 1, "a.csv", tuple(cells)))
    keys = (OUTCOME, *(item.code for item in definition.items if item.is_asked))
    return call_arrays(ratings, [True] * len(ratings), UNITS, keys, 1)


def measured(item: list[str], given: Sequence[Given], rule: str = "call_scores", **changes: Any) -> MeasuredCalls:  # noqa: ANN401 - keys of a protocol
    definition = protocol(**changes)
    measure = Measure.model_validate({"item": item, "rule": {"method": rule}})
    return measure_calls(measure, calls(given, definition), definition)


def test_scores_go_from_items_to_calls_to_scenarios_to_the_unit() -> None:
    """G2 weighs 3 and G3 one; S1 weighs 3 and S2 one: calls of 75 and 100 in S1, of 25 in S2."""
    found = measured(
        ["G2", "G3"],
        [
            ("C1", "U1", "S1", "good", {"G2": 0, "G3": 2}),
            ("C2", "U1", "S1", "good", {"G2": 0, "G3": 0}),
            ("C3", "U1", "S2", "wrong", {"G2": 1, "G3": 0}),
        ],
    )
    assert found.scores.tolist() == [75, 100, 25]
    assert found.raw[0] == pytest.approx(0.75 * 87.5 + 0.25 * 25)
    assert found.calls.tolist() == [3, 0]
    assert (np.isnan(found.raw[1]), found.statuses[1]) == (True, ABSENT)


def test_two_auditors_of_one_call_count_as_one_call() -> None:
    given: list[Given] = [("C1", "U1", "S1", "good", {"G2": 0}), ("C1", "U1", "S1", "good", {"G2": 1})]
    given.append(("C2", "U1", "S1", "good", {"G2": 0}))
    found = measured(["G2"], given)
    assert found.raw[0] == 75
    assert found.calls[0] == 2


def test_deductions_have_a_cap_and_a_veto_ends_it() -> None:
    given: list[Given] = [
        ("C1", "U1", "S1", "good", {"G2": 0, "G5": 2, "G6": 1}),
        ("C2", "U1", "S1", "good", {"G2": 0, "G5": 9, "G6": 1}),
        ("C3", "U1", "S1", "good", {"G2": 0, "G5": 0, "G6": 0}),
    ]
    assert measured(["G2", "G5", "G6"], given).scores.tolist() == [80, 75, 0]
    assert measured(["G2"], given).scores.tolist() == [100, 100, 100], "they act only where they are listed"


def test_seconds_fall_evenly_between_their_goalposts() -> None:
    given: list[Given] = [(f"C{s}", "U1", "S1", "good", {"G4": float(s)}) for s in (0, 15, 40, 65, 500)]
    assert measured(["G4"], given).scores.tolist() == [100, 100, 50, 0, 0]


UNREACHED: list[Given] = [("C1", "U1", "S1", "good", {"G2": 0, "G3": 0}), ("C2", "U1", "S1", "silent", {})]


@pytest.mark.parametrize(("rule", "score", "counted"), [("left_out", 100, 1), ("zero", 50, 2)])
def test_unreached_calls_count_as_the_protocol_says(rule: str, score: float, counted: int) -> None:
    found = measured(["G2", "G3"], UNREACHED, unreached=rule)
    assert (found.raw[0], found.calls[0]) == (score, counted)


def test_the_rate_is_over_all_calls_of_the_base_alike() -> None:
    given = [*UNREACHED, ("C3", "U1", "S2", "wrong", {}), ("C4", "U2", "S2", "silent", {})]
    found = measured(["G1"], given, "call_rate")
    np.testing.assert_allclose(found.raw, [200 / 3, 0])
    assert found.calls.tolist() == [3, 1]


def test_the_quantile_is_of_the_numbers_entered() -> None:
    given: list[Given] = [(f"C{s}", "U1", "S1", "good", {"G4": float(s)}) for s in (5, 9, 40)]
    found = measured(["G4"], [*given, UNREACHED[1]], "call_quantile")
    assert found.raw[0] == 9
    assert found.calls[0] == 3
    assert (found.weights == 0).all()


def test_a_unit_says_why_it_has_no_value() -> None:
    found = measured(["G2"], [("C1", "U1", "S1", "silent", {}), ("C2", "U2", "S1", "good", {})])
    assert found.statuses.tolist() == [SKIPPED, BLANK]
