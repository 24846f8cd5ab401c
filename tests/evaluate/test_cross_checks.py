from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.evaluate.cross_checks import check_answers
from evalkit.evaluate.read_cells import ReadCells
from evalkit.problems import Place, Problem
from tests.evaluate.answered_forms import bundle_of, gathered
from tests.respondent_studies import ROWS, respondent_study
from tests.small_studies import QUESTIONNAIRE, write_yaml

QUESTIONS: list[dict[str, Any]] = [
    {"code": "Q1", "type": "yesno"},
    {"code": "Q2", "type": "multiple", "options": [{"code": "web", "name": "网站"}, {"code": "app", "name": "应用"}]},
    {"code": "Q3", "type": "numbers", "parts": [{"code": code, "name": code} for code in ("web", "app", "total")]},
    {"code": "Q4", "type": "number"},
    {
        "code": "Q5",
        "type": "ratio",
        "parts": [{"code": "web", "name": "网站", "numerator": "Q3.web", "denominator": "Q3.total"}],
    },
    {"code": "Q6", "type": "date"},
    {"code": "Q7", "type": "date"},
]
SUM = {"id": "sum", "that": "Q3.web + Q3.app = Q3.total"}


def found(
    folder: Path, checks: list[dict[str, Any]], units: Mapping[str, Mapping[str, float]], wave: str = ""
) -> list[Problem]:
    bundle = bundle_of(folder, QUESTIONS, checks)
    data = gathered(bundle, units)
    assert bundle.questionnaire is not None
    return list(check_answers(bundle.questionnaire[0], data.answers, ReadCells.of(data.batches), wave))


def sums(web: float, app: float, total: float) -> dict[str, float]:
    return {"Q3.web": web, "Q3.app": app, "Q3.total": total}


def test_what_does_not_add_up_is_found_at_the_cell_named_last(tmp_path: Path) -> None:
    problems = found(tmp_path, [SUM], {"U1": sums(1, 2, 3), "U2": sums(1, 2, 4), "U3": {"Q3.web": 1, "Q3.app": 5}})
    assert [each.code for each in problems] == ["EK271"]
    assert problems[0].place == Place("U2.xlsx", "S", "D6", unit="U2", question="Q3")
    assert "Q3.web = 1, Q3.app = 2, Q3.total = 4" in problems[0].message("en")
    assert "Q3“web” + Q3“app” = Q3“total”" in problems[0].message("zh")
    assert "Q3 “web” + Q3 “app” = Q3 “total”" in problems[0].hint("en")


def test_severity_and_words_are_those_of_the_check(tmp_path: Path) -> None:
    words = {"zh": "合计应等于各项之和", "en": "the total is the sum {of} its parts"}
    problems = found(tmp_path, [{**SUM, "severity": "error", "message": words}], {"U1": sums(1, 2, 4)})
    assert [(each.code, each.severity) for each in problems] == [("EK270", "error")]
    assert words["zh"] in problems[0].message("zh")
    assert words["en"] in problems[0].message("en")


def test_a_tolerance(tmp_path: Path) -> None:
    units = {"U1": sums(33.3, 33.3, 67), "U2": sums(33.3, 33.3, 68)}
    assert [each.place.unit for each in found(tmp_path, [{**SUM, "tolerance": 0.5}], units)] == ["U2"]


def test_ticks_and_options_are_shown_as_read(tmp_path: Path) -> None:
    units = {
        "U1": {"Q2.web": 0, "Q2.app": 1, "Q3.web": 5},
        "U2": {"Q2.web": 1, "Q2.app": 0, "Q3.web": 5},
        "U3": {"Q3.web": 5},
    }
    problems = found(tmp_path, [{"id": "open", "that": "Q2 has web or Q3.web = 0"}], units)
    assert [(each.place.unit, each.place.cell) for each in problems] == [("U1", "D4")]
    assert "Q2.web = 0, Q3.web = 5" in problems[0].message("en")


def test_a_quotient_leads_to_the_cell_below_the_line(tmp_path: Path) -> None:
    units = {"U1": sums(1, 2, 3), "U2": sums(3, 0, 3), "U3": sums(0, 0, 0)}
    problems = found(tmp_path, [{"id": "part", "that": "Q5.web < 50"}], units)
    assert [(each.place.unit, each.place.cell) for each in problems] == [("U2", "D6")]
    assert "Q5.web = 100" in problems[0].message("en")


def test_the_year_of_the_wave(tmp_path: Path) -> None:
    check = {"id": "year", "that": "Q4 <= wave"}
    units = {"U1": {"Q4": 2023}, "U2": {"Q4": 2024}, "U3": {"Q4": 2025}, "U4": {}}
    assert [each.place.unit for each in found(tmp_path, [check], units, "2024Q3")] == ["U3"]
    assert found(tmp_path, [check], units, "third") == []


def test_dates_are_compared_with_dates(tmp_path: Path) -> None:
    units = {"U1": {"Q6": 738000, "Q7": 738001}, "U2": {"Q6": 738001, "Q7": 738000}}
    assert [each.place.unit for each in found(tmp_path, [{"id": "order", "that": "Q6 <= Q7"}], units)] == ["U2"]


@pytest.mark.parametrize("that", ["Q9 > 5", "Q3 > 5", "Q1 = maybe", "Q2 has fax", "Q6 > 2020", "1 > 2"])
def test_a_check_with_a_fault_of_its_own_blames_no_unit(tmp_path: Path, that: str) -> None:
    units = {"U1": {**sums(1, 2, 3), "Q1": 0, "Q2.web": 0, "Q2.app": 0, "Q6": 5}}
    assert found(tmp_path, [{"id": "broken", "that": that}], units) == []


def test_a_broken_quotient_leaves_the_other_checks(tmp_path: Path) -> None:
    parts = [{"code": "a", "name": "a", "numerator": "Q8", "denominator": "Q3.total"}]
    bundle = bundle_of(
        tmp_path,
        [QUESTIONS[2], {"code": "Q5", "type": "ratio", "parts": parts}],
        [SUM, {"id": "x", "that": "Q5.a < 1"}],
    )
    data = gathered(bundle, {"U1": sums(1, 1, 1)})
    assert bundle.questionnaire is not None
    problems = check_answers(bundle.questionnaire[0], data.answers, ReadCells.of(data.batches), "")
    assert [each.code for each in problems] == ["EK271"]


def test_respondents_who_fail_a_check_are_counted_at_the_first(tmp_path: Path) -> None:
    path = respondent_study(tmp_path, [*ROWS, ("g", "U2", "1", "2025-01-06", "yes", "web", "best", "9", "2")])
    checks = [
        {"id": "parts", "that": "Q6.net <= Q6.total", "severity": "error"},
        {"id": "open", "that": "Q4 = best or Q6.net > 3 or Q1 = yes", "severity": "warning"},
    ]
    write_yaml(tmp_path / "form.yaml", QUESTIONNAIRE | {"checks": checks})
    found = [each for each in evalkit.load(path).check() if each.code in {"EK270", "EK271"}]
    assert [(each.code, each.place.line, each.place.cell, each.place.unit) for each in found] == [
        ("EK270", 5, "I5", "U1"),
        ("EK271", 4, "E4", "U1"),
    ]
    assert dict(found[0].params)["values"] == "Q6.net = 5, Q6.total = 0 (×2)"
    assert "Q4 = worst" in dict(found[1].params)["values"]
