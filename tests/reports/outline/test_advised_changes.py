"""Advised changes in words: ticks together, and a question that is newly asked reads as one."""

from __future__ import annotations

from pathlib import Path

from evalkit.evaluate import Evaluation
from evalkit.messages import word
from evalkit.reports.outline.advised_changes import AdvisedChanges, Change
from tests.solution_studies import solution_run


def test_a_question_that_is_asked_only_then_is_not_told_as_a_worse_answer(tmp_path: Path) -> None:
    evaluation = solution_run(tmp_path, {"target": "score:20"})
    table = evaluation["solutions"].query("unit == 'U1' and step == 1")
    free = table.assign(question="Q4", item="", to="worst", cost=0.0, **{"from": "skipped"})
    advised = AdvisedChanges(Evaluation({**evaluation.tables, "solutions": free}, evaluation.manifest), "en")
    after = "to be answered; “worst” will do"
    assert advised.changes(advised.of_unit["U1"]) == [Change("Q4", "How good?", word("status_skipped", "en"), after, 0)]


def test_a_study_without_diagnosis_has_none(form_run: Evaluation) -> None:
    advised = AdvisedChanges(form_run, "zh")
    assert not advised.asked
    assert advised.of_unit == {}


def test_notes_name_what_the_study_fixed_and_priced(tmp_path: Path) -> None:
    evaluation = solution_run(tmp_path, {"costs": {"Q1": 6}, "fixed": ["Q3"]})
    notes = AdvisedChanges(evaluation, "en").notes()
    assert "Set by this study: Q1 = 6." in notes
    assert "Fixed by this study: Q3." in notes
