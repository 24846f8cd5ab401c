"""The shares and means of the example are the 89 published national figures, as far as 79 returns allow."""

from __future__ import annotations

import csv
import dataclasses
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from evalkit.definitions.study import Percentages
from evalkit.evaluate import Evaluation, Project

ROOT = Path(__file__).parents[2]
RETURNS = 79


def read_rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


FACTS = read_rows(ROOT / "tests" / "data" / "published_figures.csv")
FIGURES = read_rows(ROOT / "examples" / "cities79" / "figures.csv")
WITH_SHARE = [
    name for name, figure in FIGURES.items() if figure["statistic"] in {"share", "cumulative_share", "all", "ratio"}
]
MEANS = [name for name, figure in FIGURES.items() if figure["statistic"] == "mean"]
UNREACHABLE = ("N01", "N02", "N03")
LARGEST_REMAINDER = ("D17", "D18", "D19", "D20")


def shares_row(evaluation: Evaluation, name: str) -> pd.Series:
    shares, figure = evaluation["shares"], FIGURES[name]
    rows = shares[(shares["question"] == figure["question"]) & (shares["option"] == figure["option"])]
    assert len(rows) == 1, name
    return rows.iloc[0]


def fraction(evaluation: Evaluation, name: str) -> Fraction:
    """The share behind a figure, from the counts (or, in a ratio, the volumes) that the run found."""
    statistic, row = FIGURES[name]["statistic"], shares_row(evaluation, name)
    if statistic == "ratio":
        shares = evaluation["shares"]
        totals = shares[shares["question"] == "Q04"].set_index("option")["total"]
        return Fraction(int(totals[FIGURES[name]["option"]]), int(totals["total"]))
    return Fraction(int(row["cumulative_n" if statistic == "cumulative_share" else "n"]), int(row["base"]))


def printed(share: Fraction, decimals: int) -> Fraction:
    """Percent, rounded half up at the published decimals."""
    return Fraction((share * 100 * 10**decimals + Fraction(1, 2)).__floor__(), 10**decimals)


def test_every_published_figure_is_accounted_for() -> None:
    assert list(FIGURES) == list(FACTS)
    assert len(FIGURES) == 89
    for name, figure in FIGURES.items():
        fact = FACTS[name]
        assert (figure["question"], figure["published"]) == (fact["question"], fact["value"])
        assert figure["decimals"] == (fact["decimals"] or "0")


def test_a_fraction_that_is_identified_is_the_one_used() -> None:
    for name, figure in FIGURES.items():
        if FACTS[name]["n"] and name not in UNREACHABLE:
            assert figure["status"] == "identified"
            assert (figure["n"], figure["base"]) == (FACTS[name]["n"], FACTS[name]["base"])
        else:
            assert figure["status"] in {"chosen", "approximate", "qualitative", "unreachable"}
            assert figure["note"], name


@pytest.mark.parametrize("name", WITH_SHARE)
def test_share_has_the_stated_count_and_base(evaluation: Evaluation, name: str) -> None:
    figure, row = FIGURES[name], shares_row(evaluation, name)
    found = fraction(evaluation, name)
    assert found == Fraction(int(figure["n"]), int(figure["base"]))
    if figure["statistic"] != "ratio":
        assert int(row["base"]) == int(figure["base"])
    column = "cumulative_share" if figure["statistic"] == "cumulative_share" else "share"
    assert row[column] == int(figure["n"]) / int(figure["base"])


@pytest.mark.parametrize("name", [each for each in WITH_SHARE if each not in (*UNREACHABLE, *LARGEST_REMAINDER, "N12")])
def test_share_prints_as_published(evaluation: Evaluation, name: str) -> None:
    figure = FIGURES[name]
    assert printed(fraction(evaluation, name), int(figure["decimals"])) == Fraction(figure["published"])


@pytest.mark.parametrize("name", UNREACHABLE)
def test_figure_of_80_returns_is_missed_by_the_least_possible(evaluation: Evaluation, name: str) -> None:
    published, decimals = Fraction(FIGURES[name]["published"]), int(FIGURES[name]["decimals"])
    assert FIGURES[name]["status"] == "unreachable"
    found = fraction(evaluation, name)
    assert int(shares_row(evaluation, name)["base"]) == RETURNS
    every = [Fraction(count, RETURNS) for count in range(RETURNS + 1)]
    assert published not in {printed(share, decimals) for share in every}
    assert found == min(every, key=lambda share: abs(share * 100 - published))


@pytest.mark.parametrize("name", MEANS)
def test_mean_is_exactly_the_published_one(evaluation: Evaluation, name: str) -> None:
    row = shares_row(evaluation, name)
    assert row["mean"] == int(FIGURES[name]["published"])
    assert int(row["base"]) == int(FIGURES[name]["base"])


def test_app_share_is_below_one_percent(evaluation: Evaluation) -> None:
    assert FIGURES["N12"]["published"] == "<1"
    assert 0 < fraction(evaluation, "N12") < Fraction(1, 100)


def test_most_deliver_within_a_day(evaluation: Evaluation) -> None:
    row = shares_row(evaluation, "D53")
    assert row["median"] == int(FIGURES["D53"]["published"])
    assert int(row["base"]) == int(FIGURES["D53"]["base"])
    observations = evaluation["observations"]
    answers = observations[(observations["question"] == "Q33") & (observations["status"] == "ok")]
    assert (answers["value"].astype(float) <= 1).mean() > 0.5


def test_compatibility_is_printed_with_largest_remainders(project: Project) -> None:
    recipe = project.bundle.study.recipe.model_copy(
        update={"percentages": Percentages(decimals=1, rounding="largest_remainder")}
    )
    study = project.bundle.study.model_copy(update={"recipe": recipe})
    other = dataclasses.replace(project, bundle=dataclasses.replace(project.bundle, study=study)).run()
    found = {name: shares_row(other, name)["percent"] for name in LARGEST_REMAINDER}
    assert found == {name: float(FIGURES[name]["published"]) for name in LARGEST_REMAINDER}
    assert sum(Fraction(FIGURES[name]["published"]) for name in LARGEST_REMAINDER) == 100


def test_half_up_would_print_another_share(evaluation: Evaluation) -> None:
    assert shares_row(evaluation, "D19")["percent"] == 18.8


@pytest.mark.parametrize("question", ["Q01", "Q08", "Q26", "Q28", "Q41", "Q42"])
def test_a_multiple_choice_adds_up_to_more_than_everybody(evaluation: Evaluation, question: str) -> None:
    shares = evaluation["shares"]
    assert shares.loc[shares["question"] == question, "share"].sum() > 1


def test_follow_up_questions_are_asked_of_those_they_concern(evaluation: Evaluation) -> None:
    shares = evaluation["shares"].drop_duplicates("question").set_index("question")
    base, blank, skipped = (shares[column].astype(int).to_dict() for column in ("base", "blank", "skipped"))
    openers = int(shares_row(evaluation, "D25")["n"])
    for question in ("Q24", "Q25"):
        assert base[question] + blank[question] == openers
        assert skipped[question] == RETURNS - openers
    without_tools = base["Q38"] - int(shares_row(evaluation, "S01")["n"])
    for question in ("Q39", "Q40", "Q41", "Q43", "Q44"):
        assert base[question] == RETURNS - without_tools == 50
