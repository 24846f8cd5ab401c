import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.definitions.base import Text
from evalkit.definitions.expression import Binary, Call, Expression, Name, Number, Option, Unary, names, parse, text
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import Question, Questionnaire, Section
from evalkit.reports.xlsform_conditions import condition_xpath, number_text
from evalkit.reports.xlsform_names import field_names
from tests.reports import openrosa

CLOUDS = ({"code": "public", "name": {"zh": "公有云", "en": "Public cloud"}}, {"code": "own", "name": "自建机房"})
STEPS = tuple({"code": f"s{n}", "name": f"第{n}档"} for n in (1, 2, 3))
PARTS = ({"code": "a", "name": "甲"}, {"code": "b", "name": "乙"})
UNASKED = "Q1 = no or Q3 > 4"


def question(code: str, kind: str, **more: object) -> Question:
    return Question.model_validate({"code": code, "text": code, "type": kind, **more})


FORM = Questionnaire(
    id="conditions",
    version="1",
    name=Text(zh="条件"),
    sections=(
        Section(
            id="S",
            name=Text(zh="节"),
            questions=(
                question("Q1", "yesno"),
                question("Q2", "multiple", options=CLOUDS),
                question("Q3", "number"),
                question("Q4", "numbers", parts=PARTS),
                question("Q5", "scale", options=STEPS),
                question("Q6", "date"),
                question("Q7", "text"),
                question("Q8", "single", options=STEPS),
                question("Q9", "number", ask_if=UNASKED),
                question("Q10", "yesno", ask_if="Q9 > 0"),
                question("Q11", "multiple", options=CLOUDS, ask_if="Q10 != yes"),
                question("Q12", "scale", options=STEPS, ask_if="Q2 has own"),
            ),
        ),
    ),
)
FIELDS = field_names(FORM).answers


def xpath(condition: str) -> str | None:
    return condition_xpath(parse(condition), FORM, FIELDS)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Q1 = yes", "${Q1} = 'yes'"),
        ('Q1 != "否"', "${Q1} != 'no'"),
        ("Q2 has own", "selected(${Q2}, 'own')"),
        ("not Q2.own and Q3 > 2.5", "not(selected(${Q2}, 'own')) and ${Q3} > 2.5"),
        ("(Q1 = yes or Q3 < 1) and Q3 < 5", "(${Q1} = 'yes' or ${Q3} < 1) and ${Q3} < 5"),
        ("Q4.a >= 1000 or -Q4.b != 1", "${Q4_a} >= 1000 or (-${Q4_b}) != 1"),
        ("Q4.a = Q4.b", "number(${Q4_a}) = number(${Q4_b})"),
        ("Q3", "${Q3} > 0"),
        ("Q3 / 100 > 1", "(${Q3} div 100) > 1"),
        ("Q3 / Q4.a > 1", "if(${Q4_a} = 0, number(''), ${Q3} div ${Q4_a}) > 1"),
        ("if(Q1 = yes, Q3, 2) * 2 > 3", "(if(${Q1} = 'yes', ${Q3}, 2) * 2) > 3"),
        ("abs(Q3 - 1) < 1e-3", "abs((${Q3} - 1)) < 0.001"),
        (
            "sum(Q4.a, Q4.b) > 0",
            (
            "if(number(${Q4_a}) = number(${Q4_a}) or number(${Q4_b}) = number(${Q4_b}), "
            "if(number(${Q4_a}) = number(${Q4_a}), ${Q4_a}, 0) + if(number(${Q4_b}) = number(${Q4_b}), ${Q4_b}, 0), "
            "number('')) > 0"
            ),
        ),
        (
            "max(Q3) = 0",
            (
            "if(number(${Q3}) = number(${Q3}), (-min(if(number(${Q3}) = number(${Q3}), -${Q3}, 1 div 0))), "
            "number('')) = 0"
            ),
        ),
        ("Q12 = s1", "selected(${Q2}, 'own') and ${Q12} = 's1'"),
        ("Q12 != s1", "not(selected(${Q2}, 'own') and ${Q12} = 's1')"),
        ("Q9 = 3", "if(${Q1} = 'no' or ${Q3} > 4, ${Q9}, number('')) = 3"),
        ("Q7 = 1", "if(${Q7} = '', number(''), 1) = 1"),
        ("Q1 = nonsense", "false()"),
        ("Q1 != nonsense", "true()"),
        ("Q2 = own", "false()"),
    ],
)  # fmt: skip
def test_a_condition_is_written_as_people_write_it(condition: str, expected: str) -> None:
    assert xpath(condition) == expected


ANSWERS: dict[str, tuple[str, ...]] = {
    "yesno": ("", "yes", "no", "na"),
    "single": ("", "s1", "s2", "s3", "na"),
    "scale": ("", "s1", "s2", "s3", "na"),
    "multiple": ("", "public", "own", "public own", "na"),
    "number": ("", "0", "-3", "1", "5", "2.5"),
    "numbers": ("", "0", "-3", "1", "5", "2.5"),
    "date": ("", "1969-12-31", "2024-11-30"),
    "text": ("", "文字", "=1+1"),
}


