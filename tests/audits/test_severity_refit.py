"""The quick estimate is held against the full one, on the same ratings, on a part of them, and on copies of them."""

from __future__ import annotations

import numpy as np
import pytest

from evalkit.audits.severity import Auditors, severity
from evalkit.audits.severity_model import Ratings
from evalkit.audits.severity_refit import auditor_effects
from evalkit.scoring.arrays import IntArray
from tests.audits.simulated import Spread, simulate

KINDS: tuple[Auditors, ...] = ("fixed", "random")


def rows(ratings: Ratings, chosen: IntArray) -> Ratings:
    """The chosen ratings, numbered anew."""
    unit, call, *factors = (
        np.unique(each[chosen], return_inverse=True)[1].astype(np.int64)
        for each in (ratings.unit, ratings.call, *ratings.factors)
    )
    return Ratings(ratings.score[chosen], unit, call, tuple(factors))


@pytest.mark.parametrize("kind", KINDS)
def test_with_all_ratings_the_effects_are_those_of_the_model(kind: Auditors) -> None:
    ratings, _ = simulate(1)
    found = auditor_effects(ratings, np.ones(len(ratings.score)), auditors=kind)
    assert found == pytest.approx(severity(ratings, auditors=kind).auditors, abs=1e-7)


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_auditor_they_are_those_of_the_others_alone(kind: Auditors) -> None:
    ratings, _ = simulate(2)
    kept = ratings.factors[0] != 4
    found = auditor_effects(ratings, kept.astype(float), auditors=kind)
    assert found is not None
    alone = severity(rows(ratings, np.flatnonzero(kept)), auditors=kind).auditors
    assert np.delete(found, 4) == pytest.approx(alone, abs=1e-7)
    assert found[4] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_weight_of_two_is_two_copies(kind: Auditors) -> None:
    ratings, _ = simulate(3)
    counts = np.random.default_rng(3).integers(1, 4, len(ratings.score))
    copies = rows(ratings, np.repeat(np.arange(len(counts)), counts))
    found = auditor_effects(ratings, counts.astype(float), auditors=kind)
    assert found == pytest.approx(severity(copies, auditors=kind).auditors, abs=1e-7)


def test_auditors_who_do_not_differ_have_no_effects() -> None:
    flat = Spread(auditor=0.0)
    found = [severity(ratings := simulate(seed, spread=flat)[0], auditors="random").auditors for seed in range(6)]
    none = next(seed for seed, effects in enumerate(found) if not effects.any())
    ratings, _ = simulate(none, spread=flat)
    effects = auditor_effects(ratings, np.ones(len(ratings.score)), auditors="random")
    assert effects is not None
    assert not effects.any()


@pytest.mark.parametrize("kind", KINDS)
def test_auditors_who_share_no_unit_cannot_be_told_apart(kind: Auditors) -> None:
    ratings, _ = simulate(4, units=6, auditors=3)
    apart = (ratings.factors[0] == 0) == (ratings.unit < 3)
    assert auditor_effects(ratings, apart.astype(float), auditors=kind) is None
    assert auditor_effects(ratings, np.zeros(len(apart)), auditors=kind) is None
