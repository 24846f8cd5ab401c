"""The formats of a report and who writes them; one outline feeds all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.excel import write_results
from evalkit.reports.page import PAGE, write_page
from evalkit.reports.plots.refusal import needing_extra
from evalkit.reports.profile import PROFILES, write_profiles
from evalkit.sources.geojson import Boundaries

Format = Literal["html", "xlsx", "docx", "png", "svg"]
FORMATS: tuple[Format, ...] = get_args(Format)
RESULTS = "results.xlsx"
DOCUMENT = "report.docx"
CHARTS = "charts"
"""Name of the folder with the pictures."""
DOCUMENTS = "documents"
"""Name of the folder with the documents made from a template."""
NAMES = frozenset({PAGE, RESULTS, DOCUMENT, PROFILES, CHARTS, DOCUMENTS})
"""Names of all that reports put in the folder of a run."""


def make_reports(
    evaluation: Evaluation,
    folder: Path,
    formats: Iterable[Format],
    units: Sequence[str],
    language: Language,
    *,
    boundaries: Boundaries | None = None,
    font: Path | None = None,
) -> list[Path]:
    """Write reports into ``folder``, which exists, and return their paths; ``units`` (ids) get pages of their own.

    The page draws the ``boundaries`` as a map; ``font`` is a font file to draw pictures with. Raises OSError,
    ModuleNotFoundError for Word without python-docx, and PlotError where a picture cannot be drawn.
    """
    wanted = tuple(formats)
    written = []
    writers = _WRITERS | {"html": (PAGE, partial(write_page, boundaries=boundaries))}
    for each, (name, write) in writers.items():
        if each in wanted:
            write(evaluation, folder / name, language)
            written.append(folder / name)
    if "docx" in wanted:
        from evalkit.reports.word_report import write_word_report  # noqa: PLC0415 - late: python-docx is an extra

        write_word_report(evaluation, folder / DOCUMENT, language, font)
        written.append(folder / DOCUMENT)
    if images := [each for each in _IMAGES if each in wanted]:
        (folder / CHARTS).mkdir()
        with needing_extra():
            from evalkit.reports.plots.files import write_charts  # noqa: PLC0415 - late: its packages are an extra
        written += write_charts(evaluation, folder / CHARTS, images, language, units=units, font=font)
    if units:
        (folder / PROFILES).mkdir()
        written += write_profiles(evaluation, units, folder / PROFILES, language)
    return written


_WRITERS: dict[Format, tuple[str, Callable[[Evaluation, Path, Language], None]]] = {
    "html": (PAGE, write_page),
    "xlsx": (RESULTS, write_results),
}
_IMAGES: tuple[Literal["png", "svg"], ...] = ("png", "svg")
