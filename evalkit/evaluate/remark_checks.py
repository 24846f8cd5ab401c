"""Remarks that one auditor wrote word for word about several units."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from evalkit.audits.plausibility import repeated
from evalkit.calls import Rating
from evalkit.definitions.protocol import Protocol
from evalkit.observations import OK
from evalkit.problems import Problem, problem
from evalkit.sources.cell_text import shortened


def check_remarks(protocol: Protocol, ratings: Sequence[Rating]) -> list[Problem]:
    """Find copied remarks (EK660), by auditor and item of type text; the place is that of the first.

    Texts are the same where their letters, characters and digits are. One with fewer of them than the protocol's
    ``remark_characters`` is not looked at, such as 无 or a polite formula, nor one that stands in calls to fewer
    different units than ``remark_calls``.
    """
    rules = protocol.plausibility
    problems: list[Problem] = []
    for item in protocol.items:
        if item.type != "text" or not item.is_asked:
            continue
        cells = [
            (rating, cell.raw, text)
            for rating in ratings
            for cell in rating.cells
            if cell.key == item.code and cell.status == OK
            if rating.auditor and len(text := _letters(cell.raw)) >= rules.remark_characters
        ]
        writers, texts, units = (
            _numbered(values)
            for values in (
                [rating.auditor for rating, _, _ in cells],
                [text for _, _, text in cells],
                [rating.unit for rating, _, _ in cells],
            )
        )
        found = repeated(writers, texts, units, rules.remark_calls)
        for first, last, rows, several in zip(found.first, found.last, found.rows, found.units, strict=True):
            rating, raw, _ = cells[first]
            about = {
                "auditor": rating.auditor,
                "item": item.code,
                "text": shortened(raw),
                "other": cells[last][0].place,
            }
            place = rating.place.at(question=item.code)
            problems.append(problem("EK660", place, count=rows, units=several, **about))
    return problems


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _numbered(values: list[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(each, len(codes)) for each in values], dtype=np.int64)
