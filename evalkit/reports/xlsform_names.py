"""Names of the fields of an XLSForm: valid in XML, unique whatever the case of their letters, and reversible.

``Q04.wechat`` becomes ``Q04_wechat``. Where that name is taken (by a question ``Q04_wechat``, or by ``q04_WeChat``,
since platforms export tables whose columns ignore case), the later one gets ``__2``, ``__3`` and so on at its end.
Answers are named first, in the order of the questionnaire, then groups and helpers, so that a name depends on the
questionnaire alone and :func:`field_names` leads back from a platform's column to the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalkit.definitions.field_names import RESERVED, free_name
from evalkit.definitions.form import NOT_APPLICABLE
from evalkit.definitions.questionnaire import Question, Questionnaire

UNIT_FIELD, HASH_FIELD = "evalkit_unit", "evalkit_hash"
ABSENT = "na"
"""The choice that means "does not apply"; the reader of answers knows it by this name."""
EVIDENCE = "evidence"
"""What the name of a field for proof ends in."""
TICKED = "OK"
"""What a ticked box of type ``acknowledge`` holds."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The name of everything in an XLSForm that has one."""

    answers: Mapping[str, str]
    """by key: answers (``Q01``, ``Q04.wechat``), quotients (``Q05.web``); a multiple choice by its code alone"""
    groups: Mapping[str, str]
    """by id of a section (``section NET``) or by question (``question Q04``)"""
    absent: Mapping[str, str]
    """by question: the box to tick where a number or date does not apply"""
    evidence: Mapping[str, str]
    """by question: the field of the proof that it asks for"""
    notes: tuple[str, ...]
    """of the paragraphs of instructions"""


def field_names(questionnaire: Questionnaire) -> FieldNames:
    """Name the fields of a questionnaire that has passed its checks."""
    taken = {name.casefold() for name in (*RESERVED, UNIT_FIELD, HASH_FIELD)}
    questions = questionnaire.questions.values()
    answers = {key: free_name(key, taken) for question in questions for key in field_keys(question)}
    boxed = [question for question in questions if has_box(question)]
    absent = {question.code: free_name(f"{question.code}_{ABSENT}", taken) for question in boxed}
    groups = {f"section {section.id}": free_name(section.id, taken) for section in questionnaire.sections}
    for question in (*boxed, *(each for each in questions if each.type == "numbers" and each not in boxed)):
        wanted = question.code if question.type == "numbers" else f"{question.code}_group"
        groups[f"question {question.code}"] = free_name(wanted, taken)
    evidence = {each.code: free_name(f"{each.code}_{EVIDENCE}", taken) for each in questionnaire.with_evidence}
    notes = tuple(free_name(f"note_{number + 1}", taken) for number in range(len(questionnaire.instructions)))
    return FieldNames(answers, groups, absent, evidence, notes)


def field_keys(question: Question) -> tuple[str, ...]:
    """Return the keys of a question's fields: all ticks of a multiple choice are one field."""
    return (question.code,) if question.type == "multiple" else question.keys


def has_box(question: Question) -> bool:
    """Tell whether "does not apply" needs a box of its own: choices have a choice for it, texts can say it."""
    return question.type in {"number", "numbers", "date"}


def has_absent_choice(question: Question) -> bool:
    """Tell whether a choice gets "does not apply" added: not where an option of its own already reads so."""
    return not any(name in NOT_APPLICABLE for option in question.choices for name in option.spellings)
