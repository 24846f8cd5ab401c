from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.problems import Problem
from evalkit.sources.register import Register, find_unit, read_register
from tests.sources.test_tables import workbook

CITIES = "unit,name,aliases,class\nGZ,广州市,穗|羊城,副省级\n007,NA,,None\n"


def read(folder: Path, data: str | bytes, name: str = "units.csv") -> tuple[Register | None, list[Problem]]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_register(path, name)


def good(folder: Path, data: str | bytes, name: str = "units.csv") -> Register:
    register, problems = read(folder, data, name)
    assert problems == []
    assert register is not None
    return register


def refused(folder: Path, data: str | bytes, name: str = "units.csv") -> list[str]:
    register, problems = read(folder, data, name)
    assert register is None
    return [each.code for each in problems]


@pytest.mark.parametrize(
    "text", ["GZ", "gz", "ＧＺ", "广州市", "广州", "穗", "羊城", " 广\u3000州 市 ", "广州市\u200b", "\ufeff广州"]
)
def test_a_unit_by_any_of_its_names(tmp_path: Path, text: str) -> None:
    register = good(tmp_path, CITIES)
    assert register.find(text) == "GZ"
    assert find_unit(register.frame, text) == "GZ"


@pytest.mark.parametrize("text", ["", " ", "市", "广", "深圳", "穗|羊城"])
def test_other_words_are_no_unit(tmp_path: Path, text: str) -> None:
    register = good(tmp_path, CITIES)
    assert register.find(text) is None
    assert find_unit(register.frame, text) is None


def test_all_is_text(tmp_path: Path) -> None:
    register = good(tmp_path, CITIES)
    assert register.units == ("GZ", "007")
    assert register.names == {"GZ": "广州市", "007": "NA"}
    assert register.frame.to_dict("list") == {
        "unit": ["GZ", "007"], "name": ["广州市", "NA"], "aliases": ["穗|羊城", ""], "class": ["副省级", "None"],
    }  # fmt: skip


def test_cells_are_trimmed(tmp_path: Path) -> None:
    register = good(tmp_path, "unit , name\n GZ, 广州市 \n")
    assert register.names == {"GZ": "广州市"}


def test_blanks_and_characters_that_are_not_seen_are_trimmed_and_noted(tmp_path: Path) -> None:
    text = "unit,\u200bname ,class\nGZ,\u3000广州市 ,\xa0副省级\nSZ,深圳市,副\u200b省级\x07\n"
    register, [found] = read(tmp_path, text)
    assert register is not None
    assert register.names == {"GZ": "广州市", "SZ": "深圳市"}
    assert list(register.frame["class"]) == ["副省级"] * 2
    assert (found.code, found.place.line, dict(found.params)["count"]) == ("EK217", 2, "3")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert good(tmp_path, CITIES.encode(encoding)).find("羊城") == "GZ"


def test_a_rare_character_of_gb18030(tmp_path: Path) -> None:
    assert good(tmp_path, "unit,name\nX,䶮市\n".encode("gb18030")).find("䶮市") == "X"


def test_an_excel_register(tmp_path: Path) -> None:
    data = workbook(
        ("unit", "name", "aliases", "population"), ("GZ", "广州市", "穗｜羊城", 18_000_000), ("007", "NA", None, 0.5)
    )
    register = good(tmp_path, data, "units.xlsx")
    assert register.units == ("GZ", "007")
    assert list(register.frame["population"]) == ["18000000", "0.5"]
    assert register.find("羊城") == "GZ"


def test_two_units_that_claim_one_alias(tmp_path: Path) -> None:
    data = "unit,name,aliases\nGZ,广州市,穗\nSZ,深圳市,穗|鹏城\n"
    register, (problem,) = read(tmp_path, data)
    assert register is None
    assert (problem.code, problem.severity) == ("EK212", "error")
    assert (problem.place.line, problem.place.unit) == (3, "SZ")
    assert dict(problem.params) == {"alias": "穗", "first": "GZ", "second": "SZ"}


def test_an_alias_that_is_the_id_or_the_name_of_another_unit(tmp_path: Path) -> None:
    assert refused(tmp_path, "unit,name,aliases\nGZ,广州市,\nSZ,深圳市,gz|广州市\n") == ["EK212", "EK212"]


