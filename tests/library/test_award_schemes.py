"""Every award scheme and tiering of the field, as it ships: who wins among a few units, and why."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evalkit import library
from evalkit.definitions.award_rules import Blocks, Decision, Unset
from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.validation import load_definition
from evalkit.scoring.normalisation import target_ratio
from evalkit.sources.nominations import Decided, Nominations
from tests.award_fields import NAN, Outcome, apply, field

ROOT = Path(__file__).parents[2]


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scheme(name: str) -> AwardScheme:
    loaded, problems = load_definition(ROOT / "indicators" / "awards" / f"{name}.yaml", name, AwardScheme)
    assert problems == []
    assert loaded is not None
    return loaded[0]


SCHEMES = {path.stem: scheme(path.stem) for path in library.builtins("awards")}
OF_AWARDS = {
    ("2018", "case"): "forum-cases-2018",
    ("2019", "unit award"): "best-hotlines-2019",
    ("2019", "individual award"): "best-hotlines-2019",
    ("2022", "monitoring model (监测典范)"): "model-hotlines-2022",
    ("2022", "case model (案例典范)"): "model-cases-2022",
}
OF_TIERS = {
    "省级政府和重点城市一体化政务服务能力": "e-government-service-bands",
    "开放数林指数": "open-data-forest",
    "清华数字政府发展指数": "digital-government-types",
    "政府网站检查指标(国办秘函〔2019〕19号)": "website-inspection",
    "UN LOSI 2022": "losi-bands",
    "政务热线服务质量评估指数(中山大学/清华/联盟)": "letter-grades",
    "2025 运行质量方阵": "operation-blocks-2025",
    "Boston CityScore": "",  # no awards: a target with a cap
    "北京四类排名": "beijing-four-classes",
    "国办函〔2025〕66号": "graded-peer-groups",
}


@pytest.mark.parametrize("row", rows("awards.csv"), ids=lambda row: row["category_zh"])
def test_every_award_of_the_field_ships_with_its_name_places_and_kind(row: dict[str, str]) -> None:
    awards = {each.name.zh: each for each in SCHEMES[OF_AWARDS[row["year"], row["group"]]].awards}
    award = next(
        each
        for name, each in awards.items()
        if name.removeprefix("2022年") == row["category_zh"].removeprefix("2022年")
    )
    assert award.to == {"unit": "unit", "individual": "person"}[row["individual_or_unit"]]
    if row["winners_count"]:
        assert getattr(award.rule, "count", None) == int(row["winners_count"])
    if "monitoring" not in row["basis_type"]:
        assert isinstance(award.rule, Decision)


def test_every_tiering_of_the_field_ships() -> None:
    assert [row["scheme"] for row in rows("tier_schemes.csv")] == list(OF_TIERS)
    assert {name for name in OF_TIERS.values() if name} <= SCHEMES.keys()


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_says_what_is_published_and_what_is_to_be_set(name: str) -> None:
    chosen = SCHEMES[name]
    assert chosen.source
    for award in chosen.awards:
        assert award.source
        assert award.attestation.startswith(("published", "reconstructed", "placeholder"))
        unset = isinstance(award.rule, Unset) or (isinstance(award.rule, Blocks) and award.rule.unset)
        assert not unset or award.attestation.startswith("placeholder")


def sizes(found: Outcome) -> list[int]:
    return [len(units) for units in found.winners.values()]


def test_2018_gives_eleven_awards_to_eleven_units_by_decision() -> None:
    chosen = SCHEMES["forum-cases-2018"]
    places = {"vanguard": 4, "bridge": 4, "data": 2, "creation": 1}
    given = [award for award, count in places.items() for _ in range(count)]
    decisions = [
        Decided(f"{chosen.id}/{award}", f"U{number}", "入选理由") for number, award in enumerate(given, start=1)
    ]
    found = apply(chosen, field([NAN] * 12, nominations=Nominations(decisions=tuple(decisions))))
    assert {award: len(units) for award, units in found.winners.items()} == places
    assert found.problems == []
    assert found.why("U11") == "评审委员会决定:入选理由 / decided by the committee: 入选理由"


def test_2019_is_in_no_order_and_a_city_may_hold_two() -> None:
    chosen = SCHEMES["best-hotlines-2019"]
    named = [("citizen-service", "U3"), ("citizen-service", "U1"), ("service-case", "U1")]
    people = [("service-star", "U2", "甲某"), ("service-star", "U2", "乙某")]
    decisions = [Decided(f"{chosen.id}/{award}", unit, "x") for award, unit in named]
    decisions += [Decided(f"{chosen.id}/{award}", unit, "x", person) for award, unit, person in people]
    found = apply(chosen, field([10, 20, 30], nominations=Nominations(decisions=tuple(decisions))))
    assert found.winners["citizen-service"] == ["U1", "U3"]
    assert found.winners["service-case"] == ["U1"]
    assert found.winners["service-star"] == ["U2"]
    assert "2 名个人获奖" in found.why("U2")
    assert ("2", "26") in {(each["found"], each["places"]) for each in found.of("EK523")}
    assert "best-hotlines-2019/big-data" in [each["award"] for each in found.of("EK503")]


def test_2022_monitoring_is_a_ladder_with_ten_places_and_classes() -> None:
    chosen = SCHEMES["model-hotlines-2022"]
    classes = ["直辖市"] * 4 + ["地级市"] * 30
    scores = [99.0, 98, 97, 96, *(95.0 - number for number in range(30))]
    scores[14] = scores[15]  # a tie at the tenth place
    found = apply(chosen, field(scores, columns={"class": classes}))
    assert found.winners["social-governance"] == ["U1", "U2", "U3", "U4", "U5"]
    assert found.winners["top-ten"] == [f"U{number}" for number in range(6, 17)]
    assert [each["units"] for each in found.of("EK502")] == ["U15, U16"]
    assert found.winners["top-ten-prefecture"] == [f"U{number}" for number in range(17, 27)]
    assert len({each.unit for each in found.given}) == len(found.given)
    assert not [each for each in found.given if each.award == "pioneer" and each.unit == "U1"]


def test_2022_monitoring_among_too_few_units_leaves_rungs_empty() -> None:
    found = apply(SCHEMES["model-hotlines-2022"], field([90, 80], columns={"class": ["地级市", "地级市"]}))
    assert found.winners["social-governance"] == ["U1", "U2"]
    assert [each["award"].split("/")[1] for each in found.of("EK503")] == [
        "top-ten", "top-ten-prefecture", "pioneer", "steed", "star",
    ]  # fmt: skip
    assert [each["found"] for each in found.of("EK501")] == ["2", "0", "0"]


def test_2022_cases_are_open_to_every_level() -> None:
    chosen = SCHEMES["model-cases-2022"]
    decisions = (Decided(f"{chosen.id}/service-refinement", "U2", "核心提升点"),)
    found = apply(chosen, field([90, NAN], nominations=Nominations(decisions=decisions)))
    assert found.winners["service-refinement"] == ["U2"]
    assert not any(award.eligible for award in chosen.awards)


def test_connection_bands_hold_every_rate_once() -> None:
    found = apply(SCHEMES["connection-bands"], field([100, 95, 94.99, 30, 29.99, 0.01, 0, NAN]))
    assert found.winners == {"hot": ["U1", "U2"], "warm": ["U3", "U4"], "cold": ["U5", "U6"], "dead": ["U7"]}
    assert found.why("U2") == "总指数得分 95.00,在 [95, +∞) 内 / Index scores 95.00, within [95, +∞)"


def test_connection_bands_give_the_shares_of_2020() -> None:
    """Report of 2020: of 345 lines 20.87, 66.38, 9.57 and 3.19 % were hot, warm, cold and dead."""
    found = apply(SCHEMES["connection-bands"], field([96] * 72 + [50] * 229 + [10] * 33 + [0] * 11))
    (said,) = found.of("EK509")
    assert said["sizes_en"] == "hot line 72 (20.9%), warm line 229 (66.4%), cold line 33 (9.6%), dead line 11 (3.2%)"


def test_blocks_of_2025_have_their_published_sizes_and_share_a_tie_upwards() -> None:
    scores = [float(number) for number in range(350)]
    assert sizes(apply(SCHEMES["operation-blocks-2025"], field(scores))) == [145, 122, 83]
    scores[204] = scores[205]
    tied = apply(SCHEMES["operation-blocks-2025"], field(scores))
    assert sizes(tied) == [146, 121, 83]
    assert [each["units"] for each in tied.of("EK527")] == ["U205, U206"]


def test_service_capability_asks_for_the_cut_that_was_not_published() -> None:
    where = field([90.5, 90, 80, 79, 40, 95], columns={"level": ["省"] * 5 + ["市"]})
    found = apply(SCHEMES["e-government-service-bands"], where)
    assert found.winners == {"very-high": ["U1", "U6"], "high": ["U2", "U3"], "middle": [], "low": []}
    assert [(each["blocks"], each["count"]) for each in found.of("EK508")] == [("middle", "2")]
    assert "在“市”内比较" in found.why("U6")


def test_letter_grades_have_ten_names_and_give_none_until_the_cuts_are_set() -> None:
    chosen = SCHEMES["letter-grades"]
    rule = chosen.awards[0].rule
    assert isinstance(rule, Blocks)
    assert [block.name.zh for block in rule.blocks] == ["A+", "A", "B+", "B", "C+", "C", "D+", "D", "E+", "E"]
    assert sizes(apply(chosen, field([99, 50]))) == [0] * 10
    cuts = [{**block.model_dump(), "at_least": 95 - 5 * number} for number, block in enumerate(rule.blocks[:-1])]
    set_now = {"method": "blocks", "by": "score", "blocks": [*cuts, rule.blocks[-1].model_dump()]}
    whole = chosen.model_dump() | {"awards": [chosen.awards[0].model_dump() | {"rule": set_now}]}
    found = apply(AwardScheme.model_validate(whole), field([99, 95, 94.9, 50]))
    assert found.winners["A-plus"] == ["U1", "U2"]
    assert found.winners["A"] == ["U3"]
    assert found.winners["E"] == ["U4"]


def test_data_forest_has_a_ladder_prizes_beside_it_progress_and_four_years() -> None:
    layers = {"READINESS": [9, 8, 7, 6], "PLATFORM": [9, 8, 7, 7], "DATA": [1, 2, 3, 4], "USE": [5, 6, 5, 6]}
    where = field(
        [90, 80, 70, 70],
        nodes=layers,
        columns={"level": ["省", "省", "市", "市"]},
        earlier={"2016": [50, 90, 20, 60], "2017": [50, 90, 20, 60], "2018": [88, 79, 30, 60]},
    )
    found = apply(SCHEMES["open-data-forest"], where)
    assert found.winners["full-leaf"] == ["U1", "U3", "U4"]
    assert [each["units"] for each in found.of("EK502")][:1] == ["U3, U4"]
    assert found.winners["shade"] == found.winners["thicket"] == []
    assert [each["award"].split("/")[1] for each in found.of("EK529")] == ["shade", "thicket"]
    assert found.winners["best-platform"] == ["U1", "U3", "U4"]
    assert found.winners["best-use"] == ["U2", "U4"]
    assert found.winners["rapid-progress"] == ["U1", "U3"]
    assert found.winners["olympic"] == ["U2", "U4"]
    assert "总指数多期累计得分 339.00" in found.why("U2", "olympic")


def test_losi_bands_are_four_of_equal_width() -> None:
    found = apply(SCHEMES["losi-bands"], field([100, 75, 74.9, 50, 25, 24]))
    assert sizes(found) == [2, 2, 1, 1]
    assert [each["award"] for each in apply(SCHEMES["losi-bands"], field([80])).of("EK503")] == [
        f"losi-bands/{block}" for block in ("high", "middle", "low")
    ]


def test_gradient_types_come_from_the_breaks_of_the_total() -> None:
    found = apply(SCHEMES["digital-government-types"], field([90, 89, 70, 69, 50, 49, 30, 29, 10, 9]))
    assert sizes(found) == [2] * 5
    assert "按自然断点分为 5 档,本档 2 个单位,得分 89.00 至 90.00" in found.why("U1")
    few = apply(SCHEMES["digital-government-types"], field([90, 80, 80, 70]))
    assert few.of("EK510") == [{"award": "digital-government-types/gradient", "found": "3", "blocks": "5"}]


def test_website_with_a_veto_fails_whatever_its_score() -> None:
    where = field([120, 80, 80.5, 60, 59.9], columns={"veto": ["yes", "no", "no", "", "no"]})
    found = apply(SCHEMES["website-inspection"], where)
    assert found.winners == {"passed-above-80": ["U3"], "passed": ["U2", "U4"], "failed": ["U5", "U1"]}
    assert found.why("U1").startswith("单项否决:检出单项否决情形")


def test_first_of_each_class_of_beijing() -> None:
    classes = ["区", "街道乡镇", "市级部门", "国企", "区"]
    found = apply(SCHEMES["beijing-four-classes"], field([80, 90, 70, 60, 81], columns={"class": classes}))
    assert found.winners["first-of-class"] == ["U5", "U2", "U3", "U4"]  # class by class


def test_tiers_within_classes_leave_out_a_class_of_too_few() -> None:
    classes = ["地级市"] * 6 + ["直辖市"] * 2
    where = field([90, 50, 89, 20, 51, 21, 99, 98], columns={"class": classes})
    found = apply(SCHEMES["graded-peer-groups"], where)
    assert SCHEMES["graded-peer-groups"].publish == "tiers"
    assert found.winners == {"upper": ["U1", "U3"], "middle": ["U2", "U5"], "lower": ["U4", "U6"]}
    assert [each["group"] for each in found.of("EK507")] == ["直辖市"]


def test_cityscore_is_actual_over_target_with_a_cap() -> None:
    """Boston: 95 % of calls answered within 30 seconds is the target; at most 1.25 by one account."""
    found = target_ratio(np.array([95.0, 76, 120, NAN]), higher_is_better=True, target=95, cap=1.25)
    np.testing.assert_allclose(found.scores, [100, 80, 125, NAN])
