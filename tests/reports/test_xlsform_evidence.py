"""The field for proof in an XLSForm, asked for where there is something to prove."""

from __future__ import annotations

from typing import Any

import pytest

from evalkit.reports.xlsform_names import field_names
from tests.reports import openrosa
from tests.reports.form_of_all_types import QUESTIONS, form
from tests.reports.test_xlsform import binds, rows, xform

WANTED = {"zh": "合同编号", "en": "number of the contract"}
ASKING = form([{**each, **({"evidence": WANTED} if each["type"] != "ratio" else {})} for each in QUESTIONS])
FIELDS = ("Q1", "Q2", "Q3", "Q4", "Q5_web", "Q5_total", "Q7", "Q8", "Q9")


def answers(**given: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS, "") | given


def test_pyxform_takes_a_text_field_after_each_question_that_asks() -> None:
    assert xform(ASKING) is not None
    fields = {row["name"]: row for row in rows(ASKING, "survey", language="en") if row["name"].endswith("_evidence")}
    assert list(fields) == [f"Q{number}_evidence" for number in (1, 2, 3, 4, 5, 7, 8, 9)]
    assert {row["type"] for row in fields.values()} == {"text"}
    assert fields["Q1_evidence"]["label"] == "Q1 evidence"
    assert fields["Q1_evidence"]["hint"] == WANTED["en"]


@pytest.mark.parametrize(
    ("code", "given", "asked"),
    [
        ("Q1", {}, False),
        ("Q1", {"Q1": "yes"}, True),
        ("Q1", {"Q1": "no"}, False),
        ("Q2", {"Q1": "yes", "Q2": "own"}, True),
        ("Q2", {"Q1": "no", "Q2": "own"}, False),
        ("Q2", {"Q1": "yes", "Q2": "na"}, False),
        ("Q3", {"Q3": "own public"}, True),
        ("Q3", {"Q3": "na"}, False),
        ("Q3", {}, False),
        ("Q5", {"Q5_total": "0"}, True),
        ("Q5", {}, False),
        ("Q7", {"Q7": "95"}, True),
        ("Q9", {"Q9": "text"}, True),
    ],
)
def test_it_is_relevant_where_the_answer_can_be_proved(code: str, given: dict[str, str], asked: bool) -> None:
    relevant = {row["name"]: row.get("relevant", "") for row in rows(ASKING, "survey")}[f"{code}_evidence"]
    assert openrosa.evaluate(relevant, answers(**given)) is asked
    assert "relevant" in binds(ASKING)[f"{code}_evidence"]


def test_its_name_gives_way_to_that_of_an_answer() -> None:
    questions: list[dict[str, Any]] = [
        {"code": "Q1", "type": "yesno", "evidence": True},
        {"code": "Q1_evidence", "type": "text"},
    ]
    names = field_names(form(questions))
    assert names.answers["Q1_evidence"] == "Q1_evidence"
    assert names.evidence["Q1"] == "Q1_evidence__2"
