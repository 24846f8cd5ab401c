from __future__ import annotations

import gc

import pytest

from evalkit.sources.many_objects import collecting_later


def test_garbage_is_searched_for_again_afterwards_even_after_an_error() -> None:
    assert gc.isenabled()
    stopped = []

    def fail() -> None:
        with collecting_later():
            stopped.append(not gc.isenabled())
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        fail()
    assert stopped == [True]
    assert gc.isenabled()


def test_who_searches_never_is_left_alone() -> None:
    gc.disable()
    try:
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
