"""The page with every part in a real browser: quiet, within the phone, by keyboard, on paper, whatever the data say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.page import page_html
from evalkit.sources.geojson import Area, Boundaries
from tests.reports.page.browser import browser, opened

Browser = Any
HOSTILE = "]]></title></svg><script>window.hacked = true</script><img src=x onerror='window.hacked = true'>=1+1"
RING = ((100.0, 20.0), (110.0, 20.0), (110.0, 30.0), (100.0, 20.0))
PARTS = [
    "ranking", "intervals", "changes", "provinces", "map", "heat", "awards", "groups", "quality", "tree", "method",
    "about",
]  # fmt: skip
"""All but the description of a questionnaire, which the study has not."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def hostile(whole_run: Evaluation) -> str:
    """The page of the study with names from outside that try to be markup."""
    units, nodes, ranks = (whole_run[name].copy() for name in ("units", "nodes", "ranks"))
    units.loc[:5, "name"] = HOSTILE
    units.loc[6, "province"] = HOSTILE
    units.loc[:, "class"] = HOSTILE
    nodes.loc[1:3, "name_zh"] = HOSTILE
    ranks["wave_then"] = ranks["wave_then"].where(ranks["wave_then"] == "", HOSTILE)
    awards = [
        {**scheme, "awards": [{**each, "name": {"zh": HOSTILE, "en": ""}} for each in scheme["awards"]]}
        for scheme in whole_run.manifest["awards"]
    ]
    changed = Evaluation(
        {**whole_run.tables, "units": units, "nodes": nodes, "ranks": ranks}, {**whole_run.manifest, "awards": awards}
    )
    return page_html(changed, "zh", Boundaries("map", (Area(HOSTILE, (RING,)), Area("湖南", (RING,)))))


def test_all_parts_are_there_and_listed_in_the_contents(chromium: Browser, hostile: str, tmp_path: Path) -> None:
    with opened(chromium, hostile, tmp_path) as page:
        assert page.locator("section.part > h2").evaluate_all("heads => heads.map(head => head.id)") == PARTS
        links = page.locator("nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert links == [f"#{part}" for part in PARTS]


def test_names_from_outside_are_text_in_every_part(chromium: Browser, hostile: str, tmp_path: Path) -> None:
    assert HOSTILE not in hostile
    with opened(chromium, hostile, tmp_path) as page:
        assert page.get_attribute("body", "data-self-check") == "passed"
        page.locator("#weights").evaluate("element => { element.open = true; }")
        page.locator("input[data-node]").first.fill("0")
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0
        for part in ("intervals", "changes", "provinces", "map", "heat", "awards", "tree"):
            assert "window.hacked" in page.locator(f"section[aria-labelledby={part}]").inner_html()


def test_a_phone_scrolls_charts_not_the_page(chromium: Browser, whole_run: Evaluation, tmp_path: Path) -> None:
    with opened(chromium, page_html(whole_run, "en"), tmp_path, viewport={"width": 390, "height": 800}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_sorting_by_any_column_puts_all_rows_in_order(chromium: Browser, whole_run: Evaluation, tmp_path: Path) -> None:
    with opened(chromium, page_html(whole_run, "en"), tmp_path) as page:
        for name in ("Quality", "Capacity", "Quality", "Rank", "Results"):
            page.locator("#ranking-table").get_by_role("button", name=name, exact=True).click()
            column = page.locator("th[aria-sort=descending], th[aria-sort=ascending]").evaluate(
                "head => head.cellIndex"
            )
            values = page.locator("#ranking-table tbody tr").evaluate_all(
                f"rows => rows.map(row => row.cells[{column}].getAttribute('data-value')).filter(Boolean).map(Number)"
            )
            assert values == sorted(values, reverse=name != "Rank")


def test_the_tree_opens_by_keyboard(chromium: Browser, whole_run: Evaluation, tmp_path: Path) -> None:
    with opened(chromium, page_html(whole_run, "en"), tmp_path) as page:
        first = page.locator(".tree details details").first
        assert first.get_attribute("open") is not None
        first.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert first.get_attribute("open") is None


def test_what_holds_for_the_official_weights_only_is_greyed_while_others_are_tried(
    chromium: Browser, whole_run: Evaluation, tmp_path: Path
) -> None:
    with opened(chromium, page_html(whole_run, "en"), tmp_path) as page:
        grey = "parts => parts.map(part => getComputedStyle(part).opacity)"
        assert set(page.locator(".certain").evaluate_all(grey)) == {"1"}
        page.locator("#weights").evaluate("element => { element.open = true; }")
        page.locator("input[data-node]").first.fill("0")
        assert set(page.locator(".certain").evaluate_all(grey)) == {"0.3"}
        assert "Kendall's tau" in page.inner_text("#state")
        page.click("#official")
        assert set(page.locator(".certain").evaluate_all(grey)) == {"1"}


def test_charts_have_words_for_who_cannot_see_them(chromium: Browser, whole_run: Evaluation, tmp_path: Path) -> None:
    with opened(chromium, page_html(whole_run, "en"), tmp_path) as page:
        assert page.locator("svg:not([aria-label]):not([aria-hidden])").count() == 0
        assert page.locator("svg[role=img]").count() == 4


def test_without_scripts_every_part_is_there(chromium: Browser, whole_run: Evaluation, tmp_path: Path) -> None:
    with opened(chromium, page_html(whole_run, "zh"), tmp_path, java_script_enabled=False) as page:
        assert page.locator("section.part:visible").count() == len(PARTS) - 1  # no boundaries are given


def test_a_changed_score_closes_the_weights(chromium: Browser, whole_run: Evaluation, tmp_path: Path) -> None:
    html = page_html(whole_run, "en")
    tampered, count = re.subn(r'"index":\[[0-9.]+', '"index":[99.9', html)
    assert count == 1
    with opened(chromium, tampered, tmp_path) as page:
        assert page.locator("#self-check").is_visible()
        assert not page.locator("#weights").is_visible()


def test_where_tiers_only_are_published_no_part_tells_more(whole_run: Evaluation) -> None:
    html = page_html(Evaluation(whole_run.tables, {**whole_run.manifest, "publish": "tiers"}), "en")
    assert "<script" not in html
    assert "<svg" not in html
    numbers = {f"{score:.2f}" for score in whole_run["scores"]["score"].dropna()}
    assert not numbers & set(re.findall(r"\d+\.\d\d", html))
