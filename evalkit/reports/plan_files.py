"""A plan of mystery calls on disk: the whole plan as CSV, and a call sheet for each auditor."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from xlsxwriter.exceptions import FileCreateError

from evalkit.definitions.protocol import Protocol
from evalkit.evaluate.planning import Planned, columns
from evalkit.messages import Language
from evalkit.problems import Place, Problem, problem
from evalkit.reports.call_sheets import write_call_sheet
from evalkit.reports.csv_text import as_csv
from evalkit.reports.file_names import file_name


def write_plan(
    planned: Planned, protocol: Protocol, folder: Path, *, language: Language = "both"
) -> tuple[int, list[Problem]]:
    """Write ``plan.csv`` and ``calls/AUDITOR.xlsx``; returns how many call sheets.

    The telephone numbers behind the codes of the plan go to ``private/numbers.csv``, where the table of auditors gives
    any, and to no other file. A file that is there already is never overwritten (EK008): a call sheet may have been
    filled in.
    """
    auditors = dict.fromkeys(rating.auditor for rating in planned.ratings)
    targets = [(auditor, folder / "calls" / f"{file_name(auditor)}.xlsx") for auditor in sorted(auditors)]
    tables = {folder / "plan.csv": pd.DataFrame(columns(planned.ratings))}
    if planned.telephones:
        key = {"number": list(planned.telephones), "telephone": list(planned.telephones.values())}
        tables[folder / "private" / "numbers.csv"] = pd.DataFrame(key)
    present = [path for path in (*tables, *(path for _, path in targets)) if path.exists()]
    if present:
        return 0, [problem("EK008", Place(file=str(path)), path=path.name) for path in present]
    try:
        (folder / "calls").mkdir(parents=True, exist_ok=True)
        for path, table in tables.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(as_csv(table))
        for auditor, path in targets:
            own = [rating for rating in planned.ratings if rating.auditor == auditor]
            write_call_sheet(path, protocol, own, language)
    except (OSError, FileCreateError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return 0, [problem("EK005", Place(file=str(folder)), path=folder, reason=reason)]
    return len(targets), []
