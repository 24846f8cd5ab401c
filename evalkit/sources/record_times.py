"""Times as exports write them, many at once: texts in, seconds out, without the locale of the machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evalkit.sources.cell_text import normalise

DAY = 86_400
_EXCEL_DAY_ZERO = -25_569  # 1899-12-30 in days since 1970
_SERIALS = (10_000.0, 2_958_466.0)  # 1927 to 9999: less is no date, but a small number in the wrong column
_SERIAL = re.compile(r"\d{5,7}(\.\d+)?", re.ASCII)
_MOST_FORMS = 200
_LONGEST = 40
_BLOCK = 1 << 16
_DATE = r"(?P<y>0000)(?:(?P<a>[-/.])(?P<m>00?)(?P=a)(?P<d>00?)|年(?P<m2>00?)月(?P<d2>00?)日?)"
_CLOCK = r"(?P<h>00?)(?::(?P<n>00?)(?::(?P<s>00?))?|[时点](?:(?P<n2>00?)分(?:(?P<s2>00?)秒)?)?)"
_FORMS = (
    re.compile(
        rf"{_DATE}(?:(?:[ T]\s*|(?<=日))(?P<half>上午|下午|AM|PM|am|pm)?\s*{_CLOCK}"
        r"(?:\.(?P<f>0{1,9}))?\s*(?P<half2>AM|PM|am|pm)?)?"
    ),
    re.compile(r"(?P<y>0000)(?P<m>00)(?P<d>00)(?:[ T]?(?P<h>00):?(?P<n>00)(?::?(?P<s>00))?)?"),
)
"""Texts with every digit written as 0: a day with or without a time of day."""


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Seconds since 1970 in local time (texts,), NaN for what is no time; ``dates`` are without a time of day."""

    seconds: NDArray[np.float64]
    dates: NDArray[np.bool_]


def parse_times(texts: Sequence[str]) -> Times:
    """Read times such as 2024-03-01 12:30:05, 2024/3/1 12:30, 2024年3月1日 下午3时, 20240301123005 and 2024-03-01.

    ``45352.52`` is read as Excel keeps a time: days since 1899-12-30, to the nearest second. What is written in full
    width or with blanks around it is read as the plain form. A day that does not exist is no time; nor is 24:00.
    """
    times = Times(np.full(len(texts), np.nan), np.zeros(len(texts), dtype=bool))
    lengths = {*map(len, texts)}
    of_each = np.fromiter(map(len, texts), np.int64, len(texts)) if len(lengths) > 1 else None
    for length in sorted(lengths):
        places = np.arange(len(texts)) if of_each is None else np.flatnonzero(of_each == length)
        for start in range(0, len(places) if 0 < length <= _LONGEST else 0, _BLOCK):
            block = places[start : start + _BLOCK]
            own = texts[start : start + _BLOCK] if of_each is None else [texts[place] for place in block.tolist()]
            _read(block, "".join(own), times)
    for place in np.flatnonzero(np.isnan(times.seconds)).tolist():
        _read_alone(place, texts[place], times)
    return times


def _read(places: NDArray[np.int64], together: str, times: Times) -> None:
    """Read texts of one length that are written together, form by form: most exports have one."""
    encoding, kind = ("ascii", "u1") if together.isascii() else ("utf-32-le", "<u4")
    encoded = np.frombuffer(together.encode(encoding, "surrogatepass"), np.dtype(kind))
    characters: NDArray[Any] = encoded.reshape(len(places), -1).T.copy()
    forms = characters.copy()
    forms[(characters >= ord("0")) & (characters <= ord("9"))] = ord("0")
    for _ in range(_MOST_FORMS):
        form = forms[:, 0]
        alike = (forms == form[:, None]).all(axis=0)
        whole = bool(alike.all())
        own = characters if whole else characters[:, alike]
        written = "".join(map(chr, form.tolist()))
        found = next((match for each in _FORMS if (match := each.fullmatch(written))), None)
        if found is not None:
            at = places if whole else places[alike]
            times.seconds[at], times.dates[at] = _seconds(found, own)
        if whole:
            return
        places, characters, forms = places[~alike], characters[:, ~alike], forms[:, ~alike]


def _read_alone(place: int, text: str, times: Times) -> None:
    """Read a text that is none of the plain forms as it stands: in full width, or a number of Excel."""
    if len(text) > _LONGEST or any(unicodedata.category(character) == "No" for character in text):
        return  # ² is not the digit that NFKC makes of it
    plain = normalise(text)
    if plain and plain != text:
        again = parse_times([plain])
        times.seconds[place], times.dates[place] = again.seconds[0], again.dates[0]
    elif _SERIAL.fullmatch(plain) and _SERIALS[0] <= float(plain) < _SERIALS[1]:
        times.seconds[place] = round((float(plain) + _EXCEL_DAY_ZERO) * DAY)
        times.dates[place] = float(plain).is_integer()


def _seconds(form: re.Match[str], characters: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the seconds of texts of one form, ``characters`` (length, texts), and whether they are dates."""
    parts = form.groupdict()

    def field(*names: str) -> NDArray[np.int64]:
        start, end = next((form.span(name) for name in names if parts.get(name)), (0, 0))
        total = np.zeros(characters.shape[1], np.int32)
        for column in range(start, end):
            total *= 10
            total += characters[column].astype(np.int32) - ord("0")
        return total.astype(np.int64)

    year, month, day = field("y"), field("m", "m2"), field("d", "d2")
    hour, minute, second = field("h"), field("n", "n2"), field("s", "s2")
    good = (hour < 24) & (minute < 60) & (second < 60) & (month >= 1) & (month <= 12) & (year >= 1)  # noqa: PLR2004
    if half := parts.get("half") or parts.get("half2"):
        good &= (hour >= 1) & (hour <= 12)  # noqa: PLR2004 - a clock of twelve hours
        hour = hour % 12 + 12 * (half.casefold() in {"下午", "pm"})
    months = ((year - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    good &= (day >= 1) & (days.astype("datetime64[M]") == months)
    seconds = (days.astype(np.int64) * DAY + hour * 3600 + minute * 60 + second).astype(np.float64)
    if fraction := parts.get("f"):
        seconds = seconds + field("f") / 10.0 ** len(fraction)
    return np.where(good, seconds, np.nan), good & (parts["h"] is None)
