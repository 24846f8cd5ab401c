from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small_studies import codes
from tests.uncertainty.sampled_awards import DECISION, EARLIER, JURY, nominated, write_before
from tests.uncertainty.sampled_study import AWARDS, VALUES, assessed, sampled_study

THRESHOLD, RANK_SETS = "threshold, Benjamini-Hochberg, 0.95", "rank sets, stepdown, 0.95"
LOW: dict[str, Any] = {"id": "low", "name": "l"}
IMPROVEMENT: dict[str, Any] = {"method": "improvement"}


def blocks(by: str, declared: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "blocks", "name": "b", "rule": {"method": "blocks", "by": by, "blocks": declared}}


def methods(folder: Path, awards: list[dict[str, Any]], **keys: Any) -> dict[tuple[str, str], tuple[str, str]]:  # noqa: ANN401 - any key of a study
    if "waves" in keys:
        write_before(folder, keys.pop("error_before", ""))
    table = assessed(sampled_study(folder, awards=AWARDS | {"awards": awards} | keys.pop("scheme", {}), **keys))[
        "awards"
    ]
    said = zip(table["certificate"], table["certificate_method"], strict=True)
    return dict(zip(zip(table["award"], table["unit"], strict=True), said, strict=True))


def certificates(folder: Path, awards: list[dict[str, Any]] | None = None, **keys: Any) -> dict[tuple[str, str], str]:  # noqa: ANN401 - any key of a study
    found = methods(folder, AWARDS["awards"] if awards is None else awards, **keys)
    return {key: label for key, (label, _) in found.items()}


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


def test_an_award_by_what_the_units_told_themselves_says_that_no_sampling_error_enters(tmp_path: Path) -> None:
    assert certificates(tmp_path)["channels", "U2"] == "no sampling error"


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


def test_a_band_with_an_upper_end_only_is_sure_below_it(tmp_path: Path) -> None:
    found = certificates(tmp_path, [{"id": "b", "name": "b", "rule": {"method": "band", "high": 65}}])
    # U1 is 1.5 standard errors below: p = 0.07
    assert found == {("b", "U1"): "not distinguishable", ("b", "U4"): "certified"}


def test_a_band_that_nothing_goes_on_above_must_be_sure_at_both_ends(tmp_path: Path) -> None:
    band = {"id": "b", "name": "b", "rule": {"method": "band", "low": 60, "high": 68}}
    above = {"id": "a", "name": "a", "rule": {"method": "band", "low": 68}}
    alone = certificates(tmp_path / "alone", [band])
    ladder = certificates(tmp_path / "ladder", [above, band], scheme={"one_rung": True})
    assert alone["b", "U2"] == "not distinguishable"  # it may be above 68, which is no better here
    assert ladder["b", "U2"] == "certified"  # on the ladder that is a higher rung
    other = [above | {"minimum": {"B": 5}}, band]
    assert certificates(tmp_path / "other", other, scheme={"one_rung": True})["b", "U2"] == "not distinguishable"


def test_blocks_by_score_are_held_above_their_lower_end_and_the_last_below_the_cut_above(tmp_path: Path) -> None:
    cuts = [{"id": "high", "name": "h", "at_least": 66}, {"id": "middle", "name": "m", "at_least": 55}, LOW]
    found = methods(tmp_path, [blocks("score", cuts)])
    assert found["high", "U3"] == ("certified", THRESHOLD)
    assert found["high", "U2"] == ("certified", THRESHOLD)
    assert found["middle", "U1"] == ("certified", THRESHOLD)
    assert found["low", "U4"] == ("certified", THRESHOLD)
    close = [{"id": "high", "name": "h", "at_least": 63}, LOW]
    assert certificates(tmp_path / "close", [blocks("score", close)])["low", "U1"] == "not distinguishable"


def test_blocks_by_places_and_shares_are_held_by_the_sets_of_ranks(tmp_path: Path) -> None:
    by_places = [{"id": "high", "name": "h", "count": 1}, {"id": "middle", "name": "m", "count": 2}, LOW]
    found = methods(tmp_path / "places", [blocks("places", by_places)])
    assert found["high", "U3"] == ("indicative", RANK_SETS)
    assert found["middle", "U2"] == found["middle", "U1"] == ("certified", RANK_SETS)
    assert found["low", "U4"] == ("certified", RANK_SETS)
    by_share = [{"id": "high", "name": "h", "percent": 50}, LOW]
    # U2 is 2.8 standard errors of the difference ahead of U1
    assert set(methods(tmp_path / "shares", [blocks("share", by_share)]).values()) == {("certified", RANK_SETS)}


