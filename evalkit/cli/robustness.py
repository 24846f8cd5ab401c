"""``evalkit robustness``: twin of ``uncertainty.robustness.run`` and ``uncertainty.one_draw.regenerate``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option
from evalkit.cli.finished import refuse
from evalkit.cli.main import DONE, FINDINGS, UNREADABLE
from evalkit.cli.output import print_findings, print_json, print_table
from evalkit.cli.progress import shown
from evalkit.messages import Language, word
from evalkit.problems import has_errors

if TYPE_CHECKING:
    from evalkit.evaluate import Evaluation, Project
    from evalkit.uncertainty.one_draw import OneDraw

_SHOWN = 10
_ON_TERMINAL = 15
"""Columns of the sheet that a terminal shows: not those of the indicators left out."""


@click.command(cls=EvalkitCommand, key="robustness")
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--draw", type=click.IntRange(min=0))
@click.option("--no-excel", is_flag=True)
@format_option("text", "json")
@language_option
def robustness(
    study: Path, out: Path | None, *, workers: int, draw: int | None, no_excel: bool, output_format: str
) -> None:
    """Say how sure ranks and awards are."""
    from evalkit.evaluate.project import StudyError, load  # noqa: PLC0415 - late: loads pandas and pydantic
    from evalkit.reports.folder import FolderError, write  # noqa: PLC0415 - late, as above
    from evalkit.uncertainty import robustness as analysis  # noqa: PLC0415 - late, as above

    chosen, as_json = language(), output_format == "json"
    code = UNREADABLE
    try:
        project = load(study)
        code = FINDINGS
        if draw is not None and project.bundle.study.uncertainty is not None:
            _print_draw(project, draw, chosen, as_json=as_json)
            sys.exit(DONE)
        with shown(word("drawing_replicates", chosen)) as watch:
            evaluation = analysis.run(project, workers=workers, progress=watch)
        folder = write(evaluation, out or study.parent / "results", language=chosen, excel=not no_excel)
    except StudyError as error:
        refuse(error.problems, chosen, as_json=as_json, code=code)
    except FolderError as error:
        refuse([error.problem], chosen, as_json=as_json)
    problems = evaluation.problems
    if as_json:
        print_json(_document(study, folder, evaluation), problems, chosen)
    else:
        print_findings(problems, chosen, notes=False)
        _print_summary(evaluation, folder, chosen)
    sys.exit(FINDINGS if has_errors(problems) else DONE)


def _document(study: Path, folder: Path, evaluation: Evaluation) -> dict[str, object]:
    from evalkit.reports.outline.sheet import plain, records  # noqa: PLC0415 - late: loads pandas

    rows = [{name: plain(value) for name, value in row.items()} for row in records(evaluation["robustness"])]
    about = {"study": str(study), "out": str(folder), "replicates": evaluation.manifest["replicates"]}
    return about | {"robustness": rows}


def _print_summary(evaluation: Evaluation, folder: Path, chosen: Language) -> None:
    from evalkit.reports.outline.robustness import robustness as sheet_of  # noqa: PLC0415 - late: loads pandas

    sheet = sheet_of(evaluation, chosen)
    bases = [column.group[:3] if column.group.startswith("(") else "" for column in sheet.columns]
    columns = [f"{basis} {column.title}".strip() for basis, column in zip(bases, sheet.columns, strict=True)]
    kinds = [column.kind for column in sheet.columns]
    rows = [[_shown(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in sheet.rows[:_SHOWN]]
    kept = [at for at in range(_ON_TERMINAL) if any(row[at] for row in rows)]
    shown = [[row[at] for at in kept] for row in rows]
    numeric = frozenset(place for place, at in enumerate(kept) if kinds[at] not in {"text", "long"})
    print_table([columns[at] for at in kept], shown, numeric=numeric)
    for note in sheet.notes:
        click.echo(note)
    click.echo(word("replicates_made", chosen, **_counts(evaluation)))
    click.echo(word("written_to", chosen, path=folder))


def _counts(evaluation: Evaluation) -> dict[str, Any]:
    made = evaluation.manifest["replicates"]
    return {"ranks": made["ranks"], "awards": made["awards"]}


def _shown(value: Any, kind: str) -> str:  # noqa: ANN401 - a cell of any type
    if value is None or value != value or value == "":  # noqa: PLR0124 - NaN differs from itself
        return ""
    if kind == "percent":
        return f"{100 * value:.1f}%"
    return f"{value:.2f}" if kind == "score" else f"{value:g}" if kind == "integer" else str(value)


def _print_draw(project: Project, number: int, chosen: Language, *, as_json: bool) -> None:
    from evalkit.uncertainty.one_draw import regenerate  # noqa: PLC0415 - late: loads pandas

    choices = project.bundle.study.uncertainty
    last = 0 if choices is None else choices.replicates - 1
    if number > last:
        raise click.BadParameter(word("no_such_draw", chosen, number=number, last=last), param_hint="--draw")
    found = regenerate(project.bundle, project.run(), number)
    if as_json:
        tables = {"weights": found.weights.to_dict("records"), "ranking": found.ranking.to_dict("records")}
        print_json({"draw": number, **_picked(found), **tables}, [], chosen)
        return
    click.echo(word("draw_of", chosen, number=number))
    for choice, value in _picked(found).items():
        if value:
            click.echo(f"{word('choice_' + choice, chosen)}: {value}")
    columns = [word("node", chosen), word("official", chosen), word("drawn", chosen)]
    rows = [
        [node, f"{official:.4f}", f"{drawn:.4f}"] for node, official, drawn in found.weights.itertuples(index=False)
    ]
    print_table(columns, rows, numeric=frozenset({1, 2}))
    columns = [word(key, chosen) for key in ("rank", "unit", "score", "official_rank")]
    ranked = [
        [f"{row['rank']:g}", row["unit"], f"{row['score']:.2f}", f"{row['official_rank']:g}"]
        for row in found.ranking.to_dict("records")
    ]
    print_table(columns, ranked, numeric=frozenset({0, 2, 3}))


def _picked(found: OneDraw) -> dict[str, str]:
    return {
        "normalise": found.normalise,
        "outliers": found.outliers,
        "aggregate": found.aggregate,
        "missing": found.missing,
        "dropped": found.dropped,
    }
