"""A corpus of returned questionnaires as they should not be: each kind by name, with what reading it must find.

Every file is the same filled form of unit GZ (:data:`tests.sources.returned_forms.ANSWERS`), changed in one way.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook

from evalkit.sources.book_structure import SheetState
from tests.sources import hostile_files as files
from tests.sources.returned_forms import answer_cell, edited, form, sheets

SHEET = "xl/worksheets/sheet2.xml"
"""The first sheet of answers: D4 holds Q01, D5 Q02, D6 to D8 Q03, D9 to D11 Q04, D12 Q05."""
STRINGS, BOOK, TYPES = "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"
DATA_END = "</sheetData>"
Counts = Mapping[str, int]
ALL_OK: Counts = {"ok": 14}
Change = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of file: how it is made, the findings it must give, and what became of the answers where it is read.

    ``answers``: number of answer cells by status, None where the file must be refused; ``values``: some of them.
    """

    name: str
    make: Callable[[], bytes]
    codes: tuple[str, ...] = ()
    answers: Counts | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def parts() -> dict[str, bytes]:
    return files.unzipped(form())


def patched(part: str, *changes: Change) -> Callable[[], bytes]:
    """Return the form with texts of one of its parts replaced; each must be there."""

    def make() -> bytes:
        content = parts()
        text = content[part].decode()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        return files.zipped(content | {part: text.encode()})

    return make


def cell(name: str, new: str, part: str = SHEET) -> Callable[[], bytes]:
    """Return the form with one cell of its XML replaced."""

    def make() -> bytes:
        content = parts()
        text, count = re.subn(rf'<c r="{name}"[^>]*?(?:/>|>.*?</c>)', lambda _: new, content[part].decode(), count=1)
        assert count == 1
        return files.zipped(content | {part: text.encode()})

    return make


def with_parts(more: Mapping[str, bytes | str]) -> Callable[[], bytes]:
    return lambda: files.zipped({**parts(), **more})


def without(part: str) -> Callable[[], bytes]:
    return lambda: files.zipped({name: content for name, content in parts().items() if name != part})


def saved(change: Callable[[Workbook], object]) -> Callable[[], bytes]:
    """Return the form as openpyxl saves it after a change."""
    return lambda: edited(form(), change)


def answered(code: str, value: object) -> Callable[[], bytes]:
    def change(book: Workbook) -> None:
        sheet, row = answer_cell(book, code)
        sheet.cell(row, 4).value = value  # type: ignore[assignment]

    return saved(change)


def before_data_end(rows: str) -> Callable[[], bytes]:
    return patched(SHEET, (DATA_END, rows + DATA_END))


def inline(text: str, name: str = "D4") -> str:
    return f'<c r="{name}" t="inlineStr"><is>{text}</is></c>'


def reversed_rows() -> bytes:
    content = parts()
    text = content[SHEET].decode()
    rows = re.findall(r"<row .*?</row>", text)
    return files.zipped(content | {SHEET: text.replace("".join(rows), "".join(reversed(rows))).encode()})


def as_utf16(part: str) -> Callable[[], bytes]:
    def make() -> bytes:
        content = parts()
        text = content[part].decode().replace("UTF-8", "UTF-16")
        return files.zipped(content | {part: text.encode("utf-16")})

    return make


def with_doctype(part: str, declared: str) -> Callable[[], bytes]:
    def make() -> bytes:
        content = parts()
        head, _, rest = content[part].decode().partition("?>")
        return files.zipped(content | {part: f"{head}?>{declared}{rest}".encode()})

    return make


XXE = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def hide(state: SheetState) -> Callable[[Workbook], object]:
    def change(book: Workbook) -> None:
        sheets(book)[0].sheet_state = state

    return change


def merge_answers(book: Workbook) -> None:
    """Merge three answers of Q04, as people do to "tidy up": all but the first are lost."""
    sheet, row = answer_cell(book, "Q04.web")
    sheet.merge_cells(start_row=row, end_row=row + 2, start_column=4, end_column=4)


def comment(book: Workbook) -> None:
    sheet, row = answer_cell(book, "Q01")
    sheet.cell(row, 4).comment = Comment("=cmd|' /C calc'!A0 <script>alert(1)</script>", "x")


