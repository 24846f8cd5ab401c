from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.messages.nearest import listed, suggestion

law = settings(deadline=None)


def test_a_near_miss_is_suggested() -> None:
    found = suggestion("weigth", ["name", "weight", "height"])
    assert found == {"suggestion_zh": ",是不是 “weight”?", "suggestion_en": "; did you mean “weight”?"}
    assert suggestion("广洲市", ["广州市", "深圳市"])["suggestion_zh"] == ",是不是 “广州市”?"


def test_nothing_near_gives_no_suggestion() -> None:
    assert suggestion("x", ["weight"]) == suggestion("x", []) == {"suggestion_zh": "", "suggestion_en": ""}


def test_long_lists_are_cut_and_say_so() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed([]) == ""
    assert listed(map(str, range(24))).endswith("22, 23")
    assert listed(map(str, range(25))) == ", ".join(map(str, range(24))) + " … (25)"


@law
@given(st.text(max_size=20), st.lists(st.text(max_size=10), max_size=5))
def test_any_word_gives_both_keys(word: str, known: list[str]) -> None:
    found = suggestion(word, known)
    assert set(found) == {"suggestion_zh", "suggestion_en"}
    assert bool(found["suggestion_zh"]) == bool(found["suggestion_en"])
