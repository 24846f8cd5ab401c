"""``evalkit check``: twin of ``Project.check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option
from evalkit.cli.main import DONE, FINDINGS, UNREADABLE
from evalkit.cli.output import print_csv, print_findings, print_json, summary


@click.command(cls=EvalkitCommand, key="check")
@click.argument("study", type=click.Path(path_type=Path))
@format_option("text", "json", "csv")
@language_option
def check(study: Path, output_format: str) -> None:
    """Check definitions and data."""
    from evalkit.evaluate.project import StudyError, load  # noqa: PLC0415 - late: loads pandas and pydantic
    from evalkit.problems import PROBLEM_COLUMNS, as_row, has_errors  # noqa: PLC0415 - late, as above

    chosen = language()
    try:
        problems = load(study).check()
        code = FINDINGS if has_errors(problems) else DONE
    except StudyError as error:
        problems, code = error.problems, UNREADABLE
    if output_format == "json":
        print_json({"study": str(study)}, problems, chosen)
    elif output_format == "csv":
        rows = [list(as_row(each, chosen).values()) for each in problems]
        print_csv(PROBLEM_COLUMNS, rows)
    else:
        print_findings(problems, chosen)
        click.echo(f"{study}: {summary(problems, chosen)}")
    sys.exit(code)
