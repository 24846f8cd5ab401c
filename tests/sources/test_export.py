"""Exports of survey platforms: the same answers from every platform, and what is wrong in a table of answers.

All exports are made up, after the forms that the profiles describe; none is a file of a real survey.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalkit import library
from evalkit.definitions.exports import Export
from evalkit.definitions.form import ERROR_VALUES
from evalkit.definitions.limits import Limits
from evalkit.definitions.platform import Platform
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.validation import load_definition
from evalkit.observations import STATUSES
from evalkit.problems import NOWHERE, Problem
from evalkit.reports.xlsform_names import field_keys, field_names
from evalkit.sources.cell_text import normalise
from evalkit.sources.export import read_export
from evalkit.sources.export_headings import Absent, Headings, Meant
from evalkit.sources.register import Register
from evalkit.sources.respondents import STATES, ReadExport
from evalkit.sources.survey import FileAccount
from tests.sources.platform_exports import (
    BLANK,
    FORM,
    PEOPLE,
    PLATFORMS,
    SKIPPED,
    Kobo,
    LimeSurvey,
    Long,
    Person,
    Wide,
    WjxNumber,
    WjxText,
    as_csv,
    plain,
    questionnaire,
    write_xlsx,
)

UNITS = ("U1", "U2", "U3", "U4")
CITY = "您所在的城市"


@cache
def profile(name: str) -> Platform:
    path, _ = library.find(f"builtin:{name}", "platform", Path(), NOWHERE)
    assert path is not None
    loaded, problems = load_definition(path, path.name, Platform)
    assert problems == []
    assert loaded is not None
    return loaded[0]


def register() -> Register:
    names = {"u1": "U1", "u2": "U2", "u3": "U3", "u4": "U4", "甲市": "U1", "乙市": "U2"}
    return Register(pd.DataFrame({"unit": UNITS, "name": ["甲市", "乙市", "丙市", "丁市"]}, dtype="str"), names)


Read = Callable[..., tuple[ReadExport, list[Problem]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write rows as CSV or xlsx and read them by a profile."""

    def made(
        rows: Sequence[Sequence[str]] | bytes,
        name: str,
        *,
        form: Questionnaire | None = None,
        ending: str = "csv",
        **keys: Any,  # noqa: ANN401 - any key of an export
    ) -> tuple[ReadExport, list[Problem]]:
        (found, account), problems = read_any(tmp_path, rows, name, form=form, ending=ending, **keys)
        assert account.state == "read"
        assert found is not None
        assert sum(account.counts) == account.expected == len(found.lines) * len(questionnaire().cell_keys)
        return found, problems

    return made


def read_any(
    folder: Path,
    rows: Sequence[Sequence[str]] | bytes,
    name: str,
    *,
    form: Questionnaire | None = None,
    ending: str = "csv",
    **keys: Any,  # noqa: ANN401 - any key of an export
) -> tuple[tuple[ReadExport | None, FileAccount], list[Problem]]:
    path = folder / f"answers.{ending}"
    if isinstance(rows, bytes):
        path.write_bytes(rows)
    elif ending == "xlsx":
        write_xlsx(path, [list(row) for row in rows])
    else:
        path.write_bytes(as_csv([list(row) for row in rows]))
    export = Export.model_validate({"file": path.name, "profile": name, **keys})
    return read_export((path, path.name), export, profile(name), form or questionnaire(), register())


def answers(found: ReadExport) -> dict[str, dict[str, tuple[str, str]]]:
    """Status and value of every answer, by respondent and key."""
    result: dict[str, dict[str, tuple[str, str]]] = {str(respondent): {} for respondent in found.respondents}
    for column in found.columns:
        values, statuses = column.value_texts(), column.statuses.tolist()
        for respondent, value, status in zip(found.respondents, values, statuses, strict=True):
            result[respondent][column.key] = (STATUSES[status], value)
    return result


