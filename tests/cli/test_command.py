"""Help pages: every command and option is described in both languages, and opens with examples that parse."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click
import pytest

from evalkit.cli.command import asked_language
from evalkit.cli.main import cli
from evalkit.messages import LANGUAGES
from evalkit.messages.commands import COMMANDS, EXAMPLES, OPTIONS
from tests.cli.terminal import evalkit


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = [((), cli), *commands(cli)]
PATHS = [path for path, _ in ALL]


def test_catalogue_and_commands_are_the_same() -> None:
    keys = {" ".join(path) or "evalkit" for path in PATHS}
    assert keys == set(COMMANDS) == set(EXAMPLES)


def test_every_option_is_described_and_none_that_is_not_there() -> None:
    options = [each for _, command in ALL for each in command.params if isinstance(each, click.Option)]
    assert {str(each.name) for each in options} | {"help"} == set(OPTIONS)


@pytest.mark.parametrize("texts", [*COMMANDS.values(), *OPTIONS.values()])
def test_description_is_given_in_both_languages(texts: tuple[str, str]) -> None:
    zh, en = texts
    assert any("一" <= letter <= "鿿" for letter in zh)
    assert en.isascii()
    assert en


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_opens_with_examples(path: tuple[str, ...], language: str) -> None:
    done = evalkit("--lang", language, *path, "--help")
    key = " ".join(path) or "evalkit"
    first, *rest = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert first.rstrip(":") == {"zh": "示例", "en": "Examples", "both": "示例 Examples"}[language]
    assert rest[: len(EXAMPLES[key])] == [f"  {example}" for example in EXAMPLES[key]]
    for number, text in enumerate(COMMANDS[key]):
        shown = "".join(text.split()) in "".join(done.out.split())
        assert shown == (language in {("zh", "en")[number], "both"})


EVERY_EXAMPLE = [example for examples in EXAMPLES.values() for example in examples]


@pytest.mark.parametrize("example", EVERY_EXAMPLE)
def test_example_parses(example: str) -> None:
    name, *arguments = shlex.split(example.partition(" > ")[0])
    assert name == "evalkit"
    context = click.Context(cli, info_name="evalkit")
    command: click.Command = cli
    while isinstance(command, click.Group):
        _, found, arguments = command.resolve_command(context, arguments)
        assert found is not None
        context = click.Context(found, parent=context)
        command = found
    command.make_context(command.name, arguments, parent=context)


@pytest.mark.parametrize("path", [path for path in PATHS if path], ids=" ".join)
def test_later_language_wins(path: tuple[str, ...]) -> None:
    assert "用法" in evalkit("--lang", "en", *path, "--lang", "zh", "--help").out


@pytest.mark.parametrize("arguments", [("--help", "--lang", "zh"), ("--lang=en", "--help", "--lang", "zh")])
def test_the_last_language_counts_wherever_it_stands(arguments: tuple[str, ...]) -> None:
    assert evalkit("run", *arguments).out.startswith("示例:")
    assert asked_language(arguments) == "zh"
    assert asked_language(("run", "--lang", "fr")) is None


def test_what_is_asked_for_counts_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALKIT_LANG", "en")
    assert "找不到" in evalkit("--lang", "zh", "run", "none.yaml").err
    assert "not found" in evalkit("run", "none.yaml").err
