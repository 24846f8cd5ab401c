"""How findings and tables look on a terminal and as JSON or CSV. Results go to stdout, diagnostics to stderr."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Sequence
from typing import Any

import click

from evalkit.messages import Language, word
from evalkit.problems import SEVERITIES, Problem, as_row

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def print_findings(problems: Sequence[Problem], language: Language, *, notes: bool = True) -> None:
    """Print findings to stderr, with their count; notes may be left to the table ``problems``."""
    for each in problems:
        if notes or each.severity != "note":
            click.echo(finding_text(each, language), err=True)
    click.echo(summary(problems, language), err=True)


def finding_text(each: Problem, language: Language) -> str:
    """Return a finding as it is shown: what, where, what to do."""
    head = click.style(f"{each.severity}[{each.code}]", fg=COLOURS[each.severity], bold=True)
    lines = [f"{head} {each.message(language)}"]
    belongs = [
        (label, value) for label, value in (("unit", each.place.unit), ("question", each.place.question)) if value
    ]
    about = ", ".join(f"{label} {value}" for label, value in belongs)
    place = str(each.place)
    if place or about:
        lines.append("  --> " + "   ".join(part for part in (place, f"({about})" if about else "") if part))
    if hint := each.hint(language):
        lines.append(f"  = hint: {hint}")
    return "\n".join(lines)


def summary(problems: Sequence[Problem], language: Language) -> str:
    """Return the count of findings by severity."""
    if not problems:
        return word("nothing_found", language)
    severities = [each.severity for each in problems]
    return word("summary", language, **{name: severities.count(name) for name in SEVERITIES})


def print_json(document: dict[str, Any], problems: Sequence[Problem], language: Language) -> None:
    """Print the one JSON document of a command, with its findings."""
    document = document | {"problems": [as_row(each, language) for each in problems]}
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False))


def print_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table as CSV; a text that a spreadsheet would compute gets an apostrophe before it."""
    from evalkit.sources.formula_text import protected  # noqa: PLC0415 - late: only where it is used

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in (columns, *rows):
        writer.writerow(
            ["" if value is None else protected(value) if isinstance(value, str) else value for value in row]
        )
    click.echo(buffer.getvalue(), nl=False)


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], *, numeric: frozenset[int] = frozenset()
) -> None:
    """Print a table aligned for a terminal; Chinese characters count two columns."""
    from rich.console import Console  # noqa: PLC0415 - late: rich loads longer than the rest of the command line
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        table.add_column(Text(column), justify="right" if index in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    # drawn into a text, since rich would end the program with a code of its own where a pipe is closed
    terminal = sys.stdout.isatty()
    drawn = io.StringIO()
    width = shutil.get_terminal_size().columns if terminal else _PIPE_WIDTH
    Console(
        file=drawn,
        width=width,
        force_terminal=terminal,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    ).print(table)
    click.echo("\n".join(line.rstrip() for line in drawn.getvalue().splitlines()))


_PIPE_WIDTH = 400
