from __future__ import annotations

import io
import re
import zipfile

import pytest

from evalkit.problems import Place
from evalkit.sources.guard import Inspection, Limits, inspect
from tests.sources import hostile_files as files

PLACE = Place(file="城市.xlsx")
GOOD = files.by_xlsxwriter()


def codes(data: bytes, limits: Limits | None = None) -> list[str]:
    inspection, problems = inspect(data, limits or Limits(), PLACE)
    refused = any(each.severity == "error" for each in problems)
    assert (inspection is None) == refused
    for each in problems:
        assert each.place.file == PLACE.file
        assert "{" not in each.message() + each.hint()
    return [each.code for each in problems]


def inspected(data: bytes) -> Inspection:
    inspection, problems = inspect(data, Limits(), PLACE)
    assert inspection is not None, problems
    return inspection


@pytest.mark.parametrize(
    "data",
    [GOOD, files.by_openpyxl(), files.book(), files.with_zip64_fields()],
    ids=["xlsxwriter", "openpyxl", "by hand", "zip64"],
)
def test_an_honest_workbook_passes_without_a_finding(data: bytes) -> None:
    assert codes(data) == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("代码,答案\nQ01,是\n".encode(), "CSV text"),
        ("代码,答案\nQ01,是\n".encode("gbk"), "CSV text"),
        ("代码\t答案\n".encode("utf-16"), "CSV text"),
        ("代码答案".encode(), "plain text"),
        ("<html><table><tr><td>代码</td></tr></table></html>".encode("gbk"), "a web page (HTML)"),
        (b"<!DOCTYPE html><html></html>", "a web page (HTML)"),
        (b'<?xml version="1.0"?><Workbook/>', "XML text"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"\0\1\2\3", "data of an unknown kind"),
        (files.zipped({"word/document.xml": "<document/>"}), "a Word document"),
        (
            files.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            "an OpenDocument file (such as .ods)",
        ),
        (files.zipped({"xl/workbook.bin": b"\0"}), "a binary workbook (.xlsb)"),
        (files.zipped({"a.txt": "a"}), "a zip archive"),
        (files.zipped({}), "a zip archive"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, kind: str) -> None:
    inspection, [found] = inspect(data, Limits(), PLACE)
    assert inspection is None
    assert found.code == "EK220"
    assert kind in found.message("en")


def test_empty_old_and_protected_files() -> None:
    assert codes(b"") == ["EK224"]
    assert codes(files.ole(encrypted=False)) == ["EK221"]
    assert codes(files.ole(encrypted=True)) == ["EK222"]


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_a_file_cut_off_is_damaged(share: float) -> None:
    assert codes(GOOD[: max(int(len(GOOD) * share), 5)]) == ["EK223"]


def test_every_flipped_byte_of_a_sheet_is_noticed() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    for position in range(start, start + entry.compress_size, 7):
        assert codes(files.flipped(GOOD, position)) == ["EK223"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (files.far_cell, "EK235"),
        (files.many_sheets_of_wide_boxes, "EK235"),
        (files.far_cell_behind_an_attribute, "EK223"),
        (files.far_cell_with_a_prefix, "EK235"),
        (files.row_bomb, "EK235"),
        (files.strings_bomb, "EK235"),
        (files.shared_text_bomb, "EK235"),
        (files.lying_count_of_strings, "EK223"),
        (files.lying_size, "EK223"),
        (files.header_against_directory, "EK223"),
        (files.encrypted_entry, "EK223"),
        (files.duplicate_part, "EK223"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_hostile_container_or_sheet_is_refused(make: object, code: str) -> None:
    assert callable(make)
    assert codes(make()) == [code]


@pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "xl\\..\\evil.xml"])
def test_a_part_that_leads_outside_is_refused(name: str) -> None:
    assert codes(files.with_part(name, "x")) == ["EK223"]


@pytest.mark.parametrize(
    "part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize("dtd", ["<!DOCTYPE a>", '<!doctype a [<!ENTITY b "c">]>', "<!-- --><!ENTITY a 'b'>"])
def test_a_dtd_is_refused(part: str, dtd: str) -> None:
    parts = files.parts_of(files.sheet_xml(files.ONE_CELL))
    assert codes(files.zipped(parts | {part: dtd + str(parts[part])})) == ["EK236"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "gbk", "utf-7"])
