"""The page in a real browser: sorting, searching, other weights, links, paper, phone, keyboard, tampering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evalkit.definitions.recipe import resolve
from evalkit.definitions.study import NodeOverride, RecipeOverrides
from evalkit.evaluate import Evaluation, load
from evalkit.reports.page import page_html
from evalkit.scoring.ranking import rank
from evalkit.scoring.tree_scores import score_tree
from tests.reports.page.browser import browser, opened
from tests.small_studies import TREE, run, values_study

Browser = Any


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def html(values_run: Evaluation) -> str:
    return page_html(values_run, "en")


def names(page: Any) -> list[str]:  # noqa: ANN401 - of playwright
    """The codes of the units that are shown, from the top."""
    found: list[str] = page.locator("#ranking-table tbody tr:visible small").all_inner_texts()
    return found


def move(page: Any, slider: int, value: str) -> None:  # noqa: ANN401 - of playwright
    page.locator("#weights").evaluate("element => { element.open = true; }")
    page.locator("input[data-node]").nth(slider).fill(value)


def test_page_checks_itself_and_opens_as_official(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path) as page:
        assert page.get_attribute("body", "data-self-check") == "passed"
        assert not page.locator("#self-check").is_visible()
        assert names(page) == ["U3", "U2", "U1", "U4"]
        assert page.get_attribute("body", "class") is None


def test_a_click_on_a_head_sorts_and_another_turns_it_round(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path) as page:
        head = page.get_by_role("button", name="Dimension B")
        head.click()
        assert names(page) == ["U2", "U1", "U4", "U3"]
        head.click()
        assert names(page) == ["U3", "U4", "U1", "U2"]
        assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Dimension B")


def test_the_table_is_sorted_by_keyboard_alone(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path) as page:
        page.get_by_role("button", name="Dimension B").focus()
        page.keyboard.press("Enter")
        assert names(page)[0] == "U2"


def test_searching_and_filtering_leave_the_units_that_fit(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path) as page:
        page.fill("#search", "乙")
        assert names(page) == ["U2"]
        page.fill("#search", "")
        page.select_option("select[data-filter=group0]", "small")
        assert names(page) == ["U3", "U4"]
        assert page.inner_text("#shown") == "units shown: 2 of 4"


def test_other_weights_move_units_and_are_marked_unofficial(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path) as page:
        move(page, 0, "0")
        assert names(page) == ["U2", "U1", "U4", "U3"]
        assert page.get_attribute("body", "class") == "unofficial"
        assert "Unofficial" in page.inner_text("#state")
        page.emulate_media(media="print")
        assert page.locator(".watermark").is_visible()
        assert page.inner_text("#tried").startswith(
            "Unofficial, by these weights: Dimension A 0.0%, Dimension B 100.0%;"
        )
        page.emulate_media(media="screen")
        page.click("#official")
        assert names(page) == ["U3", "U2", "U1", "U4"]
        page.emulate_media(media="print")
        assert not page.locator(".watermark").is_visible()


def test_a_link_carries_the_weights(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path) as page:
        move(page, 0, "0")
        page.click("#link")
        link = page.evaluate("location.hash")
    with opened(chromium, html, tmp_path, hash_part=link) as page:
        assert names(page) == ["U2", "U1", "U4", "U3"]
    with opened(chromium, html, tmp_path, hash_part="#w=:<b>,9") as page:
        assert names(page) == ["U3", "U2", "U1", "U4"]


def test_csv_has_the_ranks_shown_and_says_that_they_are_unofficial(
    chromium: Browser, html: str, tmp_path: Path
) -> None:
    with opened(chromium, html, tmp_path, accept_downloads=True) as page:
        move(page, 0, "0")
        with page.expect_download() as download:
            page.click("#download")
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == "1,U2,乙市,90"
    assert "Unofficial" in text


def test_weights_of_siblings_cannot_all_be_zero(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path) as page:
        move(page, 0, "0")
        move(page, 1, "0")
        assert page.inner_text("#state") == "the weights of siblings cannot all be zero"


def test_a_tampered_page_says_so_and_offers_no_weights(chromium: Browser, html: str, tmp_path: Path) -> None:
    tampered, count = re.subn(r'"ranks":\[1\.0', '"ranks":[2.0', html)
    assert count == 1
    with opened(chromium, tampered, tmp_path) as page:
        assert page.locator("#self-check").is_visible()
        assert not page.locator("#weights").is_visible()


def test_without_scripts_the_tables_are_there(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path, java_script_enabled=False) as page:
        assert page.locator("#ranking-table tbody tr").count() == 4
        assert not page.locator("#controls").is_visible()
        assert "Scripts are off" in page.inner_text("noscript")


def test_a_phone_scrolls_tables_not_the_page(chromium: Browser, html: str, tmp_path: Path) -> None:
    with opened(chromium, html, tmp_path, viewport={"width": 390, "height": 800}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 390


UNEVEN = {
    "id": "ROOT",
    "name": "root",
    "aggregate": "geometric",
    "missing": {"min_coverage": 0.4},
    "children": [
        {**TREE["children"][0], "aggregate": "harmonic", "missing": {"rule": "zero", "min_coverage": 0.3}},
        {**TREE["children"][1], "missing": {"rule": "fail", "min_coverage": 0.9}},
        {"id": "C", "name": "c", "weight": 0.5, "measure": {"column": "c"}},
    ],
}


def test_browser_and_python_give_the_same_scores_and_ranks_for_random_weights(
    chromium: Browser, tmp_path: Path
) -> None:
    rng = np.random.default_rng(20201101)
    units = [f"U{number}" for number in range(40)]
    drawn = rng.integers(0, 6, (40, 4)) * 20.0
    cells = np.where(rng.random((40, 4)) < 0.15, "", drawn.astype(int).astype(str))
    values = [("unit", "a1", "a2", "b1", "c"), *((unit, *row) for unit, row in zip(units, cells.tolist(), strict=True))]
    register = [("unit", "name"), *((unit, unit) for unit in units)]
    path = values_study(
        tmp_path / "study", values, tree=UNEVEN, register=register, defaults={"normalise": {"method": "none"}}
    )
    evaluation = run(path)
    bundle = load(path).bundle
    assert bundle.indicators is not None
    nodes = resolve(bundle.indicators[0], RecipeOverrides()).nodes
    scores = evaluation["scores"].pivot_table(index="unit", columns="node", values="score", dropna=False)
    leaves = {node.id: scores[node.id].reindex(units).to_numpy() for node in nodes if node.is_indicator}
    draws = rng.exponential(size=(200, len(nodes)))
    methods = ["", "arithmetic", "geometric"]
    with opened(chromium, page_html(evaluation, "zh"), tmp_path) as page:
        assert page.get_attribute("body", "data-self-check") == "passed"
        data = page.evaluate("JSON.parse(document.getElementById('data').textContent)")
        found = page.evaluate(
            """([draws, methods]) => {
              const data = JSON.parse(document.getElementById("data").textContent);
              return draws.map((weights, number) => {
                const scores = engine.scoreTree(data, weights, methods[number % 3]).scores[0];
                return [scores, engine.rank(scores, data.ties, data.tolerance)];
              });
            }""",
            [draws.tolist(), methods],
        )
    order = [units.index(unit) for unit in data["units"]]
    for number, (weights, (js_scores, js_ranks)) in enumerate(zip(draws, found, strict=True)):
        given = {node.id: NodeOverride(weight=weight) for node, weight in zip(nodes, weights.tolist(), strict=True)}
        overrides = RecipeOverrides(nodes=given, aggregate=methods[number % 3] or None)
        tree, _ = score_tree(resolve(bundle.indicators[0], overrides).nodes, leaves, units)
        expected = tree.scores[:, 0][order]
        np.testing.assert_allclose(np.array(js_scores, dtype=float), expected, rtol=0, atol=1e-9)
        np.testing.assert_array_equal(np.array(js_ranks, dtype=float), rank(expected))
