from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evalkit.audits.severity import Auditors, Severity, severity
from evalkit.audits.severity_model import Ratings
from evalkit.calls import OUTCOME, Calls, Rating, call_arrays
from evalkit.definitions.indicators import Measure
from evalkit.observations import OK, Cell
from evalkit.scoring import call_fairness
from evalkit.scoring.audit_measures import MeasuredCalls, measure_calls
from evalkit.scoring.call_fairness import adjusted, fairness
from tests.small_audits import protocol

UNITS = tuple(f"U{n:02}" for n in range(12))
TRUE = np.linspace(30, 60, 12)
SEVERITY = np.array([-9.0, -3.0, 0.0, 12.0])
DEFINITION = protocol()


def scored(calls_a_unit: int = 6, *, crossed: bool = True, named: bool = True) -> tuple[Calls, MeasuredCalls]:
    """Calls whose seconds give the unit's true points plus the auditor's severity, without any error."""
    ratings = []
    for unit, name in enumerate(UNITS):
        for call in range(calls_a_unit):
            auditor = (unit // 3 if crossed is False else unit + (call % 3) + call // 3) % 4
            points = TRUE[unit] + SEVERITY[auditor]
            seconds = 65 - points / 100 * 50
            cells = (Cell(OUTCOME, OK, number=0.0), Cell("G4", OK, number=float(seconds)))
            who = f"A{auditor}" if named else ""
            ratings.append(Rating(f"C{unit}-{call}", name, who, "S1", "phone", "", "good", 1, "a.csv", cells))
    calls = call_arrays(ratings, [True] * len(ratings), UNITS, (OUTCOME, "G4"), 1)
    return calls, measure_calls(Measure.model_validate({"item": "G4"}), calls, DEFINITION)


@pytest.mark.parametrize("adjust", ["fixed", "random"])
def test_adjusted_scores_are_the_true_ones_up_to_the_level_of_all_auditors(adjust: str) -> None:
    calls, found = scored()
    fair = fairness(found, calls, protocol(adjust=adjust))
    assert fair.state == "ok"
    assert fair.severity is not None
    free = adjusted(found, fair, calls)
    assert np.ptp(found.raw - TRUE) > 3
    assert np.ptp(free.raw - TRUE) < 1e-3
    np.testing.assert_allclose(np.diff(fair.severity.auditors), np.diff(SEVERITY), atol=1e-3)
    assert free.method == "call_scores_adjusted"


def test_what_a_rating_gives_still_adds_up() -> None:
    calls, found = scored()
    free = adjusted(found, fairness(found, calls, DEFINITION), calls)
    sums = np.bincount(calls.unit, free.weights * free.scores)
    np.testing.assert_allclose(sums, free.raw)


def test_units_that_share_no_auditor_are_left_as_they_are() -> None:
    calls, found = scored(crossed=False)
    fair = fairness(found, calls, DEFINITION)
    assert (fair.state, fair.severity) == ("disconnected", None)
    assert adjusted(found, fair, calls) is found


def test_ratings_without_an_auditor_cannot_be_adjusted() -> None:
    calls, found = scored(named=False)
    assert fairness(found, calls, DEFINITION).state == "unknown"


def test_too_few_ratings_cannot_be_adjusted() -> None:
    calls, found = scored(1)
    assert fairness(found, calls, DEFINITION).state in {"few", "disconnected"}


def test_an_auditor_s_own_ratings_are_summed_up() -> None:
    calls, found = scored()
    fair = fairness(found, calls, DEFINITION)
    assert fair.ratings.sum() == 72
    own = found.scores[[rating.auditor == "A3" for rating in calls.ratings]]
    assert fair.mean[3] == pytest.approx(own.mean())
    assert fair.sd[3] == pytest.approx(own.std(ddof=1))


def test_the_last_digits_which_depend_on_threads_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's results, disturbed as another order of summation would, give the same effects and scores."""
    calls, found = scored()
    usual = fairness(found, calls, DEFINITION)

    def disturbed(ratings: Ratings, *, auditors: Auditors) -> Severity:
        exact = severity(ratings, auditors=auditors)
        return replace(exact, fair=exact.fair * (1 + 1e-14), auditors=exact.auditors * (1 - 1e-14))

    monkeypatch.setattr(call_fairness, "severity", disturbed)
    again = fairness(found, calls, DEFINITION)
    assert usual.severity is not None
    assert again.severity is not None
    np.testing.assert_array_equal(again.severity.auditors, usual.severity.auditors)
    np.testing.assert_array_equal(again.severity.fair, usual.severity.fair)
    np.testing.assert_array_equal(adjusted(found, again, calls).raw, adjusted(found, usual, calls).raw)