def expected(person: Person) -> dict[str, tuple[str, str]]:
    """What a person's answers are read as, whatever platform they come from."""
    result = {}
    for question in questionnaire().questions.values():
        for key in question.keys:
            answer = person[question.code if question.type == "multiple" else key]
            if isinstance(answer, frozenset):
                result[key] = ("ok", str(int(key.partition(".")[2] in answer)))
            elif answer in {BLANK, SKIPPED}:
                result[key] = ("blank" if answer == BLANK else "skipped", "")
            else:
                result[key] = ("ok", plain(answer))
    return result


def codes(problems: Sequence[Problem]) -> list[str]:
    return [each.code for each in problems]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", PLATFORMS)
def test_one_set_of_answers_is_the_same_from_every_platform(name: str, ending: str, read: Read) -> None:
    writer, city = PLATFORMS[name]
    found, problems = read(writer().table(), name, ending=ending, **({} if city is None else {"unit": city}))
    assert problems == []
    assert answers(found) == {number: expected(person) for number, _, person in PEOPLE}
    assert [UNITS[unit] for unit in found.units] == [unit for _, unit, _ in PEOPLE]
    assert {STATES[state] for state in found.states} == {"used"}
    assert found.weights.tolist() == [1.0] * len(PEOPLE)


def test_every_cell_says_where_it_stands(read: Read) -> None:
    found, _ = read(WjxText().table(), "wjx-text", unit=CITY, ending="xlsx")
    assert found.sheet == "Sheet1"
    cells = {column.key: column.cells().tolist() for column in found.columns}
    assert cells["Q1"] == ["H2", "H3", "H4", "H5", "H6"]
    assert cells["Q3.web"] == cells["Q3.app"] == ["J2", "J3", "J4", "J5", "J6"]
    raws = {column.key: column.raw_texts().tolist() for column in found.columns}
    assert raws["Q3.other"][1] == "其他〖热线活动〗"
    assert raws["Q2"][2] == "(跳过)"


