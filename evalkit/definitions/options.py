"""Which option of a question a word means: its code, or its label in either language."""

from __future__ import annotations

from collections.abc import Callable

from evalkit.definitions.expression import Name, Option
from evalkit.definitions.questionnaire import Question, Questionnaire, spelling


def find_option(question: Question, text: str) -> str | None:
    """Return the code of the option that ``text`` means, or nothing; width and case of letters do not matter."""
    wanted = spelling(text)
    return next((option.code for option in question.choices if wanted in option.spellings), None)


def option_position(questionnaire: Questionnaire) -> Callable[[Name, Option], float]:
    """Return the look-up by which formulas compare a question with an option; NaN for an unknown one."""

    def position(name: Name, option: Option) -> float:
        question = questionnaire.questions.get(name.question)
        code = None if question is None else find_option(question, option.text)
        return float("nan") if question is None or code is None else float(question.option_index[code])

    return position
