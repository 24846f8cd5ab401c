"""Calls that came in against the limits of the fieldwork: of an auditor in a slot of a day, and of a unit on a day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from evalkit.calls import Rating
from evalkit.definitions.fieldwork import Fieldwork
from evalkit.problems import Problem, problem


def check_limits(fieldwork: Fieldwork | None, made: Sequence[Rating]) -> list[Problem]:
    """Find auditors with more calls in a slot of a day (EK633) and units with more on a day (EK634) than declared.

    ``made``: the attempts, each once. A call counts on the day of its first attempt, and only if that has a date, and
    a slot where slots matter. The place is that of the first call beyond the limit.
    """
    if fieldwork is None:
        return []
    dated = [each for each in made if each.attempt == 1 and each.timing.date is not None]
    slots = [each for each in dated if each.auditor and each.slot]
    problems = []
    for own in _beyond(slots, lambda each: (each.auditor, each.timing.date, each.slot), fieldwork.slot_daily):
        first = own[fieldwork.slot_daily or 0]
        about = {"auditor": first.auditor, "slot": first.slot, "limit": fieldwork.slot_daily}
        problems.append(problem("EK633", first.place, **about, date=first.timing.date, count=len(own)))
    for own in _beyond(dated, lambda each: (each.unit, each.timing.date), fieldwork.unit_daily):
        first = own[fieldwork.unit_daily or 0]
        said = {"unit": first.unit, "limit": fieldwork.unit_daily}
        problems.append(problem("EK634", first.place, **said, date=first.timing.date, count=len(own)))
    return problems


def _beyond(made: Sequence[Rating], key: Callable[[Rating], Hashable], limit: int | None) -> list[list[Rating]]:
    """Return the calls that have a key in common with more others than the limit allows, in the order of the first."""
    together: dict[Hashable, list[Rating]] = {}
    for rating in made:
        together.setdefault(key(rating), []).append(rating)
    return [] if limit is None else [own for own in together.values() if len(own) > limit]
