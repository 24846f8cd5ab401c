"""XML parts of a workbook: only UTF-8, no DTD; small ones are parsed whole."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from evalkit.problems import Place, problem
from evalkit.sources.refusal import RefusedError, damaged

# It begins with the rarer byte, which the expression's search jumps to.
_DTD = re.compile(rb"!(?<=<!)\s*(?i:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
_ALLOWED = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii"))
_USUAL = b'<?xml version="1.0" encoding="UTF-8"'


def check(name: str, content: bytes, place: Place) -> None:
    """Raise :class:`RefusedError` for an XML part with a DTD (``EK236``) or in another encoding (``EK223``).

    Other encodings are refused since they can hide a DTD or a cell from a search for bytes. What looks like a DTD
    within a comment or a CDATA section is refused too.
    """
    declared = None if content.startswith(_USUAL) else _ENCODING.match(content)
    if b"\0" in content or (declared and declared[1].lower() not in _ALLOWED):
        raise damaged(place, f"部件 {name} 不是 UTF-8 编码", f"the part {name} is not UTF-8")
    # One byte is found much faster than an expression, and few parts have it.
    if b"!" in content and _DTD.search(content):
        raise RefusedError(problem("EK236", place, part=name))


def parse(content: bytes) -> ET.Element:
    """Return the root element of a part that :func:`check` has passed; ``ElementTree.ParseError`` for broken XML."""
    return ET.fromstring(content)  # noqa: S314 - a part with a DTD has been refused


def not_well_formed(name: str, place: Place) -> RefusedError:
    """Return the refusal of a part whose XML is broken."""
    return damaged(place, f"部件 {name} 的 XML 有误", f"the XML of the part {name} is not well-formed")


def local_name(tag: str) -> str:
    """Return the name of an element or attribute without its namespace (``{uri}name``)."""
    return tag.rpartition("}")[2]
