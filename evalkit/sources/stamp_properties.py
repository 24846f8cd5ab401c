"""The third place of the stamp: the document's own properties, for a workbook that has lost the other two."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from evalkit.definitions.form import Stamp
from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources import container, xml_part
from evalkit.sources.refusal import RefusedError

_PART = "docprops/custom.xml"
_LARGEST = 1 << 16
_PREFIX = "evalkit_"
_FIELDS = ("questionnaire", "version", "hash", "unit")


def stamp_in_properties(data: bytes, place: Place, limits: Limits | None = None) -> Stamp | None:
    """Return the stamp in the properties of a workbook that the guard let pass; None where there is none to be read.

    A part of over 64 KB, damaged, or with a DTD is passed over: the answers do not depend on it.
    """
    try:
        part = container.directory(data, limits or Limits(), place).get(_PART)
        if part is None or part.expanded > _LARGEST:
            return None
        content = container.expand(data, part, place)
        xml_part.check(part.name, content, place)
        root = xml_part.parse(content)
    except (RefusedError, ET.ParseError):
        return None
    given = {each.get("name", ""): "".join(each.itertext()).strip() for each in root}
    if not given.get(f"{_PREFIX}questionnaire"):
        return None
    return Stamp(*(given.get(f"{_PREFIX}{name}", "") for name in _FIELDS))
