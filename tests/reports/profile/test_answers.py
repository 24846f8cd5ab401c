"""Answers in words: ticks of a question together, numbers with their parts, everything else by its status."""

from __future__ import annotations

from evalkit.evaluate import Evaluation
from evalkit.reports.profile.answers import AnswerBook


def test_ticks_of_a_question_stand_together(form_run: Evaluation) -> None:
    book = AnswerBook(form_run, "en")
    assert book.behind("U1", "CHANNELS") == ["Q3: web, app"]
    assert book.behind("U2", "CHANNELS") == ["Q3: web"]


def test_a_number_of_one_is_no_tick(form_run: Evaluation) -> None:
    assert AnswerBook(form_run, "en").behind("U2", "MIXED") == ["Q4: fair", "Q6 net: 1", "Q6 total: 0"]


def test_what_is_not_an_answer_is_named_by_its_status(form_run: Evaluation) -> None:
    assert AnswerBook(form_run, "zh").behind("U3", "CHANNELS") == ["Q3 web: 不适用", "Q3: app"]


def test_every_read_cell_of_a_unit_is_there(form_run: Evaluation) -> None:
    book, cells = AnswerBook(form_run, "both"), form_run["observations"]
    for unit in form_run["units"]["unit"]:
        assert len(book.unit(unit)) == (cells["unit"] == unit).sum()
