from __future__ import annotations

import gc

import pytest

from evalkit.sources.many_objects import collecting_later


def fail_within() -> None:
    with collecting_later():
        assert not gc.isenabled()
        raise ValueError("broken off")


def test_garbage_is_searched_for_again_afterwards_even_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken off"):
        fail_within()
    assert gc.isenabled()


def test_who_searches_never_is_left_alone() -> None:
    gc.disable()
    try:
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
