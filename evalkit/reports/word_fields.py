"""What Word fills in itself: numbers of pages, tables and figures, and the contents (python-docx has no fields)."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

_BOOKMARK = "_Toc_evalkit_"
_CONTENTS = r'TOC \o "1-1" \h \z \u'


def element(tag: str, text: str = "", **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML, tag and attributes without their prefix."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    if text:
        made.text = text
        made.set(qn("xml:space"), "preserve")
    return made


def _run(*parts: BaseOxmlElement) -> BaseOxmlElement:
    run = element("r")
    run.extend(parts)
    return run


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """Add a field to a paragraph; ``result`` is shown until Word updates it."""
    field = element("fldSimple", instr=code)
    field.append(_run(element("t", result)))
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no name for it


def add_contents(document: WordDocument, titles: Sequence[str]) -> None:
    """Add the contents: a field that Word fills with titles and pages; until then the titles, linked to the chapters.

    The chapters are marked by :func:`mark_chapter` with their numbers, from 0.
    """
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    entries = [document.add_paragraph(style=style)._p for _ in titles]  # noqa: SLF001 - as above
    for number, (entry, title) in enumerate(zip(entries, titles, strict=True)):
        link = element("hyperlink", anchor=f"{_BOOKMARK}{number}", history="1")
        link.append(_run(element("t", title)))
        entry.append(link)
    if entries:
        begin = [element("fldChar", fldCharType="begin", dirty="true"), element("instrText", _CONTENTS)]
        for part in (*begin, element("fldChar", fldCharType="separate")):
            entries[0].find(qn("w:hyperlink")).addprevious(_run(part))
        entries[-1].append(_run(element("fldChar", fldCharType="end")))


def mark_chapter(heading: Paragraph, number: int) -> None:
    """Give a heading the bookmark that the contents link to."""
    start = element("bookmarkStart", id=str(number), name=f"{_BOOKMARK}{number}")
    heading._p.insert(1, start)  # noqa: SLF001 - behind its properties
    heading._p.append(element("bookmarkEnd", id=str(number)))  # noqa: SLF001 - as above
