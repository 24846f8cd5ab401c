"""The tree of a formula: frozen nodes, what they refer to, and their canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from evalkit.definitions.expression_tokens import KEYWORDS, QUOTES

BinaryOperator = Literal["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"]
Function = Literal["min", "max", "mean", "sum", "abs", "if", "days", "hours", "minutes", "known", "blank"]

COMPARISON = 4
NOT = 3
MINUS = 7
POWERS: dict[str, int] = {
    "or": 1, "and": 2,
    "=": COMPARISON, "!=": COMPARISON, "<": COMPARISON, "<=": COMPARISON, ">": COMPARISON, ">=": COMPARISON,
    "+": 5, "-": 5, "*": 6, "/": 6,
}  # fmt: skip
"""How tightly each operator of two operands binds; ``not`` has :data:`NOT`, unary minus :data:`MINUS`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, finite and not negative."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to a question (``Q04``), or to one part or option of it (``Q04.wechat``, ``Q08 has cloud``).

    ``position`` counts characters of the text from 1 and does not take part in equality.
    """

    question: str
    part: str | None = None
    position: int = field(default=1, compare=False)

    @property
    def key(self) -> str:
        """``Q04`` or ``Q04.wechat``: where the values of this name are looked up."""
        return self.question if self.part is None else f"{self.question}.{self.part}"


@dataclass(frozen=True, slots=True)
class Option:
    """An option, by code or by label, that a question is compared with; it stands to the right of ``=`` or ``!=``.

    ``position`` as in :class:`Name`.
    """

    text: str
    position: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """``not`` or minus."""

    operator: Literal["not", "-"]
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator with a left and a right operand."""

    operator: BinaryOperator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: Function
    arguments: tuple[Expression, ...]


Expression = Number | Name | Option | Unary | Binary | Call


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield every node, each before its operands, from left to right."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case Unary(_, operand):
                waiting.append(operand)
            case Binary(_, left, right):
                waiting += [right, left]
            case Call(_, arguments):
                waiting += reversed(arguments)
            case _:
                pass


def names(expression: Expression) -> tuple[Name, ...]:
    """Return the questions, parts and ticked options referred to, as often as they stand, in the order of the text."""
    return tuple(node for node in walk(expression) if isinstance(node, Name))


def choices(expression: Expression) -> tuple[tuple[Name, Option], ...]:
    """Return every comparison of a question with an option by ``=`` or ``!=``, in the order of the text.

    ``Q08 has cloud`` is not among them: it is the name ``Q08.cloud`` of :func:`names`.
    """
    return tuple(
        (node.left, node.right)
        for node in walk(expression)
        if isinstance(node, Binary) and node.operator in {"=", "!="}
        if isinstance(node.left, Name) and isinstance(node.right, Option)
    )


def text(expression: Expression) -> str:
    """Return the canonical text: one space around operators, no parentheses that can be left out.

    It parses to an equal tree, provided that the spaces do not carry it over the length limit.
    """
    return _text(expression, 0)


def _text(node: Expression, least: int) -> str:
    """Write a node, in parentheses if it binds less tightly than ``least``."""
    match node:
        case Number(value):
            return f"{value:.0f}" if value % 1 == 0 and value < 1e16 else repr(value)  # noqa: PLR2004 - where repr begins to write exponents
        case Name(question, part):
            return node.key if part is None or re.fullmatch(r"\w+", part) else f"{question} has {_option(part)}"
        case Option(word):
            return _option(word)
        case Call("known" | "blank" as state, (name,)):
            return f"{_text(name, 0)} is {state}"
        case Call(function, arguments):
            return f"{function}({', '.join(_text(each, 0) for each in arguments)})"
        case Unary("not", operand):
            power, written = NOT, f"not {_text(operand, NOT)}"
        case Unary(_, operand):
            power, written = MINUS, f"-{_text(operand, MINUS)}"
        case Binary():
            power, written = POWERS[node.operator], _binary(node)
    return f"({written})" if power < least else written


def _binary(node: Binary) -> str:
    power = POWERS[node.operator]
    left = _text(node.left, power + (power == COMPARISON))
    right = _text(node.right, power + 1)
    match node:
        case Binary("=" | "!=", Name(), Name(_, None)):
            right = f"({right})"  # without parentheses the word would be an option
        case _:
            pass
    return f"{left} {node.operator} {right}"


def _option(word: str) -> str:
    if re.fullmatch(r"[^\W\d]\w*", word) and word not in KEYWORDS:
        return word
    before, after = next(pair for pair in QUOTES if pair[1] not in word)
    return f"{before}{word}{after}"
