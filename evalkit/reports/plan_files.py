"""A plan of mystery calls on disk: the whole plan as CSV, and a call sheet for each auditor, in Excel or for phones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

import pandas as pd
from xlsxwriter.exceptions import FileCreateError

from evalkit.definitions.protocol import Protocol
from evalkit.evaluate.planning import Planned, columns
from evalkit.messages import Language
from evalkit.problems import Place, Problem, problem
from evalkit.reports.call_forms import write_call_form
from evalkit.reports.call_sheets import write_call_sheet
from evalkit.reports.csv_text import as_csv
from evalkit.reports.file_names import file_name

Sheets = Literal["excel", "xlsform", "both"]
SHEETS: tuple[Sheets, ...] = ("excel", "xlsform", "both")


def write_plan(
    planned: Planned, protocol: Protocol, folder: Path, *, language: Language = "both", sheets: Sheets = "excel"
) -> tuple[int, list[Problem]]:
    """Write ``plan.csv`` and a call sheet an auditor, ``calls/AUDITOR.xlsx`` or ``forms/AUDITOR.xlsx``; counts these.

    ``forms`` are XLSForms. The telephone numbers behind the codes of the plan go to ``private/numbers.csv``, where the
    table of auditors gives any, and to no other file. A file that is there already is never overwritten (EK008): a call
    sheet may have been filled in.
    """
    tables = {folder / "plan.csv": pd.DataFrame(columns(planned.ratings))}
    if planned.telephones:
        key = {"number": list(planned.telephones), "telephone": list(planned.telephones.values())}
        tables[folder / "private" / "numbers.csv"] = pd.DataFrame(key)
    written = _sheets(planned, protocol, folder, language, sheets)
    present = [path for path in (*tables, *written) if path.exists()]
    if present:
        return 0, [problem("EK008", Place(file=str(path)), path=path.name) for path in present]
    try:
        for path in (*tables, *written):
            path.parent.mkdir(parents=True, exist_ok=True)
        for path, table in tables.items():
            path.write_bytes(as_csv(table))
        for write in written.values():
            write()
    except (OSError, FileCreateError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return 0, [problem("EK005", Place(file=str(folder)), path=folder, reason=reason)]
    return len(written), []


def _sheets(
    planned: Planned, protocol: Protocol, folder: Path, language: Language, sheets: Sheets
) -> dict[Path, Callable[[], None]]:
    """Return how each call sheet is written, by its path."""
    written: dict[Path, Callable[[], None]] = {}
    for auditor in sorted({rating.auditor for rating in planned.ratings}):
        own = [rating for rating in planned.ratings if rating.auditor == auditor]
        name = f"{file_name(auditor)}.xlsx"
        if sheets != "xlsform":
            path = folder / "calls" / name
            written[path] = partial(write_call_sheet, path, protocol, own, language)
        if sheets != "excel":
            path = folder / "forms" / name
            written[path] = partial(write_call_form, path, protocol, auditor, own, language)
    return written
