"""The accurate solution in words: what to change, what it costs, and that it was proved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.profile import profile_html
from evalkit.reports.profile.answers import AnswerBook
from evalkit.reports.profile.solution import Advice, AdviceBook, Change
from tests.small_studies import form_study, run

YES_NO = {"method": "points", "points": {"yes": 100, "no": 0}}
TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {"id": "I1", "name": "one", "weight": 2, "measure": {"question": "Q1", "rule": YES_NO}},
        {"id": "I2", "name": "two", "weight": 1, "measure": {"question": "Q3", "rule": {"method": "share"}}},
        {"id": "I3", "name": "three", "weight": 1, "measure": {"question": "Q4", "rule": {"method": "scale"}}},
    ],
}
FILLED = {
    "U1": {"Q1": "no", "Q3.web": "√", "Q4": "fair"},
    "U2": {"Q1": "yes", "Q3.web": "√", "Q3.app": "√", "Q4": "good"},
}


def study(folder: Path, diagnosis: Mapping[str, Any]) -> Evaluation:
    return run(form_study(folder, TREE, FILLED, diagnosis=diagnosis))


def advice(evaluation: Evaluation, unit: str) -> Advice:
    found = AdviceBook(evaluation, AnswerBook(evaluation, "en")).unit(unit)
    assert found is not None
    return found


def test_changes_are_told_by_question_with_the_labels_of_the_form(tmp_path: Path) -> None:
    evaluation = study(tmp_path, {"target": "score:50", "costs": {"Q1": 6}})
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
    found = advice(study(tmp_path, diagnosis), unit)
    assert found.changes == ()
    assert said in found.sentences[0]


def test_the_page_shows_it_only_where_the_study_asks_for_it(tmp_path: Path, form_run: Evaluation) -> None:
    page = profile_html(study(tmp_path, {}), "U1", "zh")
    assert "精准方案(A)" in page
    assert "已验证" in page
    assert "精准方案(A)" not in profile_html(form_run, "U1", "zh")


def test_a_unit_without_an_index_gets_no_advice(tmp_path: Path) -> None:
    evaluation = study(tmp_path, {})
    assert AdviceBook(evaluation, AnswerBook(evaluation, "en")).unit("U4") is None
