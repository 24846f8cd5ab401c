"""Digests of questions, and what they tell about two versions of a questionnaire."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.form_changes import NO_CHANGES, Changes, Digest, as_lines, changes, digests, from_lines
from evalkit.definitions.questionnaire import Questionnaire
from tests.small_studies import QUESTIONNAIRE

Content = dict[str, Any]
CODES = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q8", "Q9", "Q10"]


def made(change: Callable[[Content], object] = lambda _: None) -> Questionnaire:
    """The small questionnaire after a change of its content; a question is found by its place: Q1 is 0."""
    content = copy.deepcopy(QUESTIONNAIRE)
    change(content)
    return Questionnaire.model_validate(content)


def questions(content: Content) -> list[Content]:
    asked: list[Content] = content["sections"][0]["questions"]
    return asked


def differing(change: Callable[[Content], object]) -> Changes:
    return changes(digests(made()), digests(made(change)))


def test_every_question_that_is_asked_has_a_digest() -> None:
    assert list(digests(made())) == CODES


def test_the_same_questionnaire_does_not_differ() -> None:
    found = differing(lambda _: None)
    assert found == NO_CHANGES
    assert not found


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(version="2", source="x", name="y", checks=[{"id": "c", "that": "Q5 > 1"}]),
        lambda content: questions(content)[0].update(role="descriptive", source="x", attestation="y"),
        lambda content: questions(content)[1]["options"][0].update(attestation="found"),
        lambda content: questions(content)[3].update(best_first=False),
        lambda content: questions(content)[4].update(required=False, integer=False, unit=""),
        lambda content: questions(content)[6]["parts"][0].update(name="computed otherwise"),
        lambda content: questions(content).reverse(),
    ],
)
def test_what_the_unit_does_not_see_is_no_change(change: Callable[[Content], object]) -> None:
    assert not differing(change)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda asked: asked[0].update(type="text"), "Q1"),
        (lambda asked: asked[1]["options"].pop(), "Q2"),
        (lambda asked: asked[1]["options"].reverse(), "Q2"),
        (lambda asked: asked[2]["options"][0].update(name="Website"), "Q3"),
        (lambda asked: asked[2]["options"][0].update(code="site"), "Q3"),
        (lambda asked: asked[4].update(unit="%"), "Q5"),
        (lambda asked: asked[5]["parts"][0].update(unit="%"), "Q6"),
    ],
)
def test_another_way_to_answer_is_told_from(change: Callable[[list[Content]], object], code: str) -> None:
    assert differing(lambda content: change(questions(content))) == Changes(answer=(code,))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda asked: asked[0].update(text="Opened?"), "Q1"),
        (lambda asked: asked[0].update(help="look it up"), "Q1"),
        (lambda asked: asked[4].update(min=1), "Q5"),
        (lambda asked: asked[4].update(required=True), "Q5"),
        (lambda asked: asked[7].update(ask_if="Q1 = no"), "Q8"),
        (lambda asked: asked[7].pop("ask_if"), "Q8"),
    ],
)
def test_other_words_or_rules(change: Callable[[list[Content]], object], code: str) -> None:
    assert differing(lambda content: change(questions(content))) == Changes(wording=(code,))


def test_added_and_removed_questions_are_named_each_in_its_order() -> None:
    def change(content: Content) -> None:
        asked = questions(content)
        asked[:] = [asked[1], *asked[4:], {"code": "New", "text": "?", "type": "date"}, {**asked[0], "code": "Q0"}]
        asked[6].pop("ask_if", None)
        asked[4].pop("ask_if")

    found = differing(change)
    assert (found.added, found.removed) == (("New", "Q0"), ("Q1", "Q3", "Q4"))
    assert found.wording == ("Q8",)


def test_a_change_of_both_kinds_counts_as_one_of_the_answer() -> None:
    assert differing(lambda content: questions(content)[0].update(type="text", text="!")) == Changes(answer=("Q1",))


KNOWN = st.dictionaries(
    st.from_regex(r"[A-Za-z_一-鿿][A-Za-z0-9_一-鿿]{0,30}", fullmatch=True),
    st.builds(Digest, *[st.from_regex(r"[0-9a-f]{6}", fullmatch=True)] * 2),
)


@given(KNOWN)
def test_lines_read_back(known: dict[str, Digest]) -> None:
    assert from_lines(as_lines(known)) == known


def test_a_line_is_never_longer_than_a_cell() -> None:
    known = {f"Q{number}_{'x' * 50}": Digest("abcdef", "123456") for number in range(1_500)}
    lines = as_lines(known)
    assert len(lines) > 1
    assert max(map(len, lines)) < 32_767
    assert from_lines(lines) == known
    assert as_lines({}) == [""]


@pytest.mark.parametrize("text", ["", "Q1", "Q1=;", "Q1=abc.def;", "=abcdef.123456", "Q1=ABCDEF.123456", "甲" * 99])
def test_whatever_else_stands_there_is_passed_over(text: str) -> None:
    assert from_lines([text, "Q2=abcdef.123456;"]) == {"Q2": Digest("abcdef", "123456")}
