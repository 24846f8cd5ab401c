"""Formulas computed for arrays of units: laws of no value, truth, division by zero, and Python's own arithmetic."""

from __future__ import annotations

import math
import operator
import statistics
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from evalkit.definitions.expression import (
    NESTING_LIMIT,
    OPERATOR_LIMIT,
    Binary,
    Call,
    Expression,
    Name,
    Number,
    Option,
    Unary,
    parse,
)
from evalkit.definitions.expression_values import Evaluated, evaluate

NAN = math.nan
OPTIONS = {"yes": 0.0, "no": 1.0, "是": 0.0}


def index_of(_name: Name, option: Option) -> float:
    return OPTIONS[option.text]


def compute(formula: str, **columns: list[float]) -> Evaluated:
    values = {name.replace("__", "."): np.array(column, dtype=np.float64) for name, column in columns.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return evaluate(parse(formula), values, index_of)


def values_of(formula: str, **columns: list[float]) -> list[float]:
    return list(compute(formula, **columns).values)


def test_a_share_of_a_total() -> None:
    result = compute("Q04.web / Q04.total * 100", Q04__web=[25, 3, NAN, 0], Q04__total=[100, 0, 8, 0])
    assert_array_equal(result.values, [25, NAN, NAN, NAN])
    assert_array_equal(result.divided_by_zero, [False, True, False, True])


def test_an_unanswered_question_equals_nothing_and_differs_from_everything() -> None:
    assert values_of("Q23 = yes", Q23=[0, 1, NAN]) == [1, 0, 0]
    assert values_of("Q23 != no", Q23=[0, 1, NAN]) == [1, 0, 1]
    assert values_of('"是" = Q23', Q23=[0, 1, NAN]) == [1, 0, 0]
    assert values_of("a = b + 0", a=[1, NAN, NAN], b=[1, 1, NAN]) == [1, 0, 0]
    assert values_of("a != b + 0", a=[1, NAN, NAN], b=[1, 1, NAN]) == [0, 1, 1]


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_order_with_no_value_is_false(sign: str) -> None:
    assert values_of(f"a {sign} b", a=[NAN, 1, NAN], b=[1, NAN, NAN]) == [0, 0, 0]


def test_a_condition_with_an_unanswered_question() -> None:
    assert values_of("Q23 = yes and Q38 != no", Q23=[0, 0, 0, 1, NAN], Q38=[0, 1, NAN, 0, 0]) == [1, 0, 1, 0, 0]


def test_truth_is_a_value_above_zero() -> None:
    assert values_of("not a", a=[1, 0, -1, 0.5, NAN]) == [0, 1, 1, 0, 1]
    assert values_of("a and 1", a=[1, 0, -1, 0.5, NAN]) == [1, 0, 0, 1, 0]
    assert values_of("a or 0", a=[1, 0, -1, 0.5, NAN]) == [1, 0, 0, 1, 0]
    assert values_of("if(a, 7, 8)", a=[1, 0, -1, 0.5, NAN]) == [7, 8, 8, 7, 8]


def test_a_ticked_option_is_the_same_in_both_spellings() -> None:
    for spelling in ("Q08 has cloud", "Q08.cloud"):
        assert values_of(f"{spelling} and 1", Q08__cloud=[1, 0, NAN]) == [1, 0, 0]
        assert_array_equal(values_of(spelling, Q08__cloud=[1, 0, NAN]), [1, 0, NAN])


def test_functions_pass_over_what_has_no_value() -> None:
    columns = {"a": [1, NAN, NAN, -4], "b": [3, 5, NAN, NAN], "c": [5, 1, NAN, 2]}
    expected = {
        "sum": [9, 6, NAN, -2],
        "mean": [3, 3, NAN, -1],
        "min": [1, 1, NAN, -4],
        "max": [5, 5, NAN, 2],
    }
    for function, column in expected.items():
        assert_array_equal(values_of(f"{function}(a, b, c)", **columns), column)
    assert_array_equal(values_of("abs(a)", **columns), [1, NAN, NAN, 4])


def test_a_division_that_was_not_needed_is_not_reported() -> None:
    columns = {"part": [1.0, 1.0], "whole": [2.0, 0.0]}
    guarded = compute("if(whole > 0, part / whole, 0)", **columns)
    assert_array_equal(guarded.values, [0.5, 0])
    assert not guarded.divided_by_zero.any()
    assert not compute("whole > 0 and part / whole > 1", **columns).divided_by_zero.any()
    assert not compute("whole = 0 or part / whole > 1", **columns).divided_by_zero.any()
    for formula in ("if(whole = 0, part / whole, 0)", "whole = 0 and part / whole > 1", "whole > 0 or part / whole",
                    "if(part / whole, 1, 2)", "sum(part / whole, 1)", "-(part / whole)"):  # fmt: skip
        assert_array_equal(compute(formula, **columns).divided_by_zero, [False, True])


def test_numbers_alone_take_the_shape_of_the_values() -> None:
    assert_array_equal(values_of("1 + 2 * 3", a=[0, 0]), [7, 7])
    assert compute("1 + 2 * 3").values.shape == ()
    assert compute("a", a=[]).values.shape == (0,)


def test_the_result_is_not_the_array_that_came_in() -> None:
    column = np.array([1.0, 2.0])
    evaluate(parse("a"), {"a": column}, index_of).values[0] = 9
    assert_array_equal(column, [1, 2])


def test_a_name_without_values_is_the_callers_mistake() -> None:
    with pytest.raises(KeyError, match=r"Q04\.web"):
        compute("Q04.web", Q04=[1.0])


def test_the_deepest_formulas_allowed_are_computed() -> None:
    assert values_of("1" + "+1" * OPERATOR_LIMIT, a=[0]) == [OPERATOR_LIMIT + 1]
    assert values_of("-" * NESTING_LIMIT + "a", a=[3]) == [3]


VALUES = st.sampled_from([NAN, 0.0, -0.0, 1.0, -2.0, 0.1, 0.3, 1e-3, 12345.0])
COLUMNS = ("Q1", "Q2.x", "渠道")
LEAVES: st.SearchStrategy[Expression] = st.one_of(
    st.sampled_from([0.0, 0.1, 0.2, 1.0, 100.0]).map(Number),
    st.sampled_from([Name("Q1"), Name("Q2", "x"), Name("渠道")]),
    st.builds(Binary, st.sampled_from(["=", "!="]), st.just(Name("Q1")), st.sampled_from(["yes", "no"]).map(Option)),
)
PLAIN: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "=": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def larger(children: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Unary, st.sampled_from(["not", "-"]), children),
        st.builds(Binary, st.sampled_from([*PLAIN, "/", "and", "or"]), children, children),
        st.builds(
            Call, st.sampled_from(["min", "max", "mean", "sum"]), st.lists(children, min_size=1, max_size=3).map(tuple)
        ),
        st.builds(Call, st.just("abs"), st.tuples(children)),
        st.builds(Call, st.just("if"), st.tuples(children, children, children)),
    )


