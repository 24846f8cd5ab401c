"""What a study says about its exports and their respondents, against the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.crosscheck.names import Names
from evalkit.problems import Problem, problem


def check_exports(context: Context) -> Iterator[Problem]:
    """Find questions that do not exist, and rules for respondents in a study that has none."""
    if context.study is None:
        return
    study, document = context.study
    rules = study.recipe.respondents
    if "respondents" in study.recipe.model_fields_set and not study.data.exports:
        where = {"where_zh": "study.yaml 没有 data: exports", "where_en": "study.yaml has no data: exports"}
        place = document.place(("recipe", "respondents"), of_key=True)
        yield problem("EK121", place, key="respondents", **where)
    if context.questionnaire is None:
        return
    questions = context.questionnaire[0].questions
    for code in rules.questions:
        place = document.place(("recipe", "respondents", "questions", code), of_key=True)
        if code not in questions:
            yield from Names(questions, place, "recipe: respondents").cell(code, None)
    for index, export in enumerate(study.data.exports):
        way = ("data", "exports", index)
        for key in export.questions:
            code, _, part = key.partition(".")
            place = document.place((*way, "questions", key), of_key=True)
            if part or code not in questions or questions[code].type == "numbers":
                yield from Names(questions, place, "data: exports").cell(code, part or None)
        if export.unit is not None and export.unit.question is not None and export.unit.question not in questions:
            place = document.place((*way, "unit", "question"))
            yield from Names(questions, place, "data: exports").cell(export.unit.question, None)
