from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.evaluate.screening import screen
from evalkit.problems import Place, Problem
from evalkit.reports.template import write_form
from tests.evaluate.answered_forms import bundle_of, gathered
from tests.small_studies import form_study, questionnaire, values_study

LEVELS = [{"code": code, "name": code} for code in ("best", "good", "fair", "poor")]
SCALES: list[dict[str, Any]] = [{"code": f"Q{n}", "type": "scale", "options": LEVELS} for n in range(1, 9)]
VOLUME: list[dict[str, Any]] = [{"code": "V", "type": "number"}]
SHARES: list[dict[str, Any]] = [
    {"code": "S", "type": "numbers", "unit": "%", "parts": [{"code": code, "name": code} for code in ("a", "b", "c")]}
]
TICKS: list[dict[str, Any]] = [
    {"code": "M", "type": "multiple", "options": [{"code": f"o{n}", "name": f"o{n}"} for n in range(25)]},
    {"code": "D", "type": "date"},
    {"code": "T", "type": "text"},
]
OFF = {"straight_lining": None, "identical": None, "outlier_z": None, "share_slack": None}


def codes(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(each.code, each.place.unit) for each in problems]


def scales(*positions: int) -> dict[str, float]:
    return {f"Q{n}": position for n, position in enumerate(positions, start=1)}


def test_one_position_throughout_is_noted_once_a_unit(tmp_path: Path) -> None:
    units = {
        "U1": scales(*[1] * 8),
        "U2": scales(*[1] * 7, 2),
        "U3": scales(*[0] * 6),
        "U4": scales(*[0] * 5),
        "U5": {},
    }
    problems = screen(bundle_of(tmp_path, SCALES), gathered(bundle_of(tmp_path, SCALES), units))
    assert codes(problems) == [("EK272", "U1"), ("EK272", "U3")]
    assert problems[0].place == Place("U1.xlsx", unit="U1")
    assert "8 scale questions are answered with their option 2" in problems[0].message("en")
    assert "Q1, Q2, Q3, Q4, Q5, Q6" in problems[1].hint("zh")


def test_how_many_scale_questions_it_takes_is_said_in_the_study(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, SCALES, screens={"straight_lining": 3})
    assert codes(screen(bundle, gathered(bundle, {"U1": scales(1, 1, 1), "U2": scales(1, 1)}))) == [("EK272", "U1")]


def ticks(*numbers: int, **more: float) -> dict[str, float]:
    return {f"M.o{n}": float(n in numbers) for n in range(25)} | more


def test_identical_answers_name_each_other(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, TICKS)
    units = {
        "U1": ticks(1, 2),
        "U2": ticks(1, 3),
        "U3": ticks(1, 2, T=1),
        "U4": ticks(1, 2, D=738000),
        "U5": {},
        "U6": {},
    }
    problems = screen(bundle, gathered(bundle, units))
    assert codes(problems) == [("EK273", "U1"), ("EK273", "U3"), ("EK273", "U4")]
    assert [each.severity for each in problems] == ["warning"] * 3
    assert "25 answers equal those of U3, U4" in problems[0].message("en")
    assert problems[0].place == Place("U1.xlsx", unit="U1")


def test_few_equal_answers_are_no_finding(tmp_path: Path) -> None:
    units = {"U1": ticks(1), "U2": ticks(1)}
    for limit, expected in ((25, ["U1", "U2"]), (26, [])):
        bundle = bundle_of(tmp_path / str(limit), TICKS, screens={"identical": limit})
        assert [unit for _, unit in codes(screen(bundle, gathered(bundle, units)))] == expected


def volumes(*values: float) -> dict[str, dict[str, float]]:
    return {f"U{n}": {"V": value} for n, value in enumerate(values, start=1)}


FIELD = (100.0, 110, 120, 130, 140, 150, 160, 170)


def test_a_number_unlike_those_of_its_peers(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, VOLUME)
    problems = screen(bundle, gathered(bundle, volumes(*FIELD, 14_500)))
    assert codes(problems) == [("EK274", "U9")]
    assert problems[0].severity == "note"
    assert problems[0].place == Place("U9.xlsx", "S", "D1", unit="U9", question="V")
    assert "V is 14500; the median of 9 units is 140 (×104)" in problems[0].message("en")


def test_peers_are_those_of_the_first_peer_group(tmp_path: Path) -> None:
    units = volumes(*FIELD, *(1000 * each for each in FIELD), 150, 151_000)
    classes = {f"U{n}": "small" if n <= 8 or n == 18 else "large" for n in range(1, 19)}
    bundle = bundle_of(tmp_path, VOLUME, recipe={"peer_groups": ["class", "name"]})
    problems = screen(bundle, gathered(bundle, units, classes))
    assert codes(problems) == [("EK274", "U17"), ("EK274", "U18")]
    assert "the median of 9 units of “small” is 140 " in problems[1].message("en")
    assert "“large” 9 个单位的中位数" in problems[0].message("zh")
    whole = bundle_of(tmp_path / "whole", VOLUME)
    assert screen(whole, gathered(whole, units, classes)) == []


