"""Call sheets as forms for phones: the names of their fields, and exports of KoboToolbox or ODK as call sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from evalkit.definitions.field_names import RESERVED, free_name
from evalkit.definitions.protocol import Protocol
from evalkit.sources.audit_columns import FIELDS
from evalkit.sources.audit_timing import TIMING_FIELDS
from evalkit.sources.tables import Table

ABOUT, RUBRIC = "evalkit_about", "evalkit_rubric"
"""The groups of a form."""
WHOLE_FIELDS = (
    "call", "unit", "scenario", "channel", "slot", "auditor", "attempt", *TIMING_FIELDS, "number", "agent", "outcome",
)  # fmt: skip
"""What a form says of a rating: all that a sheet with one row a rating can."""
NOT_APPLICABLE = "n/a"
_GROUPS = re.compile(rf"(?:(?:{ABOUT}|{RUBRIC})[/-])*")
_TICKED = {"ok", "1", "1.0", "true"}


@dataclass(frozen=True, slots=True)
class FormNames:
    """The fields of a form: by field of a sheet, by item, and the box "does not apply" beside a number, by item."""

    fields: Mapping[str, str]
    items: Mapping[str, str]
    boxes: Mapping[str, str]


def form_names(protocol: Protocol) -> FormNames:
    """Name the fields of the forms of a protocol; an item is called by its code wherever that is free."""
    fields = {field: f"evalkit_{field}" for field in WHOLE_FIELDS}
    taken = {name.casefold() for name in (*RESERVED, ABOUT, RUBRIC, *fields.values())}
    asked = [item for item in protocol.items if item.is_asked]
    items = {item.code: free_name(item.code, taken) for item in asked}
    boxed = [item.code for item in asked if item.not_applicable and item.type in {"count", "seconds"}]
    return FormNames(fields, items, {code: free_name(f"{code}_na", taken) for code in boxed})


def as_sheet(table: Table, protocol: Protocol) -> Table:
    """Return the export of a form as the call sheet it stands for; any other table as it is.

    An export has the field ``evalkit_call``, with or without its group before it, joined by ``/`` or ``-``, as "XML
    values and headers" are exported. Its other columns that no field of the form accounts for are the platform's, and
    lose their names. A ticked box is the answer "does not apply" of its item. Cells keep their places.
    """
    names = form_names(protocol)
    plain = [_GROUPS.sub("", name, count=1).casefold() for name in table.header]
    if names.fields["call"] not in plain:
        return table
    headers = {name.casefold(): FIELDS[field][0] for field, name in names.fields.items()}
    headers |= {name.casefold(): code for code, name in names.items.items()}
    positions = {name: at for at, name in reversed([*enumerate(plain)])}
    boxes = [
        (positions[box.casefold()], positions[names.items[code].casefold()])
        for code, box in names.boxes.items()
        if box.casefold() in positions and names.items[code].casefold() in positions
    ]
    rows = [(line, _with_boxes(cells, boxes)) for line, cells in table.rows]
    return replace(table, header=tuple(headers.get(name, "") for name in plain), rows=rows)


def _with_boxes(cells: list[str], boxes: list[tuple[int, int]]) -> list[str]:
    changed = list(cells)
    for box, answer in boxes:
        if cells[box].strip().casefold() in _TICKED:
            changed[answer] = NOT_APPLICABLE
    return changed
