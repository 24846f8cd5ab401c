"""Workbooks as people send them, broken, disguised and hostile: each function returns the bytes of one file."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from string import ascii_uppercase

import openpyxl
import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS: tuple[tuple[str | float | bool | dt.datetime | None, ...], ...] = (
    ("代码 Code", "答案 Answer", "说明"),
    ("Q01", 95.1, "接通率 <90%> & 'x'"),
    ("Q02", "是", None),
    (None, None, None),
    ("007", True, dt.datetime(2020, 11, 1, 8, 30)),  # noqa: DTZ001 - Excel knows no time zone
    ("NA", -0.5, dt.datetime(2021, 2, 3)),  # noqa: DTZ001 - Excel knows no time zone
)


def by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name in ("能力", "效果"):
        sheet = book.add_worksheet(name)
        for row, values in enumerate(ROWS):
            for column, value in enumerate(values):
                if isinstance(value, dt.datetime):
                    sheet.write_datetime(row + 2, column + 1, value, date)
                elif value is not None:
                    sheet.write(row + 2, column + 1, value)
        sheet.merge_range(0, 0, 0, 3, "标题")
        sheet.data_validation(3, 2, 9, 2, {"validate": "list", "source": ["是", "否"]})
    book.close()
    return stream.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "能力"
    for row, values in enumerate(ROWS, start=2):
        for column, value in enumerate(values, start=3):
            sheet.cell(row, column, value)
    sheet.merge_cells("A10:C10")
    hidden = book.create_sheet("隐藏")
    hidden["B2"] = "x"
    hidden.sheet_state = "hidden"
    deep = book.create_sheet("深藏")
    deep["A1"] = 1
    deep.sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)  # 1980: the same bytes at any time
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_xml(rows: str, dimension: str = "A1") -> str:
    return f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'


ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def parts_of(
    *sheets: str | bytes, strings: str = "", states: Mapping[int, str] | None = None
) -> dict[str, bytes | str]:
    """Return the parts of a workbook of the given sheets (their XML), named Sheet1, Sheet2, …"""
    listed = relations = ""
    for number, _ in enumerate(sheets, start=1):
        state = f' state="{states[number]}"' if states and number in states else ""
        listed += f'<sheet name="Sheet{number}" sheetId="{number}"{state} r:id="rId{number}"/>'
        target = f"worksheets/sheet{number}.xml"
        relations += f'<Relationship Id="rId{number}" Type="{RELATION}/worksheet" Target="{target}"/>'
    if strings:
        relations += f'<Relationship Id="rId99" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
    }
    for number, xml in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return parts


def book(rows: str = ONE_CELL, **more: bytes | str) -> bytes:
    """Return a workbook of one sheet with these rows, and more parts."""
    return zipped(parts_of(sheet_xml(rows)) | more)


def with_part(name: str, content: bytes | str) -> bytes:
    return zipped(parts_of(sheet_xml(ONE_CELL)) | {name: content})


def cells(*references: str) -> str:
    return "".join(f'<row r="{name.lstrip(ascii_uppercase)}"><c r="{name}"><v>1</v></c></row>' for name in references)


def far_cell() -> bytes:
    return book(cells("A1", "XFD1048576"))


def many_sheets_of_wide_boxes() -> bytes:
    return zipped(parts_of(*[sheet_xml(cells("A1", "ALL19000"))] * 2))


def far_cell_behind_an_attribute() -> bytes:
    """A quick search that stops at the first end tag would not see the second cell."""
    return book('<row r="1"><c r="A1" s="</sheetData>"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>')


def far_cell_with_a_prefix() -> bytes:
    rows = '<row r="1"><c r="A1"><v>1</v></c><x:c r="XFD1048576"><x:v>1</x:v></x:c></row>'
    return zipped(parts_of(sheet_xml(rows).replace("<worksheet ", f'<worksheet xmlns:x="{MAIN}" ')))


def row_bomb() -> bytes:
    return book("<row/>" * 2_000_000)


def shared_text_bomb() -> bytes:
    """One long text in a part too small for the limit of ratio, shown by very many cells."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_001))
    return zipped(parts_of(sheet_xml(rows), strings=f"<si><t>{'长' * 300_000}</t></si>"))


def strings_bomb() -> bytes:
    return zipped(parts_of(sheet_xml(ONE_CELL), strings="<si><t>aaaaaaaa</t></si>" * 500_000))


def lying_count_of_strings() -> bytes:
    parts = parts_of(sheet_xml(ONE_CELL), strings="<si><t>a</t></si>")
    parts["xl/sharedStrings.xml"] = str(parts["xl/sharedStrings.xml"]).replace(
        "<sst ", '<sst uniqueCount="999999999999" '
    )
    return zipped(parts)


def lying_size() -> bytes:
    """A sheet of 20 MB that directory and header declare to have 100 bytes."""
    data = bytearray(zipped(parts_of(sheet_xml("<row/>" * 3_000_000))))
    name = b"xl/worksheets/sheet1.xml"
    header, central = data.find(b"PK\x03\x04", data.find(b"workbook.xml.rels")), data.rfind(name) - 46
    assert data[header + 30 :].startswith(name)
    struct.pack_into("<L", data, header + 22, 100)
    struct.pack_into("<L", data, central + 24, 100)
    return bytes(data)


def header_against_directory() -> bytes:
    """The part's own header names another part than the directory does."""
    data = bytearray(book())
    position = data.find(b"xl/worksheets/sheet1.xml")
    data[position : position + 24] = b"xl/worksheets/sheet9.xml"
    return bytes(data)


def encrypted_entry() -> bytes:
    data = bytearray(book())
    position = data.rfind(b"xl/workbook.xml") - 46
    data[position + 8] |= 1
    return bytes(data)


def duplicate_part() -> bytes:
    stream = io.BytesIO(book())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", sheet_xml(cells("A1")))
    return stream.getvalue()


def flipped(data: bytes, position: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 0xFF
    return bytes(changed)


def ole(*, encrypted: bool) -> bytes:
    stream = "EncryptedPackage" if encrypted else "Workbook"
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 500 + stream.encode("utf-16-le") + b"\0" * 500


def with_zip64_fields() -> bytes:
    return as_zip64(by_xlsxwriter())


def as_zip64(data: bytes) -> bytes:
    """Return a workbook packed anew, whose directory gives all sizes in Zip64 fields, as Apache POI writes it."""
    source = zipfile.ZipFile(io.BytesIO(data))
    body, index = b"", b""
    full = 0xFFFFFFFF
    for name in source.namelist():
        content = source.read(name)
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(content) + packer.flush()
        raw, crc, offset = name.encode(), zlib.crc32(content), len(body)
        field = struct.pack("<2H3Q", 1, 24, len(content), len(packed), offset)
        body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 45, 8, 8, 0, 33, 0, 0, 0, len(raw), 0) + raw + packed
        body += struct.pack("<4sLQQ", b"PK\x07\x08", crc, len(packed), len(content))
        index += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 45, 45, 8, 8, 0, 33, crc, full, full, len(raw), len(field), 0, 0, 0, 0, full
        )
        index += raw + field
    count = len(source.namelist())
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(index), len(body))
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(body) + len(index), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, full, full, 0)
    return body + index + record + locator + end
