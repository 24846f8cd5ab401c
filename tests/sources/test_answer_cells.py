from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.questionnaire import Question
from evalkit.observations import STATUSES
from evalkit.problems import Place
from evalkit.sources.answer_cells import Value, parse_number, parsers, read_answer, read_cell, read_error
from evalkit.sources.cell_text import as_text, fold, normalise, shortened

MORNING = dt.datetime(2020, 11, 1, 8, 30)  # noqa: DTZ001 - Excel knows no time zone
Read = tuple[str, str, float, list[str]]


def question(**keys: object) -> Question:
    return Question.model_validate({"code": "Q1", "text": "?", **keys})


NUMBER = question(type="number")
PERCENT = question(type="number", unit="%", min=0, max=100)
WHOLE = question(type="number", min=0, max=1234567, integer=True)
TICK = question(type="multiple", options=[{"code": "a", "name": "A"}])
CHOICE = question(
    type="single",
    options=[
        {"code": "app", "name": {"zh": "移动政务APP", "en": "Mobile app"}},
        {"code": "web", "name": {"zh": "政府网站", "en": "Website"}},
        {"code": "seven", "name": "7"},
    ],
)
YES_NO = question(type="yesno")
DATE = question(type="date")
TEXT = question(type="text")


def read(asked: Question, value: Value) -> Read:
    """Return status, value, number and finding codes."""
    ((_, parser), *_) = parsers(asked).items()
    answer = read_answer(parser, value)
    assert answer.raw == as_text(value)
    assert math.isnan(answer.number) == (answer.status != STATUSES.index("ok"))
    codes = [] if answer.finding is None else [answer.finding.code]
    return STATUSES[answer.status], answer.value, answer.number, codes


def ok(number: float, *codes: str, value: str | None = None) -> Read:
    return "ok", as_text(float(number)) if value is None else value, number, list(codes)


def fails(asked: Question, value: Value, code: str, status: str = "invalid") -> bool:
    found, shown, _, codes = read(asked, value)
    return (found, shown, codes) == (status, "", [code])


@pytest.mark.parametrize("asked", [NUMBER, PERCENT, TICK, CHOICE, YES_NO, DATE, TEXT])
@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "\t\n", "\u200b\ufeff", "\x00"])
def test_unseen_characters_alone_are_blank(asked: Question, text: str) -> None:
    assert read(asked, text)[0] == "blank"


@pytest.mark.parametrize("asked", [NUMBER, PERCENT, TICK, CHOICE, YES_NO, DATE, TEXT])
def test_the_same_words_say_for_every_question_that_it_does_not_apply(asked: Question) -> None:
    for text in ("不适用", "\u3000不适用 ", "N/A", "n/a", "Ｎ／Ａ", "na", "Not applicable"):
        status, value, _, codes = read(asked, text)
        assert (status, value, codes) == ("not_applicable", "", [])


@pytest.mark.parametrize("asked", [NUMBER, PERCENT, TICK, CHOICE, YES_NO, DATE, TEXT])
def test_an_error_value_is_one_as_text_too(asked: Question) -> None:
    for text in ("#N/A", "#DIV/0!", " #div/0! ", "＃Ｎ／Ａ", "#REF!"):
        assert fails(asked, text, "EK208", "error")
    assert fails(asked, "=", "EK211", "error")


def test_a_cell_with_an_error_value_is_told_from_a_formula_without_result() -> None:
    for text, raw, code in (("#DIV/0!", "#DIV/0!", "EK208"), ("", "=", "EK211")):
        answer = read_error(text)
        assert answer.finding is not None
        assert (STATUSES[answer.status], answer.raw, answer.finding.code) == ("error", raw, code)


def test_an_option_named_not_applicable_is_an_option() -> None:
    asked = question(type="single", options=[{"code": "x", "name": "适用"}, {"code": "y", "name": "不适用"}])
    assert read(asked, "不适用") == ("ok", "y", 1.0, [])
    assert read(asked, "n/a")[0] == "not_applicable"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12.0, ok(12)),
        (-0.5, ok(-0.5)),
        (3, ok(3)),
        ("12", ok(12)),
        (" 12\u00a0", ok(12, "EK216")),
        (" 12 ", ok(12)),
        ("+1.5", ok(1.5)),
        (".5", ok(0.5)),
        ("1e3", ok(1000)),
        ("1.5E-2", ok(0.015)),
        ("１２", ok(12, "EK214")),
        ("－１２．５", ok(-12.5, "EK214")),
        ("1,234", ok(1234, "EK214")),
        ("１，２３４，５６７．８", ok(1234567.8, "EK214")),
        ("1\u200b2", ok(12, "EK214")),
    ],
)
def test_what_is_a_number(value: Value, expected: Read) -> None:
    assert read(NUMBER, value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "1,23", "1 234", "1,2345", "12,34,567", "95.1%", "95.1％", "12件", "约12", "1.2.3", "--1", "0x10", "1_000",
        "nan", "inf", "1e999", "-1e999", "٣", "10²", "①", "½", "一", "/", "-", "TRUE", True, False, math.inf, -math.inf,
        math.nan,
    ],
)  # fmt: skip
def test_what_is_no_number(value: Value) -> None:
    assert fails(NUMBER, value, "EK203")