def test_in_a_long_table_every_answer_has_a_line_of_its_own(read: Read) -> None:
    found, _ = read(Long().table(), "long")
    cells = {column.key: column.cells().tolist() for column in found.columns}
    assert cells["Q1"][:2] == ["D2", "D9"]
    assert cells["Q2"][0] == "D3"
    rows = [row for row in Long().table() if row[:1] != ["2"] or row[2] != "Q4"]
    found, _ = read(rows, "long")
    column = next(each for each in found.columns if each.key == "Q4")
    assert (STATUSES[column.statuses[1]], column.cells()[1]) == ("blank", "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_that_occur(encoding: str, read: Read) -> None:
    found, problems = read(as_csv(WjxText().table(), encoding), "wjx-text", unit=CITY)
    assert problems == []
    assert answers(found)["5"] == expected(PEOPLE[4][2])


def test_csv_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (found, account), problems = read_any(tmp_path, b"\xff\x81\x30", "wide")
    assert (found, account.state, codes(problems)) == (None, "unreadable", ["EK241"])


def test_columns_may_stand_in_any_order(read: Read) -> None:
    rows = WjxText().table()
    turned = [row[::-1] for row in rows]
    found, problems = read(turned, "wjx-text", unit=CITY)
    assert problems == []
    assert answers(found) == {number: expected(person) for number, _, person in PEOPLE}


def test_an_unknown_option_is_a_finding_for_each_text_and_a_count_for_all(read: Read) -> None:
    rows = Wide().table()
    column = rows[0].index("Q2")
    rows[1][column] = rows[2][column] = rows[5][column] = "splendid"
    found, problems = read(rows, "wide")
    assert codes(problems) == ["EK204", "EK284"]
    assert (problems[0].place.line, problems[0].place.cell, problems[0].place.question) == (2, "D2", "Q2")
    assert dict(problems[1].params) == {"count": "3", "texts": "1"}
    assert answers(found)["1"]["Q2"] == ("invalid", "")


def test_an_unknown_option_among_several_makes_the_answer_invalid(read: Read) -> None:
    rows = WjxText().table()
    column = rows[0].index("3、您通过哪些渠道联系热线？")
    rows[1][column] = "电话┋电报"
    found, problems = read(rows, "wjx-text", unit=CITY)
    assert codes(problems) == ["EK204"]
    assert "电报" in problems[0].message("zh")
    assert {answers(found)["1"][f"Q3.{code}"][0] for code in ("phone", "web", "app", "other")} == {"invalid"}


def test_unknown_and_empty_units_are_left_out_with_their_count(read: Read) -> None:
    rows = Wide().table()
    rows[1][1], rows[2][1], rows[4][1] = "U9", "U9", ""
    found, problems = read(rows, "wide")
    assert [(each.code, dict(each.params)["count"], each.place.cell) for each in problems] == [
        ("EK285", "2", "B2"),
        ("EK285", "1", "B5"),
    ]
    assert [STATES[state] for state in found.states] == ["unassigned", "unassigned", "used", "unassigned", "used"]


def test_an_id_in_several_rows_counts_in_none(read: Read) -> None:
    rows = Wide().table()
    rows[3][0] = rows[1][0]
    found, problems = read(rows, "wide")
    assert codes(problems) == ["EK286"]
    assert dict(problems[0].params) == {"id": "1", "count": "2"}
    assert [STATES[state] for state in found.states] == ["duplicate", "used", "duplicate", "used", "used"]


def test_without_ids_the_number_of_the_row_serves(read: Read) -> None:
    found, problems = read([row[1:] for row in Wide().table()], "wide")
    assert codes(problems) == ["EK298"]
    assert found.respondents.tolist() == ["#2", "#3", "#4", "#5", "#6"]


def test_a_column_that_means_nothing_is_told(read: Read) -> None:
    rows = [[*row, "30" if number else "您的年龄"] for number, row in enumerate(Wide().table())]
    _, problems = read(rows, "wide")
    assert [(each.code, each.place.line, each.place.cell) for each in problems] == [("EK281", 1, "J1")]
    assert read(rows, "wide", ignore=["您的年龄"])[1] == []


def test_a_cell_beyond_the_headings_is_told(read: Read) -> None:
    rows = Wide().table()
    rows[2] += ["", "stray"]
    _, problems = read(rows, "wide")
    assert [(each.code, each.place.cell) for each in problems] == [("EK281", "K1")]


def test_a_question_without_a_column_is_blank_and_told(read: Read) -> None:
    rows = Wide().table()
    column = rows[0].index("Q4")
    found, problems = read([[*row[:column], *row[column + 1 :]] for row in rows], "wide")
    assert codes(problems) == ["EK289"]
    assert dict(problems[0].params) == {"count": "1", "codes": "Q4"}
    assert {each["Q4"] for each in answers(found).values()} == {("blank", "")}


def test_two_columns_of_one_question_count_neither(read: Read) -> None:
    rows = [[*row, "8" if number else "Q4"] for number, row in enumerate(Wide().table())]
    found, problems = read(rows, "wide")
    assert codes(problems) == ["EK282"]
    assert {each["Q4"] for each in answers(found).values()} == {("invalid", "")}


def test_a_number_that_does_not_fit_its_text_is_not_guessed(read: Read) -> None:
    rows = WjxText().table()
    column = rows[0].index("4、您等了几分钟？")
    rows[0][column] = "4、您的年龄是？"
    found, problems = read(rows, "wjx-text", unit=CITY)
    assert codes(problems) == ["EK283", "EK289"]
    assert {each["Q4"] for each in answers(found).values()} == {("blank", "")}
    _, problems = read(rows, "wjx-text", unit=CITY, questions={"Q4": "4、您的年龄是？"})
    assert problems == []


def test_questions_before_ours_may_shift_the_numbers(read: Read) -> None:
    rows = WjxText().table()
    rows[0] = [heading.replace("、", "0、", 1) for heading in rows[0]]
    found, problems = read(rows, "wjx-text", unit=CITY)
    assert problems == []
    assert answers(found) == {number: expected(person) for number, _, person in PEOPLE}


def test_the_study_names_headings_that_are_not_there(read: Read) -> None:
    _, problems = read(Wide().table(), "wide", weight="权重2", questions={"Q4": "minutes"})
    assert [each.code for each in problems] == ["EK280", "EK280"]
    assert "权重2" in problems[0].message("zh")


def described(rows: Sequence[Sequence[str]], texts: Sequence[str]) -> list[list[str]]:
    """Rows with one more column, 承办部门."""
    return [[*row, text] for row, text in zip(rows, ("承办部门", *texts), strict=True)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_else_is_known_of_respondents_is_read_and_trimmed(ending: str, read: Read) -> None:
    texts = [" 人社局\u3000", "公安局", "", "<b>=1+1</b>", "ＡＢ１"]
    found, problems = read(described(Wide().table(), texts), "wide", ending=ending, about={"department": "承办 部门"})
    assert problems == []
    assert found.about["department"].tolist() == ["人社局", "公安局", "", "<b>=1+1</b>", "AB1"]


def test_a_question_that_describes_respondents_stays_a_question(read: Read) -> None:
    found, problems = read(Wide().table(), "wide", about={"level": "Q1", "city": "unit"})
    assert problems == []
    assert answers(found) == {number: expected(person) for number, _, person in PEOPLE}
    assert found.about["city"].tolist() == [unit for _, unit, _ in PEOPLE]
    assert found.about["level"].tolist() == [row[2] for row in Wide().table()[1:]]


def test_a_heading_for_a_portrait_that_is_not_there_is_told_with_the_nearest(read: Read) -> None:
    found, problems = read(described(Wide().table(), ["x"] * len(PEOPLE)), "wide", about={"department": "承办部们"})
    assert codes(problems) == ["EK280", "EK281"]
    assert "承办部门" in problems[0].message("zh").partition("承办部们")[2]
    assert found.about == {}


def test_in_a_long_table_all_rows_of_a_respondent_must_describe_it_alike(read: Read) -> None:
    names, *rows = Long().table()
    told = [[*row, {"1": "人社局", "2": "公安局"}.get(row[0], "")] for row in rows]
    found, problems = read([[*names, "承办部门"], *told], "long", about={"department": "承办部门"})
    assert problems == []
    assert found.about["department"].tolist()[:3] == ["人社局", "公安局", ""]
    told[1][4] = "住建局"
    found, problems = read([[*names, "承办部门"], *told], "long", about={"department": "承办部门"})
    assert [(each.code, each.place.cell) for each in problems] == [("EK296", "E2")]
    assert found.about["department"].tolist()[:3] == ["", "公安局", ""]


def test_nothing_is_read_where_nothing_says_which_unit(tmp_path: Path) -> None:
    (found, account), problems = read_any(tmp_path, LimeSurvey().table(), "limesurvey")
    assert (found, account.state) == (None, "unreadable")
    assert codes(problems)[-1] == "EK290"


def changed_form(change: Callable[[dict[str, Any]], None]) -> Questionnaire:
    """The questionnaire with its list of questions, by code, changed."""
    form = copy.deepcopy(FORM)
    change({question["code"]: question for question in form["sections"][0]["questions"]})
    return Questionnaire.model_validate(form)


def test_one_unit_may_hold_for_all(read: Read) -> None:
    found, problems = read(LimeSurvey().table(), "limesurvey", unit={"value": "甲市"}, ignore=["G0"])
    assert problems == []
    assert set(found.units.tolist()) == {0}


def test_the_unit_may_be_an_answer(read: Read) -> None:
    cities = [{"code": code, "name": name} for code, name in (("one", "甲市"), ("two", "乙市"), ("three", "U3"))]

    def ask_for_the_city(questions: dict[str, Any]) -> None:
        del questions["Q2"]["ask_if"]
        questions["Q2"] |= {"type": "single", "options": cities}

    rows = Wide().table()
    column = rows[0].index("Q2")
    for row, city in zip(rows[1:], ("one", "甲市", "two", "乙市", "three"), strict=True):
        row[column] = city
    path = [[*row[:1], *row[2:]] for row in rows]
    found, problems = read(path, "wide", form=changed_form(ask_for_the_city), unit={"question": "Q2"})
    assert problems == []
    assert [UNITS[unit] for unit in found.units] == [unit for _, unit, _ in PEOPLE]


def test_weights_that_do_not_count_leave_the_respondent_out(read: Read) -> None:
    weights = ("权重", "0.5", "", "-1", "0", "much")
    rows = [[*row, weight] for row, weight in zip(Wide().table(), weights, strict=True)]
    found, problems = read(rows, "wide")
    assert [(each.code, each.place.cell) for each in problems] == [
        ("EK287", "J3"), ("EK287", "J4"), ("EK287", "J6"), ("EK288", "J5"),
    ]  # fmt: skip
    assert [STATES[state] for state in found.states] == ["used", "no_weight", "no_weight", "zero_weight", "no_weight"]
    assert found.weights[[0, 3]].tolist() == [0.5, 0.0]
    assert np.isnan(found.weights[[1, 2, 4]]).all()


def test_skip_rules_hold_for_every_respondent(read: Read) -> None:
    rows = Wide().table()
    column = rows[0].index("Q2")
    rows[3][column] = "very"  # Q1 = no
    rows[1][column] = "(跳过)"  # Q1 = yes
    found, problems = read(rows, "wide")
    assert [(each.code, each.place.cell, dict(each.params)["count"]) for each in problems] == [
        ("EK293", "D4", "1"),
        ("EK295", "D2", "1"),
    ]
    assert answers(found)["3"]["Q2"] == answers(found)["1"]["Q2"] == ("skipped", "")


def test_a_required_question_left_open_is_counted(read: Read) -> None:
    form = changed_form(lambda questions: questions["Q4"].update(required=True))
    _, problems = read(Wide().table(), "wide", form=form)
    assert [(each.code, each.place.cell, dict(each.params)["count"]) for each in problems] == [("EK294", "F4", "1")]


def test_an_option_column_knows_its_own_name_only(read: Read) -> None:
    rows = LimeSurvey().table()
    column = rows[0].index("Q3[SQ002]")
    rows[1][column], rows[2][column] = "网站", "电话"
    found, problems = read(rows, "limesurvey", unit="G0")
    assert [(each.code, each.place.cell) for each in problems] == [("EK204", "J3")]
    assert answers(found)["1"]["Q3.web"] == ("ok", "1")
    assert answers(found)["2"]["Q3.web"] == ("invalid", "")


def test_an_error_value_and_a_formula_without_a_result_are_errors(read: Read) -> None:
    rows = Wide().table()
    column = rows[0].index("Q4")
    rows[1][column], rows[2][column] = "#DIV/0!", "="
    found, problems = read(rows, "wide")
    assert codes(problems) == ["EK208", "EK211"]
    assert {answers(found)[number]["Q4"] for number in ("1", "2")} == {("error", "")}


def test_a_sheet_is_found_by_name_or_is_the_first(read: Read, tmp_path: Path) -> None:
    assert read(Wide().table(), "wide", ending="xlsx", sheet="Sheet1")[1] == []
    (found, _), problems = read_any(tmp_path, Wide().table(), "wide", ending="xlsx", sheet="Sheet2")
    assert (found, codes(problems)) == (None, ["EK291"])


def test_a_table_of_headings_has_no_respondent(read: Read) -> None:
    found, problems = read(Wide().table()[:1], "wide")
    assert len(found.lines) == 0
    assert codes(problems) == ["EK292"]


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(content: bytes, tmp_path: Path) -> None:
    (found, account), problems = read_any(tmp_path, content, "wide")
    assert (found, account.state, codes(problems)) == (None, "unreadable", ["EK250"])


def test_a_workbook_that_is_none_is_refused_by_the_guard(tmp_path: Path) -> None:
    (found, account), problems = read_any(tmp_path, b"<html><table></table></html>", "wide", ending="xlsx")
    assert (found, account.state) == (None, "unreadable")
    assert [each.severity for each in problems] == ["error"]


def test_rows_of_one_respondent_must_agree(read: Read) -> None:
    rows = Long().table()
    rows[3][1] = "U2"
    rows.append(["2", "U1", "Q4", "11"])
    rows.append(["2", "U1", "Q9", "11"])
    found, problems = read(rows, "long")
    assert [(each.code, each.place.cell) for each in problems] == [
        ("EK281", "C38"), ("EK297", "D12"), ("EK296", "B2"), ("EK285", "B2"),
    ]  # fmt: skip
    assert answers(found)["2"]["Q4"] == ("invalid", "")
    assert STATES[found.states[0]] == "unassigned"


@pytest.mark.parametrize("lacking", ["respondent", "question", "answer"])
def test_a_long_table_needs_its_columns(lacking: str, tmp_path: Path) -> None:
    names, *rows = Long().table()
    (found, account), problems = read_any(
        tmp_path, [["x" if name == lacking else name for name in names], *rows], "long"
    )
    assert (found, account.state) == (None, "unreadable")
    assert codes(problems) == ["EK280"]


def test_a_long_table_may_name_options_and_parts_apart(read: Read) -> None:
    names, *rows = Long().table()
    apart = []
    for respondent, unit, key, answer in rows:
        code, _, item = key.partition(".")
        if code == "Q3" and answer:
            chosen = answer.split("|")
            apart += [
                [respondent, unit, code, each, str(int(each in chosen))] for each in ("phone", "web", "app", "other")
            ]
        else:
            apart.append([respondent, unit, code, item, answer])
    found, problems = read([[*names[:3], "item", "answer"], *apart], "long")
    assert problems == []
    assert answers(found) == {number: expected(person) for number, _, person in PEOPLE}


def test_negative_tokens_of_the_number_export_are_told_apart(read: Read) -> None:
    found, _ = read(WjxNumber().table(), "wjx-number", unit=CITY)
    assert (answers(found)["3"]["Q2"], answers(found)["3"]["Q4"]) == (("skipped", ""), ("blank", ""))


def people(draw: st.DrawFn) -> list[tuple[str, str, Person]]:
    """Answers as anybody could give them; a text keeps neither outer blanks nor the words for missing answers."""
    texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
    words = texts.filter(
        lambda text: normalise(text) not in {"", "blank", "skipped", "not_applicable", "(空)", "(跳过)"}
    )
    words = words.map(normalise).filter(lambda text: text.upper() not in ERROR_VALUES and text != "=")
    amounts = st.integers(0, 10**6) | st.floats(0, 1e6).map(lambda x: float(f"{x:g}")) | st.just(BLANK)
    some: list[tuple[str, str, Person]] = []
    for number in range(draw(st.integers(1, 6))):
        called = draw(st.booleans())
        chosen = draw(st.frozensets(st.sampled_from(["phone", "web", "app", "other"])))
        some.append(
            (
                f"r{number}",
                draw(st.sampled_from(UNITS)),
                {
                    "Q1": "yes" if called else "no",
                    "Q2": draw(st.sampled_from(["very", "quite", "so", "poor", BLANK])) if called else SKIPPED,
                    "Q3": chosen or BLANK,
                    "Q4": draw(amounts),
                    "Q5.day": draw(amounts),
                    "Q5.night": draw(amounts),
                    "Q6": draw(words | st.just(BLANK)),
                },
            )
        )
    return some


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(["wide", "long"]), encoding=st.sampled_from(["utf-8-sig", "gb18030"]))
def test_what_is_written_plainly_is_read_back(data: st.DataObject, name: str, encoding: str, tmp_path: Path) -> None:
    given_people = data.draw(st.composite(people)())
    rows = PLATFORMS[name][0](given_people).table()
    (found, account), problems = read_any(tmp_path, as_csv(rows, encoding), name)
    assert not [each for each in problems if each.severity == "error"]
    assert found is not None
    assert answers(found) == {number: expected(person) for number, _, person in given_people}
    assert [UNITS[unit] for unit in found.units] == [unit for _, unit, _ in given_people]
    assert sum(account.counts) == account.expected


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(sorted(PLATFORMS)))
def test_every_cell_is_accounted_for_whatever_stands_there(data: st.DataObject, name: str, tmp_path: Path) -> None:
    writer, city = PLATFORMS[name]
    rows = writer().table()
    for _ in range(data.draw(st.integers(1, 8))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.text(st.characters(codec="utf-8"), max_size=6))
    keys: Mapping[str, Any] = {} if city is None else {"unit": city}
    (found, account), problems = read_any(tmp_path, as_csv(rows), name, **keys)
    if found is None:
        assert any(each.severity == "error" for each in problems)
        return
    assert account.expected == sum(account.counts) == len(found.lines) * len(questionnaire().cell_keys)
    for column in found.columns:
        assert (np.isnan(column.numbers) == (column.statuses != 0)).all()
    if (found.states != 0).any():
        assert {"EK285", "EK286", "EK287", "EK288", "EK296"} & set(codes(problems))


