"""Commands whose help comes from the catalogue, in the language asked for, opening with examples."""

from __future__ import annotations

import importlib
import itertools
import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from evalkit.messages import LANGUAGES, Language, choose, word
from evalkit.messages.commands import COMMANDS, EXAMPLES, OPTIONS
from evalkit.messages.nearest import suggestion

_LANGUAGE = "evalkit.language"
Function = TypeVar("Function", bound=Callable[..., Any])


def language(context: click.Context | None = None) -> Language:
    """Return the language of the output: ``--lang``, else the variable EVALKIT_LANG, else both."""
    context = context or click.get_current_context()
    # the variable is looked up here too: a --help is answered before click comes to it
    chosen = context.meta.get(_LANGUAGE, os.environ.get("EVALKIT_LANG"))
    return chosen if chosen in LANGUAGES else "both"


def asked_language(arguments: Sequence[str]) -> Language | None:
    """Return the language that the last ``--lang`` among arguments asks for; None where none does."""
    pairs = itertools.pairwise(["", *arguments])
    asked = [each.removeprefix("--lang=") for before, each in pairs if before == "--lang" or each.startswith("--lang=")]
    return next((each for word in reversed(asked) for each in LANGUAGES if each == word), None)


def _keep_language(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_LANGUAGE] = value


def language_option(function: Function) -> Function:
    """Add ``--lang``; on the group and on each command, the later one wins."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_keep_language,
    )(function)


def plugins_option(function: Function) -> Function:
    """Add ``--allow-plugins``, without which the code of a study is not run."""
    return click.option("--allow-plugins", is_flag=True)(function)


def format_option(*formats: str) -> Callable[[Function], Function]:
    """Add ``--format`` with the formats given, the first one the default."""
    return click.option("--format", "output_format", type=click.Choice(formats), default=formats[0], show_default=True)


class EvalkitCommand(click.Command):
    """A command whose help is in the catalogue under ``key``: examples, usage, what it does, options."""

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments
        """``key``: its name in the catalogue, such as ``run`` or ``indicators list``."""
        super().__init__(*args, **kwargs)
        self.key = key

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; the language is known from the first on, for a ``--help`` or a mistake that stands before it."""
        if (chosen := asked_language(args)) is not None:
            ctx.meta[_LANGUAGE] = chosen
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        chosen = language(ctx)
        with formatter.section(choose(chosen, "示例", "Examples", " ")):
            formatter.write("".join(f"  {example}\n" for example in EXAMPLES[self.key]))
        formatter.write_paragraph()
        usage = choose(chosen, "用法", "Usage", " ")
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=f"{usage}: ")
        formatter.write_paragraph()
        formatter.write_text(choose(chosen, *COMMANDS[self.key], "\n\n"))
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option):
                name = "help" if "--help" in parameter.opts else str(parameter.name)
                parameter.help = choose(chosen, *OPTIONS[name])
        self.format_options(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a title in the language asked for."""
        records = [record for each in self.get_params(ctx) if (record := each.get_help_record(ctx)) is not None]
        with formatter.section(choose(language(ctx), "选项", "Options", " ")):
            formatter.write_dl(records)


class LazyGroup(EvalkitCommand, click.Group):
    """A group that imports a command's module only when that command is used."""

    def __init__(self, *args: Any, homes: dict[str, str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - click's
        """``homes``: module by command; each module has a click command named as the last word of its name."""
        super().__init__(*args, **kwargs)
        self.homes = homes or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of ``homes``."""
        return [*self.homes, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in self.homes:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(self.homes[cmd_name])
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a near miss is named."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = suggestion(args[0], self.list_commands(ctx))
            ctx.fail(word("no_such_command", language(ctx), name=args[0], **near))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the catalogue, importing none of them."""
        chosen = language(ctx)
        prefix = "" if ctx.parent is None else f"{self.key} "
        rows = [(name, choose(chosen, *COMMANDS[prefix + name])) for name in self.list_commands(ctx)]
        with formatter.section(choose(chosen, "命令", "Commands", " ")):
            formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)