def value_of(name: Name, entered: dict[str, str], skipped: set[str]) -> float:
    """What the reader of answers would make of what was entered."""
    asked = FORM.questions[name.question]
    field = entered[FIELDS[asked.code if asked.type == "multiple" else name.key]]
    if name.question in skipped or field in {"", "na"}:
        return float("nan")
    if asked.type == "multiple":
        return float(name.part in field.split())
    if asked.type == "date":
        return float(dt.date.fromisoformat(field).toordinal())
    if asked.type == "text":
        return 1.0
    return float(asked.option_index[field]) if asked.choices else float(field)


def expected(expression: Expression, entered: dict[str, str]) -> bool:
    """Evaluate as answers are evaluated, question by question, skipped ones without a value."""
    skipped: set[str] = set()
    for each in FORM.questions.values():
        if each.condition is not None and not _holds(each.condition, entered, skipped):
            skipped.add(each.code)
    return _holds(expression, entered, skipped)


def _holds(expression: Expression, entered: dict[str, str], skipped: set[str]) -> bool:
    values = {name.key: np.array([value_of(name, entered, skipped)]) for name in names(expression)}
    return bool(np.all(evaluate(expression, values, option_position(FORM)).values > 0))


def entries() -> st.SearchStrategy[dict[str, str]]:
    asked = {
        FIELDS[key]: each.type
        for each in FORM.questions.values()
        for key in ([each.code] if each.type == "multiple" else each.keys)
    }
    return st.fixed_dictionaries({field: st.sampled_from(ANSWERS[kind]) for field, kind in asked.items()})


def _names() -> st.SearchStrategy[Expression]:
    return st.sampled_from(
        [Name(code, part or None) for code, _, part in (key.partition(".") for key in FORM.cell_keys)]
    )


def _choices() -> st.SearchStrategy[Expression]:
    pairs = [
        (each.code, option.code)
        for each in FORM.questions.values()
        for option in each.choices
        if each.type in {"yesno", "single", "scale"}
    ]
    return st.builds(
        lambda sign, pair: Binary(sign, Name(pair[0]), Option(pair[1])),
        st.sampled_from(["=", "!="]),
        st.sampled_from(pairs),
    )


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    signs = st.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"])
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Unary, st.sampled_from(["not", "-"]), inner),
        st.builds(Binary, signs, inner, inner),
        st.builds(Call, st.sampled_from(["sum", "mean", "min", "max"]), several),
        st.builds(lambda each: Call("abs", (each,)), inner),
        st.builds(lambda *each: Call("if", each), inner, inner, inner),
    )


LEAVES = st.one_of(_names(), _choices(), st.sampled_from([Number(0.0), Number(1.0), Number(2.5)]))
EXPRESSIONS = st.recursive(LEAVES, _larger, max_leaves=6)


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, entries())
def test_a_condition_holds_in_the_form_when_it_holds_in_the_evaluation(
    expression: Expression, entered: dict[str, str]
) -> None:
    written = condition_xpath(expression, FORM, FIELDS)
    if written is not None:
        assert openrosa.evaluate(written, entered) is expected(expression, entered), (text(expression), written)


def test_every_small_condition_holds_for_the_same_answers() -> None:
    conditions = ["Q3 != Q9", "Q9 = Q3", "Q10 != yes", "Q11 has own", "not Q11.own", "Q5 = (Q8)", "Q6 > 738000"]
    fields = [FIELDS[key] for key in ("Q1", "Q3", "Q9", "Q10")]
    others = dict.fromkeys(set(FIELDS.values()) - set(fields), "")
    others |= {FIELDS["Q6"]: "2024-11-30", FIELDS["Q11"]: "own", FIELDS["Q5"]: "s2", FIELDS["Q8"]: "s2"}
    for condition, given_answers in itertools.product(
        conditions, itertools.product(("", "no"), ("", "5"), ("", "5"), ("", "yes"))
    ):
        entered = others | dict(zip(fields, given_answers, strict=True))
        written = xpath(condition)
        assert written is not None
        assert openrosa.evaluate(written, entered) is expected(parse(condition), entered), (condition, entered)


def test_what_would_grow_without_bound_is_left_to_words() -> None:
    nested = "Q3"
    for _ in range(12):
        nested = f"mean({nested}, Q4.a)"
    assert xpath(f"{nested} > 1") is None


def test_a_circle_of_conditions_is_left_to_words() -> None:
    pair = (question("Q1", "yesno", ask_if="Q2 = yes"), question("Q2", "yesno", ask_if="Q1 = yes"))
    section = Section(id="S", name=Text(zh="节"), questions=pair)
    form = Questionnaire(id="circle", version="1", name=Text(zh="圈"), sections=(section,))
    assert condition_xpath(parse("Q1 = yes"), form, {"Q1": "Q1", "Q2": "Q2"}) is None


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1, 1e-7, 1e21, 123456789.0, 1e16, 0.30000000000000004])
def test_numbers_are_written_without_exponent_and_come_back_exactly(value: float) -> None:
    assert set(number_text(value)) <= set("0123456789.")
    assert float(number_text(value)) == value
