from __future__ import annotations

import pytest
import yaml

from evalkit.definitions.expression_tokens import REASONS
from evalkit.messages.yaml_syntax import CONTROL_CHARACTER, KEY_NOT_TEXT, OTHER, SYNTAX, syntax_detail

BROKEN = {
    "mapping values are not allowed in this context": "a: b: c",
    "block sequence entries are not allowed in this context": "a: - b",
    "mapping keys are not allowed in this context": "a: ? b",
    "could not find expected ':'": "a: 1\nb\nc: 2",
    "did not find expected key": "a: 1\n- b",
    "did not find expected '-' indicator": "- a\nb: c",
    "did not find expected ',' or ']'": "a: [b",
    "did not find expected ',' or '}'": "a: {b",
    "did not find expected node content": "a: [}",
    "did not find expected <document start>": "a: 1\n... b",
    "found character that cannot start any token": "a: @b",
    "found unexpected end of stream": "a: 'b",
    "found unexpected document indicator": "a: 'b\n---\n'",
    "found unknown escape character": 'a: "\\q"',
    "did not find expected whitespace or line break": "a: !x,y",
    "did not find expected alphabetic or numeric character": "a: & b",
    "did not find expected comment or line break": "a: |x",
    "but found another document": "a: 1\n---\nb: 2",
}


@pytest.mark.parametrize(("problem", "text"), BROKEN.items())
def test_the_texts_are_those_that_the_parser_gives(problem: str, text: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        yaml.compose(text, Loader=yaml.CBaseLoader)
    assert caught.value.problem == problem
    assert problem in SYNTAX


def test_every_text_is_brought_about() -> None:
    assert set(SYNTAX) == set(BROKEN)


def test_other_texts_are_passed_on() -> None:
    assert syntax_detail("found {x}") == ("不是合格的 YAML(found {x})", "found {x}")


def test_all_words_fit_a_gbk_console() -> None:
    for zh, en in (*SYNTAX.values(), *REASONS.values(), CONTROL_CHARACTER, KEY_NOT_TEXT, OTHER):
        f"{zh}{en}".encode("gbk")
