"""The words of the command line against its commands, options and examples."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click
import pytest

from evalkit.cli.command import EvalkitCommand
from evalkit.cli.main import cli
from evalkit.messages.commands import COMMANDS, EXAMPLES, OPTIONS


def commands(command: click.Command, context: click.Context) -> Iterator[EvalkitCommand]:
    assert isinstance(command, EvalkitCommand)
    yield command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, click.Context(inner, parent=context, info_name=name))


ALL = {each.key: each for each in commands(cli, click.Context(cli, info_name="evalkit"))}


def test_every_command_has_words_and_examples_and_no_other_has() -> None:
    assert set(COMMANDS) == set(EXAMPLES) == set(ALL)


def test_every_option_has_words_and_no_other_has() -> None:
    used = {
        "help" if "--help" in option.opts else str(option.name)
        for command in ALL.values()
        for option in command.get_params(click.Context(command))
        if isinstance(option, click.Option)
    }
    assert set(OPTIONS) == used


@pytest.mark.parametrize("text", [each for table in (COMMANDS, OPTIONS) for pair in table.values() for each in pair])
def test_words_fit_a_gbk_console(text: str) -> None:
    assert text
    text.encode("gbk")


@pytest.mark.parametrize("key", sorted(EXAMPLES))
def test_examples_call_commands_with_options_that_exist(key: str) -> None:
    for example in EXAMPLES[key]:
        example.encode("gbk")
        words = shlex.split(example.split(" > ")[0])
        name = " ".join(words[1:3]) if " ".join(words[1:3]) in ALL else words[1]
        command = ALL[name]
        assert words[0] == "evalkit"
        assert key in {"evalkit", name, name.split()[0]}
        known = {option for each in command.get_params(click.Context(command)) for option in each.opts}
        assert {each for each in words if each.startswith("--")} <= known, example
        arguments = words[1 + len(name.split()) :]
        command.make_context(name, arguments, resilient_parsing=False)
