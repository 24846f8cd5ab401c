"""How indicators are measured: rules that name what does not exist, or that do not fit the question."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.crosscheck.names import Names
from evalkit.definitions.expression import parse
from evalkit.definitions.indicators import Measure
from evalkit.definitions.questionnaire import Question
from evalkit.definitions.rules import (
    CountRule,
    FormulaRule,
    NumberRule,
    PointsRule,
    RatioRule,
    Rule,
    ShareRule,
    SumRule,
)
from evalkit.definitions.yaml_source import Document, Way
from evalkit.messages.nearest import listed
from evalkit.problems import Problem, problem

FITTING_TYPES: dict[str, tuple[str, ...]] = {
    "points": ("yesno", "single", "scale"),
    "share": ("multiple",),
    "scale": ("scale",),
    "number": ("number", "numbers", "ratio"),
    "ratio": ("numbers",),
    "sum": ("numbers", "ratio"),
    "count": ("multiple",),
    "formula": ("yesno", "single", "multiple", "scale", "number", "numbers", "ratio"),
    "plugin": ("yesno", "single", "multiple", "scale", "number", "numbers", "ratio"),
}
"""Which types of question a rule can score."""


def check_measures(context: Context) -> Iterator[Problem]:
    """Find measures by questions without a questionnaire, unknown names, rules that do not fit, weights all zero."""
    tree, document = context.indicators
    for branch in tree.walk():
        measure, way = branch.node.measure, (*branch.loc, "measure")
        if measure is None or not measure.of_questions:
            continue
        if context.questionnaire is not None:
            yield from _check_measure(measure, context.questionnaire[0].questions, document, way, branch.node.id)
        elif not context.questionnaire_is_broken:
            yield problem("EK312", document.place(way), node=branch.node.id)


def _check_measure(
    measure: Measure, questions: dict[str, Question], document: Document, way: Way, node: str
) -> Iterator[Problem]:
    if measure.formula is not None:
        place = document.place((*way, "formula"))
        yield from Names(questions, place, node).check(parse(measure.formula))
    if measure.parts and all(part.weight == 0 for part in measure.parts):
        yield problem("EK306", document.place((*way, "parts", 0, "weight")), node=node)
    for index, part in enumerate(measure.scored_parts):
        inner = way if measure.question else (*way, "parts", index)
        question = questions.get(part.question)
        if question is None:
            yield from Names(questions, document.place((*inner, "question")), node).cell(part.question, None)
        elif question.type not in FITTING_TYPES[part.rule.method]:
            place = document.place((*inner, "rule", "method"))
            about = {"method": part.rule.method, "question": question.code, "type": question.type}
            yield problem("EK308", place, **about, allowed=", ".join(FITTING_TYPES[part.rule.method]))
        else:
            names = Names(questions, document.place((*inner, "rule")), node)
            yield from _check_rule(part.rule, question, names)


def _check_rule(rule: Rule, question: Question, names: Names) -> Iterator[Problem]:
    """Find what a rule names that its question, whose type it fits, does not have."""
    match rule:
        case PointsRule():
            yield from names.options(question, tuple(rule.points))
            lacking = [option.code for option in question.choices if option.code not in rule.points]
            if lacking:
                yield problem("EK317", names.place, options=listed(lacking), question=question.code)
        case ShareRule():
            yield from names.items(question, tuple(rule.weights))
            if all(rule.weights.get(item.code, 1) == 0 for item in question.items):
                yield problem("EK306", names.place, node=names.where)
        case RatioRule():
            yield from names.items(question, (rule.numerator, rule.denominator))
        case SumRule():
            yield from names.items(question, rule.parts)
        case CountRule():
            yield from names.items(question, rule.options)
        case NumberRule():
            yield from names.cell(question.code, rule.part)
        case FormulaRule():
            yield from names.check(parse(rule.formula))
        case _:  # a scale and a plug-in name nothing
            pass
