"""Amounts that a small file can make a reader multiply: shared texts, and number formats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from xml.parsers import expat

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources.cells import SheetScan
from evalkit.sources.refusal import damaged, over_limit
from evalkit.sources.sheet_events import scan_events
from evalkit.sources.xml_part import not_well_formed

_UNIQUE_COUNT = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?([0-9]+)")
_SHORTEST_TEXT = len("<si/>")
_SHORTEST_CELL = len('<c t="s"><v>0</v></c>')
_SHARED_CELL = re.compile(rb't="s" ?><v>([0-9]{1,9})</v>')
_INDEX_DIGITS = 9
_SMALL_STYLES = 250_000
_FORMAT = re.compile(rb"formatCode\s*=\s*(?:(?=\"[^\"]{0,2000}\")|(?='[^']{0,2000}'))")


def require_honest_count(part: str, xml: bytes, place: Place) -> None:
    """Refuse a table of shared texts that declares more texts than it has room for (``EK223``).

    calamine sets memory aside for the number declared, before it reads a text.
    """
    most = len(xml) // _SHORTEST_TEXT
    position = xml.find(b"uniqueCount")
    while position >= 0:
        declared = _UNIQUE_COUNT.match(xml, position)
        if declared and (len(declared[1]) > _INDEX_DIGITS or int(declared[1]) > most):
            raise damaged(place, f"部件 {part} 声明的文本数有误", f"the part {part} declares more texts than it holds")
        position = xml.find(b"uniqueCount", position + 1)


def require_text_within(
    strings: bytes, sheets: Iterable[tuple[str, bytes, SheetScan]], limits: Limits, place: Place
) -> None:
    """Refuse a workbook whose cells show more text than ``limits.text`` (``EK235``).

    A reader copies a shared text into every cell that names it, so 100,000 cells of one long text take gigabytes.
    ``sheets`` are (part, XML, scan). An estimate from the sizes settles it for small workbooks, and one from the
    longest text for those whose texts are short. Above them the texts are measured, phonetic guides included, and where
    the longest in every cell would be too much, uses are counted.
    """
    sheets = tuple(sheets)
    if sum(len(xml) for _, xml, _ in sheets) // _SHORTEST_CELL * len(strings) <= limits.text:
        return
    # In another form than the plain one, a cell may write its type otherwise than it is counted here.
    plain = all(scan.data for _, _, scan in sheets)
    uses = sum(xml.count(b't="s"') for _, xml, _ in sheets)
    if plain and strings.count(b"<si") == strings.count(b"<si>"):
        # Where no text is written in another way, it is no longer than the bytes up to the next one.
        longest = max(map(len, strings.split(b"<si>")[1:]), default=0)
        if longest * uses <= limits.text:
            return
    lengths = _lengths(strings, place)
    if plain and max(lengths, default=0) * uses <= limits.text:
        return
    total = 0
    for part, xml, scan in sheets:
        for index, uses in _uses(part, xml, scan, place).items():
            if len(index) <= _INDEX_DIGITS and index.isdecimal() and int(index) < len(lengths):
                total += uses * lengths[int(index)]
    if total > limits.text:
        raise over_limit(place, "单元格文本的总字数", "the text in all cells, in characters,", total, limits.text)


def require_short_formats(part: str, xml: bytes, place: Place) -> None:
    """Refuse number formats of over 2,000 bytes in a large table of styles (``EK223``).

    calamine reads the format anew for every style that names it; Excel allows 255 characters.
    """
    if len(xml) > _SMALL_STYLES and len(_FORMAT.findall(xml)) != xml.count(b"formatCode"):
        raise damaged(place, f"部件 {part} 的数字格式过长", f"the part {part} has a number format that is too long")


def _uses(part: str, xml: bytes, scan: SheetScan, place: Place) -> Mapping[str, int]:
    if scan.shared_uses is not None:
        return scan.shared_uses
    # The scan has shown the sheet to be in the plain form, so a reference to a shared text has this form only.
    found = Counter(_SHARED_CELL.findall(xml))
    if found.total() == xml.count(b't="s"'):
        return {index.decode(): uses for index, uses in found.items()}
    return scan_events(part, xml, place).shared_uses or {}


def _lengths(strings: bytes, place: Place) -> list[int]:
    lengths: list[int] = []

    def start(tag: str, _: Mapping[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    try:
        parser.Parse(strings, True)  # noqa: FBT003 - expat takes it by position only
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise not_well_formed("sharedStrings", place) from error
    return lengths
