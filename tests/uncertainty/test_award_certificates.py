from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.uncertainty.sampled_study import AWARDS, assessed, sampled_study


def certificates(folder: Path, awards: list[dict[str, Any]] | None = None, **keys: Any) -> dict[tuple[str, str], str]:  # noqa: ANN401 - any key of a study
    scheme = AWARDS if awards is None else AWARDS | {"awards": awards} | keys.pop("scheme", {})
    table = assessed(sampled_study(folder, awards=scheme, **keys))["awards"]
    return dict(zip(zip(table["award"], table["unit"], strict=True), table["certificate"], strict=True))


def top(count: int, **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of an award
    rule = {"method": "top", "count": count} | ({"within": keys.pop("within")} if "within" in keys else {})
    return {"id": f"top{count}", "name": "top", "rule": rule} | keys


# scores: U1 62.5, U2 67.5, U3 70.0, U4 26.25; standard errors: 1.68, 0.53, 1.26, 0.84


def test_a_cut_far_below_is_certified_one_nearby_is_not(tmp_path: Path) -> None:
    found = certificates(tmp_path, [{"id": "b", "name": "b", "rule": {"method": "band", "low": 62}}])
    assert found == {("b", "U1"): "not distinguishable", ("b", "U2"): "certified", ("b", "U3"): "certified"}


def test_a_unit_sure_by_itself_only_is_indicative(tmp_path: Path) -> None:
    # U2 is 1.7 standard errors above the cut: p = 0.045 alone, 0.09 as the second of four that are tested together
    found = certificates(tmp_path, [{"id": "b", "name": "b", "rule": {"method": "band", "low": 66.6}}])
    assert found == {("b", "U2"): "indicative", ("b", "U3"): "certified"}


def test_places_are_certified_by_the_set_of_ranks(tmp_path: Path) -> None:
    # U3 is 1.8 standard errors of the difference ahead of U2: sure if it alone is looked at, not among all pairs
    found = certificates(tmp_path, [top(1), top(3)])
    assert found["top1", "U3"] == "indicative"
    assert {found["top3", unit] for unit in ("U1", "U2", "U3")} == {"certified"}


def test_an_award_by_what_the_units_told_themselves_has_no_certificate(tmp_path: Path) -> None:
    assert certificates(tmp_path)["channels", "U2"] == ""


def test_places_within_groups_are_judged_within_them(tmp_path: Path) -> None:
    found = certificates(tmp_path, [top(1, within="class")])
    assert found["top1", "U3"] == "certified"
    assert found["top1", "U2"] in {"indicative", "certified"}


def test_on_a_ladder_a_rung_is_held_by_this_or_a_higher_one(tmp_path: Path) -> None:
    rungs = [top(1), top(2)]
    found = certificates(tmp_path, rungs, scheme={"one_rung": True})
    # together the two rungs hold the three best, which are surely above the fourth
    assert found["top2", "U2"] == found["top2", "U1"] == "certified"
    assert found["top1", "U3"] == "indicative"


def test_a_lowest_score_elsewhere_must_be_sure_too(tmp_path: Path) -> None:
    sure = certificates(tmp_path / "sure", [top(3, minimum={"A": 50})])
    unsure = certificates(tmp_path / "unsure", [top(3, minimum={"A": 59.5})])
    assert sure["top3", "U2"] == "certified"
    assert unsure["top3", "U2"] == "not distinguishable"
    assert unsure["top3", "U3"] == "certified"


def test_who_may_not_take_part_is_no_rival(tmp_path: Path) -> None:
    found = certificates(tmp_path, [top(1, eligible={"class": ["small"]})])
    assert found == {("top1", "U3"): "certified"}


def test_a_band_without_a_lower_end_is_reached_by_nobody(tmp_path: Path) -> None:
    found = certificates(tmp_path, [{"id": "b", "name": "b", "rule": {"method": "band", "high": 65}}])
    assert set(found.values()) == {""}
