"""What may not be opened whole though its cells may be read."""

from __future__ import annotations

import io
import zipfile

import pytest

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources import editable, workbook
from evalkit.sources.editable import MOST_SPANNED, refusal
from tests.sources.returned_forms import form

PLACE = Place("广州.xlsx", unit="GZ")
COMMENTS = "xl/comments1.xml"


def with_part(name: str, content: bytes, data: bytes | None = None) -> bytes:
    """A form with one part more."""
    stream = io.BytesIO(form() if data is None else data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def code_of(data: bytes, limits: Limits | None = None) -> str | None:
    found = refusal(data, PLACE, limits)
    return None if found is None else found.code


def test_a_form_may_be_opened() -> None:
    assert refusal(form(), PLACE) is None


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        (COMMENTS, b'<!DOCTYPE x [<!ENTITY a "b">]><comments/>', "EK236"),
        (COMMENTS, '<?xml version="1.0" encoding="UTF-16"?><comments/>'.encode("utf-16"), "EK223"),
        ("xl/tables/table1.xml", b'<table ref="A1:XFD1048576"/>', "EK235"),
        ("xl/tables/table1.xml", b"<table ref='A1:XFD1048576'/>", "EK235"),
        ("xl/tables/table1.xml", b'<table ref="A:XFD"/>', "EK235"),
        ("xl/tables/table1.xml", b'<table ref="A1&#58;XFD1048576"/>', "EK235"),
        ("xl/worksheets/other.xml", b'<mergeCell ref="$A$1:$CV$1000"/><mergeCell ref="A1:CV1001"/>', "EK235"),
    ],
)
def test_what_the_guard_left_packed_is_looked_at(name: str, content: bytes, code: str) -> None:
    data = with_part(name, content)
    book, _ = workbook.read(data, PLACE)
    assert book is not None, "the guard lets it pass"
    found = refusal(data, PLACE)
    assert found is not None
    assert (found.code, found.place) == (code, PLACE)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/tables/table1.xml", b'<table ref="A1:J1000"/>'),
        ("xl/worksheets/other.xml", b'<dimension ref="A1:XFD1048576"/><hyperlink ref="A1"/>'),
        ("xl/media/image1.png", b"\x89PNG\x00<!DOCTYPE"),
        ("xl/vbaProject.bin", b"\x00<!DOCTYPE"),
    ],
)
def test_what_does_no_harm_may_stay(name: str, content: bytes) -> None:
    assert code_of(with_part(name, content)) is None


def test_areas_are_counted_together() -> None:
    half = f'<mergeCell ref="A1:A{MOST_SPANNED // 2}"/>'.encode()
    assert code_of(with_part("xl/worksheets/other.xml", half)) is None
    assert code_of(with_part("xl/worksheets/other.xml", half * 3)) == "EK235"


def test_so_much_xml_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_part(COMMENTS, b"<comments>" + b" " * 200_000 + b"</comments>")
    assert code_of(data) is None
    monkeypatch.setattr(editable, "MOST_XML", 200_000)
    found = refusal(data, PLACE)
    assert found is not None
    params = dict(found.params)
    assert int(params["found"]) > int(params["limit"]) == 200_000


def test_a_part_that_lies_about_itself() -> None:
    data = bytearray(with_part(COMMENTS, b"<comments>" + bytes(range(48, 122)) * 9 + b"</comments>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo(COMMENTS)
    data[entry.header_offset + 30 + len(COMMENTS) + 12] ^= 0xFF
    assert code_of(bytes(data)) == "EK223"


def test_limits_of_the_container_hold_here_too() -> None:
    assert code_of(form(), Limits(parts=3)) == "EK235"
    assert code_of(b"PK\x05\x06") == "EK223"
