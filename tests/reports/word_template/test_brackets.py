"""Brackets that do not close are found before docxtpl searches for their ends."""

from __future__ import annotations

import pytest

from evalkit.problems import Place
from evalkit.reports.word_template.brackets import check_brackets

PLACE = Place(file="my.docx")


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }} and }} alone, { and } too, 95% and {1}",
        "{% if a % 2 %}x{% endif %}{# a note #}{{r a }}{%tr for each in units %}",
        "{<w:r>{ study }</w:r>}",
        "{% colspan 3 %}{% cellbg 'FF0000' %}{% vm %}",
    ],
)
def test_what_closes_passes(text: str) -> None:
    assert check_brackets(f"<w:t>{text}</w:t>", PLACE) == []


@pytest.mark.parametrize(
    ("text", "bracket"),
    [
        ("{{ a", "{{"),
        ("{{ a {{ b }}", "{{"),
        ("{{{{{{ }}", "{{"),
        ("{% if a }}{% endif %}", "{%"),
        ("{# a {% b %}", "{#"),
        ("a -%}", "%}"),
        ("{% colspan 3 % 2 %}", "{%"),
    ],
)
def test_what_does_not_close_is_found_with_what_stands_around_it(text: str, bracket: str) -> None:
    (found,) = check_brackets(f'<w:p id="a"><w:t>before </w:t><w:t>{text}</w:t></w:p>', PLACE)
    assert found.code == "EK086"
    assert f"“{bracket}” has no partner" in found.message("en")
    assert dict(found.params)["paragraph"] == f"before {text}"
