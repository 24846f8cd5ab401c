from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.percentages import half_up, largest_remainder

law = settings(deadline=None)
Method = Callable[[NDArray[np.integer] | Sequence[int], int, int], FloatArray]
counts_and_base = st.tuples(st.lists(st.integers(0, 10**6), max_size=8), st.integers(1, 10**6))
parts = st.lists(st.integers(0, 5000), min_size=1, max_size=8).filter(any)


def decimal_half_up(count: int, base: int, decimals: int) -> float:
    with localcontext(prec=60):
        exact = Decimal(100 * count) / Decimal(base)
        return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def digits(percentages: FloatArray, decimals: int) -> list[int]:
    return [round(Fraction(str(each)) * 10**decimals) for each in percentages.tolist()]


def test_the_published_compatibility_question() -> None:
    counts = np.array([21, 28, 12, 3])
    assert largest_remainder(counts, 64, 1).tolist() == [32.8, 43.8, 18.7, 4.7]
    assert half_up(counts, 64, 1).tolist() == [32.8, 43.8, 18.8, 4.7]


def test_a_published_question_that_prints_alike_both_ways() -> None:
    counts = np.array([18, 10, 4, 7])
    assert largest_remainder(counts, 39, 1).tolist() == [46.2, 25.6, 10.3, 17.9]
    assert half_up(counts, 39, 1).tolist() == [46.2, 25.6, 10.3, 17.9]


def test_halves_that_floats_get_wrong() -> None:
    assert round(100 * 21 / 160, 2) == 13.12  # Python rounds a half to the even digit
    assert half_up([21], 160, 2).tolist() == [13.13]
    assert half_up([1, 3], 8, 0).tolist() == [13.0, 38.0]
    assert half_up([1, 1], 16, 1).tolist() == [6.3, 6.3]


def test_halves_are_rounded_away_from_zero() -> None:
    assert half_up([-1, 1], 8, 0).tolist() == [-13.0, 13.0]


def test_three_thirds() -> None:
    assert half_up([1, 1, 1], 3, 1).tolist() == [33.3, 33.3, 33.3]
    assert largest_remainder([1, 1, 1], 3, 1).tolist() == [33.4, 33.3, 33.3]


def test_equal_remainders_go_to_the_larger_count_then_to_the_earlier() -> None:
    assert largest_remainder([1, 3, 1, 3], 8, 0).tolist() == [12.0, 38.0, 12.0, 38.0]
    assert largest_remainder([1, 1, 1, 5], 8, 0).tolist() == [13.0, 12.0, 12.0, 63.0]


def test_a_multiple_choice_keeps_its_total_over_one_hundred() -> None:
    counts = [70, 50, 33]
    printed = largest_remainder(counts, 79, 1)
    assert sum(digits(printed, 1)) == digits(half_up([153], 79, 1), 1)[0] == 1937


def test_counts_too_large_for_64_bits_on_the_way() -> None:
    huge = np.array([2**62, 2**62], dtype=np.int64)
    assert half_up(huge, 2**63, 6).tolist() == [50.0, 50.0]
    assert largest_remainder(huge, 2**63, 6).tolist() == [50.0, 50.0]


@pytest.mark.parametrize("method", [half_up, largest_remainder])
def test_no_base_and_no_options(method: Method) -> None:
    assert np.isnan(method(np.array([0, 0]), 0, 1)).tolist() == [True, True]
    assert method(np.array([], dtype=np.int64), 5, 1).shape == (0,)
    assert method([], 0, 1).shape == (0,)
    assert method([0, 0], 5, 1).tolist() == [0.0, 0.0]


@given(drawn=counts_and_base, decimals=st.integers(0, 4))
@law
def test_half_up_equals_decimal_arithmetic(drawn: tuple[list[int], int], decimals: int) -> None:
    counts, base = drawn
    assert half_up(counts, base, decimals).tolist() == [decimal_half_up(count, base, decimals) for count in counts]


@given(drawn=counts_and_base, decimals=st.integers(0, 4))
@law
def test_largest_remainder_sums_to_the_printed_total(drawn: tuple[list[int], int], decimals: int) -> None:
    counts, base = drawn
    total = digits(half_up([sum(counts)], base, decimals), decimals)[0]
    assert sum(digits(largest_remainder(counts, base, decimals), decimals)) == total


@given(counts=parts, decimals=st.integers(0, 3))
@law
def test_options_that_exclude_each_other_sum_to_one_hundred(counts: list[int], decimals: int) -> None:
    assert sum(digits(largest_remainder(counts, sum(counts), decimals), decimals)) == 100 * 10**decimals


@given(drawn=counts_and_base, decimals=st.integers(0, 4))
@law
def test_largest_remainder_moves_no_percentage_by_a_whole_digit(drawn: tuple[list[int], int], decimals: int) -> None:
    counts, base = drawn
    printed = digits(largest_remainder(counts, base, decimals), decimals)
    for count, digit in zip(counts, printed, strict=True):
        assert abs(digit - Fraction(100 * 10**decimals * count, base)) < 1


@given(counts=parts, decimals=st.integers(0, 3))
@law
def test_a_larger_count_never_prints_less(counts: list[int], decimals: int) -> None:
    for method in (half_up, largest_remainder):
        printed = method(counts, sum(counts), decimals).tolist()
        pairs = list(zip(counts, printed, strict=True))
        assert all(one <= other for less, one in pairs for more, other in pairs if less < more)


@pytest.mark.parametrize("method", [half_up, largest_remainder])
def test_counts_that_are_none_are_refused(method: Method) -> None:
    fractional: Any = [1.5]
    with pytest.raises(TypeError, match="integers"):
        method(fractional, 3, 1)
    with pytest.raises(TypeError, match="integers"):
        method(np.array([True]), 3, 1)
    with pytest.raises(ValueError, match="shape"):
        method(np.ones((2, 2), dtype=np.int64), 3, 1)
    with pytest.raises(ValueError, match="base"):
        method([1], -3, 1)
    with pytest.raises(ValueError, match="decimals"):
        method([1], 3, -1)


def test_negative_counts_have_no_largest_remainders() -> None:
    with pytest.raises(ValueError, match="negative"):
        largest_remainder([-1, 2], 3, 1)
