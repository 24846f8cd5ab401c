"""The league tables of PISA 2018, the second application of Mogstad, Romano, Shaikh and Wilhelm (2024).

Scores and standard errors of the 37 OECD countries are those of the OECD (https://www.oecd.org/pisa/data); the 95 %
confidence sets are those that the authors drew of them (the figures mathmarg, mathsimul, sciencemarg and sciencesimul
in the examples of their package csranks, whose bars end at whole ranks), from 1,000 draws.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.scoring.arrays import FloatArray
from evalkit.uncertainty.normal_draws import normal_draws
from evalkit.uncertainty.rank_sets import Family, RankSets, best, rank_sets

DATA = Path(__file__).parents[1] / "data" / "pisa2018.csv"
DRAWS = 20_000


def table(subject: str) -> pd.DataFrame:
    every = pd.read_csv(DATA)
    return every[every["subject"] == subject].reset_index(drop=True)


def sets(countries: pd.DataFrame, family: Family, level: float = 0.95) -> RankSets:
    scores, variances = scores_of(countries)
    draws = normal_draws(scores, variances, draws=DRAWS, seed=2018)
    return rank_sets(scores, variances, draws, level=level, family=family)


def scores_of(countries: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    return countries["score"].to_numpy(dtype=float), countries["standard_error"].to_numpy(dtype=float) ** 2


@pytest.mark.parametrize("subject", ["math", "science"])
def test_mogstad_romano_shaikh_wilhelm_2024_simultaneous_sets_of_pisa(subject: str) -> None:
    countries = table(subject)
    found = sets(countries, "simultaneous")
    assert found.low.tolist() == countries["simultaneous_low"].tolist()
    assert found.high.tolist() == countries["simultaneous_high"].tolist()


@pytest.mark.parametrize("subject", ["math", "science"])
def test_mogstad_romano_shaikh_wilhelm_2024_marginal_sets_of_pisa(subject: str) -> None:
    # of 1,000 draws the critical values have a level of 95 % with a standard error of 0.7 percentage points: the
    # figures lie between the sets at three of these below and above
    countries = table(subject)
    low, high = countries["marginal_low"].to_numpy(), countries["marginal_high"].to_numpy()
    inner, outer = (sets(countries, "marginal", level) for level in (0.93, 0.97))
    assert (inner.low >= low).all()
    assert (inner.high <= high).all()
    assert (outer.low <= low).all()
    assert (outer.high >= high).all()


# what the authors say of mathematics in the vignette "Inference for Ranks" of csranks


def test_mogstad_romano_shaikh_wilhelm_2024_twelve_countries_may_be_among_the_best_five() -> None:
    countries = table("math")
    possibly, _ = best(sets(countries, "simultaneous"), 5)
    assert possibly.sum() == 12
    without_sweden, _ = best(sets(countries, "simultaneous", 0.9), 5)
    assert set(countries["country"][possibly & ~without_sweden]) == {"Sweden"}


def test_mogstad_romano_shaikh_wilhelm_2024_countries_that_can_be_told_apart() -> None:
    countries = table("math")
    place = {country: at for at, country in enumerate(countries["country"])}
    korea, germany = place["Korea"], place["Germany"]
    at_95, at_75 = (sets(countries, "simultaneous", level) for level in (0.95, 0.75))
    assert at_95.high[korea] == at_95.low[germany] == 7
    assert at_75.high[korea] < at_75.low[germany]
    last = [place[country] for country in ("Chile", "Mexico", "Colombia")]
    others = np.delete(at_95.high, last)
    assert at_95.low[last].min() > others.max()
