"""Awards that a committee decided on: its decisions, with the reason recorded for each."""

from __future__ import annotations

from evalkit.definitions.award_rules import Decision
from evalkit.definitions.awards import Award
from evalkit.problems import Problem, problem
from evalkit.scoring.award_contest import Won
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_gates import Passed
from evalkit.scoring.award_people import Person, Recipients, by_unit
from evalkit.scoring.award_words import joined, said
from evalkit.sources.nominations import Decided


def decided(award: Award, field: Field, passed: Passed, name: str) -> tuple[list[Recipients], list[Problem]]:
    """Return the decided winners in the order of the field.

    A decision for a unit that does not pass the gates is an error (``EK522``) and gives nothing, a second one for the
    same unit (or person) neither (``EK525``); more or fewer decisions than places are a warning (``EK523``).
    """
    rows = {unit: row for row, unit in enumerate(field.units)}
    problems: list[Problem] = []
    chosen: dict[tuple[int, str], Decided] = {}
    for each in field.nominations.decisions:
        if each.award != name or each.unit not in rows:
            continue
        key = (rows[each.unit], each.person if award.to == "person" else "")
        if not passed.eligible[key[0]]:
            problems.append(problem("EK522", each.place.at(unit=each.unit), award=name, unit=each.unit))
        elif key in chosen:
            problems.append(problem("EK525", each.place.at(unit=each.unit), award=name, unit=each.unit))
        else:
            chosen[key] = each
    if isinstance(award.rule, Decision) and award.rule.count not in {None, len(chosen)}:
        problems.append(problem("EK523", award=name, found=len(chosen), places=award.rule.count))
    ordered = [(row, chosen[row, person]) for row, person in sorted(chosen, key=lambda key: key[0])]
    if award.to == "person":
        nominated = [
            rows[each.unit] for each in field.nominations.submissions if each.award == name and each.unit in rows
        ]
        return by_unit(
            ((row, Person(each.person, each.reason)) for row, each in ordered), award.id, nominated
        ), problems
    return [(_won(row, award, each), None) for row, each in ordered], problems


def _won(row: int, award: Award, each: Decided) -> Won:
    reason = joined([said("reason_decided", reason=each.reason)])
    return Won(row, award.id, None, f"decision={each.by or '-'}", reason)
