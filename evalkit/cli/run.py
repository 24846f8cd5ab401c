"""``evalkit run``: twin of ``Project.run`` and ``evalkit.write``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option, plugins_option
from evalkit.cli.main import DONE, FINDINGS, UNREADABLE
from evalkit.cli.output import print_findings, print_json
from evalkit.cli.progress import reading_files
from evalkit.cli.ranking import print_ranking, print_tiers
from evalkit.messages import Language, word
from evalkit.problems import Problem, has_errors

if TYPE_CHECKING:
    from evalkit.evaluate import Evaluation

_SHOWN = 10


@click.command(cls=EvalkitCommand, key="run")
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--strict", is_flag=True)
@click.option("--no-excel", is_flag=True)
@click.option("--no-html", is_flag=True)
@click.option("--private", type=click.Path(path_type=Path, file_okay=False))
@format_option("text", "json")
@plugins_option
@language_option
def run(
    study: Path,
    *,
    out: Path | None,
    strict: bool,
    no_excel: bool,
    no_html: bool,
    private: Path | None,
    output_format: str,
    allow_plugins: bool,
) -> None:
    """Evaluate a study."""
    from evalkit.evaluate.project import StudyError, load  # noqa: PLC0415 - late: loads pandas and pydantic
    from evalkit.evaluate.publication import public  # noqa: PLC0415 - late, as above
    from evalkit.reports.folder import FolderError, write  # noqa: PLC0415 - late, as above
    from evalkit.uncertainty import assessment  # noqa: PLC0415 - late, as above

    chosen = language()
    as_json = output_format == "json"
    opened = False
    target = out or study.parent / "results"
    if private is not None and private.resolve() == target.resolve():
        raise click.BadParameter(word("private_apart", chosen), param_hint="--private")
    try:
        project = load(study, allow_plugins=allow_plugins)
        opened = True
        with reading_files(chosen) as reading:
            evaluation = assessment.run(project, strict=strict, reading=reading)
        folder = write(evaluation, target, language=chosen, excel=not no_excel, page=not no_html)
        if private is not None:
            private = write(evaluation, private, language=chosen, excel=not no_excel, page=not no_html, private=True)
    except StudyError as error:
        _refuse(error.problems, chosen, study, as_json=as_json)
        sys.exit(FINDINGS if opened else UNREADABLE)
    except FolderError as error:
        _refuse([error.problem], chosen, study, as_json=as_json)
        sys.exit(FINDINGS)
    code = FINDINGS if has_errors(evaluation.problems) else DONE
    found, evaluation = len(evaluation.problems), public(evaluation)
    problems = evaluation.problems
    if as_json:
        print_json(_document(study, folder, evaluation), problems, chosen)
    else:
        print_findings(problems, chosen, notes=False)
        if withheld := found - len(problems):
            click.echo(word("withheld", chosen, count=withheld), err=True)
        _print_summary(evaluation, folder, chosen)
        if private is not None:
            click.echo(word("private_written", chosen, path=private))
    sys.exit(code)


def _refuse(problems: Sequence[Problem], language: Language, study: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({"study": str(study), "out": None}, problems, language)
    else:
        print_findings(problems, language)


def _document(study: Path, folder: Path, evaluation: Evaluation) -> dict[str, object]:
    from evalkit.evaluate.publication import tiers_only  # noqa: PLC0415 - late: loads pandas

    about = {
        "study": str(study),
        "out": str(folder),
        "units": len(evaluation["units"]),
        "cells": cell_counts(evaluation),
    }
    if tiers_only(evaluation):
        return about | {"awards": evaluation["awards"][["scheme", "award", "unit"]].to_dict("records")}
    ranking = evaluation.ranking()
    return about | {"ranked": len(ranking), "ranking": ranking[["unit", "rank", "score"]].to_dict("records")}


def cell_counts(evaluation: Evaluation) -> dict[str, int]:
    """Return how many files and answer cells there were, and what became of the cells."""
    files = evaluation["files"]
    names = ("expected", "ok", "blank", "skipped", "not_applicable", "invalid", "error")
    counts = {name: int(files[name].sum()) for name in names}
    return counts | {"files": len(files), "read": int((files["state"] == "read").sum())}


def _print_summary(evaluation: Evaluation, folder: Path, chosen: Language) -> None:
    from evalkit.evaluate.publication import tiers_only  # noqa: PLC0415 - late: loads pandas
    from evalkit.reports.outline.names import study_name  # noqa: PLC0415 - late, as above
    from evalkit.reports.outline.ranking import unranked_reasons  # noqa: PLC0415 - late, as above

    click.echo(study_name(evaluation, chosen))
    if notice := evaluation.manifest["study"].get("notice"):
        click.echo(" / ".join(dict.fromkeys(notice.values())) if chosen == "both" else notice[chosen])
    counts = cell_counts(evaluation)
    if counts["files"]:
        click.echo(word("files_read", chosen, **counts))
    if tiers_only(evaluation):
        print_tiers(evaluation, chosen)
        click.echo(word("written_to", chosen, path=folder))
        return
    click.echo(word("ranked_of", chosen, ranked=len(evaluation.ranking()), units=len(evaluation["units"])))
    reasons = unranked_reasons(evaluation, chosen)
    has_data = not evaluation["observations"].empty or "records" in evaluation.tables
    if has_data:
        print_ranking(evaluation, evaluation.ranking().head(_SHOWN), chosen)
    else:
        click.echo(word("no_returns", chosen))
    if reasons and has_data:
        click.echo(f"{word('unranked', chosen)}:")
        for unit, reason in reasons.items():
            click.echo(f"  {unit}: {reason}")
    click.echo(word("written_to", chosen, path=folder))
