"""Word templates for tests, given by their paragraphs."""

from __future__ import annotations

from pathlib import Path

import docx


def template(path: Path, *paragraphs: str, header: str = "") -> Path:
    """Write a template of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(str(path))
    return path


def texts(path: Path) -> list[str]:
    """The paragraphs of a document."""
    return [each.text for each in docx.Document(str(path)).paragraphs]
