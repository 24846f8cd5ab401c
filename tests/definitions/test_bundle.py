from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evalkit.definitions.bundle import Bundle, data_files, load_bundle
from evalkit.problems import NOWHERE, Problem

RIGHT = Path(__file__).parent / "right"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RIGHT, tmp_path / "study"))


def load(folder: Path) -> Bundle:
    bundle, _ = load_bundle(folder / "study.yaml")
    assert bundle is not None
    return bundle


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def codes(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return sorted((each.code, each.place.file) for each in problems)


def test_a_bundle_knows_its_files(folder: Path) -> None:
    bundle = load(folder)
    names = ("study.yaml", "indicators.yaml", "questionnaire.yaml", "awards.yaml", "platform.yaml")
    assert bundle.files == {name: folder.resolve() / name for name in names}
    assert bundle.whole


def test_broken_definitions_are_reported_together(folder: Path) -> None:
    change(folder / "indicators.yaml", "measure: {column: a}", "mesure: {column: a}")
    change(folder / "questionnaire.yaml", "type: yesno", "type: yes_no")
    change(folder / "awards.yaml", "count: 1", "count: 0")
    bundle, problems = load_bundle(folder / "study.yaml")
    assert codes(problems) == [("EK102", "indicators.yaml"), ("EK105", "questionnaire.yaml"), ("EK112", "awards.yaml")]
    assert bundle is not None
    assert (bundle.indicators, bundle.questionnaire, bundle.awards, bundle.whole) == (None, None, (), False)


def test_a_broken_questionnaire_does_not_hide_the_tree_and_is_not_called_absent(folder: Path) -> None:
    change(folder / "questionnaire.yaml", "type: yesno", "type: yes_no")
    change(
        folder / "indicators.yaml", "id: B, name: 乙, measure: {column: b}", "id: A, name: 乙, measure: {formula: Q1}"
    )
    change(folder / "awards.yaml", "name: 第一,", "name: 第一, node: C,")
    found = codes(load_bundle(folder / "study.yaml")[1])
    assert found == [("EK105", "questionnaire.yaml"), ("EK305", "indicators.yaml"), ("EK307", "awards.yaml")]


def test_a_broken_indicator_set_does_not_hide_the_questionnaire(folder: Path) -> None:
    change(folder / "indicators.yaml", "measure: {column: a}", "measure: {}")
    change(folder / "questionnaire.yaml", "code: Q5", "code: Q1")
    found = codes(load_bundle(folder / "study.yaml")[1])
    assert found == [("EK116", "indicators.yaml"), ("EK305", "questionnaire.yaml")]


def test_a_measure_by_questions_needs_a_questionnaire(folder: Path) -> None:
    change(folder / "study.yaml", "questionnaire: questionnaire.yaml\n", "")
    change(folder / "indicators.yaml", "{column: b}", "{formula: Q1}")
    (found,) = load_bundle(folder / "study.yaml")[1]
    assert (found.code, found.place.line, dict(found.params)) == ("EK312", 9, {"node": "B"})


@pytest.mark.parametrize("text", ["", "[]", "study: x\n", "\0", "a：b"])
def test_a_study_that_cannot_be_read_gives_no_bundle(tmp_path: Path, text: str) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(text, encoding="utf-8")
    bundle, problems = load_bundle(path)
    assert bundle is None
    assert problems


@pytest.mark.parametrize(("path", "code"), [("none.yaml", "EK001"), (".", "EK011")])
def test_a_study_file_that_is_none(tmp_path: Path, path: str, code: str) -> None:
    bundle, problems = load_bundle(tmp_path / path)
    assert bundle is None
    assert problems[0].code == code


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("x" * 5000, "EK001"),
        ("''", "EK001"),
        (".", "EK001"),
        ("/etc/passwd", "EK003"),
        ("../study/indicators.yaml", None),
        ("sub/../indicators.yaml", None),
        ("../other.yaml", "EK003"),
        ("builtin:none", "EK004"),
        ("builtin:../study/indicators", "EK004"),
        ("'builtin:'", "EK004"),
        ("builtin:indicators", None),  # the user's own file is found first
        ("builtin:digital-transformation", None),
    ],
)
def test_what_a_reference_may_name(folder: Path, reference: str, code: str | None) -> None:
    change(folder / "study.yaml", "indicators: indicators.yaml", f"indicators: {reference}")
    change(folder / "study.yaml", "questionnaire: questionnaire.yaml", "questionnaire: builtin:digital-transformation")
    change(folder / "awards.yaml", "top, count: 1", "top, count: 1")
    _, problems = load_bundle(folder / "study.yaml")
    assert [each.code for each in problems if each.severity == "error"] == ([] if code is None else [code])


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("id: x\n", encoding="utf-8")
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    change(folder / "study.yaml", "indicators: indicators.yaml", "indicators: link.yaml")
    assert ("EK003", "study.yaml") in codes(load_bundle(folder / "study.yaml")[1])


def test_data_files_are_sorted_and_temporary_ones_left_out(folder: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", ".hidden.xlsx", "c.csv"):
        (folder / name).touch()
    (folder / "folder.xlsx").mkdir()
    found, problems = data_files(load(folder), "*.xlsx", NOWHERE)
    assert [name for _, name in found] == ["a.xlsx", "b.xlsx"]
    assert problems == []


@pytest.mark.parametrize("pattern", ["", "none/*.xlsx", "**x/*.xlsx", "[", ".", "x" * 5000, "***"])
def test_a_pattern_that_matches_nothing_is_a_finding(folder: Path, pattern: str) -> None:
    found, problems = data_files(load(folder), pattern, NOWHERE)
    assert found == []
    assert [each.code for each in problems] == ["EK239"]


@pytest.mark.parametrize("pattern", ["/etc/*", "../*", "a/../../*"])
def test_a_pattern_may_not_lead_out_of_the_folder(folder: Path, pattern: str) -> None:
    found, problems = data_files(load(folder), pattern, NOWHERE)
    assert found == []
    assert [each.code for each in problems] == ["EK003"]


def test_a_matching_link_out_of_the_folder_is_left_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.xlsx").touch()
    (folder / "a.xlsx").touch()
    (folder / "b.xlsx").symlink_to(tmp_path / "outside.xlsx")
    found, problems = data_files(load(folder), "*.xlsx", NOWHERE)
    assert [name for _, name in found] == ["a.xlsx"]
    assert [(each.code, dict(each.params)) for each in problems] == [("EK003", {"path": "b.xlsx"})]
