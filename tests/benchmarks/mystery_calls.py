"""Mystery calls at national size, and against calamine and statsmodels: ``python tests/benchmarks/mystery_calls.py``.

Prints CPU times and ratios. Goals: a workbook of 500,000 rows, one an item, read as a guarded table within 1.5 times a
bare calamine read of it, both in one run; what comes after, ratings of parsed cells with their places, scores and the
adjustment, is shown beside it. Severity of 333 units and 11,500 ratings under 1 s with fixed auditors, under 3 s by
REML, or 20 times faster than statsmodels' mixed model on the same ratings; alpha of 100,000 ratings under 0.1 s.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import python_calamine
import xlsxwriter
from statsmodels.regression.mixed_linear_model import MixedLM

from evalkit.audits.alpha import krippendorff_alpha
from evalkit.audits.severity import severity
from evalkit.audits.severity_model import Ratings
from evalkit.calls import OUTCOME, call_arrays
from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.definitions.protocol import Protocol
from evalkit.evaluate.call_results import call_results
from evalkit.evaluate.timing_checks import check_timing, made_calls
from evalkit.problems import Place
from evalkit.sources.audit import Audits, read_audits
from evalkit.sources.many_objects import collecting_later
from evalkit.sources.register import Register, read_register
from evalkit.sources.tables import read_table

STUDY = Path(__file__).parents[2] / "examples" / "audit349" / "study.yaml"
ITEM_ROWS, READING_GOAL = 500_000, 1.5
UNITS, AUDITORS, SCENARIOS, RATINGS = 333, 40, 18, 11_500
SMALL_UNITS, SMALL_RATINGS = 60, 2_000
ROUNDS = 3


def ratings(units: int, count: int, seed: int) -> Ratings:
    """Return simulated ratings, a tenth of the calls rated twice."""
    draws = np.random.default_rng(seed)
    calls = round(count / 1.1)
    call = np.concatenate([np.arange(calls), draws.choice(calls, count - calls, replace=False)])
    unit_of, scenario_of = np.arange(calls) % units, draws.integers(0, SCENARIOS, calls)
    unit, scenario, auditor = unit_of[call], scenario_of[call], draws.integers(0, AUDITORS, count)
    levels = [draws.normal(0, sd, size) for sd, size in ((5, units), (6, AUDITORS), (4, SCENARIOS), (10, calls))]
    score = (
        80 + levels[0][unit] + levels[1][auditor] + levels[2][scenario] + levels[3][call] + draws.normal(0, 5, count)
    )
    return Ratings(score, unit, call, (auditor, scenario))


def seconds(work: Callable[[], object]) -> float:
    """Return the least CPU time of several rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def mixed_model(given: Ratings) -> object:
    """Fit the same model with statsmodels."""
    auditor, scenario = given.factors
    columns = {"score": given.score, "unit": given.unit, "auditor": auditor, "scenario": scenario}
    model = MixedLM.from_formula("score ~ 0 + C(unit) + C(scenario)", pd.DataFrame(columns), groups="auditor")
    return model.fit(reml=True)


def item_rows(protocol: Protocol) -> Iterator[list[str]]:
    """Yield the rows of calls by 40 auditors at 349 units, one an item, every tenth call rated twice."""
    draws = np.random.default_rng(4)
    call = 0
    while True:
        call += 1
        scenario = protocol.scenarios[call % len(protocol.scenarios)]
        when = [f"2025-06-{call % 28 + 1:02}", f"{9 + call % 8:02}:{call % 60:02}", str(120 + call % 300)]
        for auditor in range(2 if call % 10 == 0 else 1):
            about = [f"C{call:06}", f"U{call % 349 + 1:03}", scenario.code, protocol.slots[call % 4].code]
            about += [f"A{(7 * call + call // 349 + auditor) % 40 + 1:02}", *when, "right_answer"]
            for item in protocol.items:
                if item.is_asked and protocol.asks(item, scenario, scenario.channels[0]):
                    choices = {"yesno": ["是", "否"], "scale": [step.name.zh for step in item.steps]}
                    words = choices.get(item.type, [str(number) for number in range(20)])
                    yield [*about, item.code, words[int(draws.integers(len(words)))]]


