"""Awards under other weights: the page's rules give what the Python kernels give, and what they cannot tell stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evalkit.definitions.awards import AwardScheme
from evalkit.evaluate import Evaluation, load
from evalkit.evaluate.stored_schemes import stored_schemes
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.reports.page import page_html
from evalkit.reports.page.award_trial import award_trial, kept
from evalkit.scoring.award_field import Field
from evalkit.scoring.awards import apply_scheme
from evalkit.scoring.natural_breaks import natural_breaks
from tests.every_award_rule import SCHEMES, UNITS, award, award_study
from tests.reports.page.browser import browser, opened
from tests.small_studies import REGISTER, run, values_study, write_yaml

Browser = Any


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return award_study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def ran(study: Path) -> Evaluation:
    return run(study)


def test_rules_are_kept_in_the_manifest_as_they_were_read(study: Path, ran: Evaluation) -> None:
    assert stored_schemes(ran) == [scheme for scheme, _ in load(study).bundle.awards]


def test_an_award_that_weights_do_not_decide_has_no_rule(ran: Evaluation, tmp_path: Path) -> None:
    sample = {"minimum": 1, "node": "A"}
    scheme = {"id": "by-answers", "version": "1", "name": "by answers", "gates": {"sample": sample}}
    (tmp_path / "study").mkdir()
    write_yaml(tmp_path / "study" / "top.yaml", scheme | {"awards": [award("winner", {"method": "top", "count": 1})]})
    other = run(values_study(tmp_path / "study", awards=["top.yaml"], register=REGISTER))
    (counted,) = award_trial(other, list(other["units"]["unit"]), "en")
    assert counted["awards"][0]["rule"] is None
    assert kept([counted]) == ["winner"]
    schemes = award_trial(ran, list(ran["units"]["unit"]), "en")
    assert kept(schemes) == []
    assert [each["tiers"][0] for each in schemes[0]["awards"]] == [1, 2, 3, 0, 4, 5]


def test_rules_that_were_changed_in_the_file_are_not_tried(ran: Evaluation) -> None:
    for rules in ({"id": "<b>"}, {**SCHEMES[0], "gates": {"minimum": {"NO": 1}}}, {**SCHEMES[0], "id": "no"}):
        changed = [{**each, "rules": rules} for each in ran.manifest["awards"]]
        assert award_trial(Evaluation(ran.tables, {**ran.manifest, "awards": changed}), ["U00"], "en") == []


def held_in_python(
    scheme: AwardScheme, ran: Evaluation, units: list[str], scores: np.ndarray[Any, Any]
) -> list[list[int]]:
    """What each unit holds of each award by the Python kernels: its number among what the award gives, −1 for none."""
    nodes = list(ran["nodes"]["node"])
    register = ran["units"].set_index("unit").loc[units].reset_index()
    field = Field(
        units=tuple(units),
        scores={node: scores[:, number] for number, node in enumerate(nodes)},
        columns={str(name): list(values) for name, values in register.items()},
        root=nodes[0],
        tolerance=ran.manifest["recipe"]["tie_tolerance"],
        node_names={node: (node, node) for node in nodes},
    )
    given = {(each.award, each.unit) for each in apply_scheme(scheme, field)[0]}
    return [
        [next((n for n, gives in enumerate(each.gives) if (gives, unit) in given), -1) for unit in units]
        for each in scheme.awards
    ]


def test_browser_and_python_give_the_same_awards_for_random_scores(
    chromium: Browser, ran: Evaluation, tmp_path: Path
) -> None:
    rng = np.random.default_rng(20201101)
    with opened(chromium, page_html(ran, "zh"), tmp_path) as page:
        assert page.get_attribute("body", "data-self-check") == "passed"
        assert not page.locator("#award-check").is_visible()
        units = page.evaluate("page.data.units")
        official = wide_scores(ran).loc[units].to_numpy()
        drawn = rng.integers(0, 11, (200, *official.shape)) * 10.0 + rng.choice(
            [0, 4e-10, 0.1 + 0.2 - 0.3], (200, *official.shape)
        )
        drawn[rng.random(drawn.shape) < 0.05] = np.nan
        trees = np.where(np.isnan(drawn), np.array(None), drawn.astype(object)).transpose(0, 2, 1).tolist()
        found = page.evaluate(
            "trees => trees.map(tree => page.data.schemes.map(each => awards.apply(each, tree, page.data.tolerance)))",
            trees,
        )
    winners = 0
    for scores, by_scheme in zip(drawn, found, strict=True):
        for scheme, tried in zip(stored_schemes(ran), by_scheme, strict=True):
            expected = held_in_python(scheme, ran, units, scores)
            winners += int((np.array(expected) >= 0).sum())
            assert tried == expected
    assert winners > 200 * UNITS


def test_browser_and_python_find_the_same_natural_breaks(chromium: Browser, ran: Evaluation, tmp_path: Path) -> None:
    rng = np.random.default_rng(20201102)
    cases = []
    for number in range(300):
        count = int(rng.integers(1, 90))
        steps = (0.01, 1.0, 7.5, 1e-9)[number % 4]  # coarse ones tie scores and whole divisions
        scores = 50 + np.round(rng.normal(0, 20, count) / steps) * steps
        scores[rng.random(count) < 0.1] = np.nan
        cases.append((scores, int(rng.integers(1, 7))))
    given = [[[None if np.isnan(each) else each for each in scores.tolist()], classes] for scores, classes in cases]
    with opened(chromium, page_html(ran, "zh"), tmp_path) as page:
        found = page.evaluate(
            "cases => cases.map(each => breaks.divide(each[0], awards.tieGroups(each[0], 1e-9), each[1]))", given
        )
    divided = 0
    for (scores, classes), labels in zip(cases, found, strict=True):
        expected = natural_breaks(scores, classes, tolerance=1e-9)
        divided += expected is not None
        assert labels == (np.full(scores.shape, -1) if expected is None else expected).tolist()
    assert divided > 200


def test_natural_breaks_follow_the_weights(chromium: Browser, tmp_path: Path) -> None:
    rule = {
        "method": "blocks",
        "by": "natural_breaks",
        "blocks": [{"id": "high", "name": "high"}, {"id": "low", "name": "low"}],
    }
    scheme = {"id": "breaks", "version": "1", "name": "breaks", "awards": [award("tiers", rule)]}
    (tmp_path / "study").mkdir()
    write_yaml(tmp_path / "study" / "breaks.yaml", scheme)
    ran = run(values_study(tmp_path / "study", awards=["breaks.yaml"], register=REGISTER))
    with opened(chromium, page_html(ran, "en"), tmp_path) as page:
        cells = "#ranking-table tbody .awards"
        assert page.locator(cells).all_inner_texts() == ["high", "high", "high", "low"]
        page.locator("#weights").evaluate("element => { element.open = true; }")
        page.locator("input[data-node]").nth(0).fill("0")
        assert page.locator("#ranking-table tbody tr small").all_inner_texts() == ["U2", "U1", "U4", "U3"]
        assert page.locator(f"{cells} ins").all_inner_texts() == ["low", "low"]
        assert "units whose awards change: 2" in page.inner_text("#state")


def test_awards_follow_the_weights_and_come_back(chromium: Browser, tmp_path: Path) -> None:
    scheme = {"id": "top", "version": "1", "name": "top", "awards": [award("winner", {"method": "top", "count": 1})]}
    (tmp_path / "study").mkdir()
    write_yaml(tmp_path / "study" / "top.yaml", scheme)
    ran = run(values_study(tmp_path / "study", awards=["top.yaml"], register=REGISTER))
    with opened(chromium, page_html(ran, "en"), tmp_path, accept_downloads=True) as page:
        cells = "#ranking-table tbody .awards"
        assert page.locator(cells).all_inner_texts() == ["winner", "", "", ""]
        page.locator("#weights").evaluate("element => { element.open = true; }")
        page.select_option("#emphasis", label="Dimension B")
        page.locator("input[data-node]").nth(0).fill("0")
        assert page.locator(f"{cells} ins").all_inner_texts() == ["winner"]
        assert page.locator(f"{cells} del").all_inner_texts() == ["winner"]
        assert "units whose awards change: 2" in page.inner_text("#state")
        page.select_option("select[data-filter=awards]", "winner")
        assert page.locator("#ranking-table tbody tr:visible small").all_inner_texts() == ["U2"]
        with page.expect_download() as download:
            page.click("#download")
        assert Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()[1] == "1,U2,乙市,90,winner"
        page.click("#official")
        assert page.locator("#ranking-table tbody tr:visible small").all_inner_texts() == ["U3"]
        assert page.locator(f"{cells} ins").count() == 0


def test_half_of_the_weight_leaves_the_others_their_proportion(
    chromium: Browser, ran: Evaluation, tmp_path: Path
) -> None:
    with opened(chromium, page_html(ran, "en"), tmp_path) as page:
        page.locator("#weights").evaluate("element => { element.open = true; }")
        page.select_option("#emphasis", label="Dimension B")
        assert [page.inner_text(f"#share-{node}") for node in (1, 4)] == ["50.0%", "50.0%"]
        assert page.get_attribute("body", "class") == "unofficial"
        page.select_option("#emphasis", "")
        assert page.get_attribute("body", "class") == ""


def test_a_page_whose_awards_were_changed_does_not_try_them(chromium: Browser, ran: Evaluation, tmp_path: Path) -> None:
    html = page_html(ran, "en")
    tampered = html.replace('"method":"top","count":3', '"method":"top","count":30')
    assert tampered != html
    with opened(chromium, tampered, tmp_path) as page:
        assert page.get_attribute("body", "data-self-check") == "passed"
        page.locator("#weights").evaluate("element => { element.open = true; }")
        assert page.locator("#award-check").is_visible()
