"""Labels and sentences against the source: every key that is used exists, every key is used, every call fills it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest

from evalkit.messages import word
from evalkit.messages.words import WORDS
from tests.messages.conftest import PACKAGE


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls(sources: dict[str, ast.Module]) -> Iterator[tuple[str, ast.Call]]:
    for name, tree in sources.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "word":
                yield f"{name}:{node.lineno}", node


def keys_of(first: ast.expr) -> tuple[set[str], set[str]]:
    """The keys that the first argument can be, and the beginnings of those that are put together."""
    if isinstance(first, ast.IfExp):
        one, other = keys_of(first.body), keys_of(first.orelse)
        return one[0] | other[0], one[1] | other[1]
    if isinstance(first, ast.Constant):
        return {str(first.value)}, set()
    start = (
        first.values[0] if isinstance(first, ast.JoinedStr) else first.left if isinstance(first, ast.BinOp) else None
    )
    return (set(), {str(start.value)}) if isinstance(start, ast.Constant) else (set(), set())


def test_every_key_that_is_used_exists(sources: dict[str, ast.Module]) -> None:
    found = 0
    for where, call in calls(sources):
        keys, beginnings = keys_of(call.args[0])
        assert keys <= set(WORDS), where
        assert all(any(key.startswith(each) for key in WORDS) for each in beginnings), where
        found += len(keys)
    assert found > 50


def test_every_key_is_used(sources: dict[str, ast.Module]) -> None:
    beginnings = {each for _, call in calls(sources) for each in keys_of(call.args[0])[1]}
    constants = (node for tree in sources.values() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    texts = {node.value for node in constants if isinstance(node.value, str)}
    for template in PACKAGE.rglob("*.j2"):
        texts |= set(re.findall(r"[\"'](\w+)[\"']", template.read_text(encoding="utf-8")))
    assert [key for key in WORDS if key not in texts and not key.startswith(tuple(beginnings))] == []


def test_every_call_fills_the_words_exactly(sources: dict[str, ast.Module]) -> None:
    for where, call in calls(sources):
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:
            for key in keys_of(call.args[0])[0]:
                assert given == placeholders("".join(WORDS[key])), f"{where}: {key}"


def neutral(text: str, ending: str) -> set[str]:
    """Placeholders without the mark of the language, of which each text has its own."""
    return {name.removesuffix(ending) for name in placeholders(text)}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_have_the_same_placeholders_and_fit_a_gbk_console(key: str) -> None:
    zh, en = WORDS[key]
    assert neutral(zh, "_zh") == neutral(en, "_en")
    assert zh
    assert en
    f"{zh}{en}".encode("gbk")


def test_labels_are_joined_by_a_space_and_sentences_by_a_slash() -> None:
    assert word("rank") == "名次 Rank"
    assert word("rank", "zh") == "名次"
    assert word("rank", "en") == "Rank"
    assert word("written_to", path="{x}") == "结果已写入 {x} / results written to {x}"
