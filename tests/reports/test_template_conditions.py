import datetime as dt
import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from evalkit.definitions.base import Text
from evalkit.definitions.expression import parse
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import NumberPart, Option, Question, Questionnaire, Section
from evalkit.problems import Place
from evalkit.reports.template_conditions import condition_formula
from evalkit.sources.answer_cells import parsers, read_cell

CLOUDS = (
    Option(code="public", name=Text(zh="公有云", en="Public cloud")),
    Option(code="own", name=Text(zh="自建“机房”", en='Own "room"')),
)
STEPS = tuple(Option(code=f"s{n}", name=Text(zh=f"第{n}档", en=f"Step {n}")) for n in (1, 2, 3))

PARTS = (NumberPart(code="a", name=Text(zh="甲", en="A")), NumberPart(code="b", name=Text(zh="乙")))
AWKWARD = (Option(code="long", name=Text(zh="长" * 300)), Option(code="x", name=Text(zh="SORT(x)")))


def question(code: str, kind: str, **more: object) -> Question:
    return Question.model_validate({"code": code, "text": code, "type": kind, **more})


QUESTIONS = (
    question("Q1", "yesno"),
    question("Q2", "multiple", options=CLOUDS),
    question("Q3", "number"),
    question("Q4", "numbers", parts=PARTS),
    question("Q5", "scale", options=STEPS),
    question("Q6", "date"),
    question("Q7", "text"),
    question("Q8", "single", options=AWKWARD),
    question("Q9", "number", ask_if="Q1 = yes"),
    question("R1", "ratio", parts=[NumberPart(code="r", name=Text(zh="比"), numerator="Q4.a", denominator="Q4.b")]),
)  # fmt: skip
FORM = Questionnaire(
    id="conditions",
    version="1",
    name=Text(zh="条件"),
    sections=(Section(id="S", name=Text(zh="节"), questions=QUESTIONS),),
)
COLUMNS = {key: index for index, key in enumerate(FORM.cell_keys)}


def cell(key: str, row: int = 0) -> str:
    return f"${chr(ord('A') + COLUMNS[key])}${row + 1}"


def formula(text: str, row: int = 0) -> str | None:
    return condition_formula(parse(text), FORM, lambda key: cell(key, row))


def test_an_option_is_recognised_by_label_and_code() -> None:
    assert formula("Q1 = yes") == 'OR($A$1="是 / Yes",$A$1="是",$A$1="Yes",$A$1="yes")'


def test_quotes_within_a_label_are_doubled() -> None:
    text = formula("Q2 has own")
    assert text == '$C$1="√"'
    own = Questionnaire(
        id="q", version="1", name=Text(zh="q"), sections=(
            Section(id="S", name=Text(zh="s"), questions=(question("Q1", "single", options=CLOUDS),)),
        ),
    )  # fmt: skip
    assert '"Own ""room"""' in (condition_formula(parse("Q1 = own"), own, lambda _: "A1") or "")


@pytest.mark.parametrize(
    "text",
    [
        "Q7 = (Q3)", "Q99 > 1", "R1.r > 1", "Q4 > 1", "Q4.c > 1", "Q8 = long", "Q8 = x", "Q1 = maybe", "Q5 > 1",
        "Q2.own + Q2.public > 1", "sum(Q4.a + 1, Q4.b) > 1", "min(Q9, Q3) > 1", "Q3 = yes",
        " + ".join(["Q3"] * 60) + " > 1",
        " and ".join(["Q1 = yes"] * 99),
    ],
)  # fmt: skip
def test_what_has_no_plain_formula_is_left_alone(text: str) -> None:
    assert formula(text) is None


def test_a_circle_of_skip_rules_is_left_alone() -> None:
    circle = Questionnaire(
        id="q", version="1", name=Text(zh="q"), sections=(
            Section(id="S", name=Text(zh="s"), questions=(
                question("Q1", "number", ask_if="Q2 > 1"), question("Q2", "number", ask_if="Q1 > 1"),
            )),
        ),
    )  # fmt: skip
    assert condition_formula(parse("Q1 > 1"), circle, lambda _: "A1") is None


