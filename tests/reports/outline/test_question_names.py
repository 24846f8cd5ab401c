"""Names of questions, options and parts: in the language asked for, ticks told from numbers."""

from __future__ import annotations

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.question_names import question_names


def test_texts_and_labels_are_in_the_language_asked_for(form_run: Evaluation) -> None:
    assert question_names(form_run, "zh").texts["Q1"] == "是否开通?"
    assert question_names(form_run, "en").texts["Q1"] == "Open?"
    assert question_names(form_run, "en").labels["Q6", "net"] == "net"


def test_a_part_of_a_number_is_no_tick(form_run: Evaluation) -> None:
    names = question_names(form_run, "en")
    assert ("Q3", "web") in names.ticks
    assert ("Q6", "net") not in names.ticks
