"""Documents made from a Word template, on disk, and a template to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import public
from evalkit.messages import Language
from evalkit.problems import Place, Problem, problem
from evalkit.reports.folder import FolderError
from evalkit.reports.formats import DOCUMENTS
from evalkit.reports.whole_file import write_whole

_PACKAGES = ("docx", "docxtpl")


def write_documents(
    evaluation: Evaluation,
    template: str | Path,
    folder: str | Path,
    *,
    units: Sequence[str] = (),
    language: Language = "both",
    font: Path | None = None,
) -> tuple[list[Path], list[Problem]]:
    """Make documents from a Word template in the folder ``documents`` of ``folder``, and return their paths.

    One for each of the ``units`` (ids), or one on the whole run; none where there are findings (as
    :func:`evalkit.reports.word_template.render.documents` says). FolderError: EK005 where the disk does not allow it,
    EK009 without the extra ``word``.
    """
    target = Path(folder) / DOCUMENTS
    with _refusing(target):
        from evalkit.reports.word_template.render import documents  # noqa: PLC0415 - late: its packages are an extra

        made, problems = documents(public(evaluation), Path(template), language, units=units, font=font)
        for name, content in made.items():
            write_whole(target / name, partial(_write, content))
    return [target / name for name in made], problems


def write_template(path: str | Path, language: Language = "both") -> Path:
    """Write a template to begin with, and return its path; a file that is there stays (FolderError, EK008)."""
    target = Path(path)
    if target.exists():
        raise FolderError(problem("EK008", Place(file=str(target)), path=target.name))
    with _refusing(target):
        from evalkit.reports.word_template.starter import write_starter  # noqa: PLC0415 - late, as above

        write_whole(target, lambda made: write_starter(made, language))
    return target


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


@contextmanager
def _refusing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderError(problem("EK005", path=target, reason=error.strerror or str(error))) from error
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise FolderError(problem("EK009", path=target.name, extra="word")) from error
