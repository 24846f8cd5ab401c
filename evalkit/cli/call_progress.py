"""``evalkit check --progress``: twin of ``call_progress`` in evaluate and ``write_progress`` in reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evalkit.cli.output import print_table
from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.evaluate.call_progress import Line, Progress
    from evalkit.evaluate.gather import Gathered
    from evalkit.evaluate.project import Project
    from evalkit.problems import Problem

_COLUMNS = ("planned", "done", "missing", "overdue", "calls", "reached")


def progress_of(
    project: Project, data: Gathered | None, page: Path, today: dt.date | None, chosen: Language
) -> tuple[Progress | None, list[Problem]]:
    """Write the page; no progress, with EK664, where there is no plan that can be read."""
    from evalkit.evaluate.call_progress import call_progress  # noqa: PLC0415 - late: loads numpy
    from evalkit.problems import problem  # noqa: PLC0415 - beside the others
    from evalkit.reports.progress_page import write_progress  # noqa: PLC0415 - late: loads jinja2

    protocol = project.bundle.protocol
    if data is None or protocol is None or not data.plan:
        return None, [problem("EK664", project.bundle.document.place(("data",)))]
    ratings = data.calls.ratings if data.calls is not None else ()
    found = call_progress(data.plan, ratings, protocol[0], today)
    return found, write_progress(page, found, project.bundle, data.register.names, chosen)


def progress_document(found: Progress) -> dict[str, Any]:
    """Return the progress as the JSON document has it."""
    document = asdict(found) | {"as_of": found.as_of.isoformat() if found.as_of else None}
    lines = {key: [_entry(line) for line in getattr(found, key)] for key in ("auditors", "units")}
    return document | lines | {"total": _entry(found.total), "outcomes": dict(found.outcomes)}


def _entry(line: Line) -> dict[str, Any]:
    return asdict(line) | {"done": line.done}


def print_progress(found: Progress, page: Path, chosen: Language) -> None:
    """Print what is missing, by auditor, and where the page is."""
    from evalkit.reports.progress_page import remarks  # noqa: PLC0415 - late: loads jinja2

    titles = [word(f"progress_{name}", chosen) for name in ("auditor", *_COLUMNS)]
    lines = [*found.auditors, found.total]
    rows = [
        [
            line.name,
            line.planned,
            line.done,
            line.missing,
            line.overdue if found.dated else "-",
            line.calls,
            f"{line.reached / line.calls:.0%}" if line.calls else "-",
        ]
        for line in lines
    ]
    print_table(titles, rows, numeric=frozenset(range(1, len(titles))))
    for remark in remarks(found, chosen):
        click.echo(remark)
    click.echo(word("progress_written", chosen, path=page))
