"""The questionnaire of a study as one file: the XLSForm, or the codebook as a page or a Word document."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

from xlsxwriter.exceptions import FileCreateError

from evalkit.definitions.bundle import Bundle
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import Language
from evalkit.problems import Place, Problem, problem
from evalkit.reports.codebook import write_codebook
from evalkit.reports.whole_file import write_whole
from evalkit.reports.xlsform import untranslated, write_xlsform

FileFormat = Literal["xlsform", "codebook", "codebook-docx"]
FILE_FORMATS: tuple[FileFormat, ...] = ("xlsform", "codebook", "codebook-docx")

_ENDINGS: dict[FileFormat, str] = {"xlsform": ".xlsx", "codebook": "-codebook.html", "codebook-docx": "-codebook.docx"}


def write_questionnaire(
    bundle: Bundle, folder: Path, file_format: FileFormat, *, language: Language = "both"
) -> tuple[Path | None, list[Problem]]:
    """Write the file into ``folder``, named after the questionnaire, and return where it is; None: it was not written.

    A file that is there already is never overwritten (``EK008``). ``EK009`` says that python-docx is missing, ``EK322``
    that a condition does not fit an XLSForm.
    """
    if bundle.questionnaire is None:
        return None, [problem("EK320", Place(file=bundle.document.file))]
    questionnaire, document = bundle.questionnaire
    target = folder / f"{questionnaire.id}{_ENDINGS[file_format]}"
    place = Place(file=str(target))
    if target.exists():
        return None, [problem("EK008", place, path=target.name)]
    try:
        write_whole(target, partial(_write, questionnaire, file_format, language))
    except ModuleNotFoundError as error:
        if error.name != "docx":
            raise
        return None, [problem("EK009", place, path=target.name, extra="word")]
    except (OSError, FileCreateError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return None, [problem("EK005", place, path=target.name, reason=reason)]
    left = untranslated(questionnaire) if file_format == "xlsform" else ()
    ways = {question.code: way for question, way in questionnaire.walk()}
    return target, [problem("EK322", document.place((*ways[code], "ask_if")), question=code) for code in left]


def _write(questionnaire: Questionnaire, file_format: FileFormat, language: Language, target: Path) -> None:
    if file_format == "xlsform":
        write_xlsform(questionnaire, target, language=language)
    else:
        write_codebook(questionnaire, target, language=language)
