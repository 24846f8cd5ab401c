from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.checks import Check
from evalkit.definitions.expression import Name, Option
from evalkit.scoring.cross_checks import fails

NAN = float("nan")


def option_index(_name: Name, option: Option) -> float:
    return {"yes": 0.0, "no": 1.0}.get(option.text, NAN)


def judged(that: str, tolerance: float = 0, **values: list[float]) -> list[bool]:
    check = Check.model_validate({"id": "c", "that": that, "tolerance": tolerance})
    arrays = {key.replace("_", "."): np.array(column) for key, column in values.items()}
    answered = ~np.logical_or.reduce([np.isnan(column) for column in arrays.values()])
    found: list[bool] = fails(check, arrays, answered, option_index).tolist()
    return found


def test_a_sum_that_does_not_add_up() -> None:
    assert judged("Q.a + Q.b = Q.c", Q_a=[1, 1, 1], Q_b=[2, 2, 2], Q_c=[3, 4, 2]) == [False, True, True]


@pytest.mark.parametrize(
    ("that", "expected"),
    [
        ("A = (B)", [True, True, False, True, True]),
        ("A <= B", [False, False, False, True, True]),
        ("A >= B", [True, True, False, False, False]),
    ],
)
def test_the_sides_of_each_comparison(that: str, expected: list[bool]) -> None:
    assert judged(that, A=[1, 4, 5, 6, 9], B=[5, 5, 5, 5, 5]) == expected


def test_a_tolerance_is_absolute_and_includes_its_end() -> None:
    sides = {"A": [99.4, 99.5, 100.5, 100.6], "B": [100.0] * 4}
    assert judged("A = (B)", 0.5, **sides) == [True, False, False, True]
    assert judged("A <= B", 0.5, **sides) == [False, False, False, True]
    assert judged("A >= B", 0.5, **sides) == [True, False, False, False]


def test_the_arithmetic_of_the_machine_is_no_failure() -> None:
    assert 0.1 + 0.2 != 0.3
    assert judged("A + B = C", A=[0.1], B=[0.2], C=[0.3]) == [False]
    assert judged("A + B <= C", A=[0.1], B=[0.2], C=[0.3]) == [False]
    assert judged("A = (B)", A=[9_999_999_999.0], B=[9_999_999_998.0]) == [True]


def test_units_that_left_a_question_open_are_left_out() -> None:
    assert judged("A + B = C", A=[1, NAN, 1, 1], B=[1, 1, NAN, 1], C=[9, 9, 9, NAN]) == [True, False, False, False]
    assert judged("A = yes or B > 0", A=[1, NAN, 1], B=[0, 0, NAN]) == [True, False, False]


def test_division_by_zero_leaves_the_unit_out() -> None:
    assert judged("A / B <= 1", A=[5, 5], B=[0, 1]) == [False, True]
    assert judged("A / B < 1", A=[5, 5], B=[0, 1]) == [False, True]
    assert judged("B = 0 or A / B < 1", A=[5, 5], B=[0, 1]) == [False, True]


def test_options_and_ticks() -> None:
    assert judged("Q1 = yes", Q1=[0, 1, NAN]) == [False, True, False]
    assert judged("Q2 has web or Q3.web = 0", Q2_web=[1, 0, 0], Q3_web=[5, 0, 5]) == [False, False, True]


@given(
    st.lists(st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=1, max_size=20),
    st.integers(0, 50),
)
def test_equality_is_both_inequalities(pairs: list[tuple[int, int]], tolerance: int) -> None:
    sides = {"A": [float(left) for left, _ in pairs], "B": [float(right) for _, right in pairs]}
    equal, low, high = (judged(f"A {sign} (B)", tolerance, **sides) for sign in ("=", "<=", ">="))
    assert equal == [one or other for one, other in zip(low, high, strict=True)]
    assert equal == [abs(left - right) > tolerance for left, right in pairs]
