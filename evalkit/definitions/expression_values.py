"""The value of a formula for many units at once, element by element: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from evalkit.definitions.expression_tree import Binary, BinaryOperator, Call, Expression, Name, Number, Option, Unary


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Values (units,), NaN = none, and for which units a division by zero was met on the way (units,)."""

    values: NDArray[np.float64]
    divided_by_zero: NDArray[np.bool_]


def evaluate(
    expression: Expression,
    values: Mapping[str, NDArray[np.float64]],
    option_index: Callable[[Name, Option], float],
) -> Evaluated:
    """Compute a formula for each unit.

    ``values`` maps every key of :func:`names` (``Q23``, ``Q04.wechat``) to an array (units,), NaN = no value: a number,
    the index of the chosen option, or 1/0 for an option ticked or not. ``option_index`` gives the index of an option
    of a question. Raises KeyError for a name that is not in ``values``.

    - ``+ - * /`` and unary minus: no value where an operand has none. Division by zero gives no value and is told in
      :attr:`Evaluated.divided_by_zero`, unless ``if``, ``and`` or ``or`` did not need that operand.
    - ``=`` is 0 and ``!=`` is 1 where a side has no value: no answer equals nothing and differs from everything.
      ``< <= > >=`` are 0 there. Comparisons are exact; for a tolerance write ``abs(a - b) < 0.01``.
    - ``and or not if`` hold a value for true if it is above zero; no value is false.
    - ``sum mean min max`` pass over what has no value; they have none where all arguments have none.
    - An overflow gives an infinite value, as in IEEE 754; it is the caller's to report.

    The result has the shape of the arrays of ``values``; a formula of numbers alone over no arrays has shape ().
    """
    shape = next((np.shape(each) for each in values.values()), ())
    with np.errstate(all="ignore"):
        result = _Evaluation(values, option_index, shape).of(expression)
    return Evaluated(np.array(result.values, dtype=np.float64), np.array(result.divided_by_zero, dtype=np.bool_))


@dataclass(frozen=True, slots=True)
class _Evaluation:
    values: Mapping[str, NDArray[np.float64]]
    option_index: Callable[[Name, Option], float]
    shape: tuple[int, ...]

    def of(self, node: Expression) -> Evaluated:  # noqa: PLR0911 - one return a kind of node
        match node:
            case Number(value):
                return self.plain(np.full(self.shape, value))
            case Name():
                return self.plain(np.asarray(self.values[node.key], dtype=np.float64))
            case Option():
                raise TypeError("an option has a value only beside the question it is compared with")
            case Unary(operator, operand):
                inner = self.of(operand)
                values = -inner.values if operator == "-" else _number(~_truth(inner.values))
                return Evaluated(values, inner.divided_by_zero)
            case Binary("=" | "!=", Name() as name, Option() as option):
                return self.choice(node.operator, name, option)
            case Binary(operator, left, right):
                return _binary(operator, self.of(left), self.of(right))
            case Call("if", (condition, chosen, otherwise)):
                return _if(self.of(condition), self.of(chosen), self.of(otherwise))
            case Call(function, arguments):
                inner_values = [self.of(each) for each in arguments]
                divided = reduce(np.logical_or, [each.divided_by_zero for each in inner_values])
                return Evaluated(_call(function, [each.values for each in inner_values]), divided)

    def plain(self, values: NDArray[np.float64]) -> Evaluated:
        return Evaluated(values, np.zeros(self.shape, dtype=np.bool_))

    def choice(self, operator: BinaryOperator, name: Name, option: Option) -> Evaluated:
        index = np.full(self.shape, self.option_index(name, option))
        return _binary(operator, self.of(name), self.plain(index))


def _truth(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.greater(values, 0)


def _number(truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.where(truth, 1.0, 0.0)


def _binary(operator: BinaryOperator, left: Evaluated, right: Evaluated) -> Evaluated:
    a, b = left.values, right.values
    divided = left.divided_by_zero | right.divided_by_zero
    match operator:
        case "and":
            needed = _truth(a)
            return Evaluated(_number(needed & _truth(b)), left.divided_by_zero | (needed & right.divided_by_zero))
        case "or":
            decided = _truth(a)
            return Evaluated(_number(decided | _truth(b)), left.divided_by_zero | (~decided & right.divided_by_zero))
        case "/":
            zero = np.equal(b, 0)
            return Evaluated(np.where(zero, np.nan, a / b), divided | zero)
        case "+" | "-" | "*":
            return Evaluated(_ARITHMETIC[operator](a, b), divided)
        case _:
            return Evaluated(_number(_COMPARE[operator](a, b)), divided)


_ARITHMETIC: Mapping[str, Callable[..., NDArray[np.float64]]] = {"+": np.add, "-": np.subtract, "*": np.multiply}
_COMPARE: Mapping[str, Callable[..., NDArray[np.bool_]]] = {
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def _if(condition: Evaluated, chosen: Evaluated, otherwise: Evaluated) -> Evaluated:
    truth = _truth(condition.values)
    divided = np.where(truth, chosen.divided_by_zero, otherwise.divided_by_zero)
    return Evaluated(np.where(truth, chosen.values, otherwise.values), condition.divided_by_zero | divided)


def _call(function: str, arguments: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    match function:
        case "abs":
            return np.abs(arguments[0])
        case "min":
            return reduce(np.fmin, arguments)
        case "max":
            return reduce(np.fmax, arguments)
        case "sum" | "mean":
            # added one after another, so that the value of a unit cannot depend on how many units there are
            total = reduce(np.add, [np.where(np.isnan(each), 0.0, each) for each in arguments])
            present = reduce(np.add, [np.where(np.isnan(each), 0.0, 1.0) for each in arguments])
            return np.where(present == 0, np.nan, total / present if function == "mean" else total)
        case _:
            raise ValueError(f"no function {function!r}")
