"""``evalkit report``: twin of ``reports.folder.write_reports``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.command import EvalkitCommand, language, language_option
from evalkit.cli.finished import open_run, refuse
from evalkit.cli.output import print_findings
from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.evaluate import Evaluation
    from evalkit.sources.geojson import Boundaries

_ALL = "all"


@click.command(cls=EvalkitCommand, key="report")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--html", is_flag=True)
@click.option("--xlsx", is_flag=True)
@click.option("--docx", is_flag=True)
@click.option("--png", is_flag=True)
@click.option("--svg", is_flag=True)
@click.option("--font", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--city", "cities", multiple=True)
@click.option("--map", "area_file", type=click.Path(path_type=Path))
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--template-starter", "starter", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False))
@language_option
def report(
    run: Path,
    *,
    cities: tuple[str, ...],
    area_file: Path | None,
    template: Path | None,
    starter: Path | None,
    font: Path | None,
    out: Path | None,
    **wanted: bool,
) -> None:
    """Make the reports of a finished run; the page and the workbook where none is named."""
    from evalkit.reports.folder import FolderError, write_reports  # noqa: PLC0415 - late: loads pandas
    from evalkit.reports.formats import FORMATS, Format  # noqa: PLC0415 - late, as above
    from evalkit.reports.word_files import write_documents, write_template  # noqa: PLC0415 - late, as above

    chosen = language()
    evaluation = open_run(run, chosen, as_json=False, scores=False)
    units = _units(evaluation, cities, chosen)
    target = out or (run if run.is_dir() else run.parent)
    formats: list[Format] = [name for name in FORMATS if wanted[name]]
    boundaries = None if area_file is None else _boundaries(evaluation, area_file, chosen)
    if boundaries is not None and "html" not in formats:
        formats.append("html")
    written: list[Path] = []
    try:
        if starter is not None:
            written.append(write_template(starter, chosen))
        if template is not None:
            made, problems = write_documents(evaluation, template, target, units=units, language=chosen, font=font)
            written, units = [*written, *made], []
            if problems:
                refuse(problems, chosen, as_json=False)
        if not formats and not units and not template and not starter:
            formats = ["html", "xlsx"]
        written += write_reports(
            evaluation, target, formats, units=units, language=chosen, boundaries=boundaries, font=font
        )
    except FolderError as error:
        refuse([error.problem], chosen, as_json=False)
    for path in written:
        click.echo(word("report_written", chosen, path=path))
    sys.exit(0)


def _boundaries(evaluation: Evaluation, path: Path, chosen: Language) -> Boundaries:
    """Return the boundaries of a file, what does not match said on stderr; stop where they cannot be used."""
    from evalkit.reports.page.area_map import matched  # noqa: PLC0415 - late: loads pandas
    from evalkit.sources.geojson import read_boundaries  # noqa: PLC0415 - late, as above

    boundaries, problems = read_boundaries(path)
    if boundaries is None:
        refuse(problems, chosen, as_json=False)
    problems += matched(evaluation, boundaries)[1]
    if problems:
        print_findings(problems, chosen)
    return boundaries


def _units(evaluation: Evaluation, cities: Sequence[str], language: Language) -> list[str]:
    """Return the ids of the units that are named, or of all."""
    from evalkit.explanation import UnknownNameError, known_unit  # noqa: PLC0415 - late: loads pandas

    try:
        named = [known_unit(evaluation, city) for city in cities if city != _ALL]
    except UnknownNameError as error:
        refuse([error.problem], language, as_json=False)
    return list(evaluation["units"]["unit"]) if _ALL in cities else named
