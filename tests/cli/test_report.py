"""``evalkit report``: the reports of a finished run, made anew."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from tests.cli.terminal import evalkit


def test_every_report_is_made_where_none_is_named(values_folder: Path) -> None:
    done = evalkit("report", values_folder, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [f"{values_folder / name} was written" for name in ("report.html", "results.xlsx")]


def test_one_report_goes_to_another_folder_in_another_language(values_folder: Path, tmp_path: Path) -> None:
    done = evalkit("report", values_folder, "--html", "--out", tmp_path / "for the mayor", "--lang", "zh")
    assert done.out == f"已写出 {tmp_path / 'for the mayor' / 'report.html'}\n"
    text = (tmp_path / "for the mayor" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    assert "Ranking" not in text


@pytest.mark.parametrize("name", ["nothing", "study.yaml"])
def test_a_folder_without_a_run_is_refused(tmp_path: Path, name: str) -> None:
    done = evalkit("report", tmp_path / name)
    assert done.code != 0
    assert "error[EK0" in done.err
    assert not [*tmp_path.iterdir()]


def test_units_get_pages_of_their_own_by_any_of_their_names(values_folder: Path) -> None:
    done = evalkit("report", values_folder, "--city", "丙", "--city", "U1", "--lang", "en")
    assert done.code == 0
    assert sorted(path.name for path in (values_folder / "units").iterdir()) == ["U1 甲市.html", "U3 丙市.html"]
    assert evalkit("report", values_folder, "--city", "all").code == 0
    assert len([*(values_folder / "units").iterdir()]) == 4


def test_an_unknown_unit_is_a_finding_and_nothing_is_written(values_folder: Path) -> None:
    done = evalkit("report", values_folder, "--city", "无此市", "--lang", "en")
    assert done.code == 1
    assert "error[EK242]" in done.err
    assert not (values_folder / "units").exists()


def test_a_map_is_drawn_and_what_does_not_match_is_said(values_folder: Path, tmp_path: Path) -> None:
    ring = [[0, 0], [10, 0], [10, 10], [0, 0]]
    features = [
        {"properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for name in ("east", "<b>")
    ]
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps({"features": features}), encoding="utf-8")
    done = evalkit("report", values_folder, "--map", path, "--lang", "en")
    assert done.out == f"{values_folder / 'report.html'} was written\n"
    assert "warning[EK072] areas of the boundaries that match no unit: 1: <b>" in done.err
    text = (values_folder / "report.html").read_text(encoding="utf-8")
    assert 'id="map"' in text
    assert "<title>&lt;b&gt;</title>" in text


def test_a_map_that_cannot_be_used_is_refused_and_nothing_is_written(values_folder: Path, tmp_path: Path) -> None:
    before = (values_folder / "report.html").read_bytes()
    (tmp_path / "map.geojson").write_text("[[[", encoding="utf-8")
    done = evalkit("report", values_folder, "--map", tmp_path / "map.geojson", "--lang", "en")
    assert done.code == 1
    assert "error[EK071]" in done.err
    assert (values_folder / "report.html").read_bytes() == before


def test_charts_are_written_as_pictures(values_folder: Path, tmp_path: Path) -> None:
    done = evalkit("report", values_folder, "--svg", "--out", tmp_path / "out", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out" / "charts").iterdir()) == ["heat.svg", "ranking.svg"]


def test_a_font_file_that_is_none_is_a_finding_with_its_place(values_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "my.ttf").write_text("no font", encoding="utf-8")
    done = evalkit("report", values_folder, "--png", "--font", tmp_path / "my.ttf", "--lang", "en")
    assert done.code == 1
    assert "error[EK081] the font file “my.ttf” cannot be used: it is no font file" in done.err
    assert not (values_folder / "charts").exists()


def test_documents_are_made_from_a_template_of_ones_own(values_folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "my.docx"
    assert evalkit("report", values_folder, "--template-starter", template, "--lang", "zh").code == 0
    document = docx.Document(str(template))
    for table in document.tables:
        table._tbl.getparent().remove(table._tbl)  # noqa: SLF001 - python-docx removes nothing
    for paragraph in document.paragraphs:
        paragraph.text = ""
    document.add_paragraph("{{ city.name }} {{ city.rank }}")
    document.save(str(template))
    done = evalkit("report", values_folder, "--template", template, "--city", "丙", "--lang", "en")
    made = values_folder / "documents" / "my U3 丙市.docx"
    assert (done.code, done.out, done.err) == (0, f"{made} was written\n", "")
    assert [each.text for each in docx.Document(str(made)).paragraphs if each.text] == ["丙市 1"]
    assert not (values_folder / "units").exists()


def test_the_mistakes_of_a_template_are_listed_with_their_paragraphs(values_folder: Path, tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("{{ stduy }}", "{{ waev }}"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "my.docx"))
    done = evalkit("report", values_folder, "--template", tmp_path / "my.docx", "--lang", "en")
    assert done.code == 1
    assert done.err.count("error[EK085]") == 2
    assert "did you mean “study”? (paragraph: “{{ stduy }}”)" in done.err
    assert not (values_folder / "documents").exists()
