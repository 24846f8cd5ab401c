from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.problems import Place, Problem
from evalkit.sources.delimited import Table, read, read_blocks, read_records
from evalkit.sources.formula_text import original, protected

PLACE = Place(file="units.csv")


def table(data: bytes | str) -> Table:
    found, problems = read(data.encode() if isinstance(data, str) else data, PLACE)
    assert found is not None
    assert problems == []
    return found


def codes(data: bytes | str) -> list[tuple[str, int | None]]:
    found, problems = read(data.encode() if isinstance(data, str) else data, PLACE)
    assert found is None
    assert all("{" not in each.message() + each.hint() for each in problems)
    return [(each.code, each.place.line) for each in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_told_apart(encoding: str) -> None:
    found = table("unit,name\n01,䶮城市\n".encode(encoding))
    assert found == Table(("unit", "name"), [(2, ["01", "䶮城市"])])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_told_from_the_header(separator: str) -> None:
    found = table(separator.join(("unit", '"a,b;c,d;e,f;g"', "name")) + "\n" + separator.join("123") + "\n")
    assert found == Table(("unit", "a,b;c,d;e,f;g", "name"), [(2, ["1", "2", "3"])])


def test_values_stay_text_as_they_stand() -> None:
    values = ["007", "NA", "None", "null", "1e3", "９５．１％", " x ", "-", "TRUE"]
    header = ",".join(f"c{number}" for number in range(len(values)))
    assert table(header + "\n" + ",".join(values)).rows == [(2, values)]


def test_lines_are_counted_through_blank_ones_and_breaks_in_quotes() -> None:
    found = table('\r\n a , b \r\n\r\n1,"x\r\ny"\r\n,\r\n2\r\n')
    assert found == Table(("a", "b"), [(4, ["1", "x\ny"]), (7, ["2", ""])])


def test_a_row_with_too_many_cells_is_named_and_left_out() -> None:
    found, problems = read(b"a,b\n1,2,3\n4,5,,\n", PLACE)
    assert found == Table(("a", "b"), [(3, ["4", "5"])])
    assert [(each.code, each.place.line, dict(each.params)) for each in problems] == [
        ("EK246", 2, {"found": "3", "expected": "2"})
    ]


def test_empty_columns_at_the_end_are_dropped() -> None:
    assert table("a,b,,\n1,2,,\n") == Table(("a", "b"), [(2, ["1", "2"])])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("EK250", 1)]),
        (b"\xef\xbb\xbf\n \n", [("EK250", 1)]),
        (b"a,b\n\xff\xff\xff\n", [("EK241", None)]),
        (b"\xef\xbb\xbfa,b\n\xc4\xe3\n", [("EK241", None)]),
        (b"PK\x03\x04\x00\x00", [("EK247", None)]),
        (b'a,b\n1,"x\n2,y\n', [("EK249", 2)]),
        (b'a,b\n1,"x"y\n', [("EK249", 2)]),
        ("a,b\n1," + "长" * 200_000 + "\n", [("EK249", 2)]),
        (b"a,b,a\n1,2,3\n", [("EK251", 1)]),
    ],
)
def test_what_is_no_table_is_refused(data: bytes | str, expected: list[tuple[str, int | None]]) -> None:
    assert codes(data) == expected


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1), st.sampled_from([",", ";", "\t"]))
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str, str]], separator: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows([("x", "y", "z"), *rows])
    expected = [[*map(original, row)] for row in rows if any(cell.strip() for cell in row)]
    assert [cells for _, cells in table(stream.getvalue()).rows] == expected


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@A1", "'=1", "-5", "'quoted'"])
def test_text_that_was_protected_from_spreadsheets_is_read_as_it_was(text: str) -> None:
    assert table(f"{protected(text)},b\n{protected(text)},x\n") == Table((text, "b"), [(2, [text, "x"])])


@given(st.binary(max_size=200))
def test_any_bytes_raise_nothing(data: bytes) -> None:
    found, problems = read(data, PLACE)
    assert found is not None or problems


def in_blocks(data: bytes, size: int) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    problems: list[Problem] = []
    blocks = list(read_blocks(data, PLACE, problems, size))
    assert all(len(lines) == len(records) <= size for lines, records in blocks)
    return [each for lines, records in blocks for each in zip(lines, records, strict=True)], problems


def one_by_one(data: bytes) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    problems: list[Problem] = []
    return list(read_records(data, PLACE, problems)), problems


@given(st.lists(st.sampled_from(["a,b", "", ",", " , ", '"x\ny",z', '"\n\n"', "长,1", "1,2,3"])), st.integers(1, 5))
def test_blocks_hold_the_same_records_on_the_same_lines(rows: list[str], size: int) -> None:
    data = "\r\n".join(rows).encode("gb18030")
    assert in_blocks(data, size) == one_by_one(data)


@given(
    st.text(st.sampled_from("ab,;\t \r\n长"), max_size=60),
    st.integers(1, 5),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_blocks_of_a_text_without_quotes_hold_the_same(text: str, size: int, encoding: str) -> None:
    assert in_blocks(text.encode(encoding), size) == one_by_one(text.encode(encoding))


@pytest.mark.parametrize("long", [99_990, 100_010, 131_072, 131_073, 400_000])
def test_blocks_of_long_lines_hold_the_same(long: int) -> None:
    for line in ("x" * long, "x," * (long // 2), "长" * long):
        data = f"a,b\n1,2\n{line}\n3,4\n".encode()
        found, problems = in_blocks(data, 2)
        expected, others = one_by_one(data)
        assert problems == others
        assert found == (expected[: len(found)] if problems else expected)


@given(st.binary(max_size=200), st.integers(1, 5))
def test_blocks_of_any_bytes_find_the_same_and_hold_no_more(data: bytes, size: int) -> None:
    found, problems = in_blocks(data, size)
    expected, others = one_by_one(data)
    assert problems == others
    assert found == (expected[: len(found)] if problems else expected)
