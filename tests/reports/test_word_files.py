"""Documents from a template on disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.folder import FolderError
from evalkit.reports.word_files import write_documents, write_template
from tests.reports.word_template.templates import template, texts


def test_documents_stand_in_a_folder_of_their_own(values_run: Evaluation, tmp_path: Path) -> None:
    path = template(tmp_path / "my.docx", "{{ city.name }}: {{ city.score }}")
    written, problems = write_documents(values_run, path, tmp_path / "out", units=["U2"])
    assert problems == []
    assert written == [tmp_path / "out" / "documents" / "my U2 乙市.docx"]
    assert texts(written[0]) == ["乙市: 67.50"]


def test_with_a_mistake_no_folder_is_made(values_run: Evaluation, tmp_path: Path) -> None:
    path = template(tmp_path / "my.docx", "{{ ctiy.name }}")
    written, problems = write_documents(values_run, path, tmp_path / "out")
    assert written == []
    assert [each.code for each in problems] == ["EK085"]
    assert not (tmp_path / "out").exists()


def test_a_template_that_is_there_stays(tmp_path: Path) -> None:
    path = write_template(tmp_path / "my.docx", "en")
    before = path.read_bytes()
    with pytest.raises(FolderError) as refused:
        write_template(path, "zh")
    assert refused.value.problem.code == "EK008"
    assert path.read_bytes() == before


@pytest.mark.parametrize("package", ["docx", "docxtpl"])
def test_without_the_extra_the_finding_names_it(
    values_run: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    path = template(tmp_path / "my.docx", "{{ study }}")
    for name in [name for name in sys.modules if name.startswith(f"{package}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    for name in ("word_document", "word_fields", "word_template.render", "word_template.starter"):
        monkeypatch.delitem(sys.modules, f"evalkit.reports.{name}", raising=False)
    with pytest.raises(FolderError) as refused:
        write_documents(values_run, path, tmp_path / "out")
    assert refused.value.problem.code == "EK009"
    assert dict(refused.value.problem.params)["extra"] == "word"
