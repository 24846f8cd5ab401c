"""A skip condition for people, in words, and for the workbook, as an Excel formula over the answer cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from evalkit.definitions.expression import Binary, Call, Expression, Name, Number, Option, Unary
from evalkit.definitions.expression_tree import COMPARISON, POWERS
from evalkit.definitions.form import TICK
from evalkit.definitions.options import find_option
from evalkit.definitions.questionnaire import CHOICE_TYPES, Question, Questionnaire

_LONGEST_LITERAL = 255
_LONGEST_FORMULA = 4000
_DEEPEST_FORMULA = 50
_DAYS_BEFORE_1900 = 693594
"""Python's ordinal of a day is Excel's serial number plus this."""
_CALL = re.compile(r"[A-Z]\(")
"""what XlsxWriter may expand even within quotes, as if ``SORT(`` there were a call"""
_SIGNS = {"!=": "<>"}
_FUNCTIONS = {"sum": "SUM", "mean": "AVERAGE", "min": "MIN", "max": "MAX"}


def condition_formula(
    expression: Expression, questionnaire: Questionnaire, reference: Callable[[str], str]
) -> str | None:
    """Return the Excel formula, without ``=``, that is TRUE where the condition holds and never an error.

    ``reference`` gives the answer cell of a key (``Q04.web``). As when answers are read, no answer equals nothing, and
    the answer to a question that is itself skipped does not count. ``None`` for what has no plain translation: names
    of ratios and texts, arithmetic with options or ticks, ``sum`` and the like over more than plain answers, options
    with labels of over 255 characters, and formulas too long or too deep for Excel.
    """
    try:
        formula = _Formula(questionnaire, reference).truth(expression)
    except _UntranslatableError:
        return None
    return formula if len(formula) <= _LONGEST_FORMULA and _depth(formula) <= _DEEPEST_FORMULA else None


class _UntranslatableError(Exception):
    """The condition has no plain Excel formula."""


@dataclass(frozen=True, slots=True)
class _Formula:
    questionnaire: Questionnaire
    reference: Callable[[str], str]
    outer: frozenset[str] = frozenset()
    """questions whose conditions are being written, against a circle of skip rules"""

    def truth(self, node: Expression) -> str:  # noqa: PLR0911 - one return a kind of node
        match node:
            case Unary("not", operand):
                return f"NOT({self.truth(operand)})"
            case Binary("and" | "or" as operator):
                return f"{operator.upper()}({','.join(self.truth(each) for each in _chain(node, operator))})"
            case Binary("=", Name() as name, Option(label)):
                return self.chosen(name, label)
            case Binary("!=", Name() as name, Option(label)):
                return f"NOT({self.chosen(name, label)})"
            case Binary(operator, left, right) if POWERS[operator] == COMPARISON:
                if_empty = "TRUE" if operator == "!=" else "FALSE"
                sign = _SIGNS.get(operator, operator)
                return f"IFERROR({self.number(left)}{sign}{self.number(right)},{if_empty})"
            case Name() if self.question(node).type == "multiple":
                return self.if_asked(node, f'{self.cell(node)}="{TICK}"', "FALSE")
            case _:
                return f"IFERROR({self.number(node)}>0,FALSE)"

    def number(self, node: Expression) -> str:  # noqa: PLR0911 - one return a kind of node
        """Write a number, or an Excel error where there is none."""
        match node:
            case Number(value):
                return f"{value:.15g}".upper()
            case Name():
                return self.answer(node)
            case Unary("-", operand):
                return f"(-{self.number(operand)})"
            case Binary("+" | "-" | "*" | "/" as operator, left, right):
                return f"({self.number(left)}{operator}{self.number(right)})"
            case Call("abs", (argument,)):
                return f"ABS({self.number(argument)})"
            case Call("if", (condition, chosen, otherwise)):
                return f"IF({self.truth(condition)},{self.number(chosen)},{self.number(otherwise)})"
            case Call(function, arguments):
                cells = ",".join(self.plain_cell(each) for each in arguments)
                return f"IF(COUNT({cells})=0,NA(),{_FUNCTIONS[function]}({cells}))"
            case Option():
                raise _UntranslatableError
            case _:
                return f"IF({self.truth(node)},1,0)"

    def chosen(self, name: Name, label: str) -> str:
        question = self.question(name)
        code = find_option(question, label) if question.type in CHOICE_TYPES else None
        if code is None:
            raise _UntranslatableError
        option = question.choices[question.option_index[code]]
        written = dict.fromkeys((option.name.say("both"), option.name.zh, option.name.en, option.code))
        cell = self.cell(name)
        return self.if_asked(name, f"OR({','.join(f'{cell}={_literal(each)}' for each in written if each)})", "FALSE")

    def answer(self, name: Name) -> str:
        cell, question = self.cell(name), self.question(name)
        if question.type not in {"number", "numbers", "date"}:
            raise _UntranslatableError
        days = f"+{_DAYS_BEFORE_1900}" if question.type == "date" else ""
        return self.if_asked(name, f"IF(ISNUMBER({cell}),{cell}{days},NA())", "NA()")

    def plain_cell(self, node: Expression) -> str:
        """Write a cell that SUM, MIN and the like pass over where it holds no number."""
        if not isinstance(node, Name) or self.question(node).type not in {"number", "numbers"}:
            raise _UntranslatableError
        if self.question(node).condition is not None:
            raise _UntranslatableError
        return self.cell(node)

    def if_asked(self, name: Name, formula: str, otherwise: str) -> str:
        question = self.question(name)
        if question.condition is None:
            return formula
        if question.code in self.outer:
            raise _UntranslatableError
        inner = replace(self, outer=self.outer | {question.code})
        return f"IF({inner.truth(question.condition)},{formula},{otherwise})"

    def question(self, name: Name) -> Question:
        question = self.questionnaire.questions.get(name.question)
        if question is None or not question.is_asked or name.key not in question.keys:
            raise _UntranslatableError
        return question

    def cell(self, name: Name) -> str:
        self.question(name)
        return self.reference(name.key)


def _chain(node: Expression, operator: str) -> list[Expression]:
    """Return the operands of ``a and b and c`` side by side: Excel nests no deeper than 64."""
    operands: list[Expression] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Binary) and each.operator == operator:
            waiting += [each.right, each.left]
        else:
            operands.append(each)
    return operands


def _literal(label: str) -> str:
    if len(label) > _LONGEST_LITERAL or not label.isprintable() or _CALL.search(label):
        raise _UntranslatableError
    return '"' + label.replace('"', '""') + '"'


def _depth(formula: str) -> int:
    deepest = depth = 0
    for character in re.sub(r'"[^"]*"', "", formula):
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest
