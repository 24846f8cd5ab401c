"""Formulas over answers: scoring formulas, skip conditions and checks across questions, in one small grammar.

- numbers ``12``, ``0.5``, ``1e-3``; questions ``Q04`` and their parts ``Q04.wechat`` (letters, Chinese, digits, ``_``)
- by precedence ``or`` < ``and`` < ``not`` < ``= == != < <= > >=`` (not chained) < ``+ -`` < ``* /`` < unary minus
- ``Q23 = yes``, ``Q23 != "是"``: the option chosen. A single word to the right of ``=`` or ``!=`` after a question is
  an option; to compare two questions, put the right one in parentheses: ``Q05 = (Q06)``. A part (``Q04.web``), or
  anything longer than a word, needs none.
- ``Q08 has cloud``: the option is ticked; the same as ``Q08.cloud``, and binds as tightly
- functions ``min max mean sum abs if``, the last as ``if(condition, a, b)``

Formulas over work orders and call records (``of_records``) may also say ``due is known``, ``due is blank``, and
``hours(closed - received)`` with ``days``, ``hours``, ``minutes`` of a span of time.

Full-width punctuation and digits are read as the plain ones. Nothing is executed: a tokenizer, a precedence parser,
a tree of frozen nodes. :mod:`evalkit.definitions.expression_values` computes with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from evalkit.definitions.expression_tokens import KEYWORDS, ExpressionError, Token, refusal, tokenize
from evalkit.definitions.expression_tree import (
    COMPARISON,
    MINUS,
    NOT,
    POWERS,
    Binary,
    BinaryOperator,
    Call,
    Expression,
    Function,
    Name,
    Number,
    Option,
    Unary,
    choices,
    names,
    text,
    walk,
)

__all__ = [
    "NESTING_LIMIT",
    "OPERATOR_LIMIT",
    "Binary",
    "Call",
    "Expression",
    "ExpressionError",
    "Name",
    "Number",
    "Option",
    "Unary",
    "choices",
    "names",
    "parse",
    "text",
    "walk",
]

NESTING_LIMIT = 30
"""How deep parentheses, functions, ``not`` and unary minus may stand in each other."""

OPERATOR_LIMIT = 200
"""How many operators of two operands a formula may have: with the nesting, this bounds the depth of the tree."""

_FUNCTIONS: tuple[Function, ...] = ("min", "max", "mean", "sum", "abs", "if")
_OF_TIME: tuple[Function, ...] = ("days", "hours", "minutes")
_STATES: tuple[Function, ...] = ("known", "blank")
_ONE = (1, " 1 个", "1 value")
_ARGUMENTS = {"abs": _ONE, "if": (3, " 3 个", "3 values"), **dict.fromkeys(_OF_TIME, _ONE)}
_COMPARISONS = tuple(sign for sign, power in POWERS.items() if power == COMPARISON)


def parse(text: str, *, of_records: bool = False) -> Expression:
    """Read a formula; with ``of_records`` one over work orders or call records, which knows times and blanks.

    Raises :class:`ExpressionError`, with a position that counts characters from 1, for anything that is not a formula
    of the grammar, and for more than 2,000 characters, :data:`NESTING_LIMIT` levels or :data:`OPERATOR_LIMIT`
    operators.
    """
    return _Parser(tokenize(text), of_records).whole()


@dataclass(slots=True)
class _Parser:
    """A precedence-climbing parser over tokens, the last of which is of kind ``end``."""

    tokens: list[Token]
    of_records: bool = False
    index: int = 0
    depth: int = 0
    operators: int = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.token
        self.index += 1
        return token

    def whole(self) -> Expression:
        if self.tokens[0].kind == "end":
            raise refusal("empty", 1)
        expression = self.expression(0)
        if self.token.kind != "end":
            raise self.unexpected()
        compared = {id(option) for _, option in choices(expression)}
        for node in walk(expression):
            if isinstance(node, Option) and id(node) not in compared:
                raise refusal("stray_option", node.position)
        return expression

    def expression(self, least: int) -> Expression:
        """Read operands joined by operators that bind at least as tightly as ``least``."""
        left = self.negation(least) if self.token.is_one_of("not") else self.operand()
        while self.token.is_one_of(*POWERS) and POWERS[self.token.text] >= least:
            sign = self.take()
            self.operators += 1
            if self.operators > OPERATOR_LIMIT:
                raise refusal("operators", sign.position, limit=OPERATOR_LIMIT)
            is_choice = sign.is_one_of("=", "!=") and isinstance(left, Name) and self.option_stands_alone()
            right = self.option() if is_choice else self.expression(POWERS[sign.text] + 1)
            if isinstance(left, Option):  # the question stands first in the tree, also of “"是" = Q23”
                left, right = right, left
            left = Binary(cast("BinaryOperator", sign.text), left, right)
            if sign.is_one_of(*_COMPARISONS) and self.token.is_one_of(*_COMPARISONS):
                raise refusal("chained", self.token.position)
        return left

    def negation(self, least: int) -> Expression:
        sign = self.take()
        if least > NOT:
            raise refusal("not", sign.position)
        return Unary("not", self.nested(sign, lambda: self.expression(NOT)))

    def operand(self) -> Expression:
        """Read a minus with its operand, or a single value."""
        token = self.take()
        if token.is_one_of("-"):
            return Unary("-", self.nested(token, lambda: self.expression(MINUS)))
        if token.is_one_of("("):
            return self.nested(token, lambda: self.parenthesis(token))
        if token.kind == "number":
            return _number(token)
        if token.kind == "string":
            return Option(token.text, token.position)
        if token.kind == "name" and token.text not in KEYWORDS:
            return self.nested(token, lambda: self.call(token)) if self.token.is_one_of("(") else self.name(token)
        if token.kind == "end":
            raise refusal("value_at_end", token.position)
        raise refusal("value", token.position, found=token.text)

    def nested(self, opener: Token, read: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > NESTING_LIMIT:
            raise refusal("nesting", opener.position, limit=NESTING_LIMIT)
        expression = read()
        self.depth -= 1
        return expression

    def parenthesis(self, opener: Token) -> Expression:
        expression = self.expression(0)
        self.close(opener)
        return expression

    def call(self, function: Token) -> Expression:
        allowed = _FUNCTIONS + (_OF_TIME if self.of_records else ())
        if function.text not in allowed:
            raise refusal("function", function.position, found=function.text, allowed=", ".join(allowed))
        opener = self.take()
        arguments = [] if self.token.is_one_of(")") else [self.expression(0)]
        while arguments and self.token.is_one_of(","):
            self.take()
            arguments.append(self.expression(0))
        self.close(opener)
        count, wanted_zh, wanted_en = _ARGUMENTS.get(function.text, (0, "至少 1 个", "at least 1 value"))
        if not arguments or len(arguments) != (count or len(arguments)):
            words = {"wanted_zh": wanted_zh, "wanted_en": wanted_en, "found": len(arguments)}
            raise refusal("arguments", function.position, function=function.text, **words)
        return Call(function.text, tuple(arguments))

    def name(self, token: Token) -> Expression:
        question, _, part = token.text.partition(".")
        if self.of_records and self.token.is_word and self.token.text == "is":
            return self.state(Name(question, part or None, token.position))
        if not self.token.is_one_of("has"):
            return Name(question, part or None, token.position)
        sign = self.take()
        if part:
            raise refusal("has", sign.position)
        return Name(question, self.option().text, token.position)

    def state(self, name: Name) -> Call:
        """Read ``is known`` or ``is blank`` after a name; ``is`` means nothing anywhere else."""
        sign, state = self.take(), self.take()
        if not (state.is_word and state.text in _STATES):
            raise refusal("is", sign.position)
        return Call(state.text, (name,))

    def option(self) -> Option:
        token = self.take()
        if not (token.is_word or token.kind == "string"):
            raise refusal("option", token.position)
        return Option(token.text, token.position)

    def option_stands_alone(self) -> bool:
        """Tell whether a word or a quotation comes next that is the whole right side of a comparison."""
        if not (self.token.is_word or self.token.kind == "string"):
            return False
        return not self.tokens[self.index + 1].is_one_of("+", "-", "*", "/", "(", "has")

    def close(self, opener: Token) -> None:
        if self.token.kind == "end":
            raise refusal("unclosed", opener.position)
        if not self.token.is_one_of(")"):
            raise self.unexpected()
        self.take()

    def unexpected(self) -> ExpressionError:
        """Return the error for a token that cannot follow a complete operand."""
        reason = {")": "unopened", ",": "comma", "has": "has"}
        if self.token.is_one_of(*reason):
            return refusal(reason[self.token.text], self.token.position)
        return refusal("operator", self.token.position, found=self.token.text)


def _number(token: Token) -> Number:
    value = float(token.text)
    if math.isinf(value):
        raise refusal("large", token.position)
    return Number(value)
