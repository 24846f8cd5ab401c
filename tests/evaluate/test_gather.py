from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.evaluate.gather import Gathered, gather
from evalkit.evaluate.project import load
from evalkit.observations import ABSENT, NOT_APPLICABLE, OK
from evalkit.problems import Problem
from evalkit.reports.template import write_form
from evalkit.reports.template_book import Answer
from tests.conftest import FILLED, FORM_TREE
from tests.small_studies import form_study

UNITS = "unit,name,class\nGZ,广州市,副省级\nSZ,深圳市,副省级\nHZ,杭州市,地级\n"
QUESTIONS = [
    {"code": "Q01", "text": "?", "type": "yesno"},
    {"code": "Q02", "text": "?", "type": "number", "ask_if": "Q01 = yes"},
]
FORM = {"id": "form", "version": "1", "name": "form", "sections": [{"id": "A", "name": "A", "questions": QUESTIONS}]}
TREE = {
    "id": "T",
    "name": "T",
    "children": [
        {"id": "A", "name": "A", "measure": {"question": "Q02", "rule": {"method": "number"}}},
        {"id": "B", "name": "B", "measure": {"column": "calls"}},
    ],
}
STUDY = {
    "study": "s",
    "indicators": "set.yaml",
    "questionnaire": "form.yaml",
    "units": "units.csv",
    "data": {"survey": "responses/*.xlsx", "values": "values.csv"},
}


