import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyxform.xls2xform import convert

from evalkit import library
from evalkit.definitions.form import stamp
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.validation import load_definition
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.xlsform import untranslated, write_xlsform
from evalkit.reports.xlsform_book import LANGUAGE_NAMES
from evalkit.reports.xlsform_survey import literal
from tests.reports import openrosa
from tests.reports.form_of_all_types import CLOUDS, HOSTILE, form, hostile

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def shipped() -> Questionnaire:
    loaded, problems = load_definition(
        library.root() / "surveys" / "digital-transformation.yaml", "digital-transformation.yaml", Questionnaire
    )
    assert loaded is not None
    assert problems == []
    return loaded[0]


def workbook(questionnaire: Questionnaire, **options: Any) -> bytes:  # noqa: ANN401 - whatever the writer takes
    buffer = io.BytesIO()
    write_xlsform(questionnaire, buffer, **options)
    return buffer.getvalue()


def rows(questionnaire: Questionnaire, sheet: str, **options: Any) -> list[dict[str, str]]:  # noqa: ANN401 - as above
    book = openpyxl.load_workbook(io.BytesIO(workbook(questionnaire, **options)))
    head, *body = book[sheet].iter_rows(values_only=True)
    return [{str(name): str(value) for name, value in zip(head, row, strict=True) if value is not None} for row in body]


def xform(questionnaire: Questionnaire, **options: Any) -> ET.Element:  # noqa: ANN401 - as above
    made = convert(io.BytesIO(workbook(questionnaire, **options)), file_type=".xlsx", validate=False)
    assert made.warnings == []
    return ET.fromstring(made.xform)  # noqa: S314 - made here


def binds(questionnaire: Questionnaire) -> dict[str, Mapping[str, str]]:
    """What pyxform binds to each field, paths written as ``${field}`` again."""
    found: dict[str, Mapping[str, str]] = {}
    for bind in xform(questionnaire).iter(f"{XFORMS}bind"):
        name = bind.attrib["nodeset"].split("/")[-1]
        found[name] = {key: _short(value) for key, value in bind.attrib.items()}
    return found


def _short(xpath: str) -> str:
    words = (f"${{{word.rsplit('/', 1)[-1]}}}" if word.startswith("/data/") else word for word in xpath.split())
    return " ".join(words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [shipped, form, hostile])
def test_pyxform_accepts_the_form_without_a_warning(make: Any, language: Language) -> None:  # noqa: ANN401 - a maker
    questionnaire = make()
    assert xform(questionnaire, language=language).find(f"{XHTML}head") is not None
    assert xform(questionnaire, language=language, unit=HOSTILE, unit_name=HOSTILE) is not None


def test_every_type_becomes_its_own() -> None:
    kinds = {row["name"]: row["type"] for row in rows(form(), "survey") if row["type"] != "end_group"}
    assert kinds == {
        "evalkit_unit": "text", "evalkit_hash": "calculate", "A": "begin_group", "Q1": "select_one yes_no",
        "Q2": "select_one list_Q2", "Q3": "select_multiple list_Q3", "Q4": "select_one list_Q4", "Q5": "begin_group",
        "Q5_web": "integer", "Q5_total": "integer", "Q5_na": "acknowledge", "Q6_web": "calculate",
        "Q7_group": "begin_group", "Q7": "decimal", "Q7_na": "acknowledge", "Q8_group": "begin_group", "Q8": "date",
        "Q8_na": "acknowledge", "Q9": "text",
    }  # fmt: skip


def test_the_conditions_and_limits_are_in_the_xform() -> None:
    bound = binds(form())
    assert bound["Q1"]["required"] == "true()"
    assert bound["Q2"]["relevant"] == "${Q1} = 'yes'"
    assert openrosa.evaluate(bound["Q4"]["relevant"], _answers(Q3="own", Q1="yes"))
    assert bound["Q7"]["constraint"] == ". >= 0 and . <= 100"
    assert bound["Q7"]["relevant"].startswith("not(")
    assert "Q8_group" in bound
    assert "constraint" not in bound["Q9"]
    assert "relevant" not in bound["Q1"]


def _answers(**given: str) -> dict[str, str]:
    return dict.fromkeys(["Q1", "Q2", "Q3", "Q5_web", "Q5_total"], "") | given


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, False),
        ({"Q3": "own"}, True),
        ({"Q3": "own", "Q2": "own"}, True),
        ({"Q3": "own", "Q2": "own", "Q1": "yes"}, False),
        ({"Q3": "own public", "Q2": "public", "Q1": "yes"}, True),
        ({"Q3": "na"}, False),
    ],
)
def test_a_condition_on_a_skipped_question_does_not_see_its_answer(given: dict[str, str], asked: bool) -> None:
    relevant = {row["name"]: row.get("relevant", "") for row in rows(form(), "survey")}
    assert openrosa.evaluate(relevant["Q4"], _answers(**given)) is asked


@pytest.mark.parametrize(
    ("web", "total", "expected"), [("5", "20", 25.0), ("", "20", ""), ("5", "", ""), ("5", "0", ""), ("0", "4", 0.0)]
)
def test_a_quotient_is_computed_in_percent_and_never_divides_by_zero(web: str, total: str, expected: object) -> None:
    (row,) = [row for row in rows(form(), "survey") if row["name"] == "Q6_web"]
    assert openrosa.evaluate(row["calculation"], {"Q5_web": web, "Q5_total": total}) == expected


