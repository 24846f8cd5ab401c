"""The portraits on the page of a unit: its own lines, too few respondents without a mean, texts escaped."""

from __future__ import annotations

import pytest

from evalkit.evaluate import Evaluation
from evalkit.messages import word
from evalkit.reports.profile.content import Profiles
from evalkit.reports.profile.portraits import portrait_lines
from evalkit.reports.profile.render import profile_html
from tests.respondent_studies import portrait_study
from tests.small_studies import run


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    levels = ("best", "worst", "fair", "best", "best", "worst", "worst")
    said = ("<script>",) * 5 + ("公安局",) * 2
    return run(portrait_study(tmp_path_factory.mktemp("portraits"), said, levels))


def test_a_unit_has_its_own_lines(evaluation: Evaluation) -> None:
    lines = Profiles(evaluation, "en").of("U1").portraits
    good = [line for line in lines if line.indicator == "GOOD Good"]
    assert [(line.kind, line.n) for line in good] == [("部门: <script>", 5), ("部门: 公安局", 1)]
    mean, _, overall, difference = good[0].figures
    assert (mean, overall, difference) == (70.0, 350 / 6, 70.0 - 350 / 6)
    assert str(good[1].figures[0]) == "nan"
    assert Profiles(evaluation, "en").of("U3").portraits == ()


def test_the_page_shows_them_escaped_and_says_what_is_left_out(evaluation: Evaluation) -> None:
    html = profile_html(evaluation, "U1", "zh")
    assert "部门: &lt;script&gt;" in html
    assert word("portrait_note_small", "zh", smallest=5) in html
    assert word("sheet_portraits", "zh") not in profile_html(evaluation, "U3", "zh")


def test_without_about_no_unit_has_any(form_run: Evaluation) -> None:
    assert portrait_lines(form_run, "zh") == {}
