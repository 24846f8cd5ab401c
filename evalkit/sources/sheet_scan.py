"""The cells of a worksheet that a reader must be warned of, found in its XML before a reader opens it.

Three things: how far the cells reach (a reader lays out the whole rectangle, so one far cell can exhaust the
memory), which cells hold an error value, and which formulas were saved without a result; calamine returns the last
two as blank. A sheet in the plain form that most programs write is searched with regular expressions; any other
form is left to the complete parser of :mod:`evalkit.sources.sheet_events`.

That a plain sheet can be trusted to the expressions: ``sheetData`` occurs twice, as its start and its end tag, and
all that stands between them is rows and cells of a fixed form with their references, in which no ``<`` is anything
but the start of a tag. A parser that comes to the start tag can see no other cell than those counted here.
"""

from __future__ import annotations

import re

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources.cells import Position, SheetScan, column_number
from evalkit.sources.sheet_events import require_once, scan_events
from evalkit.sources.sheet_extent import extent

_SMALL_COLUMNS, _SMALL_ROWS = 26, 9_999

_FORMULA = rb"<f(?:>[^<]*+</f>|/>| [^<>/]*+(?:/>|>[^<]*+</f>))"
_TEXT = rb'<is><t(?: xml:space="preserve")?+>[^<]*+</t></is>'
# No unbounded possessive group: before Python 3.11.5 those could go wrong (gh-106052).
_CELLS = rb'(?:<c r="%b"(?: s="[0-9]++")?+(?: t="(?:%b)")?+(?:%b|/>| />)|</row>|<row r="[0-9]{1,7}+"[^<>]*+>){1,1000}'
# The commonest contents come first. Neither an error value nor a formula without a result fits.
_SIMPLE = re.compile(
    _CELLS
    % (
        rb"[A-Z][1-9][0-9]{0,3}+",
        rb's|(?!e")[A-Za-z]++',
        rb"><v>[^<]*+</v></c>|>(?:%b<v>[^<]++</v>|%b)?</c>" % (_FORMULA, _TEXT),
    )
)
_PLAIN = re.compile(
    _CELLS
    % (
        rb"[A-Z]{1,3}[1-9][0-9]{0,6}",
        rb"[A-Za-z]++",
        rb">(?:%b)?(?:<v>[^<]*+</v>|<v ?/>|%b)?</c>" % (_FORMULA, _TEXT),
    )
)

_FILLED_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>/]*+>(?!</c>)')
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]++")?+ t="e">(?:%b)?<v>([^<]++)</v>' % _FORMULA)
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^<>/]*+)>%b(<v>[^<]*+</v>|<v ?/>)?' % _FORMULA)
_NO_VALUE = (b"<v></v>", b"<v/>", b"<v />")
_START, _END = b"<sheetData>", b"</sheetData>"
_EMPTY = re.compile(rb"<sheetData ?/>")


def scan(part: str, xml: bytes, limits: Limits, place: Place, *, exact: bool = False) -> SheetScan:
    """Return what the worksheet holds, in 0-based rows and columns.

    ``exact`` asks for the true extent; without it, the extent of a small sheet may be given as 9,999 rows of 26
    columns. Raises :class:`RefusedError`: ``EK235`` where a cell is farther out than the limits, ``EK223`` where the
    XML is broken or a cell stands twice. ``xml`` has been checked (:func:`evalkit.sources.xml_part.check`).
    """
    found = _scan_plain(xml, exact=exact)
    if found is None:
        found = scan_events(part, xml, place)
    elif not exact and not found.is_within(limits):
        return scan(part, xml, limits, place, exact=True)
    found.require_within(limits, place)
    if not found.once:
        require_once(part, xml, found.columns, place)
    return found


def _scan_plain(xml: bytes, *, exact: bool) -> SheetScan | None:
    """Return the scan of a sheet in the plain form, ``None`` for any other form."""
    start, end = xml.find(_START), xml.rfind(_END)
    if not 0 <= start < end:
        return SheetScan(0, 0) if xml.count(b"sheetData") == 1 and _EMPTY.search(xml) else None
    if xml.find(b"sheetData", 0, start) >= 0 or xml.find(b"sheetData", end + len(_END)) >= 0:
        return None
    start += len(_START)
    if not exact and _is_all(_SIMPLE, xml, start, end):
        cells = _FILLED_CELL.findall(xml, start, end)
        return SheetScan(_SMALL_ROWS, _SMALL_COLUMNS, data=(start, end), once=len(set(cells)) == len(cells))
    if not _is_all(_PLAIN, xml, start, end):
        return None
    rows, columns, once = extent(xml, start, end)
    return SheetScan(rows, columns, _errors(xml, start, end), _uncached(xml, start, end), None, (start, end), once)


def _is_all(form: re.Pattern[bytes], xml: bytes, start: int, end: int) -> bool:
    """Tell whether all from ``start`` to ``end`` has the form, repeated."""
    while start < end:
        match = form.match(xml, start, end)
        if match is None:
            return False
        start = match.end()
    return True


def _errors(xml: bytes, start: int, end: int) -> dict[Position, str]:
    if xml.find(b't="e"', start, end) < 0:
        return {}
    return {
        _position(letters, row): text.decode("utf-8", "replace")
        for letters, row, text in _ERROR_CELL.findall(xml, start, end)
    }


def _uncached(xml: bytes, start: int, end: int) -> set[Position]:
    if xml.find(b"<f", start, end) < 0:
        return set()
    return {
        _position(letters, row)
        for letters, row, attributes, value in _FORMULA_CELL.findall(xml, start, end)
        # An empty value of type "str" is a result: the empty text.
        if not value or (value in _NO_VALUE and b't="str"' not in attributes)
    }


def _position(letters: bytes, row: bytes) -> Position:
    return int(row) - 1, column_number(letters.decode())
