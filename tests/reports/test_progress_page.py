from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate.call_progress import call_progress
from evalkit.messages import Language
from evalkit.reports.progress_page import progress_html, write_progress
from tests.evaluate.test_call_progress import MADE, progress_study


def page(folder: Path, language: Language, name: str = "甲市") -> str:
    path = progress_study(folder / "s", MADE)
    register = folder / "s" / "units.csv"
    register.write_text(register.read_text(encoding="utf-8-sig").replace("甲市", name), encoding="utf-8-sig")
    project = evalkit.load(path)
    data, _ = project.gather()
    assert data is not None
    assert data.calls is not None
    assert project.bundle.protocol is not None
    found = call_progress(data.plan, data.calls.ratings, project.bundle.protocol[0])
    return progress_html(found, project.bundle, data.register.names, language)


class Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of the parser
        self.tags.append(tag)
        self.inside |= tag in {"td", "th"}
        if tag == "tr":
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.rows[-1].append(data.strip())


@pytest.mark.parametrize(
    ("language", "title", "as_of"),
    [
        ("zh", "拨测进度", "逾期:计划日期早于 2025-06-03"),
        ("en", "Progress of the calls", "for a day before 2025-06-03"),
    ],
    ids=["zh", "en"],
)
def test_the_page_says_what_is_missing_in_both_languages(
    tmp_path: Path, language: Language, title: str, as_of: str
) -> None:
    text = page(tmp_path, language)
    assert f"<h1>{title}</h1>" in text
    assert as_of in text
    cells = Cells()
    cells.feed(text)
    assert ["A2", "3", "1", "2", "1", "0", "–"] in cells.rows
    units = [each for each in cells.rows if each[:1] in (["U1"], ["U2"])]
    assert units == [["U2", "乙市", "2", "0", "2", "1", "0", "–"], ["U1", "甲市", "3", "3", "0", "0", "2", "50 %"]]


def test_the_page_works_offline_without_scripts_and_escapes_names(tmp_path: Path) -> None:
    text = page(tmp_path, "en", "<script>alert(1)</script>")
    cells = Cells()
    cells.feed(text)
    assert "script" not in cells.tags
    assert "&lt;script&gt;alert(1)" in text
    assert "http://" not in text
    assert "https://" not in text
    assert "script-src &#39;none&#39;" in text


def test_a_page_that_cannot_be_written_is_a_finding(tmp_path: Path) -> None:
    project = evalkit.load(progress_study(tmp_path / "s", MADE))
    data, _ = project.gather()
    assert data is not None
    assert project.bundle.protocol is not None
    found = call_progress(data.plan, (), project.bundle.protocol[0])
    (tmp_path / "file").write_text("", encoding="utf-8")
    target = tmp_path / "file" / "page.html"
    assert [each.code for each in write_progress(target, found, project.bundle, {}, "en")] == ["EK005"]
