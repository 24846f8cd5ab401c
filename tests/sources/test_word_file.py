"""A Word document from outside: what an honest one never has is refused before a library opens it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from evalkit.definitions.limits import Limits
from evalkit.sources.word_file import read_word_file

BODY = '<?xml version="1.0" encoding="UTF-8"?><w:document/>'


def refusal(path: Path, limits: Limits | None = None) -> str:
    """What is said of a file, in English; empty where it passes."""
    data, problems = read_word_file(path, path.name, limits or Limits())
    assert (data is None) == bool(problems)
    return "".join(f"{each.code} {each.message('en')}" for each in problems)


def zipped(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def test_a_document_passes_whole(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("政务热线")
    document.save(str(tmp_path / "a.docx"))
    data, problems = read_word_file(tmp_path / "a.docx", "a.docx", Limits())
    assert problems == []
    assert data is not None
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "政务热线"
    with zipfile.ZipFile(tmp_path / "a.docx") as before, zipfile.ZipFile(io.BytesIO(data)) as after:
        assert {name: before.read(name) for name in before.namelist()} == {
            name: after.read(name) for name in after.namelist()
        }


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/workbook.xml": "<x/>"}, "the part word/document.xml is missing"),
        ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "holds a DTD"),
        ({"word/document.xml": BODY, "word/_rels/x.rels": "<!DOCTYPE a><a/>"}, "holds a DTD"),
        ({"word/document.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}, "is not UTF-8"),
        ({"word/document.xml": BODY, "word/../../x.xml": "<a/>"}, "leads out of"),
        ({"word/document.xml": " " * 30_000_000}, "ratio"),
    ],
    ids=["a workbook", "a DTD", "a DTD in relations", "another encoding", "a way out", "a bomb"],
)
def test_what_no_honest_document_has_is_refused(tmp_path: Path, parts: dict[str, str | bytes], said: str) -> None:
    found = refusal(zipped(tmp_path / "a.docx", parts))
    assert found.startswith("EK084")
    assert said in found


def test_a_part_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"word/document.xml": BODY})
    assert refusal(path) == ""
    assert "over the limit" in refusal(path, Limits(structure_bytes=10))


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.docx").startswith("EK001")
