"""``evalkit check``: twin of ``Project.check``; with ``--annotate`` and ``--progress`` of functions of reports."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.call_progress import print_progress, progress_document, progress_of
from evalkit.cli.command import EvalkitCommand, format_option, language, language_option, plugins_option
from evalkit.cli.main import DONE, FINDINGS, UNREADABLE
from evalkit.cli.output import print_csv, print_findings, print_json, summary
from evalkit.cli.progress import reading_files
from evalkit.messages import word

if TYPE_CHECKING:
    from evalkit.evaluate.call_progress import Progress


@click.command(cls=EvalkitCommand, key="check")
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--annotate", type=click.Path(path_type=Path, file_okay=False))
@click.option("--progress", "progress_page", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]))
@format_option("text", "json", "csv")
@plugins_option
@language_option
def check(
    *,
    study: Path,
    annotate: Path | None,
    progress_page: Path | None,
    today: dt.datetime | None,
    output_format: str,
    allow_plugins: bool,
) -> None:
    """Check definitions and data."""
    from evalkit.evaluate.project import StudyError, load  # noqa: PLC0415 - late: loads pandas and pydantic
    from evalkit.problems import PROBLEM_COLUMNS, as_row, has_errors  # noqa: PLC0415 - late, as above

    chosen = language()
    if today is not None and progress_page is None:
        raise click.UsageError(word("option_needs", chosen, option="--today", needed="--progress"))
    copies: dict[str, int] = {}
    calls: Progress | None = None
    try:
        project = load(study, allow_plugins=allow_plugins)
        with reading_files(chosen) as reading:
            data, found = project.gather(reading)
        problems = [*project.problems, *found]
        if annotate is not None:
            from evalkit.reports.annotate import annotate as write_copies  # noqa: PLC0415 - late: loads openpyxl

            copies["copies"], more = write_copies(project, problems, annotate, language=chosen)
            problems += more
        if progress_page is not None:
            day = None if today is None else today.date()
            calls, more = progress_of(project, data, progress_page, day, chosen)
            problems += more
        code = FINDINGS if has_errors(problems) else DONE
    except StudyError as error:
        problems, code = error.problems, UNREADABLE
    if output_format == "json":
        of_calls = {} if calls is None else {"progress": progress_document(calls)}
        print_json({"study": str(study), **copies, **of_calls}, problems, chosen)
    elif output_format == "csv":
        rows = [list(as_row(each, chosen).values()) for each in problems]
        print_csv(PROBLEM_COLUMNS, rows)
    else:
        print_findings(problems, chosen)
        click.echo(f"{study}: {summary(problems, chosen)}")
        if copies:
            click.echo(word("copies_written", chosen, path=annotate, count=copies["copies"], list="problems.xlsx"))
        if calls is not None and progress_page is not None:
            print_progress(calls, progress_page, chosen)
    sys.exit(code)