def write_items(path: Path, protocol: Protocol) -> None:
    """Write the workbook of item rows."""
    head = ["call", "unit", "scenario", "slot", "auditor", "date", "start", "duration", "outcome", "item", "answer"]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head)
        for line, row in zip(range(1, ITEM_ROWS + 1), item_rows(protocol), strict=False):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)


def definitions() -> tuple[Bundle, Protocol, Register]:
    """Return the study of the example, whose protocol and units the workbook has."""
    bundle, _ = load_bundle(STUDY)
    register, _ = read_register(STUDY.parent / "units.csv", "units.csv")
    if bundle is None or bundle.protocol is None or register is None:
        raise ValueError("the example cannot be read")
    return bundle, bundle.protocol[0], register


def score(audits: Audits, bundle: Bundle, protocol: Protocol, register: Register) -> None:
    """Score and adjust every indicator that is measured by items."""
    keys = (OUTCOME, *(item.code for item in protocol.items if item.is_asked))
    results = call_results(call_arrays(audits.ratings, audits.counted, register.units, keys, 1), protocol)
    if results is None or bundle.indicators is None:
        raise ValueError("the example has calls and indicators")
    for node in bundle.indicators[0].indicators():
        if node.measure is not None and node.measure.item is not None:
            results.measure(node.id, node.measure)


def once(work: Callable[[], object]) -> float:
    """Return the CPU time of one round."""
    start = time.process_time()
    work()
    return time.process_time() - start


def reading() -> float:
    """Print what reading and scoring 500,000 item rows takes; return the ratio of guarded to bare reading."""
    bundle, protocol, register = definitions()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.xlsx"
        write_items(path, protocol)

        def table() -> None:
            with collecting_later():
                read_table(path, Place(file=path.name))

        ways: dict[str, Callable[[], object]] = {
            "bare": lambda: python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(),
            "table": table,
            "ratings": lambda: read_audits(protocol, register, [(path, path.name)]),
        }
        times = [{name: once(way) for name, way in ways.items()} for _ in range(ROUNDS)]
        audits, _ = read_audits(protocol, register, [(path, path.name)])
    ratio = {name: statistics.median(each[name] / each["bare"] for each in times) for name in ("table", "ratings")}
    bare = min(each["bare"] for each in times)
    print(f"{ITEM_ROWS} item rows: bare calamine {bare:.1f} s; guarded table {ratio['table']:.2f} times that, "
          f"{len(audits.ratings)} ratings of parsed cells {ratio['ratings']:.2f} times")  # fmt: skip
    checks = once(lambda: check_timing(protocol, made_calls(audits.ratings, set())))
    scores = once(lambda: score(audits, bundle, protocol, register))
    print(f"times checked {checks:.2f} s, scored and adjusted {scores:.2f} s")
    return ratio["table"]


def main() -> None:
    """Print the figures; the exit code is 1 where a goal is missed."""
    read = reading()
    national = ratings(UNITS, RATINGS, 1)
    fixed = seconds(lambda: severity(national))
    random = seconds(lambda: severity(national, auditors="random"))
    print(f"severity, {UNITS} units, {RATINGS} ratings: fixed {fixed:.3f} s, REML {random:.3f} s")
    small = ratings(SMALL_UNITS, SMALL_RATINGS, 2)
    own, theirs = seconds(lambda: severity(small, auditors="random")), seconds(lambda: mixed_model(small))
    size = f"{SMALL_UNITS} units, {SMALL_RATINGS} ratings"
    print(f"REML, {size}: {own:.3f} s, statsmodels {theirs:.3f} s, ratio {theirs / own:.0f}")
    draws = np.random.default_rng(3)
    true = draws.normal(80, 10, (50_000, 1))
    scores = true + draws.normal(0, 5, (50_000, 2))
    levels = np.round(scores / 10)
    alphas = {
        "interval": seconds(lambda: krippendorff_alpha(scores, "interval")),
        "ordinal": seconds(lambda: krippendorff_alpha(levels, "ordinal")),
        "nominal": seconds(lambda: krippendorff_alpha(levels, "nominal")),
    }
    print("alpha of 100,000 ratings:", ", ".join(f"{name} {value:.3f} s" for name, value in alphas.items()))
    good = ((fixed < 1 and random < 3) or theirs / own > 20) and max(alphas.values()) < 0.1 and read < READING_GOAL
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
