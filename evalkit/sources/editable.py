"""Whether a workbook may be opened whole, by a library that reads more of it than its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evalkit.definitions.limits import MEBIBYTE, Limits
from evalkit.problems import Place, Problem, problem
from evalkit.sources import container, xml_part
from evalkit.sources.cells import position
from evalkit.sources.file_kind import is_old
from evalkit.sources.refusal import RefusedError, over_limit

MOST_XML = 16 * MEBIBYTE
"""Bytes of XML in all parts together; openpyxl takes some fifty times as much memory."""
MOST_SPANNED = 200_000
"""Cells in all areas that are merged, linked or tables, together; openpyxl walks through each of them."""
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin")
_EXTENT = re.compile(rb"<dimension [^<>]*>")
_AREA = re.compile(rb"""\bref\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def refusal(data: bytes, place: Place, limits: Limits | None = None) -> Problem | None:
    """Return why a workbook that the guard let pass may not be opened whole; None where it may.

    ``EK219``: an old workbook (.xls, .et). The guard checks what holds cells. Comments, tables, drawings and the like
    are checked here: size and checksum (``EK223``, ``EK235``), a DTD (``EK236``), and areas so large that a reader
    would not come back (``EK235``).
    """
    if is_old(data):
        return problem("EK219", place)
    try:
        _check(container.directory(data, limits or Limits(), place), data, place)
    except RefusedError as refused:
        return refused.problem
    return None


def _check(entries: Mapping[str, container.Part], data: bytes, place: Place) -> None:
    size = spanned = 0
    for name, entry in entries.items():
        content = container.expand(data, entry, place)
        if name.endswith(_BINARY):
            continue
        xml_part.check(name, content, place)
        size += len(content)
        if size > MOST_XML:
            raise over_limit(place, "XML 字节数", "the size of its XML in bytes", size, MOST_XML)
        spanned += sum(_cells(first or second) for first, second in _AREA.findall(_EXTENT.sub(b"", content)))
        if spanned > MOST_SPANNED:
            raise over_limit(place, "合并或链接区域的大小", "the size of merged or linked areas", spanned, MOST_SPANNED)


def _cells(area: bytes) -> int:
    """Return how many cells an area has; one that is no plain range of cells counts as too many."""
    corners = [position(corner.replace("$", "")) for corner in area.decode("latin-1").split(":")]
    known = [corner for corner in corners if corner is not None]
    if len(known) == len(corners):
        rows, columns = [row for row, _ in known], [column for _, column in known]
        return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
    return MOST_SPANNED + 1 if len(corners) > 1 or b"&" in area else 1
