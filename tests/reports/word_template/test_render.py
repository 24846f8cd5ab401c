"""Documents from a template: fields, loops, tables and pictures; hostile data and hostile templates."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.word_template.render import documents
from evalkit.reports.word_template.starter import write_starter
from tests.reports.word_template.templates import template
from tests.small_studies import REGISTER, run, values_study
from tests.solution_studies import solution_run


def document(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def test_fields_and_loops_are_filled_in_body_and_header(values_run: Evaluation, tmp_path: Path) -> None:
    path = template(
        tmp_path / "my.docx",
        "{{ unit_count }} 个单位",
        "{%p for each in units %}",
        "{{ each.rank }} {{ each.name }} {{ each.score }}",
        "{%p endfor %}",
        header="{{ index }}",
    )
    made, problems = documents(values_run, path, "zh")
    assert problems == []
    assert [*made] == ["my.docx"]
    filled = document(made["my.docx"])
    lines = [each.text for each in filled.paragraphs if each.text]
    assert lines == ["4 个单位", "1 丙市 70.00", "2 乙市 67.50", "3 甲市 62.50", "4 丁市 22.50"]
    assert filled.sections[0].header.paragraphs[0].text == "总指数"


def test_the_starter_works_as_it_is(
    two_waves: Evaluation, tmp_path: Path, chinese_font: Path, office_pdf: Callable[[Path], str]
) -> None:
    write_starter(tmp_path / "my.docx", "zh")
    made, problems = documents(two_waves, tmp_path / "my.docx", "zh", units=["U3", "U1"], font=chinese_font)
    assert problems == []
    assert [*made] == ["my U3 丙市.docx", "my U1 甲市.docx"]
    filled = document(made["my U3 丙市.docx"])
    assert [[cell.text for cell in row.cells][:4] for row in filled.tables[0].rows][1] == ["1", "U3", "丙市", "70.00"]
    assert len(filled.tables[0].rows) == 5
    assert len(filled.inline_shapes) == 2
    (tmp_path / "made.docx").write_bytes(made["my U3 丙市.docx"])
    text = office_pdf(tmp_path / "made.docx")
    assert "甲市" in text
    assert "{" not in text
    assert "units[]" not in text


def test_advice_is_a_field_of_each_unit(tmp_path: Path) -> None:
    evaluation = solution_run(tmp_path / "study", {"target": "score:50", "costs": {"Q1": 6}})
    write_starter(tmp_path / "my.docx", "zh")
    made, problems = documents(evaluation, tmp_path / "my.docx", "zh", units=["U1", "U4"])
    assert problems == []
    first, other = (document(content) for content in made.values())
    heads = [[cell.text for cell in table.rows[0].cells] for table in first.tables]
    (table,) = [each for each, head in zip(first.tables, heads, strict=True) if head[-1] == "成本"]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["Q3 哪些渠道?", "未勾选", "app、mail、fax", "3"],
        ["Q4 效果如何?", "fair", "best", "2"],
    ]
    assert "改进方案" in [each.text for each in first.paragraphs]
    assert "改进方案" not in [each.text for each in other.paragraphs]


@pytest.mark.parametrize("hostile", ["<w:p/>&amp;", "{{ 7 * 7 }}", "{% raw %}", "]]></w:t>", "=1+1"])
def test_hostile_names_stay_text(tmp_path: Path, hostile: str) -> None:
    register = [REGISTER[0], ("U1", hostile, "x", "y", ""), *REGISTER[2:]]
    evaluation = run(values_study(tmp_path / "study", register=register))
    path = template(tmp_path / "my.docx", "{% for each in units %}{{ each.name }};{% endfor %}")
    made, problems = documents(evaluation, path, "zh")
    assert problems == []
    assert document(made["my.docx"]).paragraphs[0].text == f"丙市;乙市;{hostile};丁市;"


def test_all_mistakes_are_found_and_nothing_is_made(values_run: Evaluation, tmp_path: Path) -> None:
    path = template(tmp_path / "my.docx", "{{ stduy }}", "{{ charts.rankings }}", header="{{ waev }}")
    made, problems = documents(values_run, path, "en")
    assert made == {}
    assert [dict(each.params)["field"] for each in problems] == ["stduy", "rankings", "waev"]
    assert {each.place.file for each in problems} == {str(path)}


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"PK\x03\x04nonsense", b"\xd0\xcf\x11\xe0" + b"\0" * 600],
    ids=["empty", "pdf", "zip", "old"],
)
def test_what_is_no_document_is_refused(values_run: Evaluation, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "my.docx").write_bytes(content)
    made, problems = documents(values_run, tmp_path / "my.docx", "en")
    assert made == {}
    assert [each.code for each in problems] == ["EK084"]


def test_a_document_that_docx_cannot_open_is_a_finding(values_run: Evaluation, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "my.docx", "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    made, problems = documents(values_run, tmp_path / "my.docx", "en")
    assert made == {}
    assert [each.code for each in problems] == ["EK088"]


def test_a_picture_that_cannot_be_drawn_is_a_finding(
    values_run: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    for name in ("charts", "drawing"):
        monkeypatch.delitem(sys.modules, f"evalkit.reports.plots.{name}", raising=False)
    path = template(tmp_path / "my.docx", "{{ charts.ranking }}")
    made, problems = documents(values_run, path, "en")
    assert made == {}
    assert [each.code for each in problems] == ["EK082"]
    assert documents(values_run, template(tmp_path / "plain.docx", "{{ study }}"), "en")[1] == []


HOSTILE = {
    "loops": ("{% for a in units %}" * 3 + "x" * 1_000_000 + "{% endfor %}" * 3,),
    "range": ("{% for i in range(10**9) %}x{% endfor %}",),
    "text": ("{% set a = 'a' %}" + "{% set a = a ~ a %}" * 64 + "{{ a }}",),
    "number": ("{% set a = 9 %}" + "{% set a = a * a %}" * 64 + "{{ a }}",),
    "brackets": ("{{ " * 100_000,),
    "ends": ("-%}" * 100_000,),
    "nested": ("{{ " + "(" * 5_000 + ")" * 5_000 + " }}",),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_template_is_a_finding_within_seconds(values_run: Evaluation, tmp_path: Path, hostile: str) -> None:
    path = template(tmp_path / "my.docx", *HOSTILE[hostile])
    begun = time.process_time()
    made, problems = documents(values_run, path, "en")
    assert made == {}
    assert {each.code for each in problems} <= {"EK084", "EK086", "EK087", "EK088", "EK089", "EK092"}
    assert problems
    assert time.process_time() - begun < 60
