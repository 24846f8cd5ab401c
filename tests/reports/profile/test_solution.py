"""The accurate solution in words: what to change, what it costs, and that it was proved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.advised_changes import Change
from evalkit.reports.profile import profile_html
from evalkit.reports.profile.solution import Advice, AdviceBook
from tests.small_studies import codes
from tests.solution_studies import solution_run


def advice(evaluation: Evaluation, unit: str) -> Advice:
    found = AdviceBook(evaluation, "en").unit(unit)
    assert found is not None
    return found


def test_changes_are_told_by_question_with_the_labels_of_the_form(tmp_path: Path) -> None:
    evaluation = solution_run(tmp_path, {"target": "score:50", "costs": {"Q1": 6}})
    found = advice(evaluation, "U1")
    assert found.changes == (
        Change("Q3", "Which channels?", "not ticked", "app, mail, fax", 3.0),
        Change("Q4", "How good?", "fair", "best", 2.0),
    )
    assert found.lacking == "lacks 31.25 points for “an index of 50” (Index)"
    assert "at a cost of 5; no admissible changes cost less" in found.sentences[0]
    assert "index 18.75 → 50.00, rank 2 → 2" in found.sentences[1]
    assert "Set by this study: Q1 = 6." in found.notes


@pytest.mark.parametrize(
    ("unit", "diagnosis", "said"),
    [
        ("U2", {"target": "score:50"}, "The target is reached"),
        ("U1", {"target": "score:99", "fixed": ["Q1"]}, "No admissible set of changes reaches it"),
    ],
    ids=["there", "out_of_reach"],
)
def test_without_changes_it_says_why(tmp_path: Path, unit: str, diagnosis: dict[str, Any], said: str) -> None:
    found = advice(solution_run(tmp_path, diagnosis), unit)
    assert found.changes == ()
    assert said in found.sentences[0]


def test_the_page_shows_it_only_where_the_study_asks_for_it(tmp_path: Path, form_run: Evaluation) -> None:
    page = profile_html(solution_run(tmp_path, {}), "U1", "zh")
    assert "精准方案(A)" in page
    assert "已验证" in page
    assert "精准方案(A)" not in profile_html(form_run, "U1", "zh")


def test_a_unit_without_an_index_gets_no_advice(tmp_path: Path) -> None:
    evaluation = solution_run(tmp_path, {})
    assert AdviceBook(evaluation, "en").unit("U4") is None


def test_where_nothing_was_computed_the_page_says_so(tmp_path: Path) -> None:
    evaluation = solution_run(tmp_path, {"fixed": ["Q1", "Q3", "Q4"]})
    assert "EK433" in codes(evaluation)
    assert "没有计算改进方案" in profile_html(evaluation, "U1", "zh")


def test_advice_says_that_calls_and_respondents_are_left_out(tmp_path: Path) -> None:
    evaluation = solution_run(tmp_path, {})
    assert "拨测通话和受访者的回答不在可改之列" in profile_html(evaluation, "U1", "zh")
    assert "answers given in mystery calls or by respondents are left out" in profile_html(evaluation, "U2", "en")
