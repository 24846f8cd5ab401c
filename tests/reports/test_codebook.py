import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from evalkit.definitions.form import stamp
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import LANGUAGES, Language, word
from evalkit.observations import STATUSES
from evalkit.reports.codebook import write_codebook
from evalkit.reports.codebook_outline import outline
from tests.reports.form_of_all_types import QUESTIONS, form, hostile
from tests.reports.test_xlsform import shipped

VOID = {"meta", "col"}


class Page(HTMLParser):
    """Reads a page: its tags with attributes, and its text; every tag must be closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def html(tmp_path: Path, questionnaire: Questionnaire, language: Language = "both") -> str:
    target = tmp_path / "book.html"
    write_codebook(questionnaire, target, language=language)
    return target.read_text(encoding="utf-8")


def document(tmp_path: Path, questionnaire: Questionnaire, language: Language = "both") -> WordDocument:
    target = tmp_path / "book.docx"
    write_codebook(questionnaire, target, language=language)
    return docx.Document(str(target))


def word_text(book: WordDocument) -> str:
    cells = (cell.text for table in book.tables for row in table.rows for cell in row.cells)
    return " ".join(" ".join([*(paragraph.text for paragraph in book.paragraphs), *cells]).split())


def texts(tmp_path: Path, questionnaire: Questionnaire, language: Language = "both") -> Iterator[str]:
    """What a reader of the page reads, and one of the Word document."""
    yield Page(html(tmp_path, questionnaire, language)).text
    yield word_text(document(tmp_path, questionnaire, language))


def test_both_forms_list_codes_options_parts_units_limits_rules_and_origins(tmp_path: Path) -> None:
    for read in texts(tmp_path, form()):
        for each in QUESTIONS:
            assert each["code"] in read
            for item in [*each.get("options", []), *each.get("parts", [])]:
                assert item["code"] in read
        for expected in (
            "自建机房", "Public cloud", "100 × Q5.web ÷ Q5.total", "单位：件", "≥ 0", "0–100", "whole numbers only",
            "仅当 Q1 = 是 时回答", "only if Q3 “自建机房” ticked and Q2 ≠ 自建机房", "必答", "source nine",
            "found nine", "说明七", "Help seven", "descriptive, not scored",
        ):  # fmt: skip
            assert expected in read, expected


def test_every_page_in_word_says_which_version_it_is(tmp_path: Path) -> None:
    footer = document(tmp_path, form()).sections[0].footer.paragraphs[0]
    assert footer.text.startswith(f"小问卷  ·  small 1.0 ({stamp(form(), '').hash})")
    assert [each.get(qn("w:instr")) for each in footer._p.iter(qn("w:fldSimple"))] == ["PAGE"]  # noqa: SLF001 - python-docx has no fields


def test_both_forms_say_what_evidence_is_asked_for(tmp_path: Path) -> None:
    asking = form([QUESTIONS[0] | {"evidence": {"zh": "文件文号", "en": "number of the decree"}}])
    for read in texts(tmp_path, asking):
        assert "须附佐证：文件文号" in read
        assert "evidence: number of the decree" in read


def test_both_forms_say_version_hash_and_how_statuses_are_recorded(tmp_path: Path) -> None:
    mark = stamp(form(), "")
    for read in texts(tmp_path, form()):
        for expected in (mark.questionnaire, mark.version, mark.hash, *STATUSES, "#DIV/0!", "…_na"):
            assert expected in read, expected


@pytest.mark.parametrize(("language", "has", "lacks"), [("zh", "题Q1", "Question Q1"), ("en", "Question Q1", "题Q1")])
def test_one_language_leaves_the_other_out(tmp_path: Path, language: Language, has: str, lacks: str) -> None:
    for read in texts(tmp_path, form(), language):
        assert has in read
        assert lacks not in read


def test_an_english_codebook_has_no_chinese_but_what_has_no_english(tmp_path: Path) -> None:
    translated = form([each for each in QUESTIONS if each["code"] in {"Q1", "Q7", "Q9"}])
    for read in texts(tmp_path, translated, "en"):
        assert re.findall("[一-鿿]+", read.replace(word("form_not_applicable", "zh"), "")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_questionnaire_has_all_its_questions_in_a_table_a_section(
    tmp_path: Path, language: Language
) -> None:
    questionnaire = shipped()
    page = Page(html(tmp_path, questionnaire, language))
    assert sum(tag == "table" for tag, _ in page.tags) == len(questionnaire.sections) + 1
    book = document(tmp_path, questionnaire, language)
    assert len(book.tables) == len(questionnaire.sections) + 2
    for section, table in zip(questionnaire.sections, book.tables[1:], strict=False):
        assert [row.cells[0].text for row in table.rows][1:] == [question.code for question in section.questions]


def test_the_contents_lead_to_what_is_there(tmp_path: Path) -> None:
    tags = Page(html(tmp_path, shipped())).tags
    targets = [attributes["href"] for tag, attributes in tags if tag == "a"]
    ids = {f"#{attributes['id']}" for _, attributes in tags if "id" in attributes}
    assert len(targets) == len(shipped().sections) + 1
    assert set(targets) <= ids


def test_the_page_has_no_scripts_and_loads_nothing(tmp_path: Path) -> None:
    source = html(tmp_path, hostile())
    tags = Page(source).tags
    assert {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "form", "base"} == set()
    assert all(str(attributes.get("href", "#")).startswith("#") for _, attributes in tags)
    assert not any(name.startswith("on") or name == "src" for _, attributes in tags for name in attributes)
    assert "url(" not in source
    assert "@import" not in source


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text(tmp_path: Path, language: Language) -> None:
    source = html(tmp_path, hostile(), language)
    assert "<script" not in source
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe]", source)
    for read in texts(tmp_path, hostile(), language):
        assert "<script>alert(1)</script> ]]> &amp; ${Q99} ${ {{ 7*7 }} {% raw %} =1+1" in read


def test_equal_arguments_give_an_equal_page(tmp_path: Path) -> None:
    assert html(tmp_path, form()) == html(tmp_path, form())


def test_word_repeats_headers_and_sets_a_chinese_face_without_theme_fonts(tmp_path: Path) -> None:
    book = document(tmp_path, form())
    for table in book.tables[1:]:
        marks = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
        assert marks.find(qn("w:tblHeader")) is not None
    for name in ("Normal", "Title", "Heading 1"):
        fonts = book.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert not any("Theme" in attribute for attribute in fonts.attrib)
    headings = [paragraph.text for paragraph in book.paragraphs if getattr(paragraph.style, "name", "") == "Heading 1"]
    assert headings[-2:] == ["第一部分 Part one", "状态与缺失值 Statuses and missing values"]


def test_word_documents_refer_to_nothing_outside(tmp_path: Path) -> None:
    write_codebook(hostile(), tmp_path / "book.docx")
    with zipfile.ZipFile(tmp_path / "book.docx") as parts:
        relations = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels")]
    assert relations
    assert not any('TargetMode="External"' in each for each in relations)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.html or \.docx"):
        write_codebook(form(), tmp_path / "book.pdf")


def test_the_page_needs_no_word_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    for name in ("codebook_word", "word_document"):
        monkeypatch.delitem(sys.modules, f"evalkit.reports.{name}", raising=False)
    write_codebook(form(), tmp_path / "book.html")
    with pytest.raises(ModuleNotFoundError):
        write_codebook(form(), tmp_path / "book.docx")


def test_an_outline_is_shared_by_both() -> None:
    book = outline(form(), "both")
    asked = [entry for chapter in book.chapters for entry in chapter.entries]
    assert [entry.code for entry in asked] == [each["code"] for each in QUESTIONS]
    numbers: Any = next(entry for entry in asked if entry.code == "Q5")
    assert [(code.code, code.label) for code in numbers.codes] == [
        ("web", ("网站", "Web")),
        ("total", ("合计", "Total")),
    ]


@pytest.mark.slow
def test_chromium_prints_the_page_on_a4(tmp_path: Path) -> None:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed")
    html(tmp_path, shipped())
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += [f"--print-to-pdf={tmp_path / 'book.pdf'}", (tmp_path / "book.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "book.pdf").read_bytes())
    assert boxes
    assert {(round(float(width)), round(float(height))) for width, height in boxes} <= {
        (595, 842),
        (596, 842),
        (594, 842),
    }
