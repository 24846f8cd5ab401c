"""How far the calls of a plan have come: done, missing and overdue, by auditor and by unit, and what came of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evalkit.calls import FIRST, RESERVE, SECOND, Rating
from evalkit.definitions.protocol import Protocol
from evalkit.evaluate.plan_checks import missing, newest, overdue
from evalkit.sources.call_plan import PlannedCall


@dataclass(frozen=True, slots=True)
class Line:
    """Ratings of an auditor or a unit, by code: ``planned`` without reserves; ``overdue`` of those that are missing.

    ``calls`` that were made, each once, and how many of them were ``reached``.
    """

    name: str
    planned: int
    missing: int
    overdue: int
    calls: int
    reached: int

    @property
    def done(self) -> int:
        """Ratings that were returned."""
        return self.planned - self.missing


@dataclass(frozen=True, slots=True)
class Progress:
    """``outcomes``: calls by outcome, in the order of the protocol, each call once; ``total`` over all lines.

    ``as_of``: the day on which a missing rating of an earlier day is overdue; None where neither a day was given nor
    any call dated. ``dated`` tells whether the plan names days at all; without, nothing is overdue. ``double``: share
    of the calls made that two auditors scored, ``double_planned`` of the planned ones, None where there are none;
    ``double_declared`` is that of the protocol.
    """

    total: Line
    auditors: tuple[Line, ...]
    units: tuple[Line, ...]
    outcomes: tuple[tuple[str, int], ...]
    double: float | None
    double_planned: float | None
    double_declared: float
    as_of: dt.date | None
    dated: bool


def call_progress(
    plan: Sequence[PlannedCall], ratings: Sequence[Rating], protocol: Protocol, today: dt.date | None = None
) -> Progress:
    """Hold the ratings that count against the plan; without ``today`` the day is that of the newest call.

    A reserve call stands in for a missing one of its unit. A missing rating is overdue where its day lies before
    ``as_of``. Auditors come in the order of their codes, units in that of the plan.
    """
    lacking, as_of = missing(plan, ratings), today or newest(ratings)
    late = overdue(lacking, as_of)
    expected = [each for each in plan if each.role != RESERVE]
    first: dict[str, Rating] = {}
    for rating in ratings:
        first.setdefault(rating.call, rating)
    made = list(first.values())
    reached = {call for call, rating in first.items() if protocol.outcome_by_code[rating.outcome].reached}

    def lines(
        names: Sequence[str], planned: Callable[[PlannedCall], str], rated: Callable[[Rating], str]
    ) -> list[Line]:
        counts = [Counter(map(planned, each)) for each in (expected, lacking, late)]
        counts += [Counter(map(rated, made)), Counter(rated(each) for each in made if each.call in reached)]
        return [Line(name, *(count[name] for count in counts)) for name in names]

    auditors = sorted({each.auditor for each in expected} | {each.auditor for each in made if each.auditor})
    units = list(dict.fromkeys(each.unit for each in plan))
    outcomes = Counter(rating.outcome for rating in made)
    several = Counter(call for call, _ in {(rating.call, rating.auditor) for rating in ratings})
    firsts = sum(each.role == FIRST for each in expected)
    return Progress(
        total=Line("", len(expected), len(lacking), len(late), len(made), len(reached)),
        auditors=tuple(lines(auditors, lambda each: each.auditor, lambda each: each.auditor)),
        units=tuple(lines(units, lambda each: each.unit, lambda each: each.unit)),
        outcomes=tuple((code, outcomes[code]) for code in protocol.outcome_by_code),
        double=_share(sum(count > 1 for count in several.values()), len(made)),
        double_planned=_share(sum(each.role == SECOND for each in expected), firsts),
        double_declared=float(protocol.double_scoring.share),
        as_of=as_of,
        dated=any(each.date is not None for each in expected),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
