"""``evalkit template``: twin of ``reports.template.write_forms``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evalkit.cli.command import EvalkitCommand, language, language_option
from evalkit.cli.finished import refuse
from evalkit.cli.main import FINDINGS, UNREADABLE
from evalkit.cli.output import print_findings
from evalkit.messages import word


@click.command(cls=EvalkitCommand, key="template")
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--unit", "units", multiple=True)
@click.option("--blank", is_flag=True)
@language_option
def template(study: Path, out: Path, units: tuple[str, ...], blank: bool) -> None:
    """Make questionnaires."""
    from evalkit.definitions.bundle import load_bundle  # noqa: PLC0415 - late: loads pydantic
    from evalkit.problems import has_errors  # noqa: PLC0415 - beside the others
    from evalkit.reports.forms import write_forms  # noqa: PLC0415 - late: loads XlsxWriter

    chosen = language()
    bundle, problems = load_bundle(study)
    if bundle is None:
        refuse(problems, chosen, as_json=False, code=UNREADABLE)
    count, more = write_forms(bundle, out, units=units, blank=blank, language=chosen)
    problems += more
    if problems:
        print_findings(problems, chosen)
    if count:
        click.echo(word("forms_written", chosen, path=out, count=count))
    sys.exit(FINDINGS if has_errors(problems) else 0)
