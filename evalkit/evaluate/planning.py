"""A plan of mystery calls for a study: units, protocol and auditors in; calls, design and forecast out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from evalkit import library
from evalkit.audits.design import Connection, connection
from evalkit.audits.forecast import calls_needed, rate_margin, reliability, score_margin, wrong_tiers
from evalkit.audits.plan import Plan, make_plan
from evalkit.audits.request import NoCapacityError, NoDaysError, Request
from evalkit.audits.seats import NOBODY
from evalkit.audits.severity import estimable
from evalkit.audits.severity_model import Ratings
from evalkit.calls import FIRST, RESERVE, SECOND
from evalkit.definitions.bundle import Bundle
from evalkit.definitions.protocol import Protocol
from evalkit.evaluate.plan_dates import Dates, dates, field_days
from evalkit.evaluate.plan_request import Options, has_channel, impossible, request
from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.scoring.arrays import IntArray
from evalkit.sources.auditors import Auditors, read_auditors
from evalkit.sources.register import Register, read_register


@dataclass(frozen=True, slots=True)
class PlannedRating:
    """A rating to be made.

    ``role``: first, second (of a call scored twice) or reserve (only if another falls out). ``date``: the day of the
    call, empty for a reserve and where no fieldwork is declared; ``number``: code of the number that the call is made
    from, empty where its auditor has none.
    """

    call: str
    unit: str
    name: str
    scenario: str
    channel: str
    slot: str
    auditor: str
    role: str
    date: str
    number: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the calls of a unit can tell, before any is made; see :mod:`evalkit.audits.forecast`."""

    calls: float
    rate_margin: float
    score_margin: float
    reliability: float
    wrong_tiers: float
    calls_needed: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with what it rests on.

    ``auditors_a_unit`` is the fewest auditors of any unit; ``telephones`` is the private key to the codes of numbers.
    """

    ratings: tuple[PlannedRating, ...]
    connection: Connection
    auditors_a_unit: int
    forecast: Forecast
    telephones: Mapping[str, str]


def plan_study(bundle: Bundle, auditors: Path, options: Options) -> tuple[Planned | None, list[Problem]]:
    """Plan the calls of a study; ``auditors`` is a table of auditors.

    No plan, with findings, where there is no protocol (EK611) or no register, a unit has fewer than four auditors who
    do not live there (EK621, EK625), capacity does not suffice in all (EK622), at units (EK615), on the days of
    fieldwork (EK640) or for the calls that a unit may receive a day (EK617, EK618), no scenario is
    played at a unit (EK623), or auditors and units could not be told apart afterwards (EK624). Warnings: fewer second
    scores than the protocol asks for (EK616), a unit that is called twice in a slot of a day (EK642) or by one number
    on one day (EK643).
    """
    read, problems = _read(bundle, auditors)
    if read is None:
        return None, problems
    register, protocol, staff = read
    field = field_days(bundle.study.fieldwork, protocol, staff)
    asked = request(register, protocol, staff, options, field.calendar)
    problems += impossible(asked, register, auditors.name)
    if has_errors(problems):
        return None, problems
    plan, more = _plan(asked, register, auditors.name)
    problems += more
    if plan is None:
        return None, problems
    when, more = dates(plan, field, staff, options.seed, auditors.name)
    problems += more
    if when is None:
        return None, problems
    ratings = tuple(_ratings(plan, when, register, protocol, staff))
    kept = ~plan.reserve
    fewest = min(len(set(plan.auditor[kept & (plan.unit == unit)].tolist())) for unit in range(len(register.units)))
    design = connection(plan.unit[kept], _numbered(plan.auditor[kept]))
    forecast = _forecast(len(register.units), options)
    return Planned(ratings, design, fewest, forecast, staff.telephones), problems


def _read(bundle: Bundle, auditors: Path) -> tuple[tuple[Register, Protocol, Auditors] | None, list[Problem]]:
    if bundle.protocol is None:
        return None, [] if bundle.study.protocol else [problem("EK611", Place(file=bundle.document.file))]
    path, problems = library.within(bundle.folder, bundle.study.units, bundle.document.place(("units",)))
    if path is None:
        return None, problems
    register, more = read_register(path, bundle.study.units)
    problems += more
    if register is None:
        return None, problems
    staff, more = read_auditors(auditors, auditors.name, register)
    return (None if staff is None else (register, bundle.protocol[0], staff)), [*problems, *more]


def _plan(asked: Request, register: Register, file: str) -> tuple[Plan | None, list[Problem]]:
    try:
        plan = make_plan(asked)
    except NoCapacityError as error:
        return None, [problem("EK615", Place(file=file, unit=register.units[error.unit]), missing=error.calls)]
    except NoDaysError as error:
        about = {"missing": error.calls, "days": error.days, "daily": asked.calendar.usual}
        return None, [problem("EK640", Place(file=file), **about)]
    if wrong := _not_told_apart(plan, file):
        return None, wrong
    wanted, found = round(asked.double * (~plan.reserve).sum()), int((plan.second != NOBODY).sum())
    return plan, [] if found == wanted else [problem("EK616", Place(file=file), found=found, wanted=wanted)]


def _not_told_apart(plan: Plan, file: str) -> list[Problem]:
    """Say whether units, auditors, scenarios and slots could be told apart once every call is made."""
    kept = np.flatnonzero(~plan.reserve)
    twice = kept[plan.second[kept] != NOBODY]
    rows = np.concatenate([kept, twice])
    auditor = np.concatenate([plan.auditor[kept], plan.second[twice]])
    factors = (_numbered(auditor), _numbered(plan.scenario[rows]), _numbered(plan.slot[rows]))
    ratings = Ratings(np.zeros(len(rows)), plan.unit[rows], _numbered(rows), factors)
    state = estimable(ratings)
    if state == "ok":
        return []
    parts = connection(ratings.unit, factors[0]).components
    return [problem("EK624", Place(file=file), parts=parts)]


def _numbered(codes: IntArray) -> IntArray:
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _ratings(plan: Plan, when: Dates, register: Register, protocol: Protocol, staff: Auditors) -> list[PlannedRating]:
    names, has = register.names, has_channel(register, protocol)
    codes = [channel.code for channel in protocol.channels]
    digits = len(str(len(plan.unit)))
    ratings: list[PlannedRating] = []
    for call in range(len(plan.unit)):
        index, unit = int(plan.unit[call]), register.units[plan.unit[call]]
        scenario = protocol.scenarios[plan.scenario[call]]
        channel = next(each for each in scenario.channels if has[index, codes.index(each)])
        about = (
            f"C{call + 1:0{digits}}",
            unit,
            names[unit],
            scenario.code,
            channel,
            protocol.slots[plan.slot[call]].code,
        )
        role, further = RESERVE if plan.reserve[call] else FIRST, (when.days[call], when.numbers[call])
        ratings.append(PlannedRating(*about, staff.codes[plan.auditor[call]], role, *further))
        if plan.second[call] != NOBODY:
            ratings.append(PlannedRating(*about, staff.codes[plan.second[call]], SECOND, *further))
    return ratings


def _forecast(units: int, options: Options) -> Forecast:
    calls, sd = options.calls, options.sd_calls
    return Forecast(
        calls=calls,
        rate_margin=rate_margin(calls, 0.95, options.level),
        score_margin=score_margin(calls, sd, options.level),
        reliability=reliability(calls, options.sd_units, sd),
        wrong_tiers=wrong_tiers(calls, options.sd_units, sd, _thirds(units), seed=options.seed),
        calls_needed=calls_needed(options.margin, sd, options.level),
    )


def _thirds(units: int) -> IntArray:
    return np.array([len(part) for part in np.array_split(np.arange(units), 3)], dtype=np.int64)


def columns(ratings: Sequence[PlannedRating]) -> dict[str, list[str]]:
    """Return a plan as columns."""
    return {each.name: [getattr(rating, each.name) for rating in ratings] for each in fields(PlannedRating)}
