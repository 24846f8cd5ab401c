"""The questionnaires of a study: one a unit, never over an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.forms import write_forms
from tests.conftest import FORM_TREE
from tests.small_studies import REGISTER, form_study


def bundle(path: Path) -> Bundle:
    found, _ = load_bundle(path)
    assert found is not None
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_unit_gets_a_form(form_path: Path, tmp_path: Path) -> None:
    count, problems = write_forms(bundle(form_path), tmp_path / "out")
    assert (count, problems) == (4, [])
    assert names(tmp_path / "out") == ["U1 甲市.xlsx", "U2 乙市.xlsx", "U3 丙市.xlsx", "U4 丁市.xlsx"]


def test_forms_for_some_units_and_the_unknown_named(form_path: Path, tmp_path: Path) -> None:
    count, problems = write_forms(bundle(form_path), tmp_path / "out", units=["U1", "Third", "U9"])
    assert count == 2
    assert [each.code for each in problems] == ["EK242"]
    assert names(tmp_path / "out") == ["U1 甲市.xlsx", "U3 丙市.xlsx"]


def test_blank_form_needs_no_register(form_path: Path, tmp_path: Path) -> None:
    (form_path.parent / "units.csv").unlink()
    assert write_forms(bundle(form_path), tmp_path / "out", blank=True) == (1, [])
    assert names(tmp_path / "out") == ["blank.xlsx"]


def test_form_that_is_there_is_never_overwritten(form_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "U2 乙市.xlsx").write_bytes(b"answers")
    count, problems = write_forms(bundle(form_path), out)
    assert count == 3
    assert [(each.code, each.place.unit) for each in problems] == [("EK008", "U2")]
    assert (out / "U2 乙市.xlsx").read_bytes() == b"answers"


def test_name_of_a_unit_becomes_a_name_that_every_system_takes(tmp_path: Path) -> None:
    register = [
        REGISTER[0],
        ("U/1", 'a:b*c?"<>|', "", "", ""),
        ("U2", "市" * 300, "", "", ""),
        ("..", "..", "", "", ""),
    ]
    study = bundle(form_study(tmp_path / "study", FORM_TREE, {}, register=register))
    count, problems = write_forms(study, tmp_path / "out")
    assert (count, problems) == (3, [])
    assert names(tmp_path / "out") == ["U2 " + "市" * 57 + ".xlsx", "U_1 a_b_c_____.xlsx", "_.xlsx"]


def test_units_whose_names_would_be_one_get_a_form_each(tmp_path: Path) -> None:
    register = [REGISTER[0], ("A/1", "市?", "", "", ""), ("A:1", "市*", "", "", ""), ("a*1", "市/", "", "", "")]
    study = bundle(form_study(tmp_path / "study", FORM_TREE, {}, register=register))
    assert write_forms(study, tmp_path / "out") == (3, [])
    assert names(tmp_path / "out") == ["A_1 市_ (2).xlsx", "A_1 市_.xlsx", "a_1 市_ (3).xlsx"]


def test_folder_that_cannot_be_made_is_a_finding(form_path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    count, problems = write_forms(bundle(form_path), tmp_path / "file" / "out", units=["U1"])
    assert count == 0
    assert [each.code for each in problems] == ["EK005"]


def test_study_without_a_questionnaire_has_no_forms(values_path: Path, tmp_path: Path) -> None:
    count, problems = write_forms(bundle(values_path), tmp_path / "out")
    assert count == 0
    assert [each.code for each in problems] == ["EK320"]


def test_register_that_cannot_be_read_is_a_finding(form_path: Path, tmp_path: Path) -> None:
    (form_path.parent / "units.csv").write_text("id\n1\n", encoding="utf-8")
    count, problems = write_forms(bundle(form_path), tmp_path / "out")
    assert count == 0
    assert {each.code for each in problems} == {"EK201"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_come_in_every_language(form_path: Path, tmp_path: Path, language: Language) -> None:
    assert write_forms(bundle(form_path), tmp_path / "out", units=["U1"], language=language) == (1, [])
