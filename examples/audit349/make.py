"""Make the register, the call sheets and the truth of this example: ``python examples/audit349/make.py``.

Everything is synthetic and seeded. Each hotline has a quality, each call and each rating an error, and each auditor a
severity that moves what is a matter of judgement (courtesy, listening, clear language, correctness), not what is
counted or timed. Every auditor makes his calls one after the other, on the days of the plan; a second score is made
from the recording, so that it has the time of the call. The truth of an indicator is its mean over many calls to the
hotline, each rated by an auditor drawn by lot.
"""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evalkit.calls import OUTCOME, RESERVE, SECOND, Calls, Rating
from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.protocol_items import Item
from evalkit.evaluate.plan_request import Options
from evalkit.evaluate.planning import PlannedRating, columns, plan_study
from evalkit.observations import ABSENT, OK
from evalkit.scoring.audit_measures import measure_calls

HERE = Path(__file__).parent
SEED = 20250601
UNITS, AUDITORS, CALLS = 349, 40, 11
REGIONS = ("华北", "东北", "华东", "华中", "华南", "西南", "西北")
TRUTH_CALLS = 300
MINUTES_A_CALL = 12
OUTCOMES_BELOW = {
    "wrong_line": -0.9, "wrong_body": -1.5, "hung_up": -2.3, "no_answer": -2.6, "busy": -3.4, "dead_number": -4.0,
}  # fmt: skip
INSULTED_BELOW, NO_BELOW = -3.0, -0.6
SUBJECTIVE = {"opening", "courtesy", "listening", "clear_language", "closing", "correct", "next_step", "one_stop"}

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class World:
    """What is true: quality of hotlines, leniency of auditors and easiness of scenarios, in standard deviations."""

    quality: Floats
    leniency: Floats
    easiness: Floats


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ratings: the position of the outcome, shape (n,), and answers as numbers, shape (n, items); NaN for none."""

    outcome: Ints
    numbers: Floats


def world(protocol: Protocol) -> World:
    """Draw what is true."""
    draws = np.random.default_rng(SEED)
    sizes = (UNITS, AUDITORS, len(protocol.scenarios))
    quality, leniency, easiness = (draws.normal(0, sd, size) for sd, size in zip((0.5, 1.1, 0.3), sizes, strict=True))
    return World(quality, leniency, easiness)


def draw(  # noqa: PLR0917 - one array for each thing known of a rating
    protocol: Protocol, true: World, unit: Ints, auditor: Ints, scenario: Ints, call: Ints, seed: int
) -> Drawn:
    """Draw the ratings of calls; two ratings with one number of ``call`` share all but judgement."""
    draws = np.random.default_rng(seed)
    calls = int(call.max()) + 1
    first = np.unique(call, return_index=True)[1]
    shared = (true.quality[unit] + true.easiness[scenario])[first] + draws.normal(0, 0.45, calls)
    outcome = _outcomes(protocol, shared, draws)[call]
    asked = [item for item in protocol.items if item.is_asked]
    numbers = np.full((len(unit), len(asked)), np.nan)
    judged = shared[call] + true.leniency[auditor] + draws.normal(0, 0.35, len(unit))
    for column, item in enumerate(asked):
        objective = _answers(item, shared, draws)[call]
        own = _answers(item, judged, draws)
        numbers[:, column] = own if item.code in SUBJECTIVE else objective
    return Drawn(outcome, np.where(_judged(protocol, asked, scenario, outcome), numbers, np.nan))


def _outcomes(protocol: Protocol, shared: Floats, draws: np.random.Generator) -> Ints:
    """Draw outcomes: about one call in twenty does not get through, and better hotlines send fewer callers astray."""
    codes = list(protocol.outcome_by_code)
    latent = shared + draws.logistic(0, 0.8, len(shared))
    found = np.full(len(shared), codes.index("right_answer"))
    for code, cut in OUTCOMES_BELOW.items():
        found[latent < cut] = codes.index(code)
    return found.astype(np.int64)


def _answers(item: Item, latent: Floats, draws: np.random.Generator) -> Floats:
    """Draw answers: positions of choices, best first, or numbers."""
    n = len(latent)
    noisy = latent + draws.normal(0, 0.4, n)
    if item.code == "insulted":
        return np.where(noisy < INSULTED_BELOW, 0.0, 1.0)
    if item.type == "yesno":
        return np.where(noisy > NO_BELOW, 0.0, 1.0)
    if item.type == "scale":
        cuts = np.linspace(0.9, -1.3, len(item.steps) - 1)
        return np.asarray((noisy[:, None] < cuts).sum(axis=1), dtype=np.float64)
    if item.type == "seconds" or item.code == "wait_mailbox":
        middle = {"wait_phone": 14.0, "wait_media": 200.0, "wait_mailbox": 30.0}[item.code]
        return np.round(middle * np.exp(-0.5 * noisy + draws.normal(0, 0.4, n)))
    if item.type == "count":
        return draws.poisson(np.exp(-1.5 - 0.8 * noisy)).astype(np.float64) + (
            2.0 if item.code == "menu_steps" else 0.0
        )
    return np.full(n, np.nan)


def _judged(protocol: Protocol, asked: Sequence[Item], scenario: Ints, outcome: Ints) -> NDArray[np.bool_]:
    """Tell which items are judged, by scenario (on its first channel) and outcome."""
    scenarios, outcomes = protocol.scenarios, list(protocol.outcome_by_code.values())
    plays = np.array([[protocol.asks(item, each, each.channels[0]) for item in asked] for each in scenarios])
    inside = np.array([[item.base in each.bases for item in asked] for each in outcomes])
    return np.asarray(plays[scenario] & inside[outcome])


def write(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """Write a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def registers() -> None:
    """Write the hotlines and the auditors."""
    units = [(f"U{n:03}", f"示例热线{n:03}", REGIONS[n % len(REGIONS)]) for n in range(1, UNITS + 1)]
    write(HERE / "units.csv", [("unit", "name", "region"), *units])
    auditors = [(f"A{n:02}", REGIONS[n % len(REGIONS)], 150) for n in range(1, AUDITORS + 1)]
    write(HERE / "auditors.csv", [("auditor", "home", "most"), *auditors])


