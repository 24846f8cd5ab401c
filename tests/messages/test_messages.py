"""The catalogue of findings against the source: every code is used and complete, every call fills its texts."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from evalkit.messages import FINDINGS, choose, finding_text
from evalkit.messages.entry import Finding
from evalkit.messages.findings_awards import FINDINGS as AWARDS
from evalkit.messages.findings_data import FINDINGS as DATA
from evalkit.messages.findings_definitions import FINDINGS as DEFINITIONS
from evalkit.messages.findings_files import FINDINGS as FILES
from evalkit.messages.findings_scoring import FINDINGS as SCORING
from evalkit.messages.findings_uncertainty import FINDINGS as UNCERTAINTY

CODE = re.compile(r"EK\d{3}")
SUGGESTION = {"suggestion_zh", "suggestion_en"}
MAKERS = {"problem", "fault"}


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wanted(code: str) -> set[str]:
    found = FINDINGS[code]
    return placeholders(found.zh, found.en, found.hint_zh, found.hint_en)


@dataclass(frozen=True)
class Use:
    """A call that makes a finding, with the placeholders it fills; None where they cannot be told."""

    where: str
    code: str
    given: set[str] | None


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def uses(sources: dict[str, ast.Module]) -> Iterator[Use]:
    for name, tree in sources.items():
        above = parents(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or ast.unparse(node.func).split(".")[-1] not in MAKERS:
                continue
            first = node.args[0]
            codes = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            for code in codes:
                if isinstance(code, ast.Constant):
                    yield Use(f"{name}:{node.lineno}", str(code.value), filled(node, above))


def filled(call: ast.Call, above: dict[ast.AST, ast.AST]) -> set[str] | None:
    found: set[str] = set()
    for keyword in call.keywords:
        keys = {keyword.arg} if keyword.arg is not None else spread(keyword.value, call, above)
        if keys is None:
            return None
        found |= keys
    return found


def spread(value: ast.expr, call: ast.AST, above: dict[ast.AST, ast.AST]) -> set[str] | None:
    """The keys that ``**value`` gives: of a suggestion, a literal, or a name that the same function gives to one."""
    if isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1] == "suggestion":
        return SUGGESTION
    if isinstance(value, ast.Dict):
        return {str(key.value) for key in value.keys if isinstance(key, ast.Constant)}
    if isinstance(value, ast.Name):
        function = call
        while not isinstance(function, ast.FunctionDef):
            function = above[function]
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and value.id in {ast.unparse(target) for target in node.targets}:
                return spread(node.value, call, above)
    return None


@pytest.fixture(scope="module")
def used(sources: dict[str, ast.Module]) -> list[Use]:
    return list(uses(sources))


def test_calls_are_found(used: list[Use]) -> None:
    assert len(used) > 100
    assert len({use.code for use in used}) > 80


def test_every_code_that_is_used_exists(sources: dict[str, ast.Module], used: list[Use]) -> None:
    assert {use.code for use in used} - set(FINDINGS) == set()
    assert mentioned(sources) - set(FINDINGS) == set()


def mentioned(sources: dict[str, ast.Module]) -> set[str]:
    """Every code that stands in the source as a text of its own."""
    texts = (node for tree in sources.values() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {str(node.value) for node in texts if CODE.fullmatch(str(node.value))}


def test_every_code_of_the_catalogue_is_used(sources: dict[str, ast.Module]) -> None:
    assert set(FINDINGS) - mentioned(sources) == set()


def test_every_call_fills_the_texts_exactly(used: list[Use]) -> None:
    wrong = [(use.where, use.code, use.given, wanted(use.code)) for use in used if use.given != wanted(use.code)]
    assert wrong == []


def test_codes_that_come_to_their_call_as_values_need_no_words(sources: dict[str, ast.Module], used: list[Use]) -> None:
    for code in mentioned(sources) - {use.code for use in used}:
        assert wanted(code) == set(), code


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_both_languages_have_the_same_placeholders(code: str) -> None:
    found = FINDINGS[code]
    for zh, en in ((found.zh, found.en), (found.hint_zh, found.hint_en)):
        assert neutral(zh, "zh") == neutral(en, "en")


def neutral(text: str, language: str) -> set[str]:
    """Placeholders without the mark of the language, of which each text has its own."""
    names = placeholders(text)
    other = "_en" if language == "zh" else "_zh"
    assert not [name for name in names if name.endswith(other)]
    return {name.removesuffix(f"_{language}") for name in names}


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_texts_are_whole(code: str) -> None:
    found = FINDINGS[code]
    assert CODE.fullmatch(code)
    assert found.zh
    assert found.en
    assert bool(found.hint_zh) == bool(found.hint_en)
    assert found.hint_zh or found.severity == "note", "what is wrong comes with what to do about it"
    assert re.search(r"[一-鿿]", found.zh)
    for text in (found.zh, found.en, found.hint_zh, found.hint_en):
        assert text == text.strip()
        assert not text.endswith(("。", "."))
        text.encode("gbk")


def test_no_code_stands_in_two_files() -> None:
    parts = (FILES, DEFINITIONS, DATA, SCORING, AWARDS, UNCERTAINTY)
    assert sum(len(part) for part in parts) == len(FINDINGS)
    for part, digits in zip(parts, ("0", "13", "2", "4", "5", "37"), strict=True):
        assert {code[2] for code in part} <= set(digits)
        assert list(part) == sorted(part)


def test_a_finding_is_said_in_one_language_or_both() -> None:
    found = Finding("error", "读到 {value}", "read {value}", "改正", "mend it")
    assert found.message("zh", {"value": "{x}"}) == "读到 {x}"
    assert found.message("en", {"value": "5"}) == "read 5"
    assert found.message("both", {"value": "5"}) == "读到 5 / read 5"
    assert found.hint("both", {}) == "改正 / mend it"
    assert Finding("note", "甲", "a").hint("both", {}) == ""


def test_equal_texts_are_said_once() -> None:
    assert choose("both", "ok", "ok") == "ok"
    assert choose("both", "好", "") == choose("en", "好", "") == "好"


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        finding_text("EK999")
