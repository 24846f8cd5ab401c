"""A small evaluator of the XPath that ODK forms use: a second reading of conditions, apart from the one that is tested.

Follows XPath 1.0 (section 3.4: how ``=`` and ``<`` convert; 4.4: numbers) for single nodes, and the ODK XForms
specification for ``if``, ``selected``, ``count-selected``, ``min``, ``max``, ``abs`` and ``decimal-date-time``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Value = str | float | bool
Lazy = Callable[[], Value]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<text>'[^']*'|\"[^\"]*\")|(?P<field>\$\{[^}]+\}|\.)"
    r"|(?P<name>[a-z][a-z-]*[a-z])|(?P<sign>!=|<=|>=|[=<>+*(),-]))"
)
_POWERS = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6,
}  # fmt: skip
_EPOCH = dt.date(1970, 1, 1).toordinal()


def evaluate(xpath: str, fields: Mapping[str, str]) -> Value:
    """Compute an XPath; ``fields`` has the text of each field (``.`` for the one being judged), ``""`` for none."""
    tokens: list[tuple[str, str]] = []
    start = 0
    while xpath[start:].strip():
        found = _TOKEN.match(xpath, start)
        assert found is not None, xpath[start:]
        tokens.append((str(found.lastgroup), str(found.group(str(found.lastgroup)))))
        start = found.end()
    reader = _Reader([*tokens, ("end", "")], fields)
    result = reader.expression(0)
    assert reader.tokens[reader.index][0] == "end", xpath
    return result()


@dataclass
class _Reader:
    tokens: list[tuple[str, str]]
    fields: Mapping[str, str]
    index: int = 0

    def take(self, wanted: str = "") -> tuple[str, str]:
        kind, text = self.tokens[self.index]
        assert wanted in {"", text}, (wanted, text)
        self.index += 1
        return kind, text

    def expression(self, least: int) -> Lazy:
        left = self.operand()
        while _POWERS.get(self.tokens[self.index][1], 0) > least:
            sign = self.take()[1]
            left = _joined(sign, left, self.expression(_POWERS[sign]))
        return left

    def operand(self) -> Lazy:
        kind, text = self.take()
        if kind == "number":
            return lambda: float(text)
        if kind == "text":
            return lambda: text[1:-1]
        if kind == "field":
            value = self.fields[text.removeprefix("${").removesuffix("}")]
            return lambda: value
        if text == "-":
            inner = self.expression(_POWERS["div"])
            return lambda: -number(inner())
        if text == "(":
            inner = self.expression(0)
            self.take(")")
            return inner
        self.take("(")
        arguments: list[Lazy] = []
        while self.tokens[self.index][1] != ")":
            arguments.append(self.expression(0))
            if self.tokens[self.index][1] == ",":
                self.take(",")
        self.take(")")
        return lambda: _called(text, arguments)


def number(value: Value) -> float:
    if not isinstance(value, str):
        return float(value)
    return float(value) if re.fullmatch(r"-?\d+(\.\d*)?", value.strip()) else math.nan


def truth(value: Value) -> bool:
    assert not isinstance(value, str), "the truth of a node or text is never asked for"
    return bool(value) and not math.isnan(value)


def _joined(sign: str, left: Lazy, right: Lazy) -> Lazy:
    def result() -> Value:
        if sign in {"and", "or"}:
            return (truth(left()) and truth(right())) if sign == "and" else (truth(left()) or truth(right()))
        one, other = left(), right()
        if sign in {"=", "!="}:
            as_text = isinstance(one, str) and isinstance(other, str)
            equal = one == other if as_text else number(one) == number(other)
            return equal == (sign == "=")
        return _computed(sign, number(one), number(other))

    return result


def _computed(sign: str, one: float, other: float) -> Value:
    if sign == "div":
        if other == 0:
            return math.nan if one == 0 or math.isnan(one) else math.copysign(math.inf, one)
        return one / other
    table: dict[str, Callable[[], Value]] = {
        "+": lambda: one + other, "-": lambda: one - other, "*": lambda: one * other,
        "<": lambda: one < other, "<=": lambda: one <= other, ">": lambda: one > other, ">=": lambda: one >= other,
    }  # fmt: skip
    return table[sign]()


def _called(name: str, arguments: list[Lazy]) -> Value:
    if name == "if":
        condition, chosen, otherwise = arguments
        return chosen() if truth(condition()) else otherwise()
    given = [each() for each in arguments]
    if name in {"min", "max"}:
        numbers = [number(each) for each in given]
        return math.nan if any(map(math.isnan, numbers)) else {"min": min, "max": max}[name](numbers)
    functions: dict[str, Callable[..., Value]] = {
        "true": lambda: True,
        "false": lambda: False,
        "not": lambda value: not truth(value),
        "number": number,
        "abs": lambda value: abs(number(value)),
        "concat": lambda *texts: "".join(map(str, texts)),
        "selected": lambda field, code: code in field.split(),
        "count-selected": lambda field: float(len(field.split())),
        "round": lambda value: float(math.floor(number(value) + 0.5)),
        "decimal-date-time": lambda field: float(dt.date.fromisoformat(field).toordinal() - _EPOCH),
    }
    return functions[name](*given)
