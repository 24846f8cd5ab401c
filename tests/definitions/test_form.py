"""The stamp: what makes two forms the same questionnaire."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from evalkit.definitions.form import parse_stamp, stamp
from evalkit.definitions.questionnaire import Questionnaire
from tests.reports.form_of_all_types import form
from tests.reports.test_xlsform import shipped


def asking(*, evidence: Any) -> Questionnaire:  # noqa: ANN401 - whatever a file may say
    return form([{"code": "Q1", "type": "yesno", "evidence": evidence}, {"code": "Q2", "type": "text"}])


def test_a_stamp_is_read_back_from_its_line() -> None:
    mark = stamp(form(), "440300")
    assert parse_stamp(f" {mark} ") == mark
    assert parse_stamp("evalkit of old") is None


def test_forms_of_the_shipped_questionnaire_keep_the_hash_that_they_were_sent_with() -> None:
    assert stamp(shipped(), "").hash == "0caa61cc3f26f4ee"


def test_evidence_asked_for_makes_another_form_and_none_does_not() -> None:
    without = form([{"code": "Q1", "type": "yesno"}, {"code": "Q2", "type": "text"}])
    hashes = [
        stamp(each, "").hash
        for each in (without, asking(evidence=True), asking(evidence="文号"), asking(evidence={"zh": "页码"}))
    ]
    assert len(set(hashes)) == 4
    assert stamp(asking(evidence=False), "").hash == hashes[0]


def test_checks_do_not_make_another_form() -> None:
    checks = [{"id": "c", "that": "Q7 <= 100"}]
    assert stamp(form(checks=checks), "") == stamp(form(), "")


def test_a_quotient_asks_for_no_evidence() -> None:
    parts = [{"code": "a", "name": "a", "numerator": "Q1", "denominator": "Q1"}]
    with pytest.raises(ValidationError):
        form([{"code": "Q1", "type": "number"}, {"code": "Q2", "type": "ratio", "parts": parts, "evidence": True}])