def test_a_peer_group_that_the_register_lacks_leaves_the_field(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, VOLUME, recipe={"peer_groups": ["clas"]})
    assert codes(screen(bundle, gathered(bundle, volumes(*FIELD, 14_500)))) == [("EK274", "U9")]


def test_no_factor_where_the_median_is_not_above_zero(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, VOLUME)
    problems = screen(bundle, gathered(bundle, volumes(-3, -2, -1, 0, 0, 1, 2, 3, 600)))
    assert codes(problems) == [("EK274", "U9")]
    assert "×" not in problems[0].message("en")


def test_shares_of_more_than_a_hundred(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, SHARES)
    units = {
        "U1": {"S.a": 60.0, "S.b": 40.5},
        "U2": {"S.a": 60.0, "S.b": 41.2},
        "U3": {"S.a": 0.0, "S.b": 20.0, "S.c": 81.0},
    }
    problems = screen(bundle, gathered(bundle, units))
    assert codes(problems) == [("EK275", "U2"), ("EK275", "U3")]
    assert [(each.place.cell, each.place.question) for each in problems] == [("D2", "S"), ("D3", "S")]
    assert "sum to 101.2%" in problems[0].message("en")


@pytest.mark.parametrize("unit", ["", "件"])
def test_numbers_that_are_no_percentages_may_sum_to_anything(tmp_path: Path, unit: str) -> None:
    bundle = bundle_of(tmp_path, [{**SHARES[0], "unit": unit}])
    assert screen(bundle, gathered(bundle, {"U1": {"S.a": 90.0, "S.b": 90.0}})) == []


def test_null_turns_a_screen_off(tmp_path: Path) -> None:
    questions = [*SCALES, *TICKS, *VOLUME, *SHARES]
    given = [
        scales(*[1] * 8) | ticks(1) | {"V": value, "S.a": 90.0, "S.b": 90.0 * (n > 4)}
        for n, value in enumerate((*FIELD, 14_500.0))
    ]
    units = {f"U{n}": answers for n, answers in enumerate([*given, given[0]], start=1)}
    on = bundle_of(tmp_path / "on", questions, screens={"share_slack": 0})
    assert {code for code, _ in codes(screen(on, gathered(on, units)))} == {"EK272", "EK273", "EK274", "EK275"}
    for key, code in zip(OFF, ("EK272", "EK273", "EK274", "EK275"), strict=True):
        one_off = bundle_of(tmp_path / key, questions, screens={key: None})
        others = {"EK272", "EK273", "EK274", "EK275"} - {code}
        assert {code for code, _ in codes(screen(one_off, gathered(one_off, units)))} == others
    off = bundle_of(tmp_path / "off", questions, screens=OFF)
    assert screen(off, gathered(off, units)) == []


def test_nobody_answered(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, [*SCALES, *TICKS, *VOLUME, *SHARES])
    assert screen(bundle, gathered(bundle, {"U1": {}, "U2": {}})) == []
    assert screen(bundle, gathered(bundle, {})) == []


def test_a_study_without_a_questionnaire_is_not_screened(tmp_path: Path) -> None:
    assert evalkit.load(values_study(tmp_path)).check() == []


def test_checks_are_made_on_workbooks_and_change_nothing_but_the_findings(tmp_path: Path) -> None:
    total = {"id": "N", "name": "N", "measure": {"question": "Q6", "rule": {"method": "number", "part": "total"}}}
    tree = {"id": "T", "name": "T", "children": [total]}
    path = form_study(tmp_path / "study", tree, {"U1": {"Q6.phone": 1, "Q6.net": 2, "Q6.total": 4}})
    for unit, volume in (("U2", 3), ("U3", 9)):
        given = {"Q6.phone": 1, "Q6.net": 2, "Q6.total": volume}
        write_form(
            questionnaire(), path.parent / "responses" / f"{unit}.xlsx", unit=unit, unit_name=unit, answers=given
        )
    before = evalkit.load(path).run()
    text = (path.parent / "form.yaml").read_text(encoding="utf-8")
    checks = "checks:\n- {id: sum, that: Q6.phone + Q6.net = Q6.total, severity: error}\n"
    (path.parent / "form.yaml").write_text(text + checks, encoding="utf-8")
    project = evalkit.load(path)
    problems = [each for each in project.check() if each.code == "EK270"]
    assert [(each.place.file, each.place.question) for each in problems] == [
        ("responses/U1.xlsx", "Q6"),
        ("responses/U3.xlsx", "Q6"),
    ]
    assert all(each.place.sheet and each.place.cell for each in problems)
    after = project.run()
    assert after["scores"].equals(before["scores"])
    assert after["observations"].equals(before["observations"])
    assert after.manifest["screens"]["outlier_z"] == 3.5
