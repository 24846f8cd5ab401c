from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.definitions.yaml_source import MAX_BYTES, MAX_DEPTH, parse_yaml, read_yaml
from evalkit.problems import Place, Problem

law = settings(deadline=None)


def parse(text: str | bytes) -> tuple[Any, list[Problem]]:
    document, problems = parse_yaml(text.encode() if isinstance(text, str) else text, "f.yaml")
    return (None if document is None else document.value), problems


def only(problems: list[Problem]) -> tuple[str, int | None, int | None]:
    (found,) = problems
    return found.code, found.place.line, found.place.column


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\r\nb: 甲\r\n", {"a": 1, "b": "甲"}),  # line ends of Windows
        ("\ufeffa: 1\n", {"a": 1}),  # byte order mark
        ("a: 1\t\nb:\t2\t# c\n", {"a": 1, "b": 2}),  # tabs after values
        ("a: 1\n...\n", {"a": 1}),
        ("%YAML 1.1\n---\na: no\n", {"a": "no"}),
        ("1: a\ntrue: b\n2020-11-01: c\nno: d\n", {"1": "a", "true": "b", "2020-11-01": "c", "no": "d"}),
        ("a: '5'\nb: \"true\"\nc: |\n  7\nd: >-\n  8\n", {"a": "5", "b": "true", "c": "7\n", "d": "8"}),
        ("a:\nb: ~\nc: null\n", {"a": None, "b": None, "c": None}),
        ("a: {<<: b}\n", {"a": {"<<": "b"}}),  # no merging
        ("- 1\n- [2, x]\n", [1, [2, "x"]]),
        ("12:30", "12:30"),
        ("text: app：说明\n", {"text": "app：说明"}),  # a full-width colon in text is text
        ("'a：b': 1\n", {"a：b": 1}),  # and in a quoted key
    ],
)
def test_reads_plain_values(text: str, value: object) -> None:
    assert parse(text) == (value, [])


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "# only a comment\n", "---\n", "~", "null\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    value, problems = parse(text)
    assert value is None
    assert only(problems) == ("EK114", None, None)


@pytest.mark.parametrize(
    "text", ["a: 1\n---\nb: 2\n", "---\na: 1\n---\n", "--- a\n--- b\n", "a: 1\n---\na: 1\n---\na: 1\n"]
)
def test_a_second_document_is_a_finding(text: str) -> None:
    value, problems = parse(text)
    assert value is None
    assert only(problems)[0] == "EK101"
    assert "(---)" in problems[0].message("zh")
    assert "second document" in problems[0].message("en")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[" * 100_000, "EK108"),
        (b"{a: " * 100_000, "EK108"),
        (b"- " * 100_000, "EK108"),
        (b"? " * 100_000, "EK108"),
        (b"a: " + b"[" * 100_000 + b"]" * 100_000, "EK108"),
        (b"x" * (MAX_BYTES + 1), "EK115"),
        (b"[" * (MAX_BYTES + 1), "EK115"),
        (b"[" * MAX_BYTES, "EK108"),
        ("姓名".encode("gbk"), "EK110"),
        ("a: 1".encode("utf-16"), "EK110"),
        (b"\xed\xa0\x80", "EK110"),
        (b"a: \x00", "EK101"),
        (b"PK\x03\x04\x14\x00", "EK101"),
        (b"a: *b\n", "EK107"),
        (b"a: &b\n", "EK107"),
        (b"a: & b\n", "EK101"),
        (b"a: !!python/object/apply:os.system [ls]\n", "EK107"),
        (b"!foo\na: 1\n", "EK107"),
        (b"%TAG ! tag:x,2000:\n---\na: !b 1\n", "EK107"),
        (b"%FOO\n---\na: 1\n", "EK101"),
        (b"a: '" + b"x" * 1_000_000, "EK101"),
        (b'a: "\\q"\n', "EK101"),
        (b'a: "\\ud800"\n', "EK101"),
        (b"a: @b\n", "EK101"),
        (b"a: 1\n b: 2\n", "EK101"),
        (b"\ta: 1\n", "EK111"),
        (b"a:\n \tb: 1\n", "EK111"),
        (b"a: |\n \tb\n", "EK111"),
    ],
)
def test_hostile_bytes_give_one_finding_and_no_exception(data: bytes, code: str) -> None:
    value, problems = parse(data)
    assert value is None
    assert [each.code for each in problems] == [code]