def double_row(book: Workbook) -> None:
    sheet, row = answer_cell(book, "Q05")
    for column in (1, 4):
        sheet.cell(row + 1, column).value = sheet.cell(row, column).value


def chart_sheet(book: Workbook) -> None:
    book.create_chartsheet("图表", 0)


def protected(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.protection.sheet = True
        sheet.protection.password = "secret"  # noqa: S105 - not a secret: the password of a protected sheet


def other_names(book: Workbook) -> None:
    for number, sheet in enumerate(sheets(book)):
        sheet.title = f"Sheet{number} (2)"


def copied_sheet(book: Workbook) -> None:
    book.copy_worksheet(sheets(book)[0])


def lower_case_codes(book: Workbook) -> None:
    for sheet in sheets(book):
        for (each,) in sheet.iter_rows(max_col=1):
            if isinstance(each.value, str) and re.fullmatch(r"Q\d.*", each.value):
                each.value = f" {each.value.lower()}\u3000"


def cut(share: float) -> Callable[[], bytes]:
    return lambda: form()[: int(len(form()) * share)]


def flipped_in(part: str) -> Callable[[], bytes]:
    def make() -> bytes:
        with zipfile.ZipFile(io.BytesIO(form())) as archive:
            entry = archive.getinfo(part)
        return files.flipped(form(), entry.header_offset + 30 + len(part) + entry.compress_size // 2)

    return make


def entry_twice() -> bytes:
    stream = io.BytesIO(form())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET.upper(), parts()[SHEET])
    return stream.getvalue()


def lying_size() -> bytes:
    """The directory and the part's header say that the sheet has 100 bytes."""
    data = bytearray(form())
    with zipfile.ZipFile(io.BytesIO(form())) as archive:
        header = archive.getinfo(SHEET).header_offset
    central = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<L", data, header + 22, 100)
    struct.pack_into("<L", data, central + 24, 100)
    return bytes(data)


def encrypted_entry() -> bytes:
    data = bytearray(form())
    data[data.rfind(SHEET.encode()) - 38] |= 1
    return bytes(data)


def overlapping_entries() -> bytes:
    """Nine hundred entries of the directory lead to the same bytes, as in a bomb without a high ratio."""
    data = files.zipped({BOOK: b"<workbook/>", "xl/x.xml": b"<x/>" + b" " * 100_000})
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    index, entry = data[start:end], data[data.find(b"PK\x01\x02", start + 1) : end]
    index += b"".join(entry.replace(b"xl/x.xml", b"xl/%05d" % number) for number in range(900))
    return data[:start] + index + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 902, 902, len(index), start, 0)


def nested() -> bytes:
    return files.zipped({"城市.xlsx": form()})


def bomb_of_rows() -> bytes:
    return before_data_end("<row/>" * 2_000_000)()


def bomb_of_shared_texts() -> bytes:
    return patched(STRINGS, ("</sst>", "<si><t>aaaaaaaa</t></si>" * 500_000 + "</sst>"))()


def long_text_in_many_cells() -> bytes:
    content = parts()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(20, 5_020))
    sheet = content[SHEET].decode().replace(DATA_END, rows + DATA_END)
    strings = content[STRINGS].decode().replace("<si>", f"<si><t>{'长' * 300_000}</t></si><si>", 1)
    return files.zipped(content | {SHEET: sheet.encode(), STRINGS: strings.encode()})


def many_styled_rows() -> bytes:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(20, 60_000))
    return before_data_end(rows)()


def dates_from_1904() -> bytes:
    content = parts()
    book = content[BOOK].decode().replace("<workbookPr ", '<workbookPr date1904="1" ')
    return files.zipped(content | {BOOK: book.encode()})


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FORMULA = '<c r="D12"><f>SUM(A1:A2)</f>{}</c>'
RICH = "<r><rPr><b/></rPr><t>是 </t></r><r><t>/ Yes</t></r>"
PHONETIC = '<t>是</t><rPh sb="0" eb="1"><t>シ</t></rPh><phoneticPr fontId="1"/>'
LINK = "xl/externalLinks/externalLink1.xml"
WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
ODS = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
TABLE = "<html><table><tr><td>代码 Code</td><td>答案 Answer</td></tr></table></html>"

