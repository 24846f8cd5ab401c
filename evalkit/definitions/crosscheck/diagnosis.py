"""What the study's ``diagnosis:`` says of questions and columns."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.yaml_source import Way
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Problem, problem


def check_diagnosis(context: Context) -> Iterator[Problem]:
    """Find costs of, and fixed, answers that no question and no column of the indicators has."""
    rules = None if context.study is None else context.study[0].diagnosis
    if context.study is None or rules is None or context.questionnaire_is_broken:
        return
    document = context.study[1]
    known = list(context.questionnaire[0].questions) if context.questionnaire is not None else []
    columns = [node.measure.column for node in context.indicators[0].indicators() if node.measure is not None]
    known += [column for column in dict.fromkeys(columns) if column is not None]
    named: list[tuple[str, Way, bool]] = [(code, ("costs", code), True) for code in rules.costs]
    named += [(code, ("fixed", number), False) for number, code in enumerate(rules.fixed)]
    for code, way, of_key in named:
        if code not in known:
            place = document.place(("diagnosis", *way), of_key=of_key)
            yield problem("EK430", place, code=code, allowed=listed(known), **suggestion(code, known))
