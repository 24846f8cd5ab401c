"""The value of a formula for many records at once, where what cannot be known stays unknown, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from evalkit.definitions.expression_tree import Binary, Call, Expression, Name, Number, Option, Unary
from evalkit.definitions.questionnaire import spelling
from evalkit.observations import BLANK, ERROR, INVALID, NOT_APPLICABLE, OK
from evalkit.records import RecordCells
from evalkit.scoring.arrays import BoolArray, FloatArray, StatusArray

_SECONDS = {"days": 86_400.0, "hours": 3_600.0, "minutes": 60.0}
_COMPARE: Mapping[str, Callable[..., BoolArray]] = {
    "=": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip
_ARITHMETIC: Mapping[str, Callable[..., FloatArray]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Values (rows,), a condition being 1 or 0; NaN where unknown, and then ``reasons`` (rows,) has a status not OK."""

    values: FloatArray
    reasons: StatusArray


@dataclass(frozen=True, slots=True, eq=False)
class RecordFormula:
    """Computes formulas over the ``cells`` of so many ``rows``; ``known`` are options by column and spelling.

    - A value is unknown where a cell that it needs holds none: its status is the reason, the worst of several.
    - ``and`` ``or`` ``not`` are those of Kleene: false ``and`` unknown is false, true ``or`` unknown is true.
    - ``x is known`` holds for a value, not for a blank or not applicable cell; of an unreadable one it is unknown,
      since nobody can tell what stands there. ``is blank`` is its contrary.
    - Times are seconds, so their difference is exact; ``hours`` of it divides once.
    - A division by zero, or an infinite value, is INVALID. ``sum mean min max`` are unknown where an argument is.
    """

    cells: Mapping[str, RecordCells]
    rows: int
    known: Mapping[str, Mapping[str, int]]

    def compute(self, expression: Expression) -> Found:
        """Compute a formula for each record. Raises KeyError for a name without cells."""
        with np.errstate(all="ignore"):
            found = self._of(expression)
            infinite = np.isinf(found.values)
        if not infinite.any():
            return found
        reasons = np.where(infinite, INVALID, found.reasons).astype(np.int8)
        return Found(np.where(infinite, np.nan, found.values), reasons)

    def _of(self, node: Expression) -> Found:  # noqa: PLR0911 - one return a kind of node
        match node:
            case Number(value):
                return self._plain(np.full(self.rows, value))
            case Name():
                cells = self.cells[node.key]
                return Found(cells.numbers, cells.statuses)
            case Option():
                raise TypeError("an option has a value only beside the column it is compared with")
            case Unary(operator, operand):
                inner = self._of(operand)
                return Found(-inner.values if operator == "-" else 1.0 - inner.values, inner.reasons)
            case Binary():
                return self._binary(node)
            case Call("known" | "blank" as state, (Name() as name,)):
                return _state(self.cells[name.key], known=state == "known")
            case Call("if", (condition, chosen, otherwise)):
                return _if(self._of(condition), self._of(chosen), self._of(otherwise))
            case Call(function, arguments):
                return _call(function, [self._of(each) for each in arguments])

    def _binary(self, node: Binary) -> Found:
        left = self._of(node.left)
        if isinstance(node.right, Option):
            key = node.left.key if isinstance(node.left, Name) else ""
            index = self.known.get(key, {}).get(spelling(node.right.text), -1)
            return _compared(node.operator, left, self._plain(np.full(self.rows, float(index))))
        right = self._of(node.right)
        if node.operator in {"and", "or"}:
            return _joined(node.operator, left, right)
        return (_computed if node.operator in _ARITHMETIC else _compared)(node.operator, left, right)

    def _plain(self, values: FloatArray) -> Found:
        return Found(values, np.zeros(self.rows, np.int8))


def _reasons(values: FloatArray, *operands: Found) -> StatusArray:
    """Return why values are unknown: the worst reason among the operands."""
    unknown = np.isnan(values)
    if not unknown.any():
        return np.zeros(len(values), np.int8)
    reason = np.zeros(len(values), np.int8)
    for status in (BLANK, NOT_APPLICABLE, INVALID, ERROR):
        for operand in operands:
            reason[unknown & (operand.reasons == status)] = status
    return reason


def _compared(operator: str, left: Found, right: Found) -> Found:
    truth = _COMPARE[operator](left.values, right.values).astype(np.float64)
    truth[np.isnan(left.values) | np.isnan(right.values)] = np.nan
    return Found(truth, _reasons(truth, left, right))


def _computed(operator: str, left: Found, right: Found) -> Found:
    values = _ARITHMETIC[operator](left.values, right.values)
    if operator != "/":
        return Found(values, _reasons(values, left, right))
    by_zero = (right.values == 0) & ~np.isnan(left.values)
    values = np.where(by_zero, np.nan, values)
    return Found(values, np.where(by_zero, INVALID, _reasons(values, left, right)).astype(np.int8))


def _joined(operator: str, left: Found, right: Found) -> Found:
    decided = 0.0 if operator == "and" else 1.0
    settled = (left.values == decided) | (right.values == decided)
    values = np.where(settled, decided, np.where(np.isnan(left.values + right.values), np.nan, 1.0 - decided))
    return Found(values, _reasons(values, left, right))


def _state(cells: RecordCells, *, known: bool) -> Found:
    unreadable = np.isin(cells.statuses, (INVALID, ERROR))
    values = ((cells.statuses == OK) == known).astype(np.float64)
    values[unreadable] = np.nan
    return Found(values, np.where(unreadable, cells.statuses, OK).astype(np.int8))


def _if(condition: Found, chosen: Found, otherwise: Found) -> Found:
    holds = condition.values == 1
    values = np.where(holds, chosen.values, otherwise.values)
    reasons = np.where(holds, chosen.reasons, otherwise.reasons)
    unknown = np.isnan(condition.values)
    reasons = np.where(unknown, condition.reasons, reasons)
    return Found(np.where(unknown, np.nan, values), reasons.astype(np.int8))


def _call(function: str, arguments: list[Found]) -> Found:
    values = [each.values for each in arguments]
    if function in _SECONDS:
        result = values[0] / _SECONDS[function]
    elif function == "abs":
        result = np.abs(values[0])
    elif function in {"min", "max"}:
        result = reduce(np.minimum if function == "min" else np.maximum, values)
    else:
        total = reduce(np.add, values)
        result = total / len(values) if function == "mean" else total
    return Found(result, _reasons(result, *arguments))
