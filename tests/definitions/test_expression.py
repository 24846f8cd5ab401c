"""Formulas: what binds how, what they refer to, how they are written canonically, and what is refused where."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.expression import (
    NESTING_LIMIT,
    OPERATOR_LIMIT,
    Binary,
    Call,
    Expression,
    ExpressionError,
    Name,
    Number,
    Option,
    Unary,
    choices,
    names,
    parse,
    text,
)
from evalkit.definitions.expression_tokens import REASONS

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ("Q04.wechat / Q04.total * 100",
         Binary("*", Binary("/", Name("Q04", "wechat"), Name("Q04", "total")), Number(100))),
        ("Q23 = yes and Q38 != no",
         Binary("and", Binary("=", Name("Q23"), Option("yes")), Binary("!=", Name("Q38"), Option("no")))),
        ("Q04.phone + Q04.web <= Q04.total",
         Binary("<=", Binary("+", Name("Q04", "phone"), Name("Q04", "web")), Name("Q04", "total"))),
        ("a or b and not c < 1", Binary("or", A, Binary("and", B, Unary("not", Binary("<", C, Number(1)))))),
        ("not a and b", Binary("and", Unary("not", A), B)),
        ("not not a", Unary("not", Unary("not", A))),
        ("a + b * -c", Binary("+", A, Binary("*", B, Unary("-", C)))),
        ("-a * b", Binary("*", Unary("-", A), B)),
        ("--1", Unary("-", Unary("-", Number(1)))),
        ("a - b - c", Binary("-", Binary("-", A, B), C)),
        ("a - (b - c)", Binary("-", A, Binary("-", B, C))),
        ("a / b / c", Binary("/", Binary("/", A, B), C)),
        ("(a or b) and c", Binary("and", Binary("or", A, B), C)),
        ("if(a > 0, min(b, c), abs(-1e-3))",
         Call("if", (Binary(">", A, Number(0)), Call("min", (B, C)), Call("abs", (Unary("-", Number(0.001)),))))),
        ("min", Name("min")),
    ],
)  # fmt: skip
def test_precedence(formula: str, tree: Expression) -> None:
    assert parse(formula) == tree


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ("Q23 = yes", Binary("=", Name("Q23"), Option("yes"))),
        ('Q23 == "是"', Binary("=", Name("Q23"), Option("是"))),
        ("“是”≠Q23", Binary("!=", Name("Q23"), Option("是"))),
        ("Q23 = max", Binary("=", Name("Q23"), Option("max"))),
        ('Q23 = "and"', Binary("=", Name("Q23"), Option("and"))),
        ("Q10.level = high", Binary("=", Name("Q10", "level"), Option("high"))),
        ("Q05 = (Q06)", Binary("=", Name("Q05"), Name("Q06"))),
        ("Q05 = Q06 * 2", Binary("=", Name("Q05"), Binary("*", Name("Q06"), Number(2)))),
        ("Q05 = Q06.x", Binary("=", Name("Q05"), Name("Q06", "x"))),
        ("Q05 = Q08 has x", Binary("=", Name("Q05"), Name("Q08", "x"))),
        ("1 = Q06", Binary("=", Number(1), Name("Q06"))),
        ("Q05 < Q06", Binary("<", Name("Q05"), Name("Q06"))),
    ],
)
def test_a_word_beside_an_equals_sign_after_a_question_is_an_option(formula: str, tree: Expression) -> None:
    assert parse(formula) == tree
    assert parse(text(tree)) == tree


def test_has_is_another_way_to_write_a_part_and_binds_as_tightly() -> None:
    assert parse("Q08 has public_cloud") == parse("Q08.public_cloud")
    assert parse("Q08 has a + Q08 has b >= 2") == parse("Q08.a + Q08.b >= 2")
    assert text(parse('Q08 has "公有 云"')) == 'Q08 has "公有 云"'
    assert names(parse('Q08 has "公有 云"'))[0].key == "Q08.公有 云"


def test_names_and_choices_stand_in_the_order_of_the_text_with_their_positions() -> None:
    expression = parse('Q23 = yes and (Q38 != "否" or Q08 has 云) and sum(Q04.a, Q23) > 1')
    assert [(name.key, name.position) for name in names(expression)] == [
        ("Q23", 1), ("Q38", 16), ("Q08.云", 30), ("Q04.a", 49), ("Q23", 56),
    ]  # fmt: skip
    assert [(name.key, option.text, option.position) for name, option in choices(expression)] == [
        ("Q23", "yes", 7), ("Q38", "否", 23),
    ]  # fmt: skip


def test_full_width_input_is_read_as_the_plain_one() -> None:
    assert parse("ｉｆ（Ｑ０４．网站　＞＝　１０，１，－２）") == parse("if(Q04.网站 >= 10, 1, -2)")


@pytest.mark.parametrize(
    ("formula", "position", "reason"),
    [
        ("", 1, "empty"), (" \n", 1, "empty"), ("1 +", 4, "value_at_end"), ("1 + ", 5, "value_at_end"),
        ("(1 + 2", 1, "unclosed"), ("2 * min(1, 2", 8, "unclosed"), ("1 + 2)", 6, "unopened"), ("()", 2, "value"),
        ("1 2", 3, "operator"), ("a b", 3, "operator"), ("(a b)", 4, "operator"), ("a not b", 3, "operator"),
        ("1, 2", 2, "comma"), ("(1, 2)", 3, "comma"), ("+1", 1, "value"), ("2 ** 3", 4, "value"),
        ("a < b < c", 7, "chained"), ("a = b != c", 7, "chained"), ("1 + not a", 5, "not"), ("a = not b", 5, "not"),
        ("min()", 1, "arguments"), ("1 + abs(1, 2)", 5, "arguments"), ("if(a, b)", 1, "arguments"),
        ("max(1,)", 7, "value"), ("SUM(1)", 1, "function"), ("Q04(1)", 1, "function"), ("a.min(1)", 1, "function"),
        ('__import__("os")', 1, "function"), ("a.__class__.b", 12, "character"), ("lambda: 1", 7, "character"),
        ("5g = 1", 1, "digits"), ("1e", 1, "digits"), ("1e999", 1, "large"),
        ('a = "是', 5, "quote"), ("a = 是”", 6, "quote"), ('a = " "', 5, "empty_option"),
        ('"是"', 1, "stray_option"), ('1 + "是"', 5, "stray_option"), ('a < "是"', 5, "stray_option"),
        ('a = "是" + 1', 5, "stray_option"), ('1 = "是"', 5, "stray_option"), ('sum("是")', 5, "stray_option"),
        ('"是" = "否"', 7, "stray_option"),
        ("Q08 has 1", 9, "option"), ("Q08 has", 8, "option"), ("Q08 has a.b", 9, "option"), ("Q08 has or", 9, "option"),
        ("1 has a", 3, "has"), ("Q08.a has b", 7, "has"), ("Q08 has a has b", 11, "has"), ("has a", 1, "value"),
    ],
)  # fmt: skip
def test_each_error_has_its_place_and_its_reason_in_both_languages(formula: str, position: int, reason: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(formula)
    error = caught.value
    assert error.position == position
    for said, words in zip((error.reason_zh, error.reason_en), REASONS[reason], strict=True):
        assert said.startswith(words.split("{")[0])
    assert "{" not in error.reason_zh + error.reason_en
    assert str(error) == f"character {position}: {error.reason_en}"


NAMES = st.builds(
    Name, st.sampled_from(["Q04", "Q23", "渠道", "_x", "min"]), st.sampled_from([None, "web", "网站", "2020"])
)
LABELLED = st.builds(Name, st.just("Q08"), st.sampled_from(["公有 云", 'a"b', "‘是’", "a.b"]))
OPTIONS = st.builds(Option, st.sampled_from(["yes", "是", "and", "has", "1", "很 好", 'a"b', "a'b", "sum", "Q04"]))
NUMBERS = st.floats(0, allow_nan=False, allow_infinity=False).map(abs).map(Number)
LEAVES = NUMBERS | NAMES | LABELLED | st.builds(Binary, st.sampled_from(["=", "!="]), NAMES | LABELLED, OPTIONS)


def larger(children: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    binary = st.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"])
    function = st.sampled_from(["min", "max", "mean", "sum"])
    return st.one_of(
        st.builds(Unary, st.sampled_from(["not", "-"]), children),
        st.builds(Binary, binary, children, children),
        st.builds(Call, function, st.lists(children, min_size=1, max_size=3).map(tuple)),
        st.builds(Call, st.just("abs"), st.tuples(children)),
        st.builds(Call, st.just("if"), st.tuples(children, children, children)),
    )


TREES: st.SearchStrategy[Expression] = st.recursive(LEAVES, larger, max_leaves=12)


@given(TREES)
def test_canonical_text_parses_to_the_same_tree(tree: Expression) -> None:
    written = text(tree)
    assert parse(written) == tree
    assert text(parse(written)) == written


@given(TREES)
def test_no_parentheses_of_the_canonical_text_can_be_left_out(tree: Expression) -> None:
    written = text(tree)
    for start, character in enumerate(written):
        if character != "(" or (start and (written[start - 1].isalnum() or written[start - 1] == "_")):
            continue
        end = closing(written, start)
        without = written[:start] + written[start + 1 : end] + written[end + 1 :]
        try:
            assert parse(without) != tree
        except ExpressionError:
            continue


def closing(written: str, start: int) -> int:
    depth = 0
    for index in range(start, len(written)):
        depth += {"(": 1, ")": -1}.get(written[index], 0)
        if depth == 0:
            return index
    raise AssertionError("unbalanced")


@given(st.text(st.sampled_from('Q1.-+*/()=!<>, "是and or not has min if（，＝'), max_size=40))
def test_any_text_parses_or_is_refused_at_a_place_of_the_text(formula: str) -> None:
    try:
        tree = parse(formula)
    except ExpressionError as error:
        place = error.position
    else:
        place = 1
        assert parse(text(tree)) == tree
    assert 1 <= place <= len(formula) + 1


@pytest.mark.parametrize(
    ("formula", "position"),
    [
        ("(" * 100_000, 2001),
        ("1" * 1_000_000, 2001),
        ("Q" * 1_000_000 + "(", 2001),
        ("(" * 1_999 + "1", NESTING_LIMIT + 1),
        ("-" * 1_999 + "1", NESTING_LIMIT + 1),
        ("not " * 400 + "1", 4 * NESTING_LIMIT + 1),
        ("abs(" * 400 + "1", 4 * NESTING_LIMIT + 1),
        ("(-" * 400 + "1", NESTING_LIMIT + 1),
        ("1" + "+1" * 900, 2 * OPERATOR_LIMIT + 2),
        ("\u0301" * 2_000, 1),
        ("\ufdfa" * 2_000, 1),
    ],
)
def test_hostile_text_is_refused_quickly(formula: str, position: int) -> None:
    begun = time.process_time()
    with pytest.raises(ExpressionError) as caught:
        parse(formula)
    assert caught.value.position == position
    assert time.process_time() - begun < 0.5


def test_the_largest_formulas_allowed_are_read_and_written() -> None:
    nested = "1 or 1 and 1 = 1 + 1 * (" * NESTING_LIMIT + "a or b" + ")" * NESTING_LIMIT
    chain = "1" + " + 1" * OPERATOR_LIMIT
    for formula in (nested, chain):
        tree = parse(formula)
        assert text(tree) == formula
        assert parse(formula) == tree
        assert hash(parse(formula)) == hash(tree)


def test_many_parentheses_beside_each_other_are_no_nesting() -> None:
    formula = " + ".join(["(-abs(1))"] * (NESTING_LIMIT + 10))
    assert text(parse(formula)) == formula.replace("(-abs(1))", "-abs(1)")
