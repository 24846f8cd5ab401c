"""``evalkit verify``: twin of ``evalkit.verify``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option, plugins_option
from evalkit.cli.finished import refuse
from evalkit.cli.main import DONE, FINDINGS, UNREADABLE
from evalkit.cli.output import print_findings, print_json
from evalkit.cli.progress import reading_files
from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.reports.verification import Verification


@click.command(cls=EvalkitCommand, key="verify")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--study", type=click.Path(path_type=Path))
@format_option("text", "json")
@plugins_option
@language_option
def verify(run: Path, study: Path | None, *, output_format: str, allow_plugins: bool) -> None:
    """Verify a finished run."""
    from evalkit.evaluate.project import StudyError  # noqa: PLC0415 - late: loads pandas and pydantic
    from evalkit.reports.folder import FolderError  # noqa: PLC0415 - late, as above
    from evalkit.reports.verification import verify as verify_run  # noqa: PLC0415 - late, as above

    chosen, as_json = language(), output_format == "json"
    try:
        with reading_files(chosen) as reading:
            found = verify_run(run, study, allow_plugins=allow_plugins, reading=reading)
    except FolderError as error:
        refuse([error.problem], chosen, as_json=as_json, code=UNREADABLE)
    except StudyError as error:
        refuse(error.problems, chosen, as_json=as_json, code=UNREADABLE)
    if as_json:
        document = {
            "run": str(run),
            "study": None if study is None else str(study),
            "holds": found.holds,
            "tables": found.tables,
            "scores": found.scores,
            "ranks": found.ranks,
            "inputs": found.inputs,
            "reproduced": found.reproduced,
        }
        print_json(document, found.problems, chosen)
    else:
        print_findings(found.problems, chosen)
        for line in _account(found, chosen):
            click.echo(line)
    sys.exit(DONE if found.holds else FINDINGS)


def _account(found: Verification, chosen: Language) -> Iterator[str]:
    yield word("verified_tables", chosen, count=found.tables)
    if found.scores:
        yield word("verified_scores", chosen, scores=found.scores, ranks=found.ranks)
    if found.reproduced is None:
        yield word("verified_no_study", chosen)
    else:
        yield word("verified_study", chosen, inputs=found.inputs, count=len(found.reproduced))
    yield word("verified_holds" if found.holds else "verified_not", chosen)
