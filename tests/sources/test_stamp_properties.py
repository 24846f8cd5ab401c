from __future__ import annotations

import io
import zipfile

import pytest

from evalkit.definitions.form import Stamp, stamp
from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.reports.template import write_form
from evalkit.sources.stamp_properties import stamp_in_properties
from tests.sources.hostile_files import book
from tests.sources.returned_forms import edited, form, questionnaire

PART = "docProps/custom.xml"
PROPERTY = '<property name="evalkit_questionnaire"><lpwstr>small</lpwstr></property>'


def with_properties(content: bytes) -> bytes:
    """A form with other properties."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form())) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == PART else source.read(name))
    return stream.getvalue()


def found(data: bytes) -> Stamp | None:
    return stamp_in_properties(data, Place())


def test_the_stamp_is_read_as_it_was_written() -> None:
    assert found(form()) == stamp(questionnaire(), "GZ")
    assert found(form("")) == stamp(questionnaire(), "")


def test_it_survives_another_program() -> None:
    assert found(edited(form(), lambda _: None)) == stamp(questionnaire(), "GZ")


def test_a_unit_with_signs_of_xml() -> None:
    stream = io.BytesIO()
    write_form(questionnaire(), stream, unit="<甲>&\"乙'")
    read = found(stream.getvalue())
    assert read is not None
    assert read.unit == "<甲>&\"乙'"


def test_a_part_of_the_stamp_is_enough() -> None:
    assert found(with_properties(f"<Properties>{PROPERTY}</Properties>".encode())) == Stamp("small", "", "", "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<Properties/>",
        b"<Properties><property/></Properties>",
        b"<Properties><property name='evalkit_unit'><lpwstr>GZ</lpwstr></property></Properties>",
        b"<Properties>",
        f"<!DOCTYPE x><Properties>{PROPERTY}</Properties>".encode(),
        f"<Properties>{PROPERTY}{' ' * 70_000}</Properties>".encode(),
        f'<?xml version="1.0" encoding="gbk"?><Properties>{PROPERTY}</Properties>'.encode("gbk"),
    ],
)
def test_without_a_stamp_that_can_be_read_there_is_none(content: bytes) -> None:
    assert found(with_properties(content)) is None


def test_a_workbook_without_properties_or_over_a_limit() -> None:
    assert found(book("")) is None
    assert found(b"PK") is None
    assert stamp_in_properties(form(), Place(), Limits(parts=3)) is None
