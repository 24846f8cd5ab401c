"""A condition as XPath for ODK and KoboToolbox, with the meaning that it has when answers are evaluated.

An unanswered question is an empty node: in XPath 1.0 its number is NaN, which equals nothing, is neither above nor
below anything, and differs from everything, as :mod:`evalkit.definitions.expression_values` has it. What the two
see differently is written out: an answer to a question that is itself skipped (Enketo keeps it, ODK Collect does
not), two empty nodes (equal as texts), a division by zero (infinite), the truth of a negative number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from evalkit.definitions.expression import Binary, Call, Expression, Name, Number, Option, Unary
from evalkit.definitions.expression_tree import COMPARISON, POWERS
from evalkit.definitions.options import find_option
from evalkit.definitions.questionnaire import CHOICE_TYPES, Question, Questionnaire
from evalkit.reports.xlsform_names import ABSENT, has_absent_choice

_LONGEST = 8000
_DAYS_BEFORE_1970 = 719163
"""Python's ordinal of a day is the number of days since 1970-01-01 plus this."""
_NOTHING = "number('')"
_FAR = "1 div 0"
_SIGNS = {"*": "*", "/": "div", "+": "+", "-": "-"}


def condition_xpath(expression: Expression, questionnaire: Questionnaire, fields: Mapping[str, str]) -> str | None:
    """Return the XPath, with ``${field}`` for answers, that is true where the condition holds.

    ``fields`` names the field of each key, a multiple choice by its code. ``None`` where the text would pass 8,000
    characters, as a tower of nested functions does, or where skip conditions run in a circle.
    """
    try:
        return _XPath(questionnaire, fields).truth(expression)
    except _UntranslatableError:
        return None


def number_text(value: float) -> str:
    """Return a number as XPath 1.0 writes it: shortest digits, no exponent."""
    return format(Decimal(repr(value)), "f").removesuffix(".0")


class _UntranslatableError(Exception):
    """The condition has no XPath of a length that forms can carry."""


