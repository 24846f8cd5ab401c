"""The questionnaire: codes, skip conditions, quotients, and questions nobody uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalkit.definitions.crosscheck.checks import check_checks
from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.crosscheck.names import Names
from evalkit.definitions.expression import names, parse
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.definitions.rules import FormulaRule
from evalkit.definitions.yaml_source import Document, Way
from evalkit.problems import Problem, problem

_ANSWERED_BY_NUMBERS = ("number", "numbers")
_ASKED = ("yesno", "single", "multiple", "scale", "number", "numbers", "date", "text")


def check_questionnaire(context: Context) -> Iterator[Problem]:
    """Find what is wrong with the questionnaire by itself, and questions nobody uses."""
    if context.questionnaire is None:
        return
    questionnaire, document = context.questionnaire
    yield from check_form(questionnaire, document)
    used = used_questions(context)
    for question, way in questionnaire.walk():
        if question.code not in used and question.role == "scored":
            yield problem("EK304", document.place((*way, "code")), question=question.code)


def check_form(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Find duplicate codes and ids, conditions that look ahead, quotients of no numbers, and faults of the checks."""
    yield from _check_sections(questionnaire, document)
    seen: dict[str, int | None] = {}
    for question, way in questionnaire.walk():
        place = document.place((*way, "code"))
        if question.code in seen:
            yield problem("EK305", place, id=question.code, first=seen[question.code])
        yield from _check_condition(question, document, way, questionnaire.questions, seen)
        yield from _check_quotients(question, document, way, questionnaire.questions)
        seen.setdefault(question.code, place.line)
    yield from check_checks(questionnaire, document)


def _check_sections(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    seen: dict[str, int | None] = {}
    for index, section in enumerate(questionnaire.sections):
        place = document.place(("sections", index, "id"))
        if section.id in seen:
            yield problem("EK305", place, id=section.id, first=seen[section.id])
        seen.setdefault(section.id, place.line)


def _check_condition(
    question: Question, document: Document, way: Way, questions: Mapping[str, Question], earlier: Mapping[str, object]
) -> Iterator[Problem]:
    if question.condition is None:
        return
    place = document.place((*way, "ask_if"))
    yield from Names(questions, place, question.code).check(question.condition)
    for code in dict.fromkeys(name.question for name in names(question.condition)):
        if code in questions and code not in earlier:
            yield problem("EK314", place, question=question.code, other=code)
        elif code in questions and not questions[code].is_asked:
            about = {"method": "ask_if", "question": code, "type": questions[code].type}
            yield problem("EK308", place, **about, allowed=", ".join(_ASKED))


def _check_quotients(
    question: Question, document: Document, way: Way, questions: Mapping[str, Question]
) -> Iterator[Problem]:
    for index, part in enumerate(question.parts if question.type == "ratio" else ()):
        for key, answer in (("numerator", part.numerator), ("denominator", part.denominator)):
            code, _, inner = (answer or "").partition(".")
            place = document.place((*way, "parts", index, key))
            yield from Names(questions, place, question.code).cell(code, inner or None)
            if code in questions and questions[code].type not in _ANSWERED_BY_NUMBERS:
                about = {"method": "ratio", "question": code, "type": questions[code].type}
                yield problem("EK308", place, **about, allowed=", ".join(_ANSWERED_BY_NUMBERS))


def used_questions(context: Context) -> set[str]:
    """Return the codes of the questions that a measure, a skip condition, a quotient or a check uses."""
    texts: list[str | None] = []
    used: set[str] = set()
    for node in context.indicators[0].indicators():
        if node.measure is None:
            continue
        texts.append(node.measure.formula)
        for part in node.measure.scored_parts:
            used.add(part.question)
            texts.append(part.rule.formula if isinstance(part.rule, FormulaRule) else None)
    if context.questionnaire is not None:
        texts += [check.that for check in context.questionnaire[0].checks]
    for question, _ in () if context.questionnaire is None else context.questionnaire[0].walk():
        texts.append(question.ask_if)
        texts += [text for part in question.parts for text in (part.numerator, part.denominator)]
    return used | {name.question for text in texts if text is not None for name in names(parse(text))}
