"""``evalkit template``: twin of ``write_forms`` and ``write_questionnaire`` in reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.command import EvalkitCommand, language, language_option, plugins_option
from evalkit.cli.finished import refuse
from evalkit.cli.main import FINDINGS, UNREADABLE
from evalkit.cli.output import print_findings
from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.definitions.bundle import Bundle
    from evalkit.problems import Problem

_EXCEL = "excel"
_ABOUT_FORMS = frozenset({"EK304", "EK325"})
"""Warnings of definitions that concern whoever sends forms out; those of awards and indicators matter with data."""
_FORMATS = (_EXCEL, "xlsform", "codebook", "codebook-docx")


@click.command(cls=EvalkitCommand, key="template")
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--unit", "units", multiple=True)
@click.option("--blank", is_flag=True)
@click.option("--format", "form_format", type=click.Choice(_FORMATS), default=_EXCEL, show_default=True)
@plugins_option
@language_option
def template(
    study: Path, out: Path, units: tuple[str, ...], blank: bool, form_format: str, *, allow_plugins: bool
) -> None:
    """Make questionnaires."""
    from evalkit.definitions.bundle import load_bundle  # noqa: PLC0415 - late: loads pydantic
    from evalkit.problems import has_errors  # noqa: PLC0415 - beside the others

    chosen = language()
    if form_format != _EXCEL and units:
        raise click.UsageError(word("only_excel", chosen, option="--unit", format=form_format))
    bundle, problems = load_bundle(study, allow_plugins=allow_plugins)
    if bundle is None:
        refuse(problems, chosen, as_json=False, code=UNREADABLE)
    if form_format == _EXCEL:
        done, more = _workbooks(bundle, out, units, blank, chosen)
    else:
        done, more = _one_file(bundle, out, form_format, chosen)
    problems = [*(each for each in problems if each.severity == "error" or each.code in _ABOUT_FORMS), *more]
    if problems:
        print_findings(problems, chosen)
    if done:
        click.echo(done)
    sys.exit(FINDINGS if has_errors(problems) else 0)


def _workbooks(
    bundle: Bundle, out: Path, units: tuple[str, ...], blank: bool, chosen: Language
) -> tuple[str, list[Problem]]:
    """Write the workbooks and return what to say."""
    from evalkit.reports.forms import write_forms  # noqa: PLC0415 - late: loads XlsxWriter

    count, problems = write_forms(bundle, out, units=units, blank=blank, language=chosen)
    return word("forms_written", chosen, path=out, count=count) if count else "", problems


def _one_file(bundle: Bundle, out: Path, form_format: str, chosen: Language) -> tuple[str, list[Problem]]:
    """Write the XLSForm or the codebook and return what to say."""
    from evalkit.reports.questionnaire_files import FILE_FORMATS, write_questionnaire  # noqa: PLC0415 - late, as above

    file_format = next(each for each in FILE_FORMATS if each == form_format)
    target, problems = write_questionnaire(bundle, out, file_format, language=chosen)
    return word("codebook_written", chosen, path=target) if target is not None else "", problems