def test_natural_breaks_have_no_formula_and_are_never_certified(tmp_path: Path) -> None:
    found = methods(tmp_path, [blocks("natural_breaks", [{"id": "high", "name": "h"}, LOW])])
    assert set(found.values()) == {("indicative", "replicates, 1000, 0.95")}


def test_a_unit_in_a_block_by_veto_is_sure_where_the_veto_is(tmp_path: Path) -> None:
    cuts = [{"id": "high", "name": "h", "at_least": 10}, LOW]
    rule = {"rule": blocks("score", cuts)["rule"] | {"vetoed": "low"}}
    by_class = {"veto": [{"name": "v", "column": "class", "values": ["big"]}]}
    fact = methods(tmp_path / "fact", [blocks("score", cuts) | rule | by_class])
    assert fact["low", "U1"] == ("no sampling error", "none")
    by_score = {"veto": [{"name": "v", "node": "A", "below": 70.5}, {"name": "w", "node": "B", "below": 20}]}
    found = methods(tmp_path / "score", [blocks("score", cuts) | rule | by_score])
    assert found["low", "U4"] == ("certified", THRESHOLD)  # A 25, standard error 1.1
    assert found["low", "U1"] == ("not distinguishable", THRESHOLD)  # A 70, standard error 2.2
    assert found["low", "U3"] == ("certified", THRESHOLD)  # B 10, told by the unit itself


def test_growth_is_sure_by_the_error_of_this_wave(tmp_path: Path) -> None:
    # growth: U1 2.5, U2 7.5, U3 20, U4 fell
    most = {"id": "m", "name": "m", "compare": IMPROVEMENT, "rule": {"method": "top", "count": 2}}
    enough = {"id": "e", "name": "e", "compare": IMPROVEMENT, "rule": {"method": "band", "low": 1}}
    found = methods(tmp_path, [most, enough], **EARLIER)
    assert found["m", "U3"] == found["m", "U2"] == ("certified", RANK_SETS)
    assert found["e", "U2"] == found["e", "U3"] == ("certified", THRESHOLD)
    assert found["e", "U1"] == ("not distinguishable", THRESHOLD)
    every = certificates(tmp_path / "every", [most | {"rule": {"method": "top", "count": 4}}], **EARLIER)
    assert every["m", "U1"] == "not distinguishable"  # within the places, but perhaps it did not grow


def test_growth_in_percent_has_the_error_of_percents(tmp_path: Path) -> None:
    compare = IMPROVEMENT | {"measure": "percent"}
    # U2 grew from 60 to 67.5, 12.5 %, with a standard error of 0.53 / 60: 0.88 %
    sure, unsure = (
        {"id": name, "name": "e", "compare": compare, "rule": {"method": "band", "low": low}}
        for name, low in (("sure", 10), ("unsure", 12))
    )
    found = certificates(tmp_path, [sure, unsure], **EARLIER)
    assert (found["sure", "U2"], found["unsure", "U2"]) == ("certified", "not distinguishable")


def test_the_error_of_an_earlier_wave_counts_where_it_is_known(tmp_path: Path) -> None:
    # U2 grew by 7.5, standard error 0.53 of this wave; with 4 of the earlier one it is 1.9 standard errors above 0
    award = {"id": "e", "name": "e", "compare": IMPROVEMENT, "rule": {"method": "band", "low": 1}}
    exact = certificates(tmp_path / "exact", [award], **EARLIER)
    known = certificates(tmp_path / "known", [award], **EARLIER, error_before="4")
    assert (exact["e", "U2"], known["e", "U2"]) == ("certified", "not distinguishable")
    assert known["e", "U3"] == "certified"


def test_the_error_of_an_earlier_wave_is_one_though_this_wave_has_none(tmp_path: Path) -> None:
    values = [row if row[0] == "unit" else (row[0], row[1], "0", row[3], "0", row[5]) for row in VALUES]
    award = {"id": "e", "name": "e", "compare": IMPROVEMENT, "rule": {"method": "top", "count": 1}}
    known = methods(tmp_path / "known", [award], values=values, **EARLIER, error_before="4")
    assert known["e", "U3"] == ("indicative", RANK_SETS)  # 12.5 ahead of U2, standard error 5.7
    exact = methods(tmp_path / "exact", [award], values=values, **EARLIER)
    assert exact["e", "U3"] == ("no sampling error", "none")