def test_a_long_chain_is_one_flat_call() -> None:
    text = formula(" or ".join(f"Q3 = {number}" for number in range(60)))
    assert text is not None
    assert text.startswith("OR(IFERROR(")
    assert text.count("OR(") == 1 + 60  # 60 of them in IFERROR(


TRANSLATED = (
    "Q1 = yes", "Q1 != yes", 'Q1 = "否"', "Q5 = s2", "Q5 != s2", "Q2 has public", "not Q2 has own",
    "Q1 = yes and Q2.own or Q3 > 10", "Q3 = 10", "Q3 != 10", "Q3", "not Q3", "-Q3 < -5", "abs(Q3 - 12) <= 2",
    "Q4.a + Q4.b * 2 > 20", "Q4.a / Q4.b >= 2", "Q4.a / Q4.b != 2", "sum(Q4.a, Q4.b) > 10", "mean(Q4.a, Q4.b) > 10",
    "min(Q4.a, Q4.b) < 5", "max(Q4.a, Q4.b) >= 20", "if(Q1 = yes, Q3, Q4.a) > 9", "(Q3 > 5) + (Q4.a > 5) = 2",
    "Q6 > 737000", "Q9 > 1", "Q9 != 3", "not (Q9 > 1)",
)  # fmt: skip
Answers = dict[str, str | float | dt.date]
YES_NO: tuple[Answers, ...] = ({}, {"Q1": "是 / Yes"}, {"Q1": "No"}, {"Q1": "不适用"})
NUMBERS: tuple[Answers, ...] = ({}, {"Q3": 0.0}, {"Q3": 10.0}, {"Q3": 12.5}, {"Q3": "N/A"})
SEVERAL: tuple[Answers, ...] = ({}, {"Q4.a": 20.0, "Q4.b": 10.0}, {"Q4.a": 4.0}, {"Q4.a": 0.0, "Q4.b": 0.0})
OTHERS: tuple[Answers, ...] = (
    {},
    {"Q2.public": "√", "Q5": "第2档", "Q6": dt.date(2020, 11, 1), "Q9": 3.0},
    {"Q2.public": "不适用", "Q2.own": "√", "Q5": "Step 1", "Q6": dt.date(2010, 1, 1)},
)
ANSWERS: tuple[Answers, ...] = tuple(
    a | b | c | d for a, b, c, d in itertools.product(YES_NO, NUMBERS, SEVERAL, OTHERS)
)


def numbers_of(answers: Answers) -> dict[str, float]:
    """Read the answers as the reader does, unasked questions as unanswered."""
    read = {
        key: read_cell(key, parse_answer, answers.get(key, ""), None, Place())[0].number
        for each in FORM.questions.values()
        if each.is_asked
        for key, parse_answer in parsers(each).items()
    }
    return read if answers.get("Q1") == "是 / Yes" else read | {"Q9": float("nan")}


@pytest.mark.slow
def test_formulas_decide_as_the_reader_does(tmp_path: Path, office: Callable[[Path], Path]) -> None:
    path = tmp_path / "conditions.xlsx"
    left = len(COLUMNS)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, answers in enumerate(ANSWERS):
            for key, value in answers.items():
                sheet.write(row, COLUMNS[key], value, day if isinstance(value, dt.date) else None)
            for index, text in enumerate(TRANSLATED):
                translated = formula(text, row)
                assert translated is not None, text
                sheet.write_formula(row, left + index, "=" + translated, None, "not computed")
    computed = openpyxl.load_workbook(office(path), data_only=True).worksheets[0]
    read = [numbers_of(answers) for answers in ANSWERS]
    values = {key: np.array([each[key] for each in read]) for key in COLUMNS}
    for index, text in enumerate(TRANSLATED):
        expected = evaluate(parse(text), values, option_position(FORM)).values > 0
        found = [computed.cell(row + 1, left + index + 1).value for row in range(len(ANSWERS))]
        assert found == expected.tolist(), text
        assert len(set(found)) == 2, text
