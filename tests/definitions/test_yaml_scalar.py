from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.definitions.yaml_scalar import scalar

law = settings(deadline=None)


@pytest.mark.parametrize(
    "text",
    [
        "no", "yes", "on", "off", "y", "n", "True", "TRUE", "False", "Null", "NULL",
        "12:30", "1:2:3", "2020-11-01", "2020-11-01 12:00:00", "010000", "00", "-07", "007.5", "00.5", "01e3",
        "1_000", "0x1F", "0o17", "0b1", ".inf", "-.inf", ".nan", "NaN", "inf", "Infinity", "1,5", "1.5.2",
        ".", "..", "-", "+", "-.", "+.", "e3", "1e", "1e+", ".e3", "--5", "５", "٣", "5%", "<<", "=",
        "9" * 19, "-" + "9" * 19, "9" * 5000, "1e400", "-1e400",
    ],
)  # fmt: skip
def test_stays_text(text: str) -> None:
    value = scalar(text)
    assert value == text
    assert type(value) is str


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("5", 5), ("-5", -5), ("+5", 5), ("-0", 0), ("9" * 18, 10**18 - 1), ("-" + "9" * 18, 1 - 10**18)],
)
def test_whole_number(text: str, number: int) -> None:
    value = scalar(text)
    assert value == number
    assert isinstance(value, int)
    assert str(value) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1e3", 1000.0), ("1E-3", 0.001), (".5", 0.5), ("-.5", -0.5), ("+.5e-3", 0.0005), ("1.", 1.0), ("1.e2", 100.0),
        ("0.10", 0.1), ("2020.10", 2020.1), ("0e5", 0.0), ("1e-400", 0.0), ("9" * 19 + ".0", 1e19),
    ],
)  # fmt: skip
def test_number_with_a_fraction_or_an_exponent(text: str, number: float) -> None:
    value = scalar(text)
    assert value == number
    assert isinstance(value, float)
    assert str(value) == text


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("null", None), ("~", None), ("", None)])
def test_word(text: str, value: object) -> None:
    assert scalar(text) is value


@law
@given(st.text(alphabet="0123456789+-.eE_:xinfa ", max_size=12) | st.text(max_size=8))
def test_every_text_gives_a_finite_value_that_remembers_its_text(text: str) -> None:
    value = scalar(text)
    if isinstance(value, float):
        assert math.isfinite(value)
    if value is not None and not isinstance(value, bool):
        assert str(value) == text
