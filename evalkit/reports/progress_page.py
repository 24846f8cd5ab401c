"""The page of the fieldwork: one HTML file without scripts, for those who run it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evalkit.definitions.bundle import Bundle
from evalkit.evaluate.call_progress import Progress
from evalkit.messages import Language, word
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import version
from evalkit.reports.page.assembly import fill
from evalkit.reports.whole_file import write_whole

_NONE = "-"


def write_progress(
    path: Path, progress: Progress, bundle: Bundle, names: Mapping[str, str], language: Language
) -> list[Problem]:
    """Write the page; ``names`` of the units by id. EK005: the file cannot be written."""
    page = progress_html(progress, bundle, names, language)
    try:
        write_whole(path, lambda part: _write(part, page))
    except OSError as error:
        return [problem("EK005", Place(file=str(path)), path=path, reason=error.strerror or str(error))]
    return []


def progress_html(progress: Progress, bundle: Bundle, names: Mapping[str, str], language: Language) -> str:
    """Return the page; units with most overdue, then most missing ratings come first.

    Raises ValueError for a study without a protocol.
    """
    if bundle.protocol is None:
        raise ValueError("calls have a protocol")
    study, outcomes = bundle.study, bundle.protocol[0].outcome_by_code
    return fill(
        "progress.html.j2",
        language,
        study=study.name.say(language) if study.name else study.study,
        wave=study.wave,
        notice=study.notice.say(language) if study.notice else "",
        version=version(),
        progress=progress,
        facts=facts(progress),
        remarks=remarks(progress, language),
        outcomes=[(outcomes[code].name.say(language), count) for code, count in progress.outcomes],
        units=sorted(progress.units, key=lambda line: (-line.overdue, -line.missing)),
        names=names,
    )


def facts(progress: Progress) -> list[tuple[str, str]]:
    """Return the figures of the whole fieldwork, by the key of their label."""
    total = progress.total
    figures = {"planned": total.planned, "done": total.done, "missing": total.missing}
    overdue = str(total.overdue) if progress.dated else _NONE
    return [*((f"progress_{key}", str(value)) for key, value in figures.items()), ("progress_overdue", overdue)]


def remarks(progress: Progress, language: Language) -> list[str]:
    """Return sentences on what the figures rest on, and on the calls scored twice."""
    said = []
    if not progress.dated:
        said.append(word("progress_undated", language))
    elif progress.as_of is not None:
        said.append(word("progress_as_of", language, day=progress.as_of.isoformat()))
    shares = {"double": progress.double, "planned": progress.double_planned, "declared": progress.double_declared}
    shown = {key: _NONE if value is None else f"{100 * value:.1f}%" for key, value in shares.items()}
    return [*said, word("progress_double", language, **shown)]


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