def test_the_limits_themselves_are_allowed() -> None:
    deepest = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert parse(f"a: {deepest}")[1] == []
    assert only(parse(f"a: [{deepest}]")[1]) == ("EK108", 1, 3 + MAX_DEPTH)
    assert parse(b"#" + b"x" * (MAX_BYTES - 1))[1][0].code == "EK114"


def test_every_repeated_key_is_told_and_the_first_one_stays() -> None:
    value, problems = parse("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n")
    assert value == {"a": 1, "b": {"c": 1}}
    assert [(each.code, each.place.line, each.place.column, dict(each.params)) for each in problems] == [
        ("EK106", 2, 11, {"key": "c", "first": "2"}),
        ("EK106", 3, 1, {"key": "a", "first": "1"}),
        ("EK106", 4, 1, {"key": "a", "first": "1"}),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("id：x\nname: y\n", 1, 3),
        ("a: 1\nid：x\nname: y\n", 2, 3),
        ("a:\n  - id：x\n    name: y\n", 2, 7),
        ("Q01： 1\nb: 2\n", 1, 4),
        ("是：100\n否: 0\n", 1, 2),
        ("name：\n  zh: 甲\n", 1, 5),
        ("a: {zh： 甲, en: x}\n", 1, 7),
        ("a: {zh： [甲], en: x}\n", 1, 7),
    ],
)
def test_a_full_width_colon_after_a_key_is_found(text: str, line: int, column: int) -> None:
    assert only(parse(text)[1]) == ("EK109", line, column)


@pytest.mark.parametrize("text", ["? [a]\n: 1\n", "? {a: 1}\n: 1\n", "{[a]: 1}\n", "a: {{b: c}: d}\n"])
def test_a_key_that_is_no_text_is_a_finding(text: str) -> None:
    _, problems = parse(text)
    assert [each.code for each in problems] == ["EK101"]
    assert problems[0].message("en") == "YAML syntax error: a key must be text"


def test_positions_count_characters_from_one() -> None:
    document, _ = parse_yaml("名称: 甲\n表:\n  - {键: 值, 又: [一, 二]}\n".encode(), "f.yaml")
    assert document is not None
    assert document.place(("名称",)) == Place(file="f.yaml", line=1, column=5)
    assert document.place(("表", 0, "又", 1)) == Place(file="f.yaml", line=3, column=19)
    assert document.place(("表", 0, "又"), of_key=True) == Place(file="f.yaml", line=3, column=12)
    assert document.place(("表", 0, "没有", 7), of_key=True) == Place(file="f.yaml", line=3, column=5)
    assert document.place(()) == Place(file="f.yaml", line=1, column=1)


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    assert only(read_yaml(tmp_path / "none.yaml", "none.yaml")[1])[0] == "EK001"
    assert only(read_yaml(tmp_path, "folder")[1])[0] == "EK011"


@law
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_raise(data: bytes) -> None:
    value, problems = parse(data)
    assert value is not None or problems
    for each in problems:
        assert each.message("zh")
        assert each.message("en")


@law
@given(st.text(alphabet="ab：: -\t\n[]{},\"'&*!|>%@#?~01", max_size=40))
def test_no_text_made_of_the_signs_of_yaml_raises(text: str) -> None:
    value, problems = parse(text)
    assert value is not None or problems


PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cc"]), max_size=10)
TEXTS = st.recursive(
    PRINTABLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PRINTABLE, inner, max_size=3),
    max_leaves=8,
)


@law
@given(st.dictionaries(PRINTABLE, TEXTS, min_size=1))
def test_what_another_writer_quotes_is_read_back(value: dict[str, Any]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"', width=10**6)
    assert parse(text) == (value, [])


@law
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_shortest_text_of_a_float_gives_the_float(number: float) -> None:
    value, problems = parse(f"a: {number!r}")
    assert problems == []
    assert value["a"] == number
    assert math.copysign(1, value["a"]) == math.copysign(1, number)