REFUSED: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("zero bytes", lambda: b"", "EK224"),
    ("a bomb of rows", bomb_of_rows, "EK235"),
    ("a bomb of shared texts", bomb_of_shared_texts, "EK235"),
    ("a long text shown by many cells", long_text_in_many_cells, "EK235"),
    ("a cell at the far corner", before_data_end(FAR), "EK235"),
    (
        "a cell at the far corner behind a prefix",
        before_data_end(FAR.replace("<c", "<x:c").replace("/c", "/x:c")),
        "EK235",
    ),
    ("a cell in the last column", cell("D4", '<c r="XFD4"><v>1</v></c>'), "EK235"),
    ("a reference that is none", cell("D4", '<c r="D0"><v>1</v></c>'), "EK223"),
    ("a cell that stands twice", cell("D12", '<c r="D12"><v>1</v></c><c r="D12"><v>2</v></c>'), "EK223"),
    ("a row that stands twice", before_data_end('<row r="12"><c r="D12"><v>99</v></c></row>'), "EK223"),
    ("cut off in the first half", cut(0.4), "EK223"),
    ("cut off near its end", cut(0.99), "EK223"),
    ("a flipped byte in the sheet", flipped_in(SHEET), "EK223"),
    ("a flipped byte in the shared texts", flipped_in(STRINGS), "EK223"),
    ("external entity in the sheet", with_doctype(SHEET, XXE), "EK236"),
    ("external entity in the list of sheets", with_doctype(BOOK, XXE), "EK236"),
    ("a billion laughs", with_doctype(STRINGS, LAUGHS), "EK236"),
    ("a part that leads out of the workbook", with_parts({"../../evil.xml": "x"}), "EK223"),
    ("a part with an absolute name", with_parts({"/etc/cron.d/evil": "x"}), "EK223"),
    ("an entry that stands twice", entry_twice, "EK223"),
    ("an entry that lies about its size", lying_size, "EK223"),
    ("an encrypted entry", encrypted_entry, "EK223"),
    ("overlapping entries", overlapping_entries, "EK223"),
    ("a workbook within a zip archive", nested, "EK220"),
    ("a password to open", lambda: files.ole(encrypted=True), "EK222"),
    ("an OLE container without a workbook", lambda: files.ole(encrypted=False), "EK221"),
    ("a web page in disguise", lambda: TABLE.encode("gbk"), "EK220"),
    ("CSV in disguise", lambda: "代码,答案\nQ01,是\n".encode("gbk"), "EK220"),
    ("a binary workbook (.xlsb)", with_parts({"xl/workbook.bin": b"\0"}), "EK220"),
    ("an OpenDocument sheet (.ods)", lambda: files.zipped(ODS), "EK220"),
    ("a renamed Word document", lambda: files.zipped(WORD), "EK220"),
    ("a sheet in UTF-16", as_utf16(SHEET), "EK223"),
    ("a sheet that claims GBK", patched(SHEET, ("UTF-8", "GBK")), "EK223"),
    ("rows that are not well-formed", patched(SHEET, ("</row>", "</rows>")), "EK223"),
    ("shared texts that are not well-formed", patched(STRINGS, ("</sst>", "</si></sst>")), "EK223"),
    ("no shared texts", without(STRINGS), "EK223"),
    ("a shared text that does not exist", cell("D4", '<c r="D4" t="s"><v>9999</v></c>'), "EK223"),
    ("a sheet without its part", without(SHEET), "EK223"),
    ("no list of sheets", without(BOOK), "EK223"),
    ("two sheets of one name", patched(BOOK, ('name="效果 Effect"', 'name="能力 Capacity"')), "EK223"),
    ("a workbook of empty sheets", lambda: files.zipped(files.parts_of(files.sheet_xml(""))), "EK224"),
    ("a workbook without sheets", lambda: files.zipped(files.parts_of()), "EK224"),
)
"""Files that must not be read, with the one finding that says why."""

