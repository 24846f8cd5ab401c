"""Conditions in words, with the labels of options, for people who fill in a form or are told what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evalkit.definitions.checks import is_wave
from evalkit.definitions.expression import Binary, Call, Expression, Name, Number, Option, Unary, text
from evalkit.definitions.expression_tree import COMPARISON, MINUS, NOT, POWERS
from evalkit.definitions.options import find_option
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import word

_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥", "*": "×", "/": "÷"}


def condition_words(expression: Expression, questionnaire: Questionnaire, language: Literal["zh", "en"]) -> str:
    """Return a condition in words, with the labels of the options: ``Q23 = 是 且 Q04“微信” > 0``."""
    return _Words(questionnaire, language).of(expression, 0)


@dataclass(frozen=True, slots=True)
class _Words:
    questionnaire: Questionnaire
    language: Literal["zh", "en"]

    def of(self, node: Expression, least: int) -> str:
        """Write a node, in parentheses if it binds less tightly than ``least``."""
        match node:
            case Number():
                return text(node)
            case Name():
                return self.name(node)
            case Option(label):
                return label
            case Call(function, arguments):
                inner = ", ".join(self.of(each, 0) for each in arguments)
                return f"{word(f'form_function_{function}', self.language)}({inner})"
            case Unary("not", operand):
                power, written = NOT, f"{word('form_not', self.language)} {self.of(operand, NOT)}"
            case Unary(_, operand):
                power, written = MINUS, f"-{self.of(operand, MINUS)}"
            case Binary(operator, left, right):
                power = POWERS[operator]
                sign = word(f"form_{operator}", self.language) if operator in {"and", "or"} else operator
                first = self.of(left, power + (power == COMPARISON))
                second = self.chosen(left, right) if isinstance(right, Option) else self.of(right, power + 1)
                written = f"{first} {_SIGNS.get(sign, sign)} {second}"
        return f"({written})" if power < least else written

    def name(self, name: Name) -> str:
        if is_wave(name, self.questionnaire.questions):
            return word("condition_wave", self.language)
        question = self.questionnaire.questions.get(name.question)
        if name.part is None:
            return name.question
        item = next((each for each in question.items if each.code == name.part), None) if question else None
        label = name.part if item is None else item.name.say(self.language)
        ticked = question is not None and question.type == "multiple"
        return word("form_ticked" if ticked else "form_part", self.language, question=name.question, item=label)

    def chosen(self, left: Expression, option: Option) -> str:
        question = self.questionnaire.questions.get(left.question) if isinstance(left, Name) else None
        code = find_option(question, option.text) if question else None
        labels = {each.code: each.name.say(self.language) for each in question.choices} if question else {}
        label = labels.get(code or "", option.text)
        return label if re.fullmatch(r"\w+", label) else word("form_quoted", self.language, text=label)