def planned(bundle: Bundle) -> tuple[PlannedRating, ...]:
    """Plan the calls."""
    plan, problems = plan_study(bundle, HERE / "auditors.csv", Options(CALLS, SEED + 5))
    if plan is None:
        raise ValueError(str(problems))
    return plan.ratings


def times(protocol: Protocol, ratings: Sequence[PlannedRating], drawn: Drawn) -> dict[str, tuple[str, str, str]]:
    """Return date, start and duration in seconds of each call: an auditor's calls of a slot follow each other."""
    draws = np.random.default_rng(SEED + 4)
    opening = {slot.code: 60 * int(slot.start[:2]) + int(slot.start[3:]) for slot in protocol.slots}
    reached = np.array([outcome.reached for outcome in protocol.outcomes])[drawn.outcome]
    seconds = np.where(reached, np.exp(draws.normal(5.2, 0.35, len(ratings))), draws.uniform(15, 60, len(ratings)))
    made: dict[tuple[str, str, str], int] = {}
    found: dict[str, tuple[str, str, str]] = {}
    for rating, took in zip(ratings, np.clip(seconds, 15, 600).tolist(), strict=True):
        if rating.role != SECOND:
            own = (rating.auditor, rating.date, rating.slot)
            place = made[own] = made.get(own, -1) + 1
            minute = opening[rating.slot] + place * MINUTES_A_CALL
            found[rating.call] = (rating.date, f"{minute // 60:02}:{minute % 60:02}", f"{took:.0f}")
    return found


def sheets(protocol: Protocol, ratings: Sequence[PlannedRating], drawn: Drawn) -> dict[str, list[list[str]]]:
    """Return the filled call sheets, rows by auditor; answers are entered as Chinese labels."""
    asked = [item for item in protocol.items if item.is_asked]
    outcomes = list(protocol.outcome_by_code.values())
    when = times(protocol, ratings, drawn)
    head = [
        "call",
        "unit",
        "scenario",
        "channel",
        "slot",
        "auditor",
        "date",
        "start",
        "duration",
        "outcome",
        *(item.code for item in asked),
    ]
    found: dict[str, list[list[str]]] = {}
    for row, rating in enumerate(ratings):
        answers = [_shown(item, value) for item, value in zip(asked, drawn.numbers[row].tolist(), strict=True)]
        about = [rating.call, rating.unit, rating.scenario, rating.channel, rating.slot, rating.auditor]
        about += when[rating.call]
        found.setdefault(rating.auditor, [head]).append([*about, outcomes[drawn.outcome[row]].code, *answers])
    return found


