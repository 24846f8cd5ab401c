"""What a plan of mystery calls is asked for: units, scenarios and auditors as the arrays of the kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.audits.calendar import Calendar, without_days
from evalkit.audits.request import Request
from evalkit.definitions.protocol import Protocol
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import BoolArray
from evalkit.sources.auditors import Auditors
from evalkit.sources.register import Register

FEWEST_AUDITORS = 4
"""Auditors a unit below which a severe one cannot be told from a bad unit."""
_NO = frozenset({"no", "n", "0", "false", "否", "无"})


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a plan; the standard deviations and the margin are assumptions of the forecast, in points."""

    calls: int
    seed: int
    reserves: int = 1
    sd_units: float = 5.0
    sd_calls: float = 12.0
    margin: float = 5.0
    level: float = 0.95


def request(
    register: Register, protocol: Protocol, staff: Auditors, options: Options, calendar: Calendar | None
) -> Request:
    """Return the request to the kernel: who may call whom, which scenarios are played where, and how often."""
    units = register.units
    regions = [staff.region_of[unit] for unit in units]
    names = {name: index for index, name in enumerate(dict.fromkeys(regions))}
    home = [(auditor.home or "-") for auditor in staff.each]
    allowed = [[where not in {unit, region} for where in home] for unit, region in zip(units, regions, strict=True)]
    most = [np.iinfo(np.int64).max if auditor.most is None else auditor.most for auditor in staff.each]
    return Request(
        calls=options.calls,
        reserves=options.reserves,
        double=protocol.double_scoring.share,
        applies=_applies(register, protocol),
        allowed=np.array(allowed, dtype=bool).reshape(len(units), len(staff.each)),
        most=np.array(most, dtype=np.int64),
        calendar=without_days(len(protocol.slots), len(staff.each)) if calendar is None else calendar,
        region=np.array([names[region] for region in regions], dtype=np.int64),
        seed=options.seed,
    )


def has_channel(register: Register, protocol: Protocol) -> BoolArray:
    """Tell which unit has which channel, (units, channels): all, but where a column of that name says no."""
    frame = register.frame
    columns = [
        [str(cell).strip().casefold() not in _NO for cell in frame[channel.code]]
        if channel.code in frame.columns
        else [True] * len(register.units)
        for channel in protocol.channels
    ]
    return np.array(columns, dtype=bool).T


def _applies(register: Register, protocol: Protocol) -> BoolArray:
    has, codes = has_channel(register, protocol), [channel.code for channel in protocol.channels]
    played = [[codes.index(channel) for channel in scenario.channels] for scenario in protocol.scenarios]
    return np.column_stack([has[:, channels].any(axis=1) for channels in played])


def impossible(asked: Request, register: Register, file: str) -> list[Problem]:
    """Find units that nobody, or hardly anybody, can call, and too little capacity in all."""
    found: list[Problem] = []
    several = asked.allowed.sum(axis=1)
    for index, unit in enumerate(register.units):
        place = Place(file=file, unit=unit)
        if several[index] < FEWEST_AUDITORS:
            found.append(problem("EK621", place, count=int(several[index]), fewest=FEWEST_AUDITORS))
        if not asked.applies[index].any():
            found.append(problem("EK623", place))
    if asked.calls < FEWEST_AUDITORS:
        found.append(problem("EK625", Place(file=file), calls=asked.calls, fewest=FEWEST_AUDITORS))
    needed = _needed(asked)
    capacity = sum(min(each, needed) for each in asked.most.tolist())
    if capacity < needed:
        found.append(problem("EK622", Place(file=file), capacity=capacity, needed=needed))
    return found


def _needed(asked: Request) -> int:
    units = len(asked.region)
    return units * (asked.calls + asked.reserves) + round(asked.double * units * asked.calls)
