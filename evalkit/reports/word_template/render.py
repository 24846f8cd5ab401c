"""Documents made from a template: one on the whole run, or one for each unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from evalkit.definitions.limits import Limits
from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.problems import Place, Problem, problem
from evalkit.reports.figures.figure import Figure
from evalkit.reports.file_names import file_name
from evalkit.reports.outline.names import unit_names
from evalkit.reports.plots.refusal import PlotError, needing_extra
from evalkit.reports.word_template.brackets import check_brackets
from evalkit.reports.word_template.check import check_part
from evalkit.reports.word_template.content import city_of, content
from evalkit.reports.word_template.sandbox import TemplateEnvironment
from evalkit.reports.word_template.work import TooMuchError
from evalkit.sources.word_file import read_word_file

_WIDTH = Cm(15)
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")


def documents(
    evaluation: Evaluation,
    template: Path,
    language: Language,
    *,
    units: Sequence[str] = (),
    font: Path | None = None,
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return documents by file name: one for each of the ``units`` (ids), or one on the whole run.

    No document where there are findings: those of :func:`~evalkit.sources.word_file.read_word_file` and of
    :func:`~evalkit.reports.word_template.check.check_part`, all at once; ``EK080`` to ``EK082`` where a picture that
    it names cannot be drawn; ``EK088`` where docxtpl makes no document of it; ``EK092`` where it asks for more than a
    template may (:mod:`evalkit.reports.word_template.work`).
    """
    data, problems = read_word_file(template, str(template), Limits())
    place = Place(file=str(template))
    if data is None:
        return {}, problems
    try:
        problems = _check(data, place)
        if problems:
            return {}, problems
        made = dict(_rendered(evaluation, data, template.stem, language, units=units, font=font))
    except PlotError as refused:
        return {}, [refused.problem]
    except TooMuchError as stopped:
        zh, en = word(f"too_much_{stopped}", "zh"), word(f"too_much_{stopped}", "en")
        return {}, [problem("EK092", place, reason_zh=zh, reason_en=en)]
    except Exception as error:  # noqa: BLE001 - whatever Jinja2, docxtpl and lxml find wrong with a template of others
        return {}, [problem("EK088", place, reason=f"{type(error).__name__}: {error}")]
    return made, []


def _check(data: bytes, place: Place) -> list[Problem]:
    """Check every part of the template that docxtpl renders."""
    template, environment = DocxTemplate(BytesIO(data)), TemplateEnvironment()
    template.init_docx()
    sources = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        sources += [template.get_part_xml(part) for _, part in template.get_headers_footers(uri)]
    parts = template.docx.part.package.iter_parts()
    sources += [template.xml_to_string(parse_xml(part.blob)) for part in parts if part.content_type == _FOOTNOTES]
    unclosed = [found for source in sources for found in check_brackets(source, place)]
    if unclosed:
        return unclosed
    texts = [template.patch_xml(source) for source in sources]
    texts += [getattr(template.docx.core_properties, name) for name in _PROPERTIES]
    return [found for text in texts for found in check_part(text, environment, place)]


def _rendered(
    evaluation: Evaluation, data: bytes, stem: str, language: Language, *, units: Sequence[str], font: Path | None
) -> Iterator[tuple[str, bytes]]:
    drawing = _Drawing(font)
    fields = content(evaluation, language, drawing.insert)
    if not units:
        yield f"{file_name(stem)}.docx", drawing.render(data, fields)
    for unit in units:
        own = city_of(fields, evaluation, unit, language, drawing.insert)
        name = file_name(f"{stem} {unit} {unit_names(evaluation)[unit]}")
        yield f"{name}.docx", drawing.render(data, {**fields, "city": own})


class _Drawing:
    """Puts pictures into the document that is being rendered; each is drawn once."""

    def __init__(self, font: Path | None) -> None:
        self.font = font
        self.drawn: dict[str, bytes] = {}
        self.template: DocxTemplate | None = None

    def render(self, data: bytes, fields: Mapping[str, Any]) -> bytes:
        """Return the document."""
        self.template = DocxTemplate(BytesIO(data))
        self.template.render(dict(fields), TemplateEnvironment())
        target = BytesIO()
        self.template.save(target)
        return target.getvalue()

    def insert(self, figure: Figure) -> str:
        """Return the figure as WordprocessingML."""
        if figure.name not in self.drawn:
            with needing_extra():
                from evalkit.reports.plots.drawing import draw  # noqa: PLC0415 - late: its packages are an extra
                from evalkit.reports.plots.fonts import font_file  # noqa: PLC0415 - late, as above
            with font_file(self.font) as family:
                self.drawn[figure.name] = draw(figure, family, titled=False).as_image("png")
        return str(InlineImage(self.template, BytesIO(self.drawn[figure.name]), width=_WIDTH))
