from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.ratings import by_call, count_matrix
from tests.audits.published import KRIPPENDORFF_2011

NAN = np.nan


def test_ratings_in_a_column_become_a_row_a_call_in_their_order() -> None:
    ratings = by_call(np.array([2, 0, 2, 0, 2]), np.array([7.0, 1, 8, NAN, 9]))
    np.testing.assert_array_equal(ratings, [[1, NAN, NAN], [NAN, NAN, NAN], [7, 8, 9]])


def test_no_ratings_are_no_calls() -> None:
    assert by_call(np.array([], np.int64), np.array([])).shape == (0, 0)


def test_counts_have_a_column_for_a_category_nobody_used() -> None:
    counts = count_matrix(np.array([[1, 3], [3, NAN], [NAN, NAN]]), np.array([1.0, 2, 3]))
    assert counts.tolist() == [[1, 0, 1], [0, 0, 1], [0, 0, 0]]


def test_counts_follow_the_order_of_the_categories() -> None:
    assert count_matrix(np.array([[1.0, 3, 3]]), np.array([3.0, 1])).tolist() == [[2, 1]]


def test_every_rating_is_counted_once() -> None:
    counts = count_matrix(KRIPPENDORFF_2011, np.arange(1.0, 6))
    assert counts.sum() == 41
    assert counts.sum(axis=0).tolist() == [9, 13, 11, 5, 3]


@pytest.mark.parametrize("value", [0.0, 2.0, 9.0])
def test_a_rating_that_is_no_category_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="categories"):
        count_matrix(np.array([[1.0, value]]), np.array([1.0, 3]))