def test_a_refused_number_is_shown_as_it_stood() -> None:
    cell, finding = read_cell("Q1", parse_number, "95.1％", None, Place("f", "s", "C2", unit="U", question="Q1"))
    assert finding is not None
    assert finding.message("zh") == "应为数值,读到 “95.1％”"
    assert finding.place == Place("f", "s", "C2", unit="U", question="Q1")
    assert (cell.raw, cell.sheet, cell.cell) == ("95.1％", "s", "C2")


@pytest.mark.parametrize("text", ["95.1%", "95.1％", "９５．１％", "95.1 %"])
def test_a_percent_sign_is_read_where_percent_are_asked_for(text: str) -> None:
    assert read(PERCENT, text) == ok(95.1, "EK214")
    assert fails(NUMBER, text, "EK203")


@pytest.mark.parametrize("unit", ["%", "％", "percent", "Percent"])
def test_percent_may_be_named_in_several_ways(unit: str) -> None:
    assert read(question(type="number", unit=unit), "5%") == ok(5, "EK214")


def test_the_unit_of_a_part_goes_before_that_of_the_question() -> None:
    parts = [{"code": "n", "name": "n", "unit": "件"}, {"code": "share", "name": "s"}]
    found = parsers(question(type="numbers", unit="%", parts=parts))
    assert [read_answer(found[key], "5%").status for key in ("Q1.n", "Q1.share")] == [4, 0]


def test_a_percentage_that_excel_keeps_as_a_fraction_is_warned_of() -> None:
    assert read(PERCENT, 0.951) == ok(0.951, "EK215")
    assert read(PERCENT, 1.0) == ok(1, "EK215")
    for value in (0.0, 1.5, 95.1, "0.951", "0.951%"):
        assert "EK215" not in read(PERCENT, value)[3]
    assert read(NUMBER, 0.951) == ok(0.951)


def test_limits_hold_at_the_limit_and_are_named_in_full() -> None:
    assert read(PERCENT, 0.0) == ok(0)
    assert read(PERCENT, 100.0) == ok(100)
    for value, limit in ((-0.1, "≥ 0"), (100.1, "≤ 100")):
        answer = read_answer(parsers(PERCENT)["Q1"], value)
        assert answer.finding is not None
        assert answer.finding.code == "EK205"
        assert dict(answer.finding.params) == {"value": as_text(value), "limit": limit}
    answer = read_answer(parsers(WHOLE)["Q1"], 1234568.0)
    assert answer.finding is not None
    assert dict(answer.finding.params)["limit"] == "≤ 1234567"


def test_a_whole_number_has_no_fraction() -> None:
    assert read(WHOLE, 3.0) == ok(3)
    assert read(WHOLE, "3.0") == ok(3)
    assert fails(WHOLE, 3.5, "EK210")
    assert fails(WHOLE, "3.5", "EK210")


@pytest.mark.parametrize(
    "value",
    [dt.date(2020, 1, 5), MORNING, dt.time(12, 30), dt.timedelta(hours=30)],
)
def test_a_date_where_a_number_belongs(value: Value) -> None:
    assert fails(NUMBER, value, "EK207")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_as_cell_and_as_text(number: float) -> None:
    assert read(NUMBER, number)[2] == number
    assert read(NUMBER, as_text(number))[2] == number


@given(st.sampled_from([NUMBER, PERCENT, WHOLE, TICK, CHOICE, YES_NO, DATE, TEXT]), st.text(max_size=20))
def test_any_text_has_one_status_and_nothing_is_raised(asked: Question, text: str) -> None:
    status, value, _, _ = read(asked, text)
    assert (status == "ok") or value == ""


@pytest.mark.parametrize(
    "text",
    [
        "移动政务APP", "移动政务app", "移动政务ＡＰＰ", " 移动政务 APP ", "移动政务\u3000APP", "Mobile app",
        "MOBILE APP", "MobileApp", "app", "APP",
        "移动政务APP / Mobile app", "移动政务APP/Mobile app", "移动政务APP／Mobile\u00a0app",
    ],
)  # fmt: skip
def test_an_option_by_any_of_its_names(text: str) -> None:
    assert read(CHOICE, text) == ("ok", "app", 0.0, [])


def test_an_option_that_excel_keeps_as_a_number() -> None:
    assert read(CHOICE, 7.0) == ("ok", "seven", 2.0, [])


@pytest.mark.parametrize(
    ("text", "code"), [("是", "yes"), ("Yes", "yes"), ("是 / Yes", "yes"), ("NO", "no"), ("否", "no")]
)
def test_yes_and_no(text: str, code: str) -> None:
    assert read(YES_NO, text) == ("ok", code, {"yes": 0.0, "no": 1.0}[code], [])


