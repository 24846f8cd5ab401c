"""``evalkit init``: twin of ``reports.starter.write_study``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from evalkit.cli.command import EvalkitCommand, language, language_option
from evalkit.cli.finished import refuse
from evalkit.cli.main import USAGE
from evalkit.messages import word


@click.command(cls=EvalkitCommand, key="init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@language_option
def init(folder: Path) -> None:
    """Start a study folder."""
    from evalkit.problems import Place, problem  # noqa: PLC0415 - beside the other
    from evalkit.reports.starter import write_study  # noqa: PLC0415 - late, as in every command

    chosen = language()
    if folder.exists() and any(folder.iterdir()):
        refuse([problem("EK007", Place(file=str(folder)), path=folder)], chosen, as_json=False, code=USAGE)
    try:
        write_study(folder, str(dt.datetime.now(dt.UTC).year), language=chosen)
    except OSError as error:
        found = problem("EK005", Place(file=str(folder)), path=folder, reason=error.strerror or "")
        refuse([found], chosen, as_json=False)
    click.echo(word("study_made", chosen, path=folder))
    click.echo(f"{word('next_steps', chosen)}:")
    study, forms, results = (f'"{path}"' if " " in str(path) else str(path) for path in _paths(folder))
    for line in (
        f"evalkit template {study} --out {forms}",
        f"evalkit check {study}",
        f"evalkit run {study} --out {results}",
    ):
        click.echo(f"  {line}")
    sys.exit(0)


def _paths(folder: Path) -> tuple[Path, Path, Path]:
    return folder / "study.yaml", folder / "forms", folder / "results"
