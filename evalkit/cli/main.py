"""``evalkit``: the entrance, the exit codes, and what happens when something goes wrong."""

from __future__ import annotations

import itertools
import os
import sys
from typing import Any

import click

from evalkit.cli.command import LazyGroup, asked_language, language_option
from evalkit.cli.usage import usage_lines, usage_text
from evalkit.messages import LANGUAGES, Language, word

DONE, FINDINGS, USAGE, UNREADABLE, BUG = 0, 1, 2, 3, 70
"""Exit codes: done; an error stands in data or definitions; wrong usage; the study cannot be read; a bug of ours."""

_NAMES = (
    "init", "check", "template", "plan", "run", "robustness", "rank", "explain", "diff", "verify", "report",
    "indicators", "doctor",
)  # fmt: skip
_COMMANDS = {name: f"evalkit.cli.{name}" for name in _NAMES}
_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def _print_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        from evalkit.provenance import version  # noqa: PLC0415 - late: only here

        click.echo(f"evalkit {version()}")
        context.exit()


class ClosedPipeError(Exception):
    """The reader of the output has seen enough, as ``head`` does; click would take it for a failure."""


class _Root(LazyGroup):
    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own arguments
    ) -> click.Context:
        """Parse the arguments; help and version are printed here."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except BrokenPipeError as error:
            raise ClosedPipeError from error

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever a command returns
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ClosedPipeError from error


@click.group(cls=_Root, key="evalkit", homes=_COMMANDS, name="evalkit")
@language_option
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
def cli() -> None:
    """Evaluate government hotlines."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; never ends in a traceback unless EVALKIT_DEBUG is set.

    Linear algebra takes one thread, unless the environment says otherwise: no matrix here is large enough for two, and
    on a busy machine each waits for the other.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    for name in _THREADS:  # read when numpy is loaded, which is later
        os.environ.setdefault(name, "1")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # text streams have it
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, ClosedPipeError):  # what is still buffered goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        cli.main(arguments, prog_name="evalkit", standalone_mode=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.Abort:
        return USAGE
    except click.ClickException as error:
        _usage_error(error, arguments)
        return USAGE
    except ClosedPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence
        _bug(error, arguments)
        return BUG
    return DONE


def _usage_error(error: click.ClickException, arguments: list[str]) -> None:
    chosen = _language_of(arguments)
    if _wants_json(arguments):
        _print_json(usage_text(error, chosen))
    click.echo("\n".join(usage_lines(error, chosen)), err=True)


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
    return "--format=json" in arguments or ("--format", "json") in itertools.pairwise(arguments)


def _language_of(arguments: list[str]) -> Language:
    known: Language = next((each for each in LANGUAGES if each == os.environ.get("EVALKIT_LANG")), "both")
    return asked_language(arguments) or known
