"""The sheet of evidence: there where any was given, a line a proof."""

from __future__ import annotations

import copy
import zipfile
from pathlib import Path

import pytest

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.evaluate import Evaluation
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.excel import write_results
from evalkit.reports.outline import outline
from evalkit.reports.outline.evidence import evidence
from evalkit.reports.template import write_form
from tests.conftest import FORM_TREE
from tests.small_studies import QUESTIONNAIRE, form_study, run, write_yaml


@pytest.fixture
def proved(tmp_path: Path) -> Evaluation:
    path = form_study(tmp_path / "study", FORM_TREE, {})
    questions = copy.deepcopy(QUESTIONNAIRE)
    for question in questions["sections"][0]["questions"]:
        if question["code"] in {"Q1", "Q3"}:
            question["evidence"] = True
    write_yaml(path.parent / "form.yaml", questions)
    form, target = Questionnaire.model_validate(questions), path.parent / "responses" / "U1.xlsx"
    write_form(
        form,
        target,
        unit="U1",
        answers={"Q1": "是", "Q3.web": "√", "Q3.fax": "√"},
        evidence={"Q3": "=年报", "Q1": "公报"},
    )
    return run(path)


def test_each_proof_stands_with_its_answer_and_its_cell(proved: Evaluation) -> None:
    first, second = evidence(proved, "zh").rows
    assert first[:6] == ["U1", "甲市", "Q1", "是否开通?", "yes", "公报"]
    assert second[2:6] == ["Q3", "哪些渠道?", "web = 1; fax = 1", "=年报"]
    assert first[6:] == ["responses/U1.xlsx", "第一部分 Part one!G4"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_there_only_where_proof_was_given(
    proved: Evaluation, form_run: Evaluation, language: Language
) -> None:
    title = evidence(proved, language).title
    assert title in [sheet.title for sheet in outline(proved, language)]
    assert title not in [sheet.title for sheet in outline(form_run, language)]


def test_proof_stays_text_in_excel(proved: Evaluation, tmp_path: Path) -> None:
    write_results(proved, tmp_path / "results.xlsx", "en")
    with zipfile.ZipFile(tmp_path / "results.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
        strings = parts.read("xl/sharedStrings.xml").decode()
    assert "=年报" in strings
    assert not any("<f>" in sheet for sheet in sheets)
