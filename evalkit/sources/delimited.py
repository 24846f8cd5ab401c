"""Delimited text (CSV): every value stays text, as it stands in the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from evalkit.problems import Place, Problem, has_errors, problem
from evalkit.sources.cell_text import trimmed
from evalkit.sources.formula_text import original

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS = (",", ";", "\t")
_BLOCK = 1 << 20
_FIRST = itemgetter(0)
_CHUNK = 1 << 17
_LONG_LINE = 100_000  # shorter than the longest cell that csv takes
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Column names, trimmed, and the rows with the line each begins on (from 1); all rows are as long as ``header``."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]


def read(data: bytes, place: Place) -> tuple[Table | None, list[Problem]]:
    """Read a table with column names in its first line that is not blank; ``,`` ``;`` or tab separates.

    An apostrophe before a sign that would begin a formula is taken off again (:mod:`evalkit.sources.formula_text`).
    The encoding is what a byte-order mark says (UTF-8 or UTF-16), else UTF-8, else GB18030. ``007``, ``NA`` and
    ``None`` stay text. Blank lines are skipped, short rows filled with ``""``, empty cells beyond the header dropped.

    No table: ``EK241`` another encoding, ``EK247`` NUL bytes, ``EK249`` quotes without a partner or a cell of over
    131,072 characters (the limit of :mod:`csv`), ``EK250`` nothing in the file, ``EK251`` a column name twice.
    ``EK246`` names a row with more cells than columns; that row is left out.
    """
    problems: list[Problem] = []
    records = read_records(data, place, problems)
    first_line, names = next(records, (1, []))
    header = _trimmed([trimmed(original(name)) for name in names])
    problems += _header_problems(header, place.at(line=first_line), problems)
    rows = []
    for line, record in records:
        cells = record if len(record) <= len(header) else _trimmed(record, len(header))
        if len(cells) > len(header):
            problems.append(problem("EK246", place.at(line=line), found=len(cells), expected=len(header)))
        else:
            rows.append((line, [*map(original, cells)] + [""] * (len(header) - len(cells))))
    fatal = has_errors(each for each in problems if each.code != "EK246")
    return (None if fatal else Table(tuple(header), rows)), problems


def read_records(data: bytes, place: Place, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank with the line each begins on, cells as they stand, header or not.

    Findings (``EK241``, ``EK247``, ``EK249``) are added to ``problems`` as they are met; after one there is no more.
    """
    encoding = _encoding(data, place, problems)
    if encoding is not None:
        yield from _records(data, encoding, place, problems)


def read_blocks(
    data: bytes, place: Place, problems: list[Problem], size: int
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Yield what :func:`read_records` does, ``size`` records at a time and several times as fast: lines and records.

    Where the file ceases to be CSV, the records of the last block are lost.
    """
    encoding = _encoding(data, place, problems)
    if encoding is None:
        return
    unquoted = b'"' not in data
    try:
        for first, block in _unquoted_blocks(data, encoding, size) if unquoted else _csv_blocks(data, encoding, size):
            yield from _not_blank(first, block)
    except csv.Error:
        deque(_records(data, encoding, place, problems), maxlen=0)  # finds the line


def _not_blank(lines: Sequence[int], block: list[list[str]]) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Yield the block without records that are blank; nothing where all are."""
    if not (all(block) and all(map(str.strip, map(_FIRST, block)))):
        kept = [number for number, record in enumerate(block) if record and not _is_blank(record)]
        lines, block = [lines[number] for number in kept], [block[number] for number in kept]
    if block:
        yield lines, block


def _csv_blocks(
    data: bytes, encoding: str, size: int, passed: int = 0
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Yield lines and records, blank ones too, without the first that were ``passed``."""
    reader = _reader(data, encoding)
    deque(islice(reader, passed), maxlen=0)
    line = reader.line_num + 1
    while block := list(islice(reader, size)):
        lines: Sequence[int] = range(line, reader.line_num + 1)
        if len(lines) != len(block):  # a cell with a line break in it
            breaks = accumulate((1 + sum(cell.count("\n") for cell in record) for record in block), initial=line)
            lines = list(breaks)[:-1]
        line = reader.line_num + 1
        yield lines, block


def _unquoted_blocks(data: bytes, encoding: str, size: int) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Yield the same of a text without quotation marks, in which every line is a record: splitting is twice as fast."""
    separator = _separator(_lines(data, encoding))
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=None)
    done, rest = 0, ""
    while chunk := stream.read(_CHUNK):
        *lines, rest = (rest + chunk).split("\n")
        if len(rest) > _LONG_LINE or max(map(len, lines), default=0) > _LONG_LINE:
            yield from _csv_blocks(data, encoding, size, done)
            return
        for start in range(0, len(lines), size):
            block = [line.split(separator) for line in lines[start : start + size]]
            yield range(done + 1, done + len(block) + 1), block
            done += len(block)
    if rest:
        yield range(done + 1, done + 2), [rest.split(separator)]


def _encoding(data: bytes, place: Place, problems: list[Problem]) -> str | None:
    """Return the encoding of a text file, or the finding why it is none."""
    encoding = _decoded_by(data)
    if encoding is None:
        problems.append(problem("EK241", place))
    elif b"\0" in data and (encoding != "utf-16" or "\0" in data.decode(encoding)):
        problems.append(problem("EK247", place))
        return None
    return encoding


def _decoded_by(data: bytes) -> str | None:
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for start in range(0, len(data), _BLOCK):
                decoder.decode(data[start : start + _BLOCK])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """Yield the lines, which a line feed, a carriage return or both end; other separators of Unicode are content."""
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=None))


def _reader(data: bytes, encoding: str) -> Reader:
    return csv.reader(_lines(data, encoding), delimiter=_separator(_lines(data, encoding)), strict=True)


def _records(data: bytes, encoding: str, place: Place, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that are not blank; stop with a finding where the text is no longer CSV."""
    reader = _reader(data, encoding)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.append(problem("EK249", place.at(line=line), limit=f"{csv.field_size_limit():,}"))
            return
        if record and not _is_blank(record):
            yield line, record


def _is_blank(record: list[str]) -> bool:
    return not record[0].strip() and not any(map(str.strip, record))


def _separator(lines: Iterable[str]) -> str:
    """Return the separator that the first line has most of, outside of quotes; a comma where it has none."""
    header = next((line for line in lines if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _trimmed(cells: list[str], keep: int = 0) -> list[str]:
    """Return the cells without empty ones at the end, but at least the first ``keep``."""
    end = len(cells)
    while end > keep and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _header_problems(header: list[str], place: Place, before: list[Problem]) -> list[Problem]:
    if not header and not before:
        return [problem("EK250", place)]
    twice = dict.fromkeys(name for name in header if name and header.count(name) > 1)
    return [problem("EK251", place, column=name) for name in twice]
