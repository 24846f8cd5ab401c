"""The calls that came in against their plan: what is not in it, what is otherwise than planned, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from evalkit.calls import RESERVE, SECOND, Rating
from evalkit.messages.nearest import listed
from evalkit.problems import Place, Problem, problem
from evalkit.sources.call_plan import PlannedCall

_ASPECTS = {
    "unit": ("单位", "unit"),
    "scenario": ("场景", "scenario"),
    "channel": ("渠道", "channel"),
    "slot": ("时段", "slot"),
}


def check_plan(plan: Sequence[PlannedCall], ratings: Sequence[Rating], file: str) -> list[Problem]:
    """Hold ratings against the plan ``file``.

    EK651: a call that is not planned; EK652: unit, scenario, channel, slot or auditor are not those planned; EK655:
    another day than the planned one, and EK636: another number, of a call's first attempt; EK653: by auditor, the
    ratings that are missing.
    """
    by_call: dict[str, list[PlannedCall]] = {}
    for planned in plan:
        by_call.setdefault(planned.call, []).append(planned)
    problems: list[Problem] = []
    for rating in ratings:
        known = by_call.get(rating.call)
        if known is None:
            problems.append(problem("EK651", rating.place, call=rating.call, plan=file))
        elif rating.attempt == 1:
            problems += _against(rating, known)
    lacking = missing(plan, ratings)
    late, dated = overdue(lacking, newest(ratings)), any(each.date is not None for each in plan)
    for auditor in sorted({each.auditor for each in lacking}):
        calls = [each.call for each in lacking if each.auditor == auditor]
        count = str(sum(each.auditor == auditor for each in late)) if dated else "-"
        about = {"auditor": auditor, "count": len(calls), "overdue": count, "calls": listed(calls)}
        problems.append(problem("EK653", Place(file=file), **about))
    return problems


def newest(ratings: Sequence[Rating]) -> dt.date | None:
    """Return the day of the newest call; None where none is dated."""
    return max((rating.timing.date for rating in ratings if rating.timing.date is not None), default=None)


def overdue(lacking: Sequence[PlannedCall], as_of: dt.date | None) -> list[PlannedCall]:
    """Return the missing ratings that were planned for a day before ``as_of``."""
    return [each for each in lacking if as_of is not None and each.date is not None and each.date < as_of]


def missing(plan: Sequence[PlannedCall], ratings: Sequence[Rating]) -> list[PlannedCall]:
    """Return the planned ratings that were not returned, reserves apart.

    A reserve call that was made stands in for a planned one of its unit that was not, in the order of the plan.
    """
    returned = {(rating.call, rating.auditor) for rating in ratings}
    calls = {rating.call for rating in ratings}
    by_others = {call for call, _ in returned - {(each.call, each.auditor) for each in plan}}
    spare: dict[str, int] = {}
    for each in plan:
        if each.role == RESERVE and each.call in calls:
            spare[each.unit] = spare.get(each.unit, 0) + 1
    found = []
    for each in plan:
        # an auditor who was not planned may have made the call, which EK652 says
        there = (each.call, each.auditor) in returned or (each.role != SECOND and each.call in by_others)
        if each.role == RESERVE or there:
            continue
        if each.role != SECOND and spare.get(each.unit, 0):
            spare[each.unit] -= 1
        else:
            found.append(each)
    return found


def _against(rating: Rating, known: Sequence[PlannedCall]) -> list[Problem]:
    own = [each for each in known if each.auditor == rating.auditor]
    planned = own[0] if own else known[0]
    said: list[tuple[str, str, str, str]] = []
    for name, (zh, en) in _ASPECTS.items():
        found, expected = getattr(rating, name), getattr(planned, name)
        if found and found != expected:
            said.append((zh, en, expected, found))
    if rating.auditor and not own:
        said.append(("拨测员", "auditor", ", ".join(each.auditor for each in known), rating.auditor))
    problems = []
    if said:
        what = {
            "what_zh": ";".join(f"{zh}计划为 {expected},实为 {found}" for zh, _, expected, found in said),
            "what_en": "; ".join(f"{en} {found} for {expected}" for _, en, expected, found in said),
        }
        problems.append(problem("EK652", rating.place, call=rating.call, **what, planned_at=planned.place))
    day = rating.timing.date
    if own and planned.role != SECOND and day is not None and planned.date is not None and day != planned.date:
        about = {"call": rating.call, "date": day.isoformat(), "planned": planned.date.isoformat()}
        problems.append(problem("EK655", rating.place, **about))
    if own and planned.role != SECOND and rating.number and planned.number and rating.number != planned.number:
        numbers = {"call": rating.call, "number": rating.number, "planned": planned.number}
        problems.append(problem("EK636", rating.place, **numbers))
    return problems
