"""``evalkit``: the entrance, the exit codes, and what happens when something goes wrong."""

from __future__ import annotations

import os
import sys

import click

from evalkit.cli.command import LazyGroup, language, language_option
from evalkit.messages import Language, word

DONE, FINDINGS, USAGE, UNREADABLE, BUG = 0, 1, 2, 3, 70
"""Exit codes: done; an error stands in data or definitions; wrong usage; the study cannot be read; a bug of ours."""

_COMMANDS = {
    name: f"evalkit.cli.{name}"
    for name in ("init", "check", "template", "run", "rank", "explain", "indicators", "doctor")
}


def _print_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's
    if value:
        from evalkit.provenance import version  # noqa: PLC0415 - late: only here

        click.echo(f"evalkit {version()}")
        context.exit()


@click.group(cls=LazyGroup, key="evalkit", homes=_COMMANDS, name="evalkit")
@language_option
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
def cli() -> None:
    """Evaluate government hotlines."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; never ends in a traceback unless EVALKIT_DEBUG is set."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # text streams have it
    try:
        cli.main(arguments, prog_name="evalkit", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(USAGE)
    except click.ClickException as error:
        _usage_error(error, arguments)
        sys.exit(USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        _bug(error, arguments)
        sys.exit(BUG)


def _usage_error(error: click.ClickException, arguments: list[str]) -> None:
    if _wants_json(arguments):
        _print_json(error.format_message())
    error.show(sys.stderr)


def _bug(error: Exception, arguments: list[str]) -> None:
    chosen: Language = _language_of(arguments)
    if os.environ.get("EVALKIT_DEBUG"):
        raise error
    name = f"{type(error).__name__}: {error}"
    if _wants_json(arguments):
        _print_json(name)
    click.echo(word("bug", chosen, error=name), err=True)


def _print_json(error: str) -> None:
    import json  # noqa: PLC0415 - late: only when something went wrong

    click.echo(json.dumps({"error": error, "problems": []}, ensure_ascii=False))


def _wants_json(arguments: list[str]) -> bool:
    return "--format=json" in arguments or ("--format", "json") in zip(arguments, arguments[1:], strict=False)


def _language_of(arguments: list[str]) -> Language:
    context = click.get_current_context(silent=True)
    if context is not None:
        return language(context)
    return next((each for each in ("zh", "en") if each in arguments), "both")  # type: ignore[return-value]  # of LANGUAGES
