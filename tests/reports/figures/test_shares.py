"""Charts of the questionnaire: a panel a question."""

from __future__ import annotations

from evalkit.evaluate import Evaluation
from evalkit.reports.figures.shares import shares


def test_each_question_with_shares_is_a_chart_of_its_options(form_run: Evaluation) -> None:
    figure = shares(form_run, "zh")
    assert figure is not None
    table = form_run["shares"].dropna(subset=["share"])
    assert [row[5] for row in figure.sheet.rows] == table["share"].tolist()
    found = {figure.sheet.rows[first][0].partition(" ")[0]: 1 + last - first for first, last in figure.panels()}
    assert found == table.groupby("question", sort=False).size().to_dict()


def test_without_a_questionnaire_there_is_none(values_run: Evaluation) -> None:
    assert shares(values_run, "zh") is None
