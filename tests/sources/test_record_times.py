"""Times as Chinese exports write them."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.sources.record_times import parse_times

EPOCH, DAY_ZERO, FIRST, LAST = map(dt.datetime.fromisoformat, ("1970-01-01", "1899-12-30", "1927-07-01", "9999-12-31"))
MOMENTS = st.datetimes(FIRST, LAST).map(lambda each: each.replace(microsecond=0))
FORMS = (
    lambda t: f"{t:%Y-%m-%d %H:%M:%S}",
    lambda t: f"{t.year}/{t.month}/{t.day} {t.hour}:{t.minute:02}:{t.second:02}",
    lambda t: f"{t.year}年{t.month}月{t.day}日 {t.hour}时{t.minute}分{t.second}秒",
    lambda t: f"{t.year}年{t.month}月{t.day}日{t.hour}:{t.minute}:{t.second}",
    lambda t: f"{t.year}.{t.month}.{t.day} {t.hour}:{t.minute:02}:{t.second:02}",
    lambda t: f"{t:%Y%m%d%H%M%S}",
    lambda t: f"{t:%Y-%m-%dT%H:%M:%S}.000",
    lambda t: f"{t:%Y-%m-%d} {'下午' if t.hour > 11 else '上午'} {t.hour % 12 or 12}:{t.minute}:{t.second}",
    lambda t: f"{t:%Y/%m/%d} {t.hour % 12 or 12}:{t.minute:02}:{t.second:02} {'PM' if t.hour > 11 else 'AM'}",
    lambda t: repr((t - DAY_ZERO) / dt.timedelta(days=1)),
)  # fmt: skip


def read(text: str) -> dt.datetime | None:
    seconds = parse_times([text]).seconds[0]
    return None if math.isnan(seconds) else EPOCH + dt.timedelta(seconds=seconds)


@given(st.lists(MOMENTS, min_size=1, max_size=8), st.sampled_from(range(len(FORMS))))
def test_every_form_gives_the_moment_back(moments: list[dt.datetime], form: int) -> None:
    texts = [FORMS[form](moment) for moment in moments]
    assert [read(text) for text in texts] == moments
    together = parse_times(texts)
    assert together.seconds.tolist() == [(moment - EPOCH).total_seconds() for moment in moments]


@pytest.mark.parametrize(
    ("text", "moment", "date"),
    [
        ("2024-03-01", "2024-03-01", True),
        ("2024/3/1", "2024-03-01", True),
        ("2024年3月1日", "2024-03-01", True),
        ("20240301", "2024-03-01", True),
        ("45352", "2024-03-01", True),
        ("２０２４－０３－０１", "2024-03-01", True),
        ("2024-02-29 12:30", "2024-02-29 12:30:00", False),
        (" 2024-03-01\u300012:30 ", "2024-03-01 12:30:00", False),
        ("2024年3月1日 下午3时", "2024-03-01 15:00:00", False),
        ("2024-3-1 上午 12:05:00", "2024-03-01 00:05:00", False),
        ("45352.5208333333", "2024-03-01 12:30:00", False),
        ("2024-03-01 12:30:05.250", "2024-03-01 12:30:05.250000", False),
    ],
)
def test_forms_with_and_without_a_time_of_day(text: str, moment: str, *, date: bool) -> None:
    assert read(text) == dt.datetime.fromisoformat(moment)
    assert bool(parse_times([text]).dates[0]) is date


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "2023-02-29", "2024-13-01", "2024-00-10", "2024-03-01 24:00:00", "2024-03-01 12:60", "2024-03/01",
        "2024-03-01 12", "2024-03-0112:30", "01/03/2024", "12:30", "12", "9999", "99999999", "1e5", "45352.5.1",
        "2024-3-1 下午 13:05", "2024-03-01 12:30:05 +08:00", "2024-03-01" + " " * 60 + "12:30", "\ud8002024-3-1",
        "²024-03-01", "٢٠٢٤-٠٣-٠١",
    ],
)  # fmt: skip
def test_what_is_no_time_stays_unread(text: str) -> None:
    times = parse_times([text, "2024-03-01 00:00:00"])
    assert math.isnan(times.seconds[0])
    assert times.seconds[1] == 1_709_251_200
    assert not times.dates.any()


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_text_is_taken(texts: list[str]) -> None:
    times = parse_times(texts)
    assert times.seconds.shape == times.dates.shape == (len(texts),)
    alone = [parse_times([text]).seconds[0] for text in texts]
    assert [str(each) for each in times.seconds] == [str(each) for each in alone]
