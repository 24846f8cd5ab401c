"""How large an honest workbook may be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evalkit.definitions.limits import WorkbookLimits

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a workbook; what is over one of them is refused (``EK235``) before a reader opens it.

    ``parts``: files in the zip container. ``expanded_bytes``: their sizes together, unpacked. ``ratio``: unpacked
    by packed size of a part that is over ``ratio_from`` bytes. ``structure_bytes``: size of a part that says how
    the workbook is made (relations, list of sheets). ``rows`` and ``columns``: extent of a sheet, counted from A1
    to its farthest cell that holds anything. ``cells``: the areas (rows × columns) of all sheets together.
    ``text``: characters of text in all cells together, a shared text counted once for each cell that shows it.
    """

    parts: int = 2_000
    expanded_bytes: int = 512 * MEBIBYTE
    ratio: int = 200
    ratio_from: int = MEBIBYTE
    structure_bytes: int = 8 * MEBIBYTE
    rows: int = 600_000
    columns: int = 2_000
    cells: int = 20_000_000
    text: int = 200_000_000


def limits_of(given: WorkbookLimits) -> Limits:
    """Return the limits of a study: its own, and those above where it says nothing."""
    return replace(Limits(), **given.model_dump(exclude_none=True))
