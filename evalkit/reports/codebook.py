"""The codebook of a questionnaire: codes, options, units and rules, as a page for the browser or as a Word document."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import Language
from evalkit.reports.codebook_outline import Outline, outline

_TEMPLATE = "templates/codebook.html.j2"


def write_codebook(questionnaire: Questionnaire, target: str | Path, *, language: Language = "both") -> None:
    """Write the codebook of a questionnaire that has passed its checks; equal arguments give an equal page.

    ``target`` ends in ``.html`` (one page without scripts that loads nothing) or in ``.docx``. Both have the same
    content: identity with version and definition hash, a table a section, statuses and missing values.

    Raises ``ValueError`` for another ending, ``ModuleNotFoundError`` for Word without the extra ``word``
    (python-docx), ``OSError`` if the target cannot be written.
    """
    path = Path(target)
    match path.suffix.casefold():
        case ".html":
            path.write_text(html_page(outline(questionnaire, language)), encoding="utf-8", newline="\n")
        case ".docx":
            from evalkit.reports.codebook_word import write_word  # noqa: PLC0415 - late: python-docx is an extra

            write_word(outline(questionnaire, language), path)
        case _:
            raise ValueError(f"a codebook is .html or .docx, not {path.name}")


def html_page(content: Outline) -> str:
    """Return the page; whatever stands in the texts is escaped."""
    source = (resources.files("evalkit.reports") / _TEMPLATE).read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page_language = "en" if content.language == "en" else "zh-CN"
    return environment.from_string(source).render(book=content, page_language=page_language)
