"""The page as a file: everything in it, nothing loaded, nothing from outside taken for markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.page import page_html
from tests.small_studies import REGISTER, VALUES, run, values_study, write_yaml

HOSTILE = "<script>alert(1)</script>"


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] not in {"script", "style"}:
            self.text.append(data)


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_equal_runs_give_equal_pages_in_every_language(form_run: Evaluation, language: str) -> None:
    page = page_html(form_run, language)  # type: ignore[arg-type]  # one of the languages
    assert page == page_html(form_run, language)  # type: ignore[arg-type]
    assert "{{" not in page
    assert ("排名" in page) == (language != "en")
    assert ("Ranking" in page) == (language != "zh")


def test_page_loads_nothing_and_allows_only_its_own_scripts(form_run: Evaluation) -> None:
    elements = Elements(page_html(form_run, "both")).found
    assert not [tag for tag, _ in elements if tag in {"img", "link", "iframe", "object", "form", "base"}]
    attributes = [name for _, given in elements for name in given]
    assert not [name for name in attributes if name in {"src", "style", "srcset", "action"} or name.startswith("on")]
    policy = next(given["content"] for tag, given in elements if given.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_text_from_outside_is_never_markup(tmp_path: Path) -> None:
    register = [REGISTER[0], ("U1", HOSTILE, "big", '"><img src=x onerror=alert(2)>', ""), *REGISTER[2:]]
    evaluation = run(
        values_study(tmp_path, register=register, notice=f"]]>{HOSTILE}", recipe={"peer_groups": ["region"]})
    )
    page = page_html(evaluation, "zh")
    elements = Elements(page)
    assert [given for tag, given in elements.found if tag == "script"] == [
        {"type": "application/json", "id": "data"}, {}, {}, {}, {}, {}, {},
    ]  # fmt: skip
    assert HOSTILE in "".join(elements.text)
    assert HOSTILE not in page
    data = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert HOSTILE in json.loads(data[1])["names"]


def test_unit_without_a_rank_stands_below_with_the_reason(form_run: Evaluation) -> None:
    page = page_html(form_run, "en")
    assert page.index("甲市") < page.index("丁市")
    assert "not ranked: unit U4 (丁市) sent nothing" in page


def test_missing_scores_are_hatched_not_zero(values_run: Evaluation) -> None:
    page = page_html(values_run, "en")
    assert page.count('class="number none">–</td>') >= 1
    assert ">nan<" not in page.lower()


def test_page_of_nothing_ranked_is_a_page(tmp_path: Path) -> None:
    evaluation = run(values_study(tmp_path, [("unit", "a1", "a2", "b1")]))
    assert page_html(evaluation, "both").rstrip().endswith("</html>")


def test_where_tiers_only_are_published_no_score_and_no_rank_is_in_the_file(tmp_path: Path) -> None:
    scheme = {
        "id": "prizes", "version": "1", "name": "prizes",
        "awards": [{"id": "good", "name": "Good", "rule": {"method": "band", "low": 0, "closed": "left"}}],
    }  # fmt: skip
    write_yaml(tmp_path / "awards.yaml", scheme)
    values = [VALUES[0], ("U1", "81.237", "61.237", "41.237"), ("U2", "52.719", "73.719", "93.719")]
    evaluation = run(values_study(tmp_path, values, awards=["awards.yaml"], publish="tiers"))
    page = page_html(evaluation, "en")
    assert "甲市 U1" in page
    assert "<script" not in page
    scores = [score for score in evaluation["scores"]["score"].tolist() if score == score]  # noqa: PLR0124 - NaN
    assert scores
    assert not [score for score in scores if f"{score:.2f}" in page]


def test_a_questionnaire_is_described_where_there_is_one(form_run: Evaluation, values_run: Evaluation) -> None:
    for evaluation, described in ((form_run, 1), (values_run, 0)):
        page = page_html(evaluation, "en")
        assert page.count('<h2 id="shares">') == described
        assert page.count('href="#shares"') == described
