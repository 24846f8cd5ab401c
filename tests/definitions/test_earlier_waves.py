"""Earlier waves in a study file: a folder of results in a word, or a table of scores."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from evalkit.definitions.earlier_waves import EarlierWave


def codes(value: object) -> list[str]:
    with pytest.raises(ValidationError) as error:
        EarlierWave.model_validate(value)
    return [each.code for found in error.value.errors() for each in found.get("ctx", {}).get("faults", ())]


@pytest.mark.parametrize(("value", "folder"), [("results/2024", "results/2024"), (2024, "2024")])
def test_plain_text_is_the_folder_of_results(value: object, folder: str) -> None:
    assert EarlierWave.model_validate(value) == EarlierWave(results=folder)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, ["EK116"]),
        ({"wave": "2023"}, ["EK116"]),
        ({"results": "a", "scores": "b", "wave": "2023"}, ["EK116"]),
        ({"scores": "b"}, ["EK103"]),
        ({"results": "a", "wave": "2023", "indicators": "x 1"}, ["EK124", "EK124"]),
        (True, []),
        (["a"], []),
    ],
)
def test_a_wave_is_either_results_or_a_table_of_a_named_wave(value: object, expected: list[str]) -> None:
    assert codes(value) == expected


def test_editors_are_told_that_plain_text_will_do() -> None:
    schema: dict[str, Any] = TypeAdapter(EarlierWave).json_schema()
    assert [each["type"] for each in schema["anyOf"]] == ["string", "object"]