def test_an_earlier_wave_without_errors_is_pointed_out(tmp_path: Path) -> None:
    award = {"id": "e", "name": "e", "compare": IMPROVEMENT, "rule": {"method": "top", "count": 1}}
    for folder, error, said in (("exact", "", True), ("known", "1", False)):
        write_before(tmp_path / folder, error)
        found = assessed(sampled_study(tmp_path / folder, awards=AWARDS | {"awards": [award]}, **EARLIER))
        assert ("EK731" in codes(found)) == said


def test_the_error_of_a_wave_that_may_not_be_compared_does_not_count(tmp_path: Path) -> None:
    other = {"waves": [EARLIER["waves"][0] | {"comparable": False}]}
    compare = {"method": "waves", "waves": ["2023"], "combine": "mean", "least_waves": 1}
    award = {"id": "w", "name": "w", "compare": compare, "rule": {"method": "band", "low": 60}}
    found = certificates(tmp_path / "other", [award], **other, error_before="50")
    assert found["w", "U2"] == "certified"  # by this wave alone: 67.5, standard error 0.53
    across = [award | {"compare": compare | {"across_frameworks": True}}]
    assert certificates(tmp_path / "across", across, **other, error_before="50")["w", "U2"] == "not distinguishable"


def test_the_mean_of_waves_has_its_share_of_the_error(tmp_path: Path) -> None:
    # U1 with 60 before: mean 61.25, standard error 0.84, so 1.8 above 59.75; this wave alone would be 1.6 above
    compare = {"method": "waves", "waves": ["2023"], "combine": "mean"}
    award = {"id": "w", "name": "w", "compare": compare, "rule": {"method": "band", "low": 59.75}}
    assert methods(tmp_path, [award], **EARLIER)["w", "U1"] == ("indicative", THRESHOLD)


def test_what_a_jury_and_a_committee_say_has_no_sampling_error(tmp_path: Path) -> None:
    found = methods(tmp_path, [JURY, DECISION], **nominated(tmp_path))
    assert found == {("j", "U1"): ("no sampling error", "none"), ("d", "U2"): ("no sampling error", "none")}


def test_a_score_that_a_jury_award_asks_for_has(tmp_path: Path) -> None:
    found = methods(
        tmp_path, [JURY | {"minimum": {"A": 60}}, DECISION | {"minimum": {"A": 59.5}}], **nominated(tmp_path)
    )
    assert found["j", "U1"] == ("indicative", "replicates, 1000, 0.95")
    assert found["d", "U2"] == ("not distinguishable", THRESHOLD)


def test_exclusive_awards_of_other_scores_wait_for_each_other(tmp_path: Path) -> None:
    first, second = top(1, exclusive="one"), top(2, exclusive="one", node="A")
    found = methods(tmp_path, [first, second])
    assert found["top1", "U3"] == ("indicative", RANK_SETS)
    assert found["top2", "U1"][1] == "replicates, 1000, 0.95"


def test_ties_broken_by_a_sampled_score_have_no_formula(tmp_path: Path) -> None:
    tied = [row if row[0] == "unit" else (*row[:5], "50") for row in VALUES]
    award = {"id": "t", "name": "t", "node": "B", "rule": {"method": "top", "count": 1, "tie_break": ["A"]}}
    found = methods(tmp_path, [award], values=tied)
    assert found == {("t", "U3"): ("indicative", "replicates, 1000, 0.95")}


def test_small_samples_and_places_in_percent_of_an_unsure_field(tmp_path: Path) -> None:
    award = {"id": "p", "name": "p", "rule": {"method": "top", "percent": 50}}
    sample = {"sample": {"column": "calls", "minimum": 30}}
    register = (("unit", "name", "class", "calls"), *((f"U{n}", f"U{n}", "x", str(10 * n)) for n in range(1, 5)))
    known = methods(tmp_path / "known", [award | sample], register=register)
    assert known == {("p", "U3"): ("certified", RANK_SETS)}  # of U3 and U4, the only ones with thirty calls
    unsure = methods(tmp_path / "unsure", [award | {"minimum": {"A": 50}}])
    assert unsure["p", "U3"] == ("indicative", "replicates, 1000, 0.95")