def test_ids_that_differ_in_width_or_case_only(tmp_path: Path) -> None:
    assert refused(tmp_path, "unit,name\nu1,甲市\nＵ1,乙市\n") == ["EK212"]


def test_short_names_that_collide_are_nobodys(tmp_path: Path) -> None:
    register = good(tmp_path, "unit,name\nA,海南省\nB,海南州\nC,朝阳区\nD,朝阳市\nE,西湖区\n")
    assert [register.find(text) for text in ("海南", "朝阳", "西湖")] == [None, None, "E"]
    assert [register.find(text) for text in ("海南省", "海南州", "朝阳区")] == ["A", "B", "C"]


def test_a_short_name_yields_to_who_bears_it(tmp_path: Path) -> None:
    register = good(tmp_path, "unit,name,aliases\nA,吉林省,\nB,吉林市,吉林\n")
    assert register.find("吉林") == "B"


def test_a_name_of_two_characters_is_not_shortened(tmp_path: Path) -> None:
    assert good(tmp_path, "unit,name\nA,沙市\n").find("沙") is None


def test_an_alias_given_twice_for_one_unit(tmp_path: Path) -> None:
    assert good(tmp_path, "unit,name,aliases\nGZ,广州市,广州|广州市|gz|\n").find("广州") == "GZ"


@pytest.mark.parametrize(
    ("stem", "unit"),
    [
        ("GZ 广州市", "GZ"),
        ("广州市-2020年调查问卷", "GZ"),
        ("【回复】羊城（3）", "GZ"),
        ("001 广州", "GZ"),
        ("007", "007"),
        ("问卷 007", None),
        ("广州 深圳", None),
        ("问卷", None),
        ("", None),
    ],
)
def test_a_unit_in_a_file_name(tmp_path: Path, stem: str, unit: str | None) -> None:
    register = good(tmp_path, "unit,name,aliases\nGZ,广州市,羊城\nSZ,深圳市,\n007,第七市,\n001,第一市,\n")
    assert register.find_in_file_name(stem) == unit


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ("", ["EK250"]),
        ("unit,name\n", ["EK245"]),
        ("unit\nGZ\n", ["EK201"]),
        ("id,title\nGZ,广州\n", ["EK201", "EK201"]),
        ("unit,name\nGZ,广州\nGZ,深圳\n", ["EK202"]),
        ("unit,name\n,广州\n", ["EK248"]),
        ("unit,name\nGZ,\n", ["EK248"]),
        ("unit,name,name\nGZ,广州,x\n", ["EK251"]),
        ("unit,name\nGZ,#REF!\n", ["EK208"]),
        ("unit,name\n=,广州\n", ["EK211"]),
        ("unit,name\nGZ,广州,x\n", ["EK246", "EK245"]),
        (codecs.BOM_UTF8 + b"unit,name\n\xff,x\n", ["EK241"]),
    ],
)
def test_what_is_no_register(tmp_path: Path, data: str | bytes, codes: list[str]) -> None:
    assert refused(tmp_path, data) == codes


def test_findings_of_an_excel_register_name_sheet_and_cell(tmp_path: Path) -> None:
    data = workbook(("unit", "name"), ("GZ", "广州市"), ("SZ", " "), ("GZ", "x"))
    register, problems = read(tmp_path, data, "units.xlsx")
    assert register is None
    assert [(each.code, each.place.sheet, each.place.cell) for each in problems] == [
        ("EK248", "名册", "B3"),
        ("EK202", "名册", "A4"),
    ]


def test_a_missing_register(tmp_path: Path) -> None:
    register, (problem,) = read_register(tmp_path / "units.csv", "units.csv")
    assert (register, problem.code) == (None, "EK001")


NAMES = st.text(st.sampled_from("甲乙丙市区州aA1"), min_size=1, max_size=4)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_a_register_that_is_accepted_finds_every_unit_by_id_and_name(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    register, problems = read(folder, "unit,name\n" + "".join(f"{unit},{name}\n" for unit, name in rows))
    assert (register is None) == bool(problems)
    if register is not None:
        assert [register.find(unit) for unit, _ in rows] == [unit for unit, _ in rows]
        assert [register.find(name) for _, name in rows] == [unit for unit, _ in rows]
