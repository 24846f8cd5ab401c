"""Names of the fields of an XLSForm: valid in XML, and unique whatever the case of their letters."""

from __future__ import annotations

import re

RESERVED = ("data", "meta", "instanceID", "instanceName", "formhub", "start", "end")
"""Names that forms and platforms use themselves."""
_NOT_IN_NAMES = re.compile(r"[^\w-]")
_LEADING = re.compile(r"^[^\W\d]")


def free_name(wanted: str, taken: set[str]) -> str:
    """Return the nearest valid name that is not ``taken``, and take it; ``taken`` holds names without case.

    A name that is taken gets ``__2``, ``__3`` and so on at its end.
    """
    plain = _NOT_IN_NAMES.sub("_", wanted)
    stem = plain if _LEADING.match(plain) else f"_{plain}"
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}__{number}"
    taken.add(name.casefold())
    return name
