"""The guard: one look at the bytes of a workbook before any library opens it.

A hostile or broken workbook can do what no ``except`` catches: a cell at XFD1048576 in a file of 2 KB ends the
process, a bomb of 0.5 MB fills the memory. The guard unpacks what the cells need itself, strictly and within limits,
refuses what an honest workbook never has, and hands on a container of its own making that holds these checked parts
only. So a reader cannot see another file than the guard saw, and what the guard left packed is never opened.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from evalkit.definitions.limits import Limits
from evalkit.problems import Place, Problem, problem
from evalkit.sources import amounts, container
from evalkit.sources.book_structure import SheetEntry, SheetState, Structure, read_structure
from evalkit.sources.cells import Position, SheetScan
from evalkit.sources.file_kind import require_zip
from evalkit.sources.parts import Parts
from evalkit.sources.refusal import RefusedError, over_limit
from evalkit.sources.sheet_scan import scan

__all__ = ["InspectedSheet", "Inspection", "Limits", "inspect"]

_READABLE_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_FONTS = re.compile(rb"<rPr>(?:<[A-Za-z][^<>]*+/>)*+</rPr>")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True, slots=True)
class InspectedSheet:
    """A worksheet that has passed: its name and state, and the cells that calamine wrongly returns as blank.

    ``errors``: text of the error value by 0-based (row, column); ``uncached``: formulas saved without a result.
    """

    name: str
    state: SheetState
    part: str
    errors: Mapping[Position, str]
    uncached: frozenset[Position]


@dataclass(frozen=True, slots=True)
class Inspection:
    """A workbook that has passed: its worksheets in workbook order.

    ``container`` is a workbook made anew from the checked parts that cells need (nothing else is in it); its sheets
    are named by their position: ``"0"``, ``"1"``, …
    """

    sheets: tuple[InspectedSheet, ...]
    container: bytes


def inspect(data: bytes, limits: Limits, place: Place) -> tuple[Inspection | None, list[Problem]]:
    """Look through the bytes of a workbook; no inspection means that it is refused, with the finding that says why.

    Refused: ``EK220`` another kind of file, ``EK221`` .xls, ``EK222`` password, ``EK223`` damaged or contradicting
    itself, ``EK224`` no bytes, ``EK235`` over a limit, ``EK236`` a DTD. Warned of: ``EK238`` macros, ``EK244`` links
    to other files. Never raises for what is in ``data``.
    """
    try:
        require_zip(data, place)
        parts = Parts(data, limits, place)
        structure = read_structure(parts, limits, place)
        scans = _scan_sheets(structure.sheets, parts, limits, place)
        _check_amounts(structure, parts, scans, limits, place)
    except RefusedError as refused:
        return None, [refused.problem]
    sheets = tuple(
        InspectedSheet(sheet.name, sheet.state, sheet.part, found.errors, frozenset(found.uncached))
        for sheet, found in zip(structure.sheets, scans, strict=True)
    )
    return Inspection(sheets, _container(structure, parts, scans)), _warnings(parts, place)


def _scan_sheets(
    sheets: tuple[SheetEntry, ...], parts: Mapping[str, bytes], limits: Limits, place: Place
) -> list[SheetScan]:
    """Scan every sheet; their areas together are held to the limit, since a reader keeps them all."""
    scans: list[SheetScan] = []
    for exact in (False, True):
        scans = [_scan_sheet(sheet, parts[sheet.part], limits, place, exact=exact) for sheet in sheets]
        area = sum(found.area for found in scans)
        if area <= limits.cells:
            return scans
    raise over_limit(place, "各表单元格区域之和", "the area of cells of all sheets", area, limits.cells)


def _scan_sheet(sheet: SheetEntry, xml: bytes, limits: Limits, place: Place, *, exact: bool) -> SheetScan:
    try:
        return scan(sheet.part, xml, limits, place, exact=exact)
    except RefusedError as refused:
        raise refused.on_sheet(sheet.name) from refused


def _check_amounts(
    structure: Structure, parts: Mapping[str, bytes], scans: list[SheetScan], limits: Limits, place: Place
) -> None:
    if structure.styles:
        amounts.require_short_formats(structure.styles, parts[structure.styles], place)
    if structure.strings:
        strings = parts[structure.strings]
        amounts.require_honest_count(structure.strings, strings, place)
        sheets = ((each.part, parts[each.part], found) for each, found in zip(structure.sheets, scans, strict=True))
        amounts.require_text_within(strings, sheets, limits, place)


def _warnings(parts: Mapping[str, bytes], place: Place) -> list[Problem]:
    macros = any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in parts)
    links = any("externallinks/" in name for name in parts)
    return [problem(code, place) for code, present in (("EK238", macros), ("EK244", links)) if present]


def _container(structure: Structure, parts: Parts, scans: list[SheetScan]) -> bytes:
    """Return a workbook of the checked sheets, shared texts and styles, with relations of our own."""
    packed: list[tuple[str, container.Pieces, int]] = []
    for number, (sheet, found) in enumerate(zip(structure.sheets, scans, strict=True)):
        content = _readable(parts[sheet.part], found)
        packed.append((f"xl/worksheets/sheet{number}.xml", content, container.checksum(content)))
    kinds = []
    if structure.strings:
        kinds.append("sharedStrings")
        strings = _without_fonts(parts[structure.strings])
        packed.append(("xl/sharedStrings.xml", (strings,), zlib.crc32(strings)))
    if structure.styles:
        kinds.append("styles")
        packed.append(("xl/styles.xml", (parts[structure.styles],), parts.checksum(structure.styles)))
    return container.pack([*_frame(len(scans), tuple(kinds), structure.dates_from_1904), *packed])


@lru_cache(maxsize=64)
def _frame(sheets: int, kinds: tuple[str, ...], dates_from_1904: bool) -> tuple[tuple[str, container.Pieces, int], ...]:
    """Return the parts that say how the workbook is made; returned forms of one questionnaire have the same."""
    listed = "".join(f'<sheet name="{number}" sheetId="{number + 1}" r:id="{number}"/>' for number in range(sheets))
    workbook = (
        f'<workbook xmlns:r="r"><workbookPr date1904="{int(dates_from_1904)}"/><sheets>{listed}</sheets></workbook>'
    )
    targets = [("worksheet", f"/xl/worksheets/sheet{number}.xml") for number in range(sheets)]
    targets += ((kind, f"/xl/{kind}.xml") for kind in kinds)
    contents = {
        "_rels/.rels": _relations([("officeDocument", "/xl/workbook.xml")]),
        "xl/workbook.xml": workbook.encode(),
        "xl/_rels/workbook.xml.rels": _relations(targets),
    }
    return tuple((name, (content,), zlib.crc32(content)) for name, content in contents.items())


def _relations(targets: list[tuple[str, str]]) -> bytes:
    lines = (
        f'<Relationship Id="{number}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f"<Relationships>{''.join(lines)}</Relationships>".encode()


def _without_fonts(strings: bytes) -> bytes:
    """Return the shared texts without the fonts of rich text, which no reader needs and which are half of its bytes.

    An empty element stands for them, so that nothing joins that stood apart; in a CDATA section they would be text.
    """
    return strings if b"CDATA" in strings else _FONTS.sub(b"<rPr/>", strings)


def _readable(xml: bytes, found: SheetScan) -> container.Pieces:
    """Return the sheet as calamine reads it best.

    Of a sheet in the plain form only the rows are kept; calamine goes through a sheet a second time up to its merged
    cells, so their place is put first. An error value that it does not know (``#SPILL!``), for which it would give
    up the whole sheet, is made ``#N/A``; the true texts stand in ``found.errors``.
    """
    unknown = set(found.errors.values()) - _READABLE_ERRORS
    if found.data and not unknown:
        return b"<worksheet><mergeCells/><sheetData>", memoryview(xml)[slice(*found.data)], b"</sheetData></worksheet>"
    if found.data:
        xml = b"<worksheet><mergeCells/><sheetData>%b</sheetData></worksheet>" % xml[slice(*found.data)]
    for text in unknown:
        pattern = rb"(\st=[\"']e[\"'][^<>]*>(?:(?!</?(?:\w+:)?c[\s>/]).)*?<(?:\w+:)?v>)" + re.escape(text.encode())
        xml = re.sub(pattern + rb"(?=</)", rb"\g<1>#N/A", xml, flags=re.DOTALL)
    return (xml,)