@pytest.mark.parametrize("value", ["政府网", "传真", 8.0, True, "√", dt.date(2020, 1, 5)])
def test_an_option_that_is_not_on_the_list(value: Value) -> None:
    assert fails(CHOICE, value, "EK204")


def test_a_near_miss_is_suggested_and_the_options_are_listed() -> None:
    finding = read_answer(parsers(CHOICE)["Q1"], "政府网").finding
    assert finding is not None
    assert "是不是 “政府网站”" in finding.message("zh")
    assert "did you mean “政府网站”" in finding.message("en")
    assert "移动政务APP, 政府网站, 7" in finding.hint("zh")


@pytest.mark.parametrize("value", ["√", "✓", "✔", "✔️", "☑", "1", 1.0, "是", "yes", "Y", "TRUE", True])
def test_ticked(value: Value) -> None:
    assert read(TICK, value) == ok(1)


@pytest.mark.parametrize("value", ["0", 0.0, "否", "No", "n", "FALSE", False, "☐"])
def test_not_ticked(value: Value) -> None:
    assert read(TICK, value) == ok(0)


@pytest.mark.parametrize("value", ["x", "X", "×", "✗", "2", 2.0, "打勾", dt.date(2020, 1, 5)])
def test_a_mark_that_is_read_both_ways_is_refused(value: Value) -> None:
    assert fails(TICK, value, "EK204")


@pytest.mark.parametrize(
    "value",
    [
        dt.date(2020, 11, 1), MORNING, "2020-11-01", "2020-11-1", "2020/11/01", "2020.11.1",
        "2020年11月1日", "２０２０年１１月１日", " 2020-11-01 ",
    ],
)  # fmt: skip
def test_what_is_a_date(value: Value) -> None:
    assert read(DATE, value) == ("ok", "2020-11-01", float(dt.date(2020, 11, 1).toordinal()), [])


@pytest.mark.parametrize(
    "value",
    ["2020-13-01", "2020-02-30", "2020", "2020-11", "20201101", "11/1/2020", "2020-11/1", 44136.0, True, "昨天",
    dt.time(8, 0), dt.timedelta(1)],
)  # fmt: skip
def test_what_is_no_date(value: Value) -> None:
    assert fails(DATE, value, "EK206")


def test_text_is_normalised_and_kept_as_it_stood() -> None:
    raw = "\u3000第一行_x\r\n第二行\u00a0ＡＢＣ\x07\u200b "
    assert read(TEXT, raw) == ("ok", "第一行_x 第二行 ABC", 1.0, ["EK216"])
    assert read(TEXT, 7.0) == ("ok", "7", 1.0, [])
    assert read(TEXT, "0")[:2] == ("ok", "0")


@pytest.mark.parametrize(
    ("raw", "characters"),
    [
        ("\u3000无\xa0", "U+00A0, U+3000"),
        ("无\x07", "U+0007"),
        ("一\u200b二", "U+200B"),
        ("一\x00二", "U+0000"),
        ("\n无\t", "U+0009, U+000A"),
        ("一\n二", None),
        (" 无 ", None),
        ("ＡＢ", None),
        ("✔\ufe0f", None),
        ("", None),
    ],
)
def test_what_is_not_seen_and_was_taken_away_is_noted(raw: str, characters: str | None) -> None:
    finding = read_answer(parsers(TEXT)["Q1"], raw).finding
    assert (None if finding is None else dict(finding.params)["characters"]) == characters


def test_a_finding_does_not_repeat_a_novel() -> None:
    finding = read_answer(parsers(CHOICE)["Q1"], "长" * 32767).finding
    assert finding is not None
    assert len(finding.message("zh")) < 200


def test_a_computed_question_has_no_cell_of_its_own_type() -> None:
    asked = question(type="numbers", parts=[{"code": "a", "name": "a"}, {"code": "b", "name": "b"}])
    assert list(parsers(asked)) == ["Q1.a", "Q1.b"]


_TYPED = st.one_of(
    st.characters(min_codepoint=0, max_codepoint=0x7F),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
    st.sampled_from("\u3000\u00a0\u200b\ufeff\u2028"),
)


@given(st.text(_TYPED))
def test_normalising_and_folding_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)
    assert fold(normalise(text)) == fold(text)
    assert not any(character.isspace() for character in fold(text))


@given(st.text(max_size=300))
def test_a_shortened_text_stays_on_a_line(text: str) -> None:
    short = shortened(text)
    assert len(short) <= 81
    assert "\n" not in short
    assert "\r" not in short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"), (0.1, "0.1"), (1e22, "1e+22"), (2.0**53, "9007199254740992.0"), (True, "TRUE"), (False, "FALSE"),
        (dt.date(2020, 1, 5), "2020-01-05"), (MORNING, "2020-11-01 08:30:00"), (" a ", " a "),
    ],
)  # fmt: skip
def test_a_value_as_a_person_would_have_typed_it(value: object, text: str) -> None:
    assert as_text(value) == text