@pytest.mark.parametrize(
    ("least", "most", "whole", "good", "bad"),
    [(0, 100, False, "95.1", "100.5"), (None, 3, True, "-7", "4"), (-2.5, None, False, "-2.5", "-3")],
)
def test_limits_refuse_what_is_beyond_them(
    least: float | None, most: float | None, whole: bool, good: str, bad: str
) -> None:
    question = {"code": "Q1", "type": "number", "integer": whole}
    question |= {key: value for key, value in (("min", least), ("max", most)) if value is not None}
    (row,) = [row for row in rows(form([question]), "survey") if row["name"] == "Q1"]
    assert row["type"] == ("integer" if whole else "decimal")
    assert openrosa.evaluate(row["constraint"], {".": good}) is True
    assert openrosa.evaluate(row["constraint"], {".": bad}) is False
    assert row["constraint_message::中文 (zh)"] == row["hint::中文 (zh)"]


def test_labels_carry_units_hints_and_both_languages() -> None:
    found = {row["name"]: row for row in rows(form(), "survey")}
    assert found["Q7"]["label::中文 (zh)"] == "题Q7（%）"
    assert found["Q7"]["label::English (en)"] == "Question Q7 (%)"
    assert "说明七" in found["Q7"]["hint::中文 (zh)"]
    assert found["Q5_web"]["label::English (en)"] == "Web (件)"


@pytest.mark.parametrize(("language", "label"), [("zh", "题Q1"), ("en", "Question Q1")])
def test_one_language_has_one_column(language: Language, label: str) -> None:
    (row,) = [row for row in rows(form(), "survey", language=language) if row["name"] == "Q1"]
    assert row["label"] == label
    assert not any("::" in column for column in row)
    translations = [each.attrib["lang"] for each in xform(form(), language=language).iter(f"{XFORMS}translation")]
    assert set(translations) <= {LANGUAGE_NAMES[language]}


def test_choices_have_the_codes_of_the_options_and_one_for_not_applicable() -> None:
    lists: dict[str, list[str]] = {}
    for row in rows(form(), "choices"):
        lists.setdefault(row["list_name"], []).append(row["name"])
    assert lists == {
        "yes_no": ["yes", "no", "na"], "list_Q2": ["public", "own", "na"], "list_Q3": ["public", "own", "na"],
        "list_Q4": ["s1", "s2", "s3", "na"],
    }  # fmt: skip


def test_an_option_that_means_not_applicable_stands_alone() -> None:
    options = [*CLOUDS, {"code": "none", "name": {"zh": "不适用", "en": "None of them"}}]
    found = rows(form([{"code": "Q1", "type": "single", "options": options}]), "choices")
    assert [row["name"] for row in found] == ["public", "own", "none"]


@pytest.mark.parametrize(("given", "fine"), [("", True), ("own public", True), ("na", True), ("na own", False)])
def test_not_applicable_goes_with_no_other_choice(given: str, fine: bool) -> None:
    (row,) = [row for row in rows(form(), "survey") if row["name"] == "Q3"]
    assert openrosa.evaluate(row["constraint"], {".": given}) is fine


def test_the_settings_identify_the_form() -> None:
    (row,) = rows(form(), "settings")
    assert row == {
        "form_title": "小问卷 / Small form", "form_id": "small", "version": "1.0", "default_language": "中文 (zh)",
    }  # fmt: skip
    instance = xform(form()).find(f".//{XFORMS}instance/{XFORMS}data")
    assert instance is not None
    assert instance.attrib == {"id": "small", "version": "1.0"}


def test_a_form_for_a_unit_carries_its_id_and_the_hash_unseen() -> None:
    found = {row["name"]: row for row in rows(form(), "survey", unit="440300", unit_name="深圳市")}
    assert openrosa.evaluate(found["evalkit_unit"]["calculation"], {}) == "440300"
    assert found["evalkit_unit"]["type"] == "calculate"
    assert openrosa.evaluate(found["evalkit_hash"]["calculation"], {}) == stamp(form(), "").hash


def test_a_blank_form_asks_whose_it_is() -> None:
    (row,) = [row for row in rows(form(), "survey") if row["name"] == "evalkit_unit"]
    assert (row["type"], row["required"]) == ("text", "yes")


@pytest.mark.parametrize("text", ["", "plain", "it's", 'say "it\'s"', "a${Q1}b", "''", "$", "${"])
def test_any_text_can_be_a_constant(text: str) -> None:
    written = literal(text)
    assert openrosa.evaluate(written, {}) == text
    assert "${" not in written


def test_no_cell_is_a_formula_and_no_text_refers_to_an_answer() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(hostile(), unit=HOSTILE)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any("${Q99}" in str(cell.value) for cell in cells)
    assert any("<script>" in str(cell.value) for cell in cells)


def test_a_condition_that_does_not_fit_is_said_in_words() -> None:
    nested = "Q1"
    for _ in range(12):
        nested = f"mean({nested}, Q1)"
    long = form([{"code": "Q1", "type": "number"}, {"code": "Q2", "type": "yesno", "ask_if": f"{nested} > 1"}])
    assert untranslated(long) == ("Q2",)
    (row,) = [row for row in rows(long, "survey") if row["name"] == "Q2"]
    assert "relevant" not in row
    assert row["hint::中文 (zh)"].startswith("仅当 平均值")
    assert untranslated(shipped()) == ()


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    write_xlsform(form(), tmp_path / "form.xlsx")
    assert (tmp_path / "form.xlsx").read_bytes() == workbook(form())