READ: tuple[Kind, ...] = (
    Kind("as it was sent", form, (), ALL_OK),
    Kind("wrong dimension", patched(SHEET, ('ref="A1:F12"', 'ref="A1"')), (), ALL_OK),
    Kind("a dimension to the far corner", patched(SHEET, ('ref="A1:F12"', 'ref="A1:XFD1048576"')), (), ALL_OK),
    Kind("rows out of order", reversed_rows, (), ALL_OK),
    Kind("60,000 styled rows without content", many_styled_rows, (), ALL_OK),
    Kind(
        "merged answers",
        saved(merge_answers),
        (),
        {"ok": 12, "blank": 2},
        {"Q04.web": "10", "Q04.phone": "", "Q04.total": ""},
    ),
    Kind("broken XML behind the rows", patched(SHEET, ("</worksheet>", "</worksheets>")), (), ALL_OK),
    Kind("a hidden sheet of answers", saved(hide("hidden")), (), ALL_OK),
    Kind("a very hidden sheet of answers", saved(hide("veryHidden")), (), ALL_OK),
    Kind("renamed sheets", saved(other_names), (), ALL_OK),
    # Q01 counts for nothing, so what depends on it is skipped
    Kind("a copied sheet", saved(copied_sheet), ("EK234",) * 9 + ("EK209",) * 4, {"ok": 2, "skipped": 4, "invalid": 8}),
    Kind("a doubled row", saved(double_row), ("EK234",), {"ok": 13, "invalid": 1}),
    Kind("codes in lower case", saved(lower_case_codes), (), ALL_OK),
    Kind("zip64", lambda: files.as_zip64(form()), (), ALL_OK),
    Kind("stored without compression", lambda: files.zipped(parts(), zipfile.ZIP_STORED), (), ALL_OK),
    Kind("a formula without its result", cell("D12", FORMULA.format("")), ("EK211",), {"ok": 13, "error": 1}),
    Kind("a formula with its result", cell("D12", FORMULA.format("<v>5</v>")), (), ALL_OK, {"Q05": "5"}),
    Kind(
        "an error value",
        cell("D12", '<c r="D12" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        ("EK208",),
        {"ok": 13, "error": 1},
    ),
    Kind(
        "an error value of newer programs",
        cell("D12", '<c r="D12" t="e"><v>#SPILL!</v></c>'),
        ("EK208",),
        {"ok": 13, "error": 1},
    ),
    Kind("an error value as text", answered("Q05", "#REF!"), ("EK208",), {"ok": 13, "error": 1}),
    Kind("an inline text", cell("D4", inline("<t>是</t>")), (), ALL_OK, {"Q01": "yes"}),
    Kind("a rich text", cell("D4", inline(RICH)), (), ALL_OK, {"Q01": "yes"}),
    Kind("a text with its pronunciation", cell("D4", inline(PHONETIC)), (), ALL_OK, {"Q01": "yes"}),
    Kind("a formula as text", cell("D12", inline("<t>=1+1</t>", "D12")), ("EK203",), {"ok": 13, "invalid": 1}),
    Kind("a comment with a payload", saved(comment), (), ALL_OK),
    Kind("macros", with_parts({"xl/vbaProject.bin": b"\0"}), ("EK238",), ALL_OK),
    Kind("links to other files", with_parts({LINK: "<externalLink/>"}), ("EK244",), ALL_OK),
    Kind("protected sheets", saved(protected), (), ALL_OK),
    Kind("a chart sheet", saved(chart_sheet), (), ALL_OK),
    Kind("dates that count from 1904", dates_from_1904, (), ALL_OK, {"Q06": "2024-11-02"}),
    Kind("a date in place of a number", answered("Q05", dt.date(2020, 11, 1)), ("EK207",), {"ok": 13, "invalid": 1}),
    Kind("a percent sign", answered("Q05", "９５．１％"), ("EK214",), ALL_OK, {"Q05": "95.1"}),
    Kind("blanks of other kinds", answered("Q01", "\u3000是\xa0"), ("EK216",), ALL_OK, {"Q01": "yes"}),
    Kind("control characters", cell("D4", inline("<t>_x0007_是&#9;</t>")), ("EK216",), ALL_OK, {"Q01": "yes"}),
    Kind("a line break in an answer", answered("Q07", "一\n二"), (), ALL_OK, {"Q07": "一 二"}),
)
"""Files that are read, with what must be said of them and what they answer."""

KINDS = (*(Kind(name, make, (code,)) for name, make, code in REFUSED), *READ)
