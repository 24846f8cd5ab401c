"""Awards to persons: the results say the unit and how many; names are kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evalkit.scoring.award_contest import Won
from evalkit.scoring.award_words import joined, said


@dataclass(frozen=True, slots=True)
class Person:
    """Who gets an award, and why: for the private table only."""

    name: str
    reason: str


Recipients = tuple[Won, tuple[Person, ...] | None]
"""A unit's award, and the persons where it is one for persons."""


def by_unit(found: Iterable[tuple[int, Person]], award: str, candidates: Sequence[int]) -> list[Recipients]:
    """Return one award a unit with its persons; ``candidates`` are the units (rows) of all who were nominated.

    What is public is how many won, and how many were nominated where that is known.
    """
    people: dict[int, list[Person]] = {}
    for row, person in found:
        people.setdefault(row, []).append(person)
    won: list[Recipients] = []
    for row in sorted(people):
        count, nominated = len(people[row]), list(candidates).count(row)
        sentences = [said("reason_people", people=count)]
        sentences += [said("reason_nominated", nominated=nominated)] if nominated else []
        basis = f"people={count}" + (f";nominated={nominated}" if nominated else "")
        won.append((Won(row, award, None, basis, joined(sentences)), tuple(people[row])))
    return won