def _shown(item: Item, value: float) -> str:
    if np.isnan(value):
        return ""
    if item.type == "yesno":
        return ("是", "否")[int(value)]
    return item.steps[int(value)].name.zh if item.type == "scale" else f"{value:.0f}"


def truth(bundle: Bundle, true: World) -> list[tuple[object, ...]]:
    """Return each hotline's true value on the indicators by call scores, from many calls rated by lot."""
    if bundle.protocol is None or bundle.indicators is None:
        raise ValueError("the example has a protocol and indicators")
    protocol, draws = bundle.protocol[0], np.random.default_rng(SEED + 1)
    many = UNITS * TRUTH_CALLS
    unit = np.repeat(np.arange(UNITS), TRUTH_CALLS)
    auditor, scenario = draws.integers(0, AUDITORS, many), np.arange(many) % len(protocol.scenarios)
    drawn = draw(protocol, true, unit, auditor, scenario, np.arange(many), SEED + 2)
    calls = as_calls(protocol, unit, scenario, drawn)
    names, columns = [], []
    for node in bundle.indicators[0].indicators():
        if (
            node.measure is not None
            and node.measure.item is not None
            and node.measure.call_rule.method == "call_scores"
        ):
            names.append(node.id)
            columns.append(measure_calls(node.measure, calls, protocol).raw)
    rows = [(f"U{row + 1:03}", *(f"{column[row]:.4f}" for column in columns)) for row in range(UNITS)]
    return [("unit", *names), *rows]


def as_calls(protocol: Protocol, unit: Ints, scenario: Ints, drawn: Drawn) -> Calls:
    """Return drawn ratings as the kernels take them, without cells."""
    codes = list(protocol.outcome_by_code)
    scenarios = protocol.scenarios
    blank = Rating("", "", "", "", "", "", "", 1, "", ())
    ratings = tuple(
        dataclasses.replace(blank, scenario=scenarios[s].code, channel=scenarios[s].channels[0], outcome=codes[o])
        for s, o in zip(scenario.tolist(), drawn.outcome.tolist(), strict=True)
    )
    keys = (OUTCOME, *(item.code for item in protocol.items if item.is_asked))
    numbers = np.column_stack([drawn.outcome, drawn.numbers])
    statuses = np.where(np.isnan(numbers), ABSENT, OK).astype(np.int8)
    places = {key: column for column, key in enumerate(keys)}
    names = tuple(f"U{n:03}" for n in range(1, UNITS + 1))
    return Calls(
        names, ratings, unit, np.arange(len(unit)), places, numbers, statuses, np.zeros(numbers.shape, np.int64)
    )


def main() -> None:
    """Write everything."""
    registers()
    bundle, problems = load_bundle(HERE / "study.yaml")
    if bundle is None or bundle.protocol is None:
        raise ValueError(str(problems))
    protocol, plan = bundle.protocol[0], planned(bundle)
    table = columns(plan)
    write(HERE / "plan.csv", [tuple(table), *zip(*table.values(), strict=True)])
    ratings = [rating for rating in plan if rating.role != RESERVE]  # every call of this example is made
    true = world(protocol)
    numbers = {code: row for row, code in enumerate(dict.fromkeys(rating.call for rating in ratings))}
    scenarios = list(protocol.scenario_by_code)
    drawn = draw(
        protocol,
        true,
        np.array([int(rating.unit[1:]) - 1 for rating in ratings]),
        np.array([int(rating.auditor[1:]) - 1 for rating in ratings]),
        np.array([scenarios.index(rating.scenario) for rating in ratings]),
        np.array([numbers[rating.call] for rating in ratings]),
        SEED + 3,
    )
    for auditor, rows in sheets(protocol, ratings, drawn).items():
        write(HERE / "calls" / f"{auditor}.csv", rows)
    write(HERE / "truth" / "units.csv", truth(bundle, true))
    auditors = [(f"A{row + 1:02}", f"{value:.4f}") for row, value in enumerate(true.leniency)]
    write(HERE / "truth" / "auditors.csv", [("auditor", "leniency"), *auditors])
    print(f"{len(ratings)} ratings, {sum(rating.role == SECOND for rating in ratings)} of them second scores")


if __name__ == "__main__":
    main()