@dataclass(frozen=True, slots=True)
class _XPath:
    questionnaire: Questionnaire
    fields: Mapping[str, str]
    outer: frozenset[str] = frozenset()
    """questions whose conditions are being written, against a circle of skip rules"""

    def truth(self, node: Expression) -> str:
        """Write a node as true or false; a number holds if it is above zero."""
        match node:
            case Unary("not", operand):
                written = f"not({self.truth(operand)})"
            case Binary("and" | "or" as operator, left, right):
                sides = (self.truth(each) for each in (left, right))
                written = f" {operator} ".join(_bound(each, operator) for each in sides)
            case Binary("=", Name() as name, Option(label)):
                written = self.chosen(name, label)
            case Binary("!=", Name() as name, Option(label)):
                written = self.not_chosen(name, label)
            case Binary(operator, left, right) if POWERS[operator] == COMPARISON:
                sides = (self.number(each) for each in (left, right))
                if operator in {"=", "!="} and not any(_is_numeric(each) for each in (left, right)):
                    sides = (f"number({each})" for each in sides)  # two texts would be compared as texts
                written = f" {operator} ".join(sides)
            case Name() if self.kind(node) == "multiple":
                written = self.if_asked(node, f"selected({self.field(node)}, '{node.part}')")
            case _:
                written = f"{self.number(node)} > 0"
        return _short(written)

    def number(self, node: Expression) -> str:
        """Write a node as a number, NaN where it has none; whatever comes back can stand beside any operator."""
        match node:
            case Number(value):
                written = number_text(value)
            case Name():
                written = self.answer(node)
            case Unary("-", operand):
                written = f"(-{self.number(operand)})"
            case Binary("/", left, right):
                written = self.quotient(left, right)
            case Binary("+" | "-" | "*" as operator, left, right):
                written = f"({self.number(left)} {_SIGNS[operator]} {self.number(right)})"
            case Call("abs", (argument,)):
                written = f"abs({self.number(argument)})"
            case Call("if", (condition, chosen, otherwise)):
                written = f"if({self.truth(condition)}, {self.number(chosen)}, {self.number(otherwise)})"
            case Call(function, arguments):
                written = self.over_present(function, [self.number(each) for each in arguments])
            case _:
                written = f"if({self.truth(node)}, 1, 0)"
        return _short(written)

    def quotient(self, left: Expression, right: Expression) -> str:
        over, under = self.number(left), self.number(right)
        plain = f"{over} div {under}"
        if isinstance(right, Number) and right.value:
            return f"({plain})"
        return f"if({under} = 0, {_NOTHING}, {plain})"

    def over_present(self, function: str, values: list[str]) -> str:
        """Write a function that passes over what has no value, and has none where nothing has."""
        present = [f"number({each}) = number({each})" for each in values]
        pairs = list(zip(present, values, strict=True))
        if function == "min":
            written = f"min({', '.join(f'if({there}, {each}, {_FAR})' for there, each in pairs)})"
        elif function == "max":  # JavaRosa's own max of zeros or negative numbers is above zero
            written = f"(-min({', '.join(f'if({there}, -{each}, {_FAR})' for there, each in pairs)}))"
        else:
            written = " + ".join(f"if({there}, {each}, 0)" for there, each in pairs)
        if function == "mean":
            count = " + ".join(f"if({there}, 1, 0)" for there in present)
            written = f"({written}) div ({count})"
        return f"if({' or '.join(present)}, {written}, {_NOTHING})"

    def chosen(self, name: Name, label: str) -> str:
        code = self.option(name, label)
        return "false()" if code is None else self.if_asked(name, f"{self.field(name)} = '{code}'")

    def not_chosen(self, name: Name, label: str) -> str:
        code = self.option(name, label)
        if code is None:
            return "true()"
        differs = f"{self.field(name)} != '{code}'"
        return differs if self.asked(name) is None else f"not({self.chosen(name, label)})"

    def answer(self, name: Name) -> str:
        """Write the number that an answer is evaluated as: positions of options, ordinals of days, 1 for a text."""
        question, field = self.questionnaire.questions.get(name.question), self.field(name)
        kind = self.kind(name)
        if kind in {"number", "numbers"}:
            written = field
        elif kind == "date":
            written = f"if({field} = '', {_NOTHING}, round(decimal-date-time({field})) + {_DAYS_BEFORE_1970})"
        elif kind == "text":
            written = f"if({field} = '', {_NOTHING}, 1)"
        elif kind == "multiple" and question is not None:
            absent = f" or selected({field}, '{ABSENT}')" if has_absent_choice(question) else ""
            none = f"{field} = ''{absent}"
            written = f"if({none}, {_NOTHING}, if(selected({field}, '{name.part}'), 1, 0))"
        elif kind in CHOICE_TYPES and question is not None:
            written = _NOTHING
            for index, option in reversed(list(enumerate(question.choices))):
                written = f"if({field} = '{option.code}', {index}, {written})"
        else:
            return _NOTHING
        asked = self.asked(name)
        return written if asked is None else f"if({asked}, {written}, {_NOTHING})"

    def option(self, name: Name, label: str) -> str | None:
        question = self.questionnaire.questions.get(name.question)
        return find_option(question, label) if question is not None and self.kind(name) in CHOICE_TYPES else None

    def kind(self, name: Name) -> str:
        """Return the type of the question, or nothing for what is no answer."""
        question = self.questionnaire.questions.get(name.question)
        known = question is not None and question.is_asked and name.key in question.keys
        return question.type if question is not None and known else ""

    def field(self, name: Name) -> str:
        key = name.question if self.kind(name) == "multiple" else name.key
        return f"${{{self.fields.get(key, '')}}}"

    def if_asked(self, name: Name, truth: str) -> str:
        asked = self.asked(name)
        return truth if asked is None else f"{_bound(asked, 'and')} and {truth}"

    def asked(self, name: Name) -> str | None:
        """Write when the question is asked; ``None``: always."""
        question: Question | None = self.questionnaire.questions.get(name.question)
        if question is None or question.condition is None:
            return None
        if question.code in self.outer:
            raise _UntranslatableError
        return replace(self, outer=self.outer | {question.code}).truth(question.condition)


def _is_numeric(node: Expression) -> bool:
    """Tell whether XPath is sure to take a node for a number."""
    return isinstance(node, Number | Unary) or (isinstance(node, Binary) and node.operator in {"+", "-", "*"})


def _bound(written: str, operator: str) -> str:
    """Put what binds less tightly than ``and`` into parentheses."""
    return f"({written})" if operator == "and" and " or " in written else written


def _short(written: str) -> str:
    if len(written) > _LONGEST:
        raise _UntranslatableError
    return written
