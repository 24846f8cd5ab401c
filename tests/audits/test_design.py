from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.design import connection


def test_an_auditor_who_calls_in_both_halves_connects_them() -> None:
    unit, auditor = np.array([0, 0, 1, 2, 2, 3]), np.array([0, 1, 0, 2, 3, 3])
    parted = connection(unit, auditor)
    assert parted.components == 2
    assert parted.of_units.tolist() == [0, 0, 1, 1]
    assert parted.of_auditors.tolist() == [0, 0, 1, 1]
    assert (parted.connectivity, parted.efficiency) == (0, 0)
    joined = connection(np.append(unit, 3), np.append(auditor, 0))
    assert joined.components == 1
    assert 0 < joined.connectivity < joined.efficiency < 1


def test_everyone_calling_everywhere_is_the_best_design() -> None:
    unit, auditor = (axis.ravel() for axis in np.indices((5, 4)))
    best = connection(unit, auditor)
    assert best.connectivity == pytest.approx(1)
    assert best.efficiency == pytest.approx(1)


def test_one_auditor_or_one_unit_is_connected() -> None:
    many, one = np.arange(4), np.zeros(4, np.int64)
    for found in (connection(many, one), connection(one, many)):
        assert (found.components, found.connectivity) == (1, 1)


def test_a_number_without_ratings_is_a_part_of_its_own() -> None:
    assert connection(np.array([0, 2]), np.array([0, 0])).components == 2


def test_no_ratings_connect_nothing() -> None:
    none = np.array([], np.int64)
    assert connection(none, none).components == 0


def test_the_efficiency_of_a_balanced_incomplete_design_is_the_textbooks() -> None:
    """Seven units, seven auditors, three calls each, every two auditors share one unit: E = t (k - 1) ÷ (k (t - 1))."""
    lines = [(0, 1, 3), (1, 2, 4), (2, 3, 5), (3, 4, 6), (4, 5, 0), (5, 6, 1), (6, 0, 2)]
    unit = np.repeat(np.arange(7), 3)
    assert connection(unit, np.array(lines).ravel()).efficiency == pytest.approx(7 * 2 / (3 * 6))
