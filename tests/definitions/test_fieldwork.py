from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from evalkit.definitions.fieldwork import Fieldwork
from evalkit.definitions.protocol import Slot

MARCH: dict[str, Any] = {"first": "2025-03-03", "last": "2025-03-09", "daily": 5}
"""Monday to Sunday."""


def open_days(fieldwork: Fieldwork, days: str) -> list[str]:
    slot = Slot.model_validate({"code": "s", "name": "s", "days": days, "start": "09:00", "end": "10:00"})
    return [day[-2:] for day in fieldwork.days if fieldwork.is_open(slot, day)]


def test_slots_are_on_workdays_weekends_or_any_day() -> None:
    fieldwork = Fieldwork.model_validate(MARCH)
    assert open_days(fieldwork, "workday") == ["03", "04", "05", "06", "07"]
    assert open_days(fieldwork, "weekend") == ["08", "09"]
    assert open_days(fieldwork, "any") == ["03", "04", "05", "06", "07", "08", "09"]


def test_holidays_are_left_out_and_a_worked_saturday_is_a_workday() -> None:
    fieldwork = Fieldwork.model_validate(MARCH | {"holidays": ["2025-03-05"], "workdays": ["2025-03-08"]})
    assert open_days(fieldwork, "workday") == ["03", "04", "06", "07", "08"]
    assert open_days(fieldwork, "weekend") == ["09"]


def test_one_day_is_a_period() -> None:
    assert Fieldwork.model_validate(MARCH | {"last": "2025-03-03"}).days == ("2025-03-03",)


@pytest.mark.parametrize("text", ["2025-3-3", "2025-02-29", "20250303", "2025/03/03", "", "２025-03-03"])
def test_only_iso_dates_are_dates(text: str) -> None:
    with pytest.raises(ValidationError):
        Fieldwork.model_validate(MARCH | {"first": text})


@pytest.mark.parametrize("key", ["slot_daily", "unit_daily"])
def test_a_limit_is_a_number_from_one_or_not_declared(key: str) -> None:
    assert getattr(Fieldwork.model_validate(MARCH), key) is None
    assert getattr(Fieldwork.model_validate(MARCH | {key: 2}), key) == 2
    with pytest.raises(ValidationError):
        Fieldwork.model_validate(MARCH | {key: 0})
