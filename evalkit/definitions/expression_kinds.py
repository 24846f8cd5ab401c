"""What kind of value a formula over records gives: a number, a time, a span of time, or true or false."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from evalkit.definitions.expression_tree import Binary, Call, Expression, Name, Number, Option, Unary, text

Kind = Literal["number", "time", "span", "truth", "category"]
KINDS_ZH: Mapping[Kind, str] = {
    "number": "数值", "time": "时间", "span": "时长", "truth": "是否", "category": "类别",
}  # fmt: skip
KINDS_EN: Mapping[Kind, str] = {
    "number": "a number", "time": "a time", "span": "a span of time", "truth": "true or false",
    "category": "a category",
}  # fmt: skip
_OF_COLUMN: Mapping[str, Kind] = {"number": "number", "time": "time", "yes_no": "truth", "category": "category"}
_AMOUNTS: tuple[Kind, ...] = ("number", "span")
_SUMS: Mapping[tuple[str, Kind, Kind], Kind] = {
    ("+", "number", "number"): "number", ("-", "number", "number"): "number",
    ("+", "span", "span"): "span", ("-", "span", "span"): "span",
    ("-", "time", "time"): "span", ("-", "time", "span"): "time",
    ("+", "time", "span"): "time", ("+", "span", "time"): "time",
    ("*", "number", "number"): "number", ("*", "span", "number"): "span", ("*", "number", "span"): "span",
    ("/", "number", "number"): "number", ("/", "span", "number"): "span", ("/", "span", "span"): "number",
}  # fmt: skip


class KindError(ValueError):
    """A formula puts together what does not belong together; the reason in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the reason."""
        super().__init__(en)
        self.zh = zh
        self.en = en


def kind_of(expression: Expression, kinds: Mapping[str, str]) -> Kind:
    """Return the kind of value that a formula gives; ``kinds`` are those of the columns by name.

    Times are compared with times, spans of time with spans: ``hours(closed - received) <= 24``. Raises KindError where
    kinds do not fit; the names must all be known.
    """
    match expression:
        case Number():
            return "number"
        case Name():
            return _OF_COLUMN[kinds[expression.key]]
        case Unary(operator, operand):
            return _must(operand, kinds, ("truth",) if operator == "not" else _AMOUNTS)
        case Binary():
            return _binary(expression, kinds)
        case Call():
            return _call(expression, kinds)
        case Option():
            raise KindError("选项只能与列比较", "an option can only be compared with a column")


def _binary(node: Binary, kinds: Mapping[str, str]) -> Kind:
    match node:
        case Binary("=" | "!=", Name() as name, Option()):
            return _chosen(name, kinds)
        case Binary("+" | "-" | "*" | "/" as operator, left, right):
            return _sum(operator, left, right, kinds)
        case Binary("and" | "or", left, right):
            return _must(right, kinds, (_must(left, kinds, ("truth",)),))
        case Binary(_, left, right):
            return _must(right, kinds, (_must(left, kinds, ("number", "time", "span", "truth")),), "truth")


def _call(call: Call, kinds: Mapping[str, str]) -> Kind:
    match call:
        case Call("known" | "blank"):
            return "truth"
        case Call("days" | "hours" | "minutes", (span,)):
            return _must(span, kinds, ("span",), "number")
        case Call("if", (condition, chosen, otherwise)):
            _must(condition, kinds, ("truth",))
            return _must(otherwise, kinds, (_must(chosen, kinds, ("number", "time", "span", "truth")),))
        case Call(function, arguments):
            allowed: tuple[Kind, ...] = (*_AMOUNTS, "time") if function in {"min", "max"} else _AMOUNTS
            first = _must(arguments[0], kinds, allowed)
            for other in arguments[1:]:
                _must(other, kinds, (first,))
            return first


def _must(
    expression: Expression, kinds: Mapping[str, str], allowed: tuple[Kind, ...], gives: Kind | None = None
) -> Kind:
    """Return the kind of a part of the formula, or what the whole ``gives``, if the part is one of the ``allowed``."""
    found = kind_of(expression, kinds)
    if found not in allowed:
        shown = text(expression)
        zh, en = "或".join(KINDS_ZH[each] for each in allowed), " or ".join(KINDS_EN[each] for each in allowed)
        raise KindError(f"“{shown}” 是{KINDS_ZH[found]},此处应为{zh}", f"“{shown}” is {KINDS_EN[found]}, not {en}")
    return gives or found


def _sum(operator: str, left: Expression, right: Expression, kinds: Mapping[str, str]) -> Kind:
    pair = kind_of(left, kinds), kind_of(right, kinds)
    found = _SUMS.get((operator, *pair))
    if found is None:
        zh = f"{KINDS_ZH[pair[0]]}与{KINDS_ZH[pair[1]]}不能用 {operator} 计算"
        raise KindError(zh, f"{KINDS_EN[pair[0]]} and {KINDS_EN[pair[1]]} cannot be put together by {operator}")
    return found


def _chosen(name: Name, kinds: Mapping[str, str]) -> Kind:
    kind = _OF_COLUMN[kinds[name.key]]
    if kind not in {"category", "truth"}:
        raise KindError(
            f"“{name.key}” 是{KINDS_ZH[kind]},没有选项;与另一列比较时请把右边放进括号",
            f"“{name.key}” is {KINDS_EN[kind]} and has no options; put a column to the right of = in parentheses",
        )
    return "truth"