TREES: st.SearchStrategy[Expression] = st.recursive(LEAVES, larger, max_leaves=10)


def plainly(node: Expression, unit: dict[str, float]) -> float:  # noqa: PLR0911 - one return a kind of node
    """Compute one unit's value with Python floats."""
    match node:
        case Number(value):
            return value
        case Name():
            return unit[node.key]
        case Option(word):
            return OPTIONS[word]
        case Unary("-", operand):
            return -plainly(operand, unit)
        case Unary(_, operand):
            return float(not plainly(operand, unit) > 0)
        case Binary(sign, left, right):
            return plainly_joined(sign, plainly(left, unit), plainly(right, unit))
        case Call("if", (condition, chosen, otherwise)):
            return plainly(chosen if plainly(condition, unit) > 0 else otherwise, unit)
        case Call(function, arguments):
            return plainly_called(function, [plainly(each, unit) for each in arguments])


def plainly_joined(sign: str, left: float, right: float) -> float:
    if sign == "/":
        return left / right if right else NAN
    if sign == "and":
        return float(left > 0 and right > 0)
    if sign == "or":
        return float(left > 0 or right > 0)
    return float(PLAIN[sign](left, right))


def plainly_called(function: str, arguments: list[float]) -> float:
    if function == "abs":
        return abs(arguments[0])
    present = [each for each in arguments if not math.isnan(each)]
    if not present:
        return NAN
    total = 0.0
    for each in present:
        total += each
    by_hand = {"min": min(present), "max": max(present), "sum": total, "mean": total / len(present)}
    assert math.isclose(by_hand["mean"], statistics.fmean(present), rel_tol=1e-9, abs_tol=1e-9 * max(map(abs, present)))
    return by_hand[function]


def columns_of(units: list[tuple[float, float, float]]) -> dict[str, NDArray[np.float64]]:
    return {key: np.array([unit[place] for unit in units]) for place, key in enumerate(COLUMNS)}


UNITS = st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=5)


@given(TREES, UNITS)
def test_arrays_give_what_python_gives_for_each_unit(tree: Expression, units: list[tuple[float, float, float]]) -> None:
    result = evaluate(tree, columns_of(units), index_of)
    assert_array_equal(result.values, [plainly(tree, dict(zip(COLUMNS, unit, strict=True))) for unit in units])


@given(TREES, UNITS)
def test_a_unit_alone_gets_what_it_gets_among_others(tree: Expression, units: list[tuple[float, float, float]]) -> None:
    together = evaluate(tree, columns_of(units), index_of)
    for place, unit in enumerate(units):
        alone = evaluate(tree, columns_of([unit]), index_of)
        assert_array_equal(alone.values, together.values[place : place + 1])
        assert alone.divided_by_zero[0] == together.divided_by_zero[place]


@given(TREES, UNITS)
def test_without_a_division_none_is_reported(tree: Expression, units: list[tuple[float, float, float]]) -> None:
    divided = evaluate(tree, columns_of(units), index_of).divided_by_zero
    assert divided.shape == (len(units),)
    if "'/'" not in repr(tree):
        assert not divided.any()
