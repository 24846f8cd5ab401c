from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from evalkit.audits.agreement import gwet_ac
from evalkit.audits.ratings import count_matrix
from evalkit.calls import OUTCOME, Calls, Rating, call_arrays
from evalkit.observations import BLANK, OK, Cell
from evalkit.scoring.call_agreement import ItemAgreement, agree, weight_factors
from tests.small_audits import protocol

KEYS = (OUTCOME, "G2", "G3", "G4", "G5", "G6", "G7")


def calls(pairs: Sequence[tuple[dict[str, float], ...]]) -> Calls:
    """Calls with the answers of each auditor who scored them."""
    ratings = [
        Rating(f"C{call}", "U1", f"A{auditor}", "S1", "phone", "", "good", 1, "a.csv", cells(answers))
        for call, several in enumerate(pairs)
        for auditor, answers in enumerate(several)
    ]
    return call_arrays(ratings, [True] * len(ratings), ("U1",), KEYS, 1)


def cells(answers: dict[str, float]) -> tuple[Cell, ...]:
    asked = (Cell(key, OK if key in answers else BLANK, number=answers.get(key, np.nan)) for key in KEYS[1:])
    return (Cell(OUTCOME, OK, number=0.0), *asked)


def found(pairs: Sequence[tuple[dict[str, float], ...]], **double: Any) -> dict[str, ItemAgreement]:  # noqa: ANN401 - of the protocol
    definition = protocol(double_scoring={"share": 0.1, "least_calls": 2} | double)
    return {each.item: each for each in agree(calls(pairs), definition)}


PAIRS = [({"G2": 0.0}, {"G2": 0.0})] * 6 + [({"G2": 0.0}, {"G2": 1.0})] * 3 + [({"G2": 1.0},)] * 5


def test_only_calls_scored_twice_enter() -> None:
    agreement = found(PAIRS)["G2"]
    counts = count_matrix(np.array([[0.0, 0]] * 6 + [[0, 1]] * 3), np.array([0.0, 1]))
    assert agreement.calls == 9
    assert agreement.percentage == pytest.approx(6 / 9)
    assert agreement.value == agreement.ac1 == gwet_ac(counts).value
    assert agreement.low < agreement.value < agreement.high


def test_items_that_nobody_scored_twice_say_so() -> None:
    agreement = found(PAIRS)["G6"]
    assert (agreement.calls, agreement.state, agreement.below) == (0, "no_pairs", False)
    assert np.isnan(agreement.value)


def test_text_and_outcomes_are_left_out() -> None:
    assert list(found(PAIRS)) == ["G2", "G3", "G4", "G5", "G6"]


@pytest.mark.parametrize(("below", "factor"), [("flag", 1.0), ("drop", 0.0), ("down_weight", None)])
def test_an_item_under_the_threshold_is_treated_as_declared(below: str, factor: float | None) -> None:
    agreement = found(PAIRS, threshold=0.9, below=below)["G2"]
    assert agreement.below
    assert agreement.factor == (agreement.value if factor is None else factor)
    assert weight_factors([agreement]) == {"G2": agreement.factor}


def test_nothing_follows_from_a_handful_of_calls() -> None:
    agreement = found(PAIRS, threshold=0.9, below="drop", least_calls=10)["G2"]
    assert (agreement.below, agreement.factor) == (False, 1.0)


def test_numbers_are_held_against_alpha_where_a_coefficient_of_categories_is_declared() -> None:
    pairs = [({"G4": float(s)}, {"G4": float(s + 1)}) for s in range(10, 60, 5)]
    agreement = found(pairs)["G4"]
    assert (agreement.coefficient, agreement.value) == ("alpha", agreement.alpha)
    assert np.isnan(agreement.ac1)
    assert found(pairs, coefficient="icc")["G4"].coefficient == "icc"


@pytest.mark.parametrize(
    "coefficient", ["percentage", "fleiss", "ac1", "ac2_linear", "ac2_quadratic", "ac2_ordinal", "alpha", "icc"]
)
def test_every_coefficient_can_be_declared(coefficient: str) -> None:
    pairs = [({"G3": float(a)}, {"G3": float(b)}) for a, b in [(0, 0), (1, 1), (2, 1), (0, 1), (2, 2), (1, 1)]]
    agreement = found(pairs, coefficient=coefficient)["G3"]
    assert agreement.coefficient == coefficient
    assert 0 < agreement.value < 1