def test_xml_in_another_encoding_is_refused(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = head + files.sheet_xml(files.cells("XFD1048576"))
    assert codes(files.with_part("xl/worksheets/sheet1.xml", text.encode(encoding))) == ["EK223"]


def test_macros_and_links_are_warned_of() -> None:
    assert codes(files.with_part("xl/vbaProject.bin", b"\0")) == ["EK238"]
    assert codes(files.with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>")) == ["EK244"]


@pytest.mark.parametrize(
    "change",
    [
        {"xl/workbook.xml": "<workbook"},
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"},
        {"_rels/.rels": "<Relationships/><Relationships/>"},
        {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
        {"xl/worksheets/sheet1.xml": files.sheet_xml('<row r="1"><c r="A0"><v>1</v></c></row>')},
        {"xl/worksheets/sheet1.xml": files.sheet_xml('<row r="1"><c r="A99999999999"><v>1</v></c></row>')},
        {"xl/worksheets/sheet1.xml": files.sheet_xml('<row r="-1"><c><v>1</v></c></row>')},
    ],
)
def test_broken_xml_is_damaged(change: dict[str, str]) -> None:
    assert codes(files.zipped(files.parts_of(files.sheet_xml(files.ONE_CELL)) | change)) == ["EK223"]


def test_two_sheets_of_one_name_are_damaged() -> None:
    parts = files.parts_of(*[files.sheet_xml(files.ONE_CELL)] * 2)
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("Sheet2", "sheet1")
    assert codes(files.zipped(parts)) == ["EK223"]


def test_two_sheets_of_one_content_are_damaged() -> None:
    parts = files.parts_of(*[files.sheet_xml(files.ONE_CELL)] * 2)
    relations = "xl/_rels/workbook.xml.rels"
    assert codes(files.zipped(parts | {relations: str(parts[relations]).replace("sheet2", "sheet1")})) == ["EK223"]


def test_limits_can_be_set() -> None:
    assert codes(GOOD, Limits(parts=3)) == ["EK235"]
    assert codes(GOOD, Limits(expanded_bytes=1000)) == ["EK235"]
    assert codes(GOOD, Limits(structure_bytes=100)) == ["EK235"]
    assert codes(GOOD, Limits(rows=7)) == ["EK235"]
    assert codes(GOOD, Limits(rows=8, columns=4, cells=64)) == []
    assert codes(GOOD, Limits(cells=64)) == []
    assert codes(GOOD, Limits(columns=3)) == ["EK235"]
    assert codes(GOOD, Limits(cells=63)) == ["EK235"]
    assert codes(GOOD, Limits(text=10)) == ["EK235"]


def test_a_far_row_or_cell_that_holds_nothing_is_no_harm() -> None:
    rows = files.ONE_CELL + '<row r="1048576" ht="12.8"><c r="XFD1048576" s="1"/></row>'
    assert codes(files.book(rows)) == []


def test_sheets_come_in_order_with_their_states() -> None:
    sheets = [files.sheet_xml(files.ONE_CELL)] * 3
    data = files.zipped(files.parts_of(*sheets, states={2: "hidden", 3: "veryHidden"}))
    assert [(sheet.name, sheet.state, sheet.part) for sheet in inspected(data).sheets] == [
        ("Sheet1", "visible", "xl/worksheets/sheet1.xml"),
        ("Sheet2", "hidden", "xl/worksheets/sheet2.xml"),
        ("Sheet3", "veryHidden", "xl/worksheets/sheet3.xml"),
    ]


SPECIAL = (
    '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    '<c r="C2"><f>SUM(A1:A9)</f></c><c r="D2"><f>SUM(A1:A9)</f><v></v></c><c r="E2" t="str"><f>T(1)</f><v></v></c>'
    '<c r="F2"><f t="shared" ref="F2:F3" si="0">A1&gt;0</f><v>1</v></c><c r="G2" t="str"><f>T(1)</f></c>'
    '<c r="AB2" t="e"><v>#SPILL!</v></c><c r="AC2"><v>5</v></c></row>'
)
ERRORS = {(1, 0): "#N/A", (1, 1): "#DIV/0!", (1, 27): "#SPILL!"}
UNCACHED = {(1, 2), (1, 3), (1, 6)}


def prefixed(xml: str) -> str:
    return xml.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:").replace("xmlns=", "xmlns:x=")


@pytest.mark.parametrize(
    "xml",
    [
        files.sheet_xml(SPECIAL),
        files.sheet_xml(SPECIAL, dimension="A1:A1"),
        prefixed(files.sheet_xml(SPECIAL)),
        files.sheet_xml(SPECIAL.replace('"', "'")),
        files.sheet_xml("<!-- a comment -->" + SPECIAL),
        files.sheet_xml(re.sub("><(?!/v)", ">\n  <", SPECIAL)),
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + files.sheet_xml(SPECIAL),
    ],
    ids=["plain", "wrong dimension", "prefixed", "single quotes", "comment", "indented", "declared"],
)
def test_error_values_and_formulas_without_result_are_found_in_any_form(xml: str) -> None:
    [sheet] = inspected(files.with_part("xl/worksheets/sheet1.xml", xml)).sheets
    assert sheet.errors == ERRORS
    assert sheet.uncached == UNCACHED


def test_cells_without_a_reference_count_on() -> None:
    rows = '<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row><row r="5"><c r="C5"><v>1</v></c><c><f>A1</f></c></row>'
    [sheet] = inspected(files.book(rows)).sheets
    assert sheet.errors == {(0, 1): "#REF!"}
    assert sheet.uncached == {(4, 3)}
