from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from evalkit.definitions.base import Code, Flag, Identifier, Number, Text, Weight, Whole

law = settings(deadline=None)

IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)
CODE: TypeAdapter[str] = TypeAdapter(Code)


@pytest.mark.parametrize("text", ["NET-1-1", "网络化", "网络化-1.2", "2020.1", "_x", "A", "九" * 100, "鿿"])
def test_identifiers(text: str) -> None:
    assert IDENTIFIER.validate_python(text) == text


@pytest.mark.parametrize(
    "text", ["", "-a", ".a", "a b", "a/b", "a：b", "a\n", "é", "名 称", "〇", "x" * 101, "../a", "😀"]
)
def test_no_identifiers(text: str) -> None:
    with pytest.raises(ValidationError):
        IDENTIFIER.validate_python(text)


@pytest.mark.parametrize("text", ["Q01", "微信", "Q_甲1", "_", "x" * 60, "min", "android"])
def test_codes(text: str) -> None:
    assert CODE.validate_python(text) == text


@pytest.mark.parametrize("text", ["", "1Q", "Q-1", "Q.1", "Q 1", "and", "or", "not", "has", "x" * 61])
def test_no_codes(text: str) -> None:
    with pytest.raises(ValidationError):
        CODE.validate_python(text)


@law
@given(st.text(min_size=1, max_size=30).filter(lambda text: not text.startswith(("zh", "en"))))
def test_plain_text_stands_for_both_languages(text: str) -> None:
    plain = Text.model_validate(text)
    assert plain == Text(zh=text, en=text)
    assert plain.say("zh") == plain.say("en") == plain.say("both") == text


@law
@given(st.text(max_size=20), st.text(max_size=20))
def test_text_survives_a_round_trip(zh: str, en: str) -> None:
    if not zh and not en:
        with pytest.raises(ValidationError):
            Text(zh=zh, en=en)
        return
    text = Text(zh=zh, en=en)
    assert Text.model_validate(text.model_dump()) == text
    assert Text.model_validate_json(text.model_dump_json()) == text


def test_text_in_one_language_serves_for_the_other() -> None:
    assert Text(zh="网络化").say("en") == "网络化"
    assert Text(en="Networking").say("zh") == "Networking"
    assert Text(zh="网络化", en="Networking").say() == "网络化 / Networking"


@pytest.mark.parametrize("value", [None, True, [], ["a"], {}, {"zh": ""}, {"de": "x"}, {"zh": ["x"]}, "", "zh：甲"])
def test_what_is_no_text(value: object) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(value)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Number, [1, 1.5, -0.0], ["1", True, None, "1_000", "nan"]),
        (Whole, [1, 0], [1.0, "1", True]),
        (Flag, [True, False], ["no", "yes", "true", 0, 1]),
        (Weight, [0, 0.5, 1e9], [-1, -1e-9, 1.1e9, "1"]),
    ],
)
def test_nothing_is_taken_for_a_number_or_a_flag_that_is_none(
    kind: type, good: list[object], bad: list[object]
) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(kind)
    for value in good:
        assert adapter.validate_python(value) == value
    for value in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
