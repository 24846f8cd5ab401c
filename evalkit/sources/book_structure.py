"""How a workbook is made: which sheets it has, in which parts they stand, and its shared texts and styles."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar
from xml.etree import ElementTree as ET

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources import file_kind, xml_part
from evalkit.sources.refusal import damaged, over_limit, wrong_kind

Parsed = TypeVar("Parsed")
SheetState = Literal["visible", "hidden", "veryHidden"]

_STATES: Mapping[str, SheetState] = {"visible": "visible", "hidden": "hidden", "veryHidden": "veryHidden"}
_ROOT = "_rels/.rels"
_SMALL = 1 << 16
_KINDS: Mapping[str, file_kind.Kind] = {
    "word/document.xml": file_kind.WORD,
    "ppt/presentation.xml": file_kind.POWERPOINT,
    "xl/workbook.bin": file_kind.BINARY_WORKBOOK,
    "content.xml": file_kind.OPEN_DOCUMENT,
}


class SheetEntry(NamedTuple):
    """A worksheet as the workbook lists it; ``part`` is its key among the parts."""

    name: str
    state: SheetState
    part: str


class Structure(NamedTuple):
    """Worksheets in workbook order (chart sheets and macro sheets left out), and the parts that their cells need."""

    sheets: tuple[SheetEntry, ...]
    strings: str | None
    styles: str | None
    dates_from_1904: bool


class _Relation(NamedTuple):
    kind: str
    target: str


class _Listed(NamedTuple):
    """What workbook.xml says: name, state and relation of each sheet."""

    sheets: tuple[tuple[str, str, str], ...]
    dates_from_1904: bool


def read_structure(parts: Mapping[str, bytes], limits: Limits, place: Place) -> Structure:
    """Follow the relations from the container's root to the worksheets.

    ``parts``: contents by lower-case name, checked when asked for. Raises :class:`RefusedError`: ``EK220`` where the
    container holds no workbook, ``EK223`` where a part that the workbook needs is missing or broken, ``EK235`` where
    one is too large.
    """
    workbook = _workbook_part(parts, limits, place)
    listed = _parsed(_listed, ("", workbook), parts, limits, place)
    if listed is None:
        raise wrong_kind(place, file_kind.ZIP_ARCHIVE)
    folder, file = posixpath.split(workbook)
    relations = _parsed(_relations, (folder, f"{folder}/_rels/{file}.rels".lstrip("/")), parts, limits, place)
    sheets = tuple(_sheets(listed, relations, parts, place))
    _refuse_doubles(sheets, place)
    by_kind = {kind: target for kind, target in relations.values() if target in parts}
    return Structure(sheets, by_kind.get("sharedStrings"), by_kind.get("styles"), listed.dates_from_1904)


def _parsed(
    parse: Callable[[bytes, str], Parsed],
    where: tuple[str, str],
    parts: Mapping[str, bytes],
    limits: Limits,
    place: Place,
) -> Parsed:
    """Return what ``parse`` makes of a part; ``where`` is the folder that its targets count from, and its name."""
    folder, part = where
    if part not in parts:
        raise damaged(place, f"缺少部件 {part}", f"the part {part} is missing")
    content = parts[part]
    if len(content) > limits.structure_bytes:
        what = f"部件 {part} 的字节数", f"the size in bytes of the part {part}"
        raise over_limit(place, *what, len(content), limits.structure_bytes)
    try:
        return parse(content, folder)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise xml_part.not_well_formed(part, place) from error


def _remembered(parse: Callable[[bytes, str], Parsed]) -> Callable[[bytes, str], Parsed]:
    """Keep the results for small parts: the returned forms of one questionnaire are made alike."""
    kept = lru_cache(maxsize=32)(parse)
    return lambda content, folder: (kept if len(content) <= _SMALL else parse)(content, folder)


@_remembered
def _listed(content: bytes, _: str) -> _Listed | None:
    """Return the sheets as listed, ``None`` where it is no workbook."""
    root = xml_part.parse(content)
    if xml_part.local_name(root.tag) != "workbook":
        return None
    sheets: list[tuple[str, str, str]] = []
    dates_from_1904 = False
    for element in root:
        name = xml_part.local_name(element.tag)
        if name == "workbookPr":
            dates_from_1904 = element.get("date1904") in ("1", "true")
        elif name == "sheets":
            for sheet in element:
                # The id stands in the namespace of relations, of which there are two: {uri}id.
                key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
                sheets.append((sheet.get("name", ""), sheet.get("state", "visible"), key))
    return _Listed(tuple(sheets), dates_from_1904)


@_remembered
def _relations(content: bytes, folder: str) -> Mapping[str, _Relation]:
    """Return the relations by id; a target is made into a part's key."""
    found = {}
    for element in xml_part.parse(content):
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = _Relation(kind, _resolved(folder, element.get("Target", "")))
    return MappingProxyType(found)


def _resolved(folder: str, target: str) -> str:
    """Return the key of the part that a relation of ``folder`` names."""
    if target.startswith("/") or "." in target.partition("/")[0]:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    elif folder:
        target = f"{folder}/{target}"
    return target.lower()


def _workbook_part(parts: Mapping[str, bytes], limits: Limits, place: Place) -> str:
    kind = next((kind for part, kind in _KINDS.items() if part in parts), file_kind.ZIP_ARCHIVE)
    if kind != file_kind.ZIP_ARCHIVE or (_ROOT not in parts and not any(name.startswith("xl/") for name in parts)):
        raise wrong_kind(place, kind)
    for relation in _parsed(_relations, ("", _ROOT), parts, limits, place).values():
        if relation.kind == "officeDocument":
            return relation.target
    raise wrong_kind(place, kind)


def _sheets(
    listed: _Listed, relations: Mapping[str, _Relation], parts: Mapping[str, bytes], place: Place
) -> Iterator[SheetEntry]:
    for name, stated, key in listed.sheets:
        state = _STATES.get(stated)
        relation = relations.get(key)
        if relation is None or relation.target not in parts or state is None:
            raise damaged(
                place.at(sheet=name), f"找不到表 {name} 的内容", f"the content of the sheet {name} is missing"
            )
        if relation.kind == "worksheet":
            yield SheetEntry(name, state, relation.target)


def _refuse_doubles(sheets: tuple[SheetEntry, ...], place: Place) -> None:
    """Refuse sheets of one name, and sheets of one content, which cost a reader as much as many."""
    names: set[str] = set()
    contents: set[str] = set()
    for sheet in sheets:
        if sheet.name.casefold() in names:
            raise damaged(place, f"表名 {sheet.name} 出现两次", f"two sheets are named {sheet.name}")
        if sheet.part in contents:
            raise damaged(place, f"两张表共用部件 {sheet.part}", f"two sheets share the part {sheet.part}")
        names.add(sheet.name.casefold())
        contents.add(sheet.part)
