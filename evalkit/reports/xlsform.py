"""The questionnaire as an XLSForm: a workbook from which KoboToolbox and ODK make a form for browser and phone."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from evalkit.definitions.form import stamp
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import Language, choose
from evalkit.reports.xlsform_book import Sheets, write_form
from evalkit.reports.xlsform_names import field_names
from evalkit.reports.xlsform_survey import Survey, condition


def write_xlsform(
    questionnaire: Questionnaire,
    target: str | Path | BinaryIO,
    *,
    unit: str = "",
    unit_name: str = "",
    language: Language = "both",
) -> None:
    """Write the XLSForm of a questionnaire that has passed its checks; equal arguments give equal bytes.

    ``unit`` is the id that every answer carries in the hidden field ``evalkit_unit``; without it the form asks for the
    unit. ``evalkit_hash`` carries the hash of the definition. ``unit_name`` is added to the title. With ``both`` the
    form has both languages to switch between, Chinese first.

    Fields are named as :func:`evalkit.reports.xlsform_names.field_names` says. "Does not apply" is the choice ``na``,
    or a box ``…_na`` beside numbers and dates. A condition of :func:`untranslated` stands in words in the hint.

    Raises ``ValueError`` for a text of over 32,767 characters, ``OSError`` if the target cannot be written.
    """
    survey = Survey(questionnaire, field_names(questionnaire), stamp(questionnaire, unit))
    name = choose(language, questionnaire.name.zh, questionnaire.name.en)
    settings = {
        "form_title": f"{name} {unit_name}".strip(),
        "form_id": questionnaire.id,
        "version": questionnaire.version,
    }
    write_form(target, Sheets(survey.rows(), survey.choices(), settings), language)


def untranslated(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the questions whose condition no XPath of a bearable length expresses; the form always asks them."""
    names = field_names(questionnaire)
    conditional = (question for question in questionnaire.questions.values() if question.condition is not None)
    return tuple(question.code for question in conditional if condition(question, questionnaire, names) is None)
