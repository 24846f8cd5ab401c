"""Wrong usage in words: which argument or option is missing, unknown or of a wrong value."""

from __future__ import annotations

from typing import Any

import click

from evalkit.messages import Language, word
from evalkit.messages.nearest import listed, suggestion


def usage_lines(error: click.ClickException, language: Language) -> list[str]:
    """Return how the command is written, how to get help, and what is wrong."""
    lines = []
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        pieces = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
        lines = [f"{word('usage', language)}: {pieces}"]
        lines += [word("usage_help", language, command=f"{context.command_path} --help"), ""]
    return [*lines, usage_text(error, language)]


def usage_text(error: click.ClickException, language: Language) -> str:
    """Return what is wrong; a message of evalkit's own, or one that click alone knows, as it is."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        if isinstance(error.param, click.Option):
            return word("usage_missing_option", language, name=_name(error.param))
        return word("usage_missing_argument", language, name=_name(error.param))
    if isinstance(error, click.NoSuchOption):
        known = [] if error.ctx is None else [name for each in error.ctx.command.params for name in each.opts]
        near = suggestion(error.option_name, [name for name in known if name.startswith("--")])
        return word("usage_no_such_option", language, name=error.option_name, **near)
    if isinstance(error, click.BadOptionUsage):
        return word("usage_needs_value", language, name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        detail = _expected(error.param.type, language) or error.message
        return word("usage_bad_value", language, name=_name(error.param), detail=detail)
    return error.format_message()


def _name(parameter: click.Parameter) -> str:
    """Return an option as it is written out, an argument as the usage has it."""
    return max(parameter.opts, key=len) if isinstance(parameter, click.Option) else parameter.human_readable_name


def _expected(kind: click.ParamType[Any], language: Language) -> str:
    """Return what may stand there; empty where only click's own message says it."""
    if isinstance(kind, click.Choice):
        return word("usage_one_of", language, allowed=listed([str(each) for each in kind.choices]))
    if isinstance(kind, click.IntRange | click.FloatRange):
        bounds = ((">" if kind.min_open else ">=", kind.min), ("<" if kind.max_open else "<=", kind.max))
        limits = " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)
        if isinstance(kind, click.IntRange):
            return word("usage_whole_number", language, limits=limits)
        return word("usage_number", language, limits=limits)
    return ""