class Folder:
    """A study on disk; files are JSON, which is YAML too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "responses").mkdir()
        self.write("units.csv", UNITS)
        self.write("values.csv", "unit,calls\nGZ,5\n深圳,n/a\n")
        self.save("form.yaml", FORM)
        self.save("set.yaml", {"id": "set", "version": "1", "name": "set", "tree": TREE})

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def save(self, name: str, content: Mapping[str, object]) -> None:
        self.write(name, json.dumps(content, ensure_ascii=False))

    def bundle(self, **changes: object) -> Bundle:
        self.save("study.yaml", {key: value for key, value in {**STUDY, **changes}.items() if value is not None})
        bundle, problems = load_bundle(self.path / "study.yaml")
        assert bundle is not None, problems
        return bundle

    def answer(self, unit: str, name: str | None = None, answers: Mapping[str, Answer] | None = None) -> None:
        form = self.bundle().questionnaire
        assert form is not None
        given: Mapping[str, Answer] = {"Q01": "是", "Q02": 3} if answers is None else answers
        write_form(form[0], self.path / "responses" / (name or f"{unit}.xlsx"), unit=unit, answers=given)

    def gather(self, **changes: object) -> tuple[Gathered, list[Problem]]:
        data, problems = gather(self.bundle(**changes))
        assert data is not None, problems
        return data, problems


@pytest.fixture
def study(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


def test_surveys_and_values_stand_side_by_side(study: Folder) -> None:
    for unit in ("GZ", "SZ", "HZ"):
        study.answer(unit)
    data, problems = study.gather()
    assert problems == []
    answers = data.answers
    assert answers.units == ("GZ", "SZ", "HZ")
    assert list(answers.keys) == ["Q01", "Q02", "column:calls"]
    assert answers.statuses.tolist() == [[OK, OK, OK], [OK, OK, NOT_APPLICABLE], [OK, OK, ABSENT]]
    assert answers.number("column:calls")[0] == 5
    assert np.isnan(answers.numbers[1:, 2]).all()
    assert [(batch.unit, batch.instrument) for batch in data.batches] == [
        ("GZ", "form"), ("SZ", "form"), ("HZ", "form"), ("GZ", "values"), ("SZ", "values"),
    ]  # fmt: skip
    assert [account.file for account in data.accounts] == [f"responses/{unit}.xlsx" for unit in ("GZ", "HZ", "SZ")]


def test_a_unit_that_sent_nothing_is_named(study: Folder) -> None:
    study.answer("SZ")
    _, problems = study.gather()
    assert [(each.code, each.place.unit) for each in problems] == [("EK231", "HZ")]


def test_a_unit_whose_workbook_was_rejected_has_that_finding_only(study: Folder) -> None:
    study.answer("SZ")
    (study.path / "responses" / "杭州.xlsx").write_bytes(b"PK")
    data, problems = study.gather()
    assert [(each.code, each.place.unit) for each in problems] == [("EK220", "HZ")]
    assert (data.answers.statuses[2] == ABSENT).all()


def test_a_workbook_that_two_patterns_match_is_read_once(study: Folder) -> None:
    for unit in ("GZ", "SZ", "HZ"):
        study.answer(unit)
    survey = ["responses/*.xlsx", "responses/G*.xlsx", "responses/none*.xlsx"]
    data, problems = study.gather(data={"survey": survey, "values": "values.csv"})
    assert [(each.code, each.place.file) for each in problems] == [("EK239", "study.yaml")]
    assert len(data.accounts) == 3


def test_temporary_files_of_office_are_left_alone(study: Folder) -> None:
    for unit in ("GZ", "SZ", "HZ"):
        study.answer(unit)
    (study.path / "responses" / "~$GZ.xlsx").write_bytes(b"x")
    assert study.gather()[1] == []


def test_no_register_no_data(study: Folder) -> None:
    study.write("units.csv", "unit,name\nGZ,a\nGZ,b\n")
    data, problems = gather(study.bundle())
    assert (data, codes(problems)) == (None, ["EK202"])
    data, problems = gather(study.bundle(units="../units.csv"))
    assert (data, codes(problems)) == (None, ["EK003"])
    data, problems = gather(study.bundle(units="none.csv"))
    assert (data, codes(problems)) == (None, ["EK001"])


def test_no_indicators_no_data(study: Folder) -> None:
    assert gather(study.bundle(indicators="none.yaml")) == (None, [])


def test_workbooks_without_a_questionnaire_are_not_passed_over_in_silence(study: Folder) -> None:
    study.answer("HZ")
    data, problems = study.gather(questionnaire=None)
    assert codes(problems) == ["EK320", "EK231"]
    assert problems[0].place.line is not None
    assert list(data.answers.keys) == ["column:calls"]


def test_a_broken_questionnaire_leaves_the_values(study: Folder) -> None:
    study.answer("HZ")
    study.write("form.yaml", "id: form\n")
    data, problems = study.gather()
    assert list(data.answers.keys) == ["column:calls"]
    assert codes(problems) == ["EK231"]


def test_columns_without_values(study: Folder) -> None:
    for unit in ("GZ", "SZ", "HZ"):
        study.answer(unit)
    data, problems = study.gather(data={"survey": "responses/*.xlsx"})
    assert [(each.code, each.place.file) for each in problems] == [("EK309", "set.yaml")]
    assert (data.answers.statuses[:, data.answers.keys["column:calls"]] == ABSENT).all()


def test_a_file_of_values_that_cannot_be_read(study: Folder) -> None:
    for unit in ("GZ", "SZ", "HZ"):
        study.answer(unit)
    for values, code in (("none.csv", "EK001"), ("../values.csv", "EK003")):
        _, problems = study.gather(data={"survey": "responses/*.xlsx", "values": values})
        assert codes(problems) == [code]


def test_a_condition_on_an_unknown_question_does_not_stop_the_reading(study: Folder) -> None:
    study.answer("HZ")
    asked = [QUESTIONS[0], {**QUESTIONS[1], "ask_if": "Q9 = yes"}]
    study.save("form.yaml", {**FORM, "sections": [{"id": "A", "name": "A", "questions": asked}]})
    data, problems = study.gather()
    assert "EK226" in codes(problems)
    assert data.accounts[0].state == "read"


def test_peer_groups_and_eligible_values_that_the_register_lacks(study: Folder) -> None:
    rule = {"method": "top", "count": 1, "within": "regoin"}
    award = {"id": "a", "name": "a", "rule": rule, "eligible": {"class": ["县"], "size": ["大"]}}
    study.save("awards.yaml", {"id": "aw", "version": "1", "name": "aw", "awards": [award]})
    for unit in ("GZ", "SZ", "HZ"):
        study.answer(unit)
    _, problems = study.gather(recipe={"peer_groups": ["clas"]}, awards=["awards.yaml"])
    assert sorted(codes(problems)) == ["EK310", "EK310", "EK310", "EK315"]
    texts = "".join(each.message("zh") for each in problems)
    assert "clas" in texts
    assert "regoin" in texts
    assert "县" in texts


def test_the_study_sets_how_large_a_workbook_may_be(tmp_path: Path) -> None:
    codes = [
        [each.code for each in load(form_study(tmp_path / str(rows), FORM_TREE, FILLED, limits={"rows": rows})).check()]
        for rows in (3, 300)
    ]
    assert codes[0].count("EK235") == len(FILLED)
    assert "EK235" not in codes[1]
