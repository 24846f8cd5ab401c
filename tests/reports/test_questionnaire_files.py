import sys
from pathlib import Path

import pytest

from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.reports.questionnaire_files import FILE_FORMATS, FileFormat, write_questionnaire
from tests.small_studies import QUESTIONNAIRE, write_yaml

NAMES = {"xlsform": "small.xlsx", "codebook": "small-codebook.html", "codebook-docx": "small-codebook.docx"}


def bundle(path: Path) -> Bundle:
    loaded, _ = load_bundle(path)
    assert loaded is not None
    return loaded


@pytest.mark.parametrize("file_format", FILE_FORMATS)
def test_a_file_is_named_after_the_questionnaire_and_never_overwritten(
    tmp_path: Path, form_path: Path, file_format: FileFormat
) -> None:
    out = tmp_path / "deep" / "out"
    target, problems = write_questionnaire(bundle(form_path), out, file_format)
    assert (target, problems) == (out / NAMES[file_format], [])
    (out / NAMES[file_format]).write_text("mine", encoding="utf-8")
    target, problems = write_questionnaire(bundle(form_path), out, file_format)
    assert target is None
    assert [each.code for each in problems] == ["EK008"]
    assert (out / NAMES[file_format]).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("file_format", FILE_FORMATS)
def test_a_folder_that_cannot_be_made_is_a_finding(tmp_path: Path, form_path: Path, file_format: FileFormat) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    target, problems = write_questionnaire(bundle(form_path), tmp_path / "file" / "out", file_format)
    assert target is None
    assert [each.code for each in problems] == ["EK005"]


def test_a_study_without_questionnaire_is_a_finding(tmp_path: Path, values_path: Path) -> None:
    target, problems = write_questionnaire(bundle(values_path), tmp_path / "out", "codebook")
    assert target is None
    assert [each.code for each in problems] == ["EK320"]


def test_word_without_its_library_names_the_extra(
    tmp_path: Path, form_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    for name in ("codebook_word", "word_document"):
        monkeypatch.delitem(sys.modules, f"evalkit.reports.{name}", raising=False)
    target, problems = write_questionnaire(bundle(form_path), tmp_path / "out", "codebook-docx")
    assert target is None
    assert [each.code for each in problems] == ["EK009"]
    assert 'pip install "hotline-evalkit[word]"' in problems[0].hint("en")


def test_a_condition_too_long_for_an_xlsform_is_a_warning_at_its_line(tmp_path: Path, form_path: Path) -> None:
    nested = "Q5"
    for _ in range(12):
        nested = f"mean({nested}, Q5)"
    section = QUESTIONNAIRE["sections"][0]
    questions = [{**each, "ask_if": f"{nested} > 1"} if each["code"] == "Q8" else each for each in section["questions"]]
    write_yaml(form_path.parent / "form.yaml", {**QUESTIONNAIRE, "sections": [{**section, "questions": questions}]})
    target, problems = write_questionnaire(bundle(form_path), tmp_path / "out", "xlsform")
    assert target is not None
    assert [(each.code, each.severity, each.place.file) for each in problems] == [("EK322", "warning", "form.yaml")]
    assert problems[0].place.line is not None
