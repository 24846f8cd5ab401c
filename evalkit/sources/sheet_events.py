"""The complete scan of a worksheet: any prefix, either kind of quotes, cells without a reference.

It walks the elements as calamine does (``xlsx/cells_reader.rs``), so that both speak of the same cells: a row's
``r`` sets the row, a cell's ``r`` its own position and the column to count on from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from xml.parsers import expat

from evalkit.problems import Place
from evalkit.sources.cells import Position, SheetScan, cell_name, position
from evalkit.sources.refusal import RefusedError, damaged
from evalkit.sources.xml_part import not_well_formed

_ROW_DIGITS = 7


def scan_events(part: str, xml: bytes, place: Place) -> SheetScan:
    """Return the scan of a worksheet, with the uses of shared texts counted.

    Raises :class:`RefusedError` (``EK223``) where the XML is not well-formed or a reference is none.
    """
    walk = _Walk(part, place)
    walk.through(xml)
    found = walk.rows, walk.columns, walk.errors, walk.uncached, walk.shared_uses
    return SheetScan(*found, once=walk.in_order)


def require_once(part: str, xml: bytes, columns: int, place: Place) -> None:
    """Refuse a worksheet in which a cell that holds anything stands twice (``EK223``): programs read it differently.

    ``columns``: its extent, within the limits.
    """
    _Walk(part, place, columns=columns).through(xml)


class _Walk:
    """The state of a walk through the elements of a worksheet."""

    def __init__(self, part: str, place: Place, *, columns: int = 0) -> None:
        """``columns`` asks to refuse a cell that stands twice."""
        self.part = part
        self.place = place
        self.rows = self.columns = 0
        self.errors: dict[Position, str] = {}
        self.uncached: set[Position] = set()
        self.shared_uses: Counter[str] = Counter()
        self.in_order = True
        self._last = (-1, -1)
        self._seen: dict[int, bytearray] = {}
        self._width = columns
        self._in_data = False
        self._row = self._column = 0
        self._cell: Position | None = None
        self._type = ""
        self._formula = self._filled = self._blank = False
        self._value: list[str] | None = None

    def through(self, xml: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position only
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise not_well_formed(self.part, self.place) from error

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "sheetData":
            self._in_data = True
        elif not self._in_data:
            return
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row":
            if "r" in attributes:
                self._row = self._row_number(attributes["r"])
        elif self._cell is not None:
            self._filled = True
            self._formula |= name == "f"
            if name == "v":
                self._value = []

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "sheetData":
            self._in_data = False
        elif name == "c" and self._cell is not None:
            self._end_cell(self._cell)
        elif name == "row":
            self._row += 1
            self._column = 0
        elif name == "f":
            # A value counts only after the formula, as for calamine.
            self._blank = True
        elif name in ("v", "is") and self._cell is not None:
            self._end_value(name)

    def text(self, data: str) -> None:
        if self._value is not None:
            self._value.append(data)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell = (self._row, self._column)
        if "r" in attributes:
            found = position(attributes["r"])
            if found is None:
                raise self._wrong_reference(attributes["r"])
            self._cell = found
            self._column = found[1]
        self._type = attributes.get("t", "n")
        self._formula = self._filled = False
        self._blank = True

    def _end_value(self, name: str) -> None:
        text = "".join(self._value or ())
        self._value = None
        self._blank = name == "v" and not text and self._type != "str"
        if name == "v" and self._type == "e" and text and self._cell is not None:
            self.errors[self._cell] = text
        if name == "v" and self._type == "s":
            self.shared_uses[text] += 1

    def _end_cell(self, cell: Position) -> None:
        if self._filled:
            self.rows = max(self.rows, cell[0] + 1)
            self.columns = max(self.columns, cell[1] + 1)
            self.in_order &= cell > self._last
            self._last = cell
            if self._width:
                self._note_once(cell)
        if self._formula and self._blank and cell not in self.errors:
            self.uncached.add(cell)
        self._column += 1
        self._cell = None

    def _note_once(self, cell: Position) -> None:
        row, column = cell
        noted = self._seen.setdefault(row, bytearray(self._width))
        if noted[column]:
            name = cell_name(row, column)
            zh = f"部件 {self.part} 的单元格 {name} 出现两次"
            raise damaged(self.place, zh, f"the cell {name} stands twice in the part {self.part}")
        noted[column] = 1

    def _row_number(self, reference: str) -> int:
        if not (reference.isascii() and reference.isdigit() and len(reference) <= _ROW_DIGITS and int(reference)):
            raise self._wrong_reference(reference)
        return int(reference) - 1

    def _wrong_reference(self, reference: str) -> RefusedError:
        zh = f"部件 {self.part} 的单元格位置 {reference[:20]!r} 有误"
        return damaged(self.place, zh, f"{reference[:20]!r} in the part {self.part} is no position of a cell")