def test_a_box_says_that_a_question_does_not_apply(read: Read) -> None:
    rows = [[*row, "OK" if number == 3 else ""] for number, row in enumerate(Kobo().table())]
    rows[0][-1] = "A/Q5/Q5_na"
    found, problems = read(rows, "kobo")
    assert problems == []
    assert {answers(found)["3"][key] for key in ("Q5.day", "Q5.night")} == {("not_applicable", "")}
    assert answers(found)["1"]["Q5.day"] == ("ok", "2")


def test_the_fields_of_our_own_xlsform_are_found_in_its_export() -> None:
    form = own_questionnaire("digital-transformation")
    names = field_names(form)
    finder = Headings(form, profile("kobo"))
    for section in form.sections:
        for question in section.questions:
            if not question.is_asked:
                continue
            groups = [names.groups[f"section {section.id}"], names.groups.get(f"question {question.code}", "")]
            path = "/".join(filter(None, groups))
            for key in field_keys(question):
                for heading in (names.answers[key], f"{path}/{names.answers[key]}"):
                    whole = question.type == "multiple" or not question.items
                    assert finder.find([heading]) == Meant(question, None if whole else key)
            if question.code in names.absent:
                assert finder.find([f"{path}/{names.absent[question.code]}"]) == Absent(question)


