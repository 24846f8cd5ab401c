from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.sources.formula_text import original, protected

FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    " =1",
    "\u3000=1",
    "\xa0@A1",
    "＝1+1",
    "－x",
    "-5%",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_could_compute_is_protected(text: str) -> None:
    assert protected(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+1.5", "-1e-05", "'quoted'", "a=b", "1-2", "", " x", "'"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert protected(text) == text


@given(st.one_of(st.text("'=+-@\t\n ＝15", max_size=6), st.text()))
def test_every_text_comes_back(text: str) -> None:
    assert original(protected(text)) == text
