from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.intraclass import intraclass
from tests.audits.published import SHROUT_FLEISS_1979

NAN = np.nan


def test_shrout_fleiss_1979_table_4() -> None:
    found = intraclass(SHROUT_FLEISS_1979)
    assert (found.calls, found.k, found.state) == (6, 4, "ok")
    single = [found.one, found.agreement, found.consistency]
    mean = [found.one_k, found.agreement_k, found.consistency_k]
    assert [round(value, 2) for value in single] == [0.17, 0.29, 0.71]
    assert [round(value, 2) for value in mean] == [0.44, 0.62, 0.91]


def test_the_mean_form_is_spearman_and_browns_of_the_single_one() -> None:
    found = intraclass(SHROUT_FLEISS_1979)
    pairs = [(found.one, found.one_k), (found.agreement, found.agreement_k), (found.consistency, found.consistency_k)]
    for single, mean in pairs:
        assert mean == pytest.approx(4 * single / (1 + 3 * single))


def test_a_milder_auditor_harms_agreement_but_not_consistency() -> None:
    milder = SHROUT_FLEISS_1979 + np.array([0, 0, 0, 5.0])
    before, after = intraclass(SHROUT_FLEISS_1979), intraclass(milder)
    assert after.consistency == pytest.approx(before.consistency)
    assert after.agreement < before.agreement
    assert after.one < before.one


def test_origin_and_unit_do_not_matter() -> None:
    assert intraclass(1e6 - 7 * SHROUT_FLEISS_1979).agreement == pytest.approx(intraclass(SHROUT_FLEISS_1979).agreement)


def test_a_call_that_lacks_a_rating_is_left_out() -> None:
    more = np.vstack([SHROUT_FLEISS_1979, [5, NAN, 5, 5]])
    assert intraclass(more) == intraclass(SHROUT_FLEISS_1979)


def test_equal_ratings_and_too_few_have_no_value() -> None:
    assert intraclass(np.full((4, 2), 7.0)).state == "no_variation"
    assert intraclass(np.array([[1.0, 2], [NAN, 2]])).state == "too_few"
    assert intraclass(np.array([[1.0], [2]])).state == "too_few"
    assert np.isnan(intraclass(np.full((4, 2), 7.0)).one)


def test_auditors_who_agree_wholly_have_one() -> None:
    found = intraclass(np.array([[1.0, 1], [2, 2], [5, 5]]))
    assert found.one == found.agreement == found.consistency == 1


def test_calls_that_do_not_differ_have_no_mean_form() -> None:
    found = intraclass(np.array([[1.0, 2], [1, 2], [2, 1], [2, 1]]))
    assert found.one < 0
    assert np.isnan(found.one_k)
