"""The list of fields is what documents get: neither names what the other has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from evalkit.evaluate import Evaluation
from evalkit.evaluate.publication import public
from evalkit.messages.words import WORDS
from evalkit.reports.word_template.content import city_of, content
from evalkit.reports.word_template.fields import FIELDS, Field, listed
from tests.small_studies import run, values_study


def compare(fields: Mapping[str, Field], values: Mapping[str, Any], seen: set[str]) -> None:
    """Hold values against the list, all the way down."""
    assert values.keys() == fields.keys()
    for name, each in fields.items():
        elements = values[name] if each.many else [values[name]]
        if each.many:
            assert isinstance(elements, list)
        for element in elements if each.parts else ():
            if element:
                seen.add(name)
                compare(each.parts, element, seen)


@pytest.mark.parametrize("study", ["two_waves", "form_run"])
def test_documents_get_just_the_fields_of_the_list(study: str, request: pytest.FixtureRequest) -> None:
    evaluation: Evaluation = request.getfixturevalue(study)
    found = content(evaluation, "zh", lambda figure: figure.name)
    city = city_of(found, evaluation, "U1", "zh", lambda figure: figure.name)
    seen: set[str] = set()
    compare(FIELDS, {**found, "city": city}, seen)
    assert {"units", "dimensions", "tables", "charts", "city"} <= seen
    assert found["units"][0]["rank"] == 1


def test_where_tiers_only_are_published_no_score_is_a_value(tmp_path: Any) -> None:  # noqa: ANN401 - a path
    hidden = public(run(values_study(tmp_path, publish="tiers")))
    found = content(hidden, "zh", lambda figure: figure.name)
    assert [unit["rank"] for unit in found["units"]] == [None] * 4
    assert [unit["score"] for unit in found["units"]] == [None] * 4
    assert found["ranked_count"] == 0
    assert set(found["charts"].values()) == {""}
    assert found["tables"]["ranking"]["rows"] == []
    assert city_of(found, hidden, "U1", "zh", lambda figure: figure.name)["chart"] == ""


def test_every_field_has_a_meaning_in_words() -> None:
    fields = dict(listed())
    assert "units[].dimensions[].score" in fields
    assert {each.meaning for each in fields.values()} <= WORDS.keys()