def test_awards_of_a_scheme_without_winners_have_no_certificates(tmp_path: Path) -> None:
    assert certificates(tmp_path, [{"id": "u", "name": "u", "rule": {"method": "unset"}}]) == {}


EVERY_RULE: dict[str, dict[str, Any]] = {
    "top": top(2),
    "top within": top(1, within="class"),
    "band": {"id": "b", "name": "b", "rule": {"method": "band", "low": 60, "high": 68}},
    "minimum": top(2, minimum={"A": 50}),
    "veto": top(2, veto=[{"name": "v", "node": "A", "below": 50}]),
    "scores": blocks("score", [{"id": "high", "name": "h", "above": 65}, LOW]),
    "places": blocks("places", [{"id": "high", "name": "h", "count": 2}, LOW]),
    "shares": blocks("share", [{"id": "high", "name": "h", "percent": 50}, LOW]),
    "growth": {"id": "g", "name": "g", "compare": IMPROVEMENT, "rule": {"method": "top", "count": 2}},
    "waves": {"id": "w", "name": "w", "compare": {"method": "waves", "last": 1}, "rule": {"method": "top", "count": 2}},
}


@pytest.mark.parametrize("award", EVERY_RULE.values(), ids=EVERY_RULE)
def test_without_doubt_all_is_certified_and_in_doubt_nothing(tmp_path: Path, award: dict[str, Any]) -> None:
    keys = EARLIER if "compare" in award else {}
    for error, expected in (("1e-6", {"certified"}), ("200", {"not distinguishable"})):
        values = [row if row[0] == "unit" else (row[0], row[1], error, row[3], error, row[5]) for row in VALUES]
        normalise = {"defaults": {"normalise": {"method": "none"}}}  # errors of 200 are not cut off at 0 and 100
        found = certificates(tmp_path / error, [award], values=values, **normalise, **keys)
        assert set(found.values()) == expected


def tied(errors: str, *scores: str) -> list[tuple[str, ...]]:
    rows = [(f"U{at}", score, errors, score, errors, score) for at, score in enumerate(scores, start=1)]
    return [VALUES[0], *rows]


@pytest.mark.parametrize("errors", ["2", "0"])
def test_a_place_shared_by_a_tie_is_sure_only_where_the_scores_are_known(tmp_path: Path, errors: str) -> None:
    award = top(2) if errors == "2" else top(2, minimum={"A1": 1})
    values = tied(errors, "90", "60", "60", "10")
    if errors == "0":  # one unit has an error elsewhere, so that there is something to certify
        values[4] = ("U4", "10", "1", "10", "1", "10")
    found = certificates(tmp_path, [award], values=values)
    assert set(found) == {("top2", "U1"), ("top2", "U2"), ("top2", "U3")}
    assert found["top2", "U1"] == "certified"
    shared = "not distinguishable" if errors == "2" else "certified"
    assert found["top2", "U2"] == found["top2", "U3"] == shared


def test_a_tie_within_the_places_is_no_doubt(tmp_path: Path) -> None:
    found = certificates(tmp_path, [top(2)], values=tied("2", "90", "90", "40", "10"))
    assert found == {("top2", "U1"): "certified", ("top2", "U2"): "certified"}


def test_on_a_ladder_the_places_of_all_rungs_count(tmp_path: Path) -> None:
    values = tied("2", "90", "90", "50", "10")
    remaining = certificates(tmp_path / "remaining", [top(1), top(2)], values=values, scheme={"one_rung": True})
    # the two best share the only place of the first rung; three places in all are surely those of the three best
    assert remaining["top1", "U1"] == remaining["top1", "U2"] == "not distinguishable"
    assert remaining["top2", "U3"] == "certified"
    of_all = top(1), top(2) | {"rule": {"method": "top", "count": 2, "count_from": "all"}}
    counted = certificates(tmp_path / "all", list(of_all), values=values, scheme={"one_rung": True})
    assert set(counted) == {("top1", "U1"), ("top1", "U2")}


def test_blocks_share_places_by_ties_too(tmp_path: Path) -> None:
    values = tied("2", "90", "60", "60", "10")
    for name, first in (("places", {"count": 2}), ("share", {"percent": 50})):
        declared = [{"id": "high", "name": "h"} | first, LOW]
        found = certificates(tmp_path / name, [blocks(name, declared)], values=values)
        assert found["high", "U1"] == "certified"
        assert found["high", "U2"] == found["high", "U3"] == "not distinguishable"
        assert found["low", "U4"] == "certified"
