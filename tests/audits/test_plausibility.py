from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.audits.plausibility import NOBODY, at_once, gaps, outside, repeated

NAN = np.nan
calls = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(0, 20)), max_size=25)


@given(calls)
@settings(deadline=None)
def test_calls_at_once_are_those_that_comparing_all_pairs_finds(made: list[tuple[int, int, int]]) -> None:
    caller, start, took = (np.array([each[at] for each in made], np.int64) for at in range(3))
    end = (start + took).astype(float)
    found = at_once(caller, start, end)
    order = {row: place for place, row in enumerate(np.lexsort((start, caller)).tolist())}
    for row in range(len(made)):
        earlier = [each for each in range(len(made)) if caller[each] == caller[row] and order[each] < order[row]]
        going_on = [each for each in earlier if end[each] > start[row]]
        assert (found[row] != NOBODY) == bool(going_on)
        if going_on:
            assert end[found[row]] == max(end[each] for each in going_on)
            assert caller[found[row]] == caller[row]


def test_a_call_may_begin_as_another_ends() -> None:
    assert at_once(np.array([0, 0]), np.array([0, 60]), np.array([60.0, 90.0])).tolist() == [NOBODY, NOBODY]
    assert at_once(np.array([0, 0]), np.array([0, 59]), np.array([60.0, 90.0])).tolist() == [NOBODY, 0]
    assert at_once(np.array([0, 1]), np.array([0, 59]), np.array([60.0, 90.0])).tolist() == [NOBODY, NOBODY]


def test_a_long_call_is_over_every_call_made_meanwhile() -> None:
    found = at_once(np.zeros(4, np.int64), np.array([0, 10, 30, 100]), np.array([90.0, 20, 40, 110]))
    assert found.tolist() == [NOBODY, 0, 0, NOBODY]


def test_gaps_between_attempts_whatever_their_order() -> None:
    found = gaps(np.array([5, 7, 5, 5]), np.array([2, 1, 1, 3]), np.array([600, 0, 0, 500]))
    assert found.before.tolist() == [2, NOBODY, NOBODY, 0]
    np.testing.assert_allclose(found.seconds, [600, NAN, NAN, -100])


def test_a_slot_may_span_midnight() -> None:
    minute = np.array([539, 540, 1020, 1021, 1439, 0, 60])
    assert outside(minute, np.full(7, 540), np.full(7, 1020)).tolist() == [True, False, False, True, True, True, True]
    assert outside(minute, np.full(7, 1320), np.full(7, 59)).tolist() == [True, True, True, True, False, False, True]


def test_texts_that_one_writer_used_for_several_units() -> None:
    writer = np.array([0, 0, 1, 0, 0, 1, 1])
    text = np.array([3, 3, 3, 3, 1, 3, 3])
    unit = np.array([0, 1, 0, 1, 2, 0, 0])
    found = repeated(writer, text, unit, 2)
    assert (found.first.tolist(), found.last.tolist()) == ([0], [3])
    assert (found.rows.tolist(), found.units.tolist()) == ([3], [2])
    assert len(repeated(writer, text, unit, 3).first) == 0


def test_no_calls_at_all() -> None:
    nothing = np.array([], np.int64)
    assert len(at_once(nothing, nothing, np.array([]))) == 0
    assert len(gaps(nothing, nothing, nothing).seconds) == 0
    assert len(repeated(nothing, nothing, nothing, 2).first) == 0
