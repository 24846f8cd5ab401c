"""The text of a formula is normalised and cut into tokens that know where they stood."""

from __future__ import annotations

import unicodedata
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.expression_tokens import LENGTH_LIMIT, REASONS, ExpressionError, tokenize


def pieces(text: str) -> list[tuple[str, str, int]]:
    return [(token.kind, token.text, token.position) for token in tokenize(text)]


def test_names_numbers_strings_and_signs() -> None:
    assert pieces("Q04.网站*1e-3") == [
        ("name", "Q04.网站", 1), ("symbol", "*", 7), ("number", "1e-3", 8), ("end", "", 12),
    ]  # fmt: skip
    assert pieces("Q23 = “ 是 ”") == [("name", "Q23", 1), ("symbol", "=", 5), ("string", "是", 7), ("end", "", 12)]


def test_a_hyphen_is_a_minus_and_no_part_of_a_name() -> None:
    assert [text for _, text, _ in pieces("Q04-web")] == ["Q04", "-", "web", ""]


def test_a_part_may_be_a_year() -> None:
    assert pieces("Q07.2020")[0] == ("name", "Q07.2020", 1)


@pytest.mark.parametrize(
    ("written", "read"),
    [("==", "="), ("＝", "="), ("！＝", "!="), ("<>", "!="), ("≠", "!="), ("≤", "<="), ("≥", ">="), ("＞＝", ">="),
     ("×", "*"), ("÷", "/"), ("−", "-"), ("－", "-"), ("，", ","), ("（", "("), ("）", ")")],
)  # fmt: skip
def test_each_operator_has_one_spelling(written: str, read: str) -> None:
    assert pieces(written)[0] == ("symbol", read, 1)


def test_full_width_text_is_read_as_the_plain_one() -> None:
    plain = [(token.kind, token.text) for token in tokenize("Q04.web / 12.5")]
    assert [(token.kind, token.text) for token in tokenize("Ｑ０４．ｗｅｂ　／　１２．５")] == plain


def test_positions_are_those_of_the_text_as_written() -> None:
    # one character becomes two by normalisation, and two become one
    assert [position for _, _, position in pieces("㎡ + e\u0301 + b")] == [1, 3, 5, 8, 10, 11]


@given(st.text(max_size=30))
def test_every_text_is_cut_or_refused_within_itself(text: str) -> None:
    try:
        tokens = tokenize(text)
    except ExpressionError as error:
        places = [error.position]
    else:
        assert tokens[-1].position == len(text) + 1
        places = [token.position for token in tokens[:-1]]
    assert all(1 <= place <= len(text) for place in places)


@given(st.text(st.sampled_from("aé\u0301\u0323ｅㄱᄀ\u1161\u11a8가㎡"), min_size=1, max_size=12))
def test_names_are_normalised_as_a_whole(word: str) -> None:
    text = f"“a{word}”"
    assert tokenize(text)[0].text == unicodedata.normalize("NFKC", f"a{word}").strip()


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [("a $ b", 3, "“$”"), ("１ … ２", 3, "“…”"), ("a\u200bb", 2, "U+200B"), ("95%", 3, "“%”"), (".5", 1, "“.”"),
     ("Q04.a.b", 6, "“.”"), ("a！", 2, "“！”")],
)  # fmt: skip
def test_an_unknown_character_is_shown_as_written(text: str, position: int, reason: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        tokenize(text)
    assert caught.value.position == position
    assert reason in caught.value.reason_zh
    assert reason in caught.value.reason_en


def test_a_text_over_the_limit_is_refused_before_anything_else() -> None:
    assert len(tokenize("1" * LENGTH_LIMIT)) == 2
    with pytest.raises(ExpressionError) as caught:
        tokenize("$" * 1_000_000)
    assert caught.value.position == LENGTH_LIMIT + 1


def test_reasons_stand_in_both_languages_with_the_same_placeholders() -> None:
    def placeholders(text: str) -> set[str]:
        return {name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}

    for zh, en in REASONS.values():
        assert zh != en
        assert placeholders(zh) == placeholders(en)