def own_questionnaire(name: str) -> Questionnaire:
    path, _ = library.find(f"builtin:{name}", "questionnaire", Path(), NOWHERE)
    assert path is not None
    loaded, _ = load_definition(path, path.name, Questionnaire)
    assert loaded is not None
    return loaded[0]


def test_very_many_unknown_units_are_listed_in_part_and_counted(read: Read) -> None:
    head, *rows = Wide().table()
    many = [[f"r{number}", f"X{number}", *rows[0][2:]] for number in range(50)]
    found, problems = read([head, *many], "wide")
    assert codes(problems) == ["EK284", *["EK285"] * 20]
    assert dict(problems[0].params) == {"count": "50", "texts": "50"}
    assert (found.units == -1).all()


def test_a_workbook_is_held_to_the_limits_of_the_study(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", [["unit", "Q1"], ["U1", "yes"], ["U2", "no"]])
    export = Export.model_validate({"file": "a.xlsx", "profile": "builtin:wide", "unit": "unit"})
    file, limits = (tmp_path / "a.xlsx", "a.xlsx"), Limits(rows=2)
    (read, account), problems = read_export(file, export, profile("wide"), questionnaire(), register(), limits=limits)
    assert (read, account.state, [each.code for each in problems]) == (None, "unreadable", ["EK235"])
