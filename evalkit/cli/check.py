"""``evalkit check``: twin of ``Project.check`` and, with ``--annotate``, of ``annotate`` in reports."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option, plugins_option
from evalkit.cli.main import DONE, FINDINGS, UNREADABLE
from evalkit.cli.output import print_csv, print_findings, print_json, summary
from evalkit.cli.progress import progress
from evalkit.messages import word


@click.command(cls=EvalkitCommand, key="check")
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--annotate", type=click.Path(path_type=Path, file_okay=False))
@format_option("text", "json", "csv")
@plugins_option
@language_option
def check(study: Path, annotate: Path | None, output_format: str, *, allow_plugins: bool) -> None:
    """Check definitions and data."""
    from evalkit.evaluate.project import StudyError, load  # noqa: PLC0415 - late: loads pandas and pydantic
    from evalkit.problems import PROBLEM_COLUMNS, as_row, has_errors  # noqa: PLC0415 - late, as above

    chosen = language()
    copies: dict[str, int] = {}
    try:
        project = load(study, allow_plugins=allow_plugins)
        with progress(chosen) as reading:
            problems = project.check(reading)
        if annotate is not None:
            from evalkit.reports.annotate import annotate as write_copies  # noqa: PLC0415 - late: loads openpyxl

            copies["copies"], more = write_copies(project, problems, annotate, language=chosen)
            problems += more
        code = FINDINGS if has_errors(problems) else DONE
    except StudyError as error:
        problems, code = error.problems, UNREADABLE
    if output_format == "json":
        print_json({"study": str(study), **copies}, problems, chosen)
    elif output_format == "csv":
        rows = [list(as_row(each, chosen).values()) for each in problems]
        print_csv(PROBLEM_COLUMNS, rows)
    else:
        print_findings(problems, chosen)
        click.echo(f"{study}: {summary(problems, chosen)}")
        if copies:
            click.echo(word("copies_written", chosen, path=annotate, count=copies["copies"], list="problems.xlsx"))
    sys.exit(code)
