"""Formulas over records: three values of truth, exact spans of time, the reason why something is unknown."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from evalkit.definitions.expression import parse
from evalkit.observations import BLANK, ERROR, INVALID, NOT_APPLICABLE, OK
from evalkit.records import RecordCells
from evalkit.scoring.record_formula import Found, RecordFormula

NAN = float("nan")


def compute(formula: str, **columns: list[float | int | str]) -> Found:
    """Compute over columns of numbers, in which a text stands for a status."""
    names = {"blank": BLANK, "n/a": NOT_APPLICABLE, "invalid": INVALID, "error": ERROR}
    cells = {
        name: RecordCells(
            np.array([NAN if isinstance(each, str) else float(each) for each in column]),
            np.array([names[each] if isinstance(each, str) else OK for each in column], dtype=np.int8),
        )
        for name, column in columns.items()
    }
    rows = max(map(len, columns.values()))
    known = {"s": {"good": 0, "满意": 0, "bad": 1}}
    return RecordFormula(cells, rows, known).compute(parse(formula, of_records=True))


def value(formula: str, **cells: float | str) -> tuple[float, int]:
    found = compute(formula, **{name: [cell] for name, cell in cells.items()})
    return float(found.values[0]), int(found.reasons[0])


TRUTHS: list[float | str] = [1, 0, "blank"]


@pytest.mark.parametrize(("a", "b"), list(itertools.product(TRUTHS, repeat=2)))
def test_and_or_not_are_those_of_kleene(a: float | str, b: float | str) -> None:
    order: dict[float | str, float] = {0: 0.0, "blank": 0.5, 1: 1.0}
    back = {0.0: 0.0, 0.5: NAN, 1.0: 1.0}
    least, most = back[min(order[a], order[b])], back[max(order[a], order[b])]
    assert np.array_equal([value("a and b", a=a, b=b)[0]], [least], equal_nan=True)
    assert np.array_equal([value("a or b", a=a, b=b)[0]], [most], equal_nan=True)
    assert np.array_equal([value("not a", a=a)[0]], [back[1 - order[a]]], equal_nan=True)


@pytest.mark.parametrize(
    ("cell", "known", "blank"),
    [(5, (1, OK), (0, OK)), ("blank", (0, OK), (1, OK)), ("n/a", (0, OK), (1, OK))],
)
def test_known_and_blank(cell: float | str, known: tuple[float, int], blank: tuple[float, int]) -> None:
    assert value("a is known", a=cell) == known
    assert value("a is blank", a=cell) == blank


@pytest.mark.parametrize(("cell", "status"), [("invalid", INVALID), ("error", ERROR)])
def test_nobody_knows_what_stands_in_an_unreadable_cell(cell: str, status: int) -> None:
    for formula in ("a is known", "a is blank", "a is known and a <= 3", "a = 3", "a + 1", "hours(a)", "if(a, 1, 2)"):
        number, reason = value(formula, a=cell)
        assert np.isnan(number), formula
        assert reason == status, formula


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [("blank", "n/a", NOT_APPLICABLE), ("blank", "invalid", INVALID), ("error", "invalid", ERROR), (1, "blank", BLANK)],
)
def test_the_worst_reason_is_told(a: float | str, b: float | str, reason: int) -> None:
    for formula in ("a - b", "b - a", "a <= b", "max(a, b)", "sum(a, b)"):
        assert value(formula, a=a, b=b)[1] == reason


def test_spans_of_time_are_exact() -> None:
    received = 1_709_296_205.0
    hours = [1, 5, 23, 24, 25, 99]
    found = compute(
        "hours(closed - received)", closed=[received + 3600 * each for each in hours], received=[received] * 6
    )
    assert found.values.tolist() == hours
    assert value("days(a)", a=86_400 * 3)[0] == 3
    assert value("minutes(a)", a=90)[0] == 1.5


def test_options_are_compared_by_code_and_text() -> None:
    found = compute("s = good", s=[0, 1, "blank", "invalid"])
    assert np.array_equal(found.values, [1, 0, NAN, NAN], equal_nan=True)
    assert found.reasons.tolist() == [OK, OK, BLANK, INVALID]
    assert compute("s != “满意”", s=[0, 1]).values.tolist() == [0, 1]
    assert compute("s = “never met”", s=[0, 1]).values.tolist() == [0, 0]


def test_arithmetic_that_has_no_result_is_invalid() -> None:
    assert value("a / b", a=1, b=0)[1] == INVALID
    assert value("a / b", a="blank", b=0)[1] == BLANK
    assert value("a * a * a", a=1e200)[1] == INVALID
    assert value("if(b > 0, a / b, 0)", a=1, b=0) == (0, OK)


def test_functions() -> None:
    assert value("min(a, b) + max(a, b) + mean(a, b) + sum(a, b) + abs(-a)", a=2, b=4)[0] == 2 + 4 + 3 + 6 + 2
    assert value("if(a > b, a, b)", a=2, b=4)[0] == 4
    assert value("3", a=1)[0] == 3
