"""Work orders and call records in the study file and in the indicator set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalkit.definitions.bundle import load_bundle
from evalkit.definitions.expression import ExpressionError, parse, text
from evalkit.definitions.records import ONLY, RecordMeasure
from evalkit.definitions.study import Data
from evalkit.problems import Problem
from tests.small_studies import write_study

SOURCE: dict[str, Any] = {
    "source": "records/*.csv",
    "unit": "城市",
    "columns": {
        "received": {"heading": "受理时间", "kind": "time"},
        "due": {"heading": ["办结时限", "应办结时间"], "kind": "time", "day": "end"},
        "closed": {"heading": "办结时间", "kind": "time"},
        "visited": {"heading": "回访", "kind": "yes_no", "options": {"yes": "已回访"}},
        "satisfaction": {
            "heading": "满意度", "kind": "category", "options": {"good": ["满意", "非常满意"], "bad": "不满意"}
        },
        "wait": {"heading": "等待秒数", "kind": "number"},
    },
    "settings": {"limit": 15, "as_of": "2024-04-01", "strict": True},
}  # fmt: skip
GOOD = {"share": "closed is known and closed <= due", "among": "due is known"}


def changed(**keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a source
    return SOURCE | keys


def problems(folder: Path, source: Any, *measures: dict[str, Any]) -> list[Problem]:  # noqa: ANN401 - right or wrong
    children = [{"id": f"I{number}", "name": "i", "measure": {"records": each}} for number, each in enumerate(measures)]
    path = write_study(folder, {"id": "R", "name": "r", "children": children}, data={"records": source})
    return load_bundle(path)[1]


def test_a_source_without_a_name_is_called_records() -> None:
    assert list(Data.model_validate({"records": SOURCE}).records) == [ONLY]
    assert list(Data.model_validate({"records": {"orders": SOURCE, "calls": SOURCE}}).records) == ["orders", "calls"]


def test_settings_are_numbers_truths_and_times() -> None:
    source = Data.model_validate({"records": SOURCE}).records[ONLY]
    assert source.constants == {"limit": 15, "as_of": 1_711_929_600, "strict": 1}
    assert source.kinds["as_of"] == "time"
    assert source.kinds["strict"] == "yes_no"


def test_a_measure_says_in_one_line_what_it_is() -> None:
    assert RecordMeasure.model_validate(GOOD).described == f"share({GOOD['share']}) among(due is known)"
    ratio = {"ratio": {"numerator": "wait", "denominator": "limit"}}
    assert RecordMeasure.model_validate(ratio).described == "ratio(wait / limit x 100)"


def test_what_fits_gives_no_finding(tmp_path: Path) -> None:
    ratio = {"of": "orders", "ratio": {"numerator": "wait", "denominator": "limit", "scale": 1}}
    more = [{"of": "orders"} | each for each in (GOOD, {"p90": "hours(closed - received)"}, {"count": "visited"})]
    assert problems(tmp_path / "a", {"orders": SOURCE}, *more, ratio) == []
    assert problems(tmp_path / "b", SOURCE, GOOD, {"share": "satisfaction = “非常满意”", "among": "due <= as_of"}) == []


@pytest.mark.parametrize(
    ("measure", "code", "params"),
    [
        (GOOD | {"of": "ordres"}, "EK801", {"source": "ordres", "allowed": "orders"}),
        (GOOD | {"among": "dew is known"}, "EK802", {"name": "dew", "suggestion_en": "; did you mean “due”?"}),
        ({"share": "satisfaction = goood"}, "EK804", {"option": "goood", "suggestion_en": "; did you mean “good”?"}),
        ({"share": "closed - received <= 24"}, "EK803", {}),
        (
            {"mean": "closed - received"},
            "EK803",
            {"reason_en": "mean takes a number, the formula gives a span of time"},
        ),
        ({"share": "wait"}, "EK803", {"reason_en": "share takes true or false, the formula gives a number"}),
        ({"ratio": {"numerator": "wait", "denominator": "closed"}}, "EK803", {}),
        ({"share": "visited", "among": "wait"}, "EK803", {}),
        ({"mean": "wait", "share": "visited"}, "EK116", {"found": "share, mean"}),
        ({"of": "orders"}, "EK116", {"found": "-"}),
        ({"share": "closed is"}, "EK117", {"position": "8"}),
        ({"share": "closed <="}, "EK117", {"position": "10"}),
    ],
)  # fmt: skip
def test_a_measure_that_does_not_fit(
    tmp_path: Path, measure: dict[str, Any], code: str, params: dict[str, str]
) -> None:
    (one,) = problems(tmp_path, {"orders": SOURCE}, {"of": "orders"} | measure)
    assert one.code == code
    assert one.place.file == "set.yaml"
    assert params.items() <= dict(one.params).items()
    assert one.hint("zh")


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"unit": {}}, "EK116"),
        ({"unit": {"column": "城市", "file": True}}, "EK116"),
        ({"settings": {"due": 3}}, "EK333"),
        ({"settings": {"as_of": "1 April"}}, "EK806"),
        ({"settings": {"as_of": "2024-04-01T00:00:00+08:00"}}, "EK806"),
        ({"order": ["received", "wait"]}, "EK807"),
        ({"order": ["nothing"]}, "EK807"),
        ({"columns": {"due": {"heading": "a", "kind": "number", "day": "end"}}}, "EK121"),
        ({"columns": {"due": {"heading": "a", "kind": "time", "options": {"a": "b"}}}}, "EK121"),
        ({"columns": {"due": {"heading": "a", "kind": "yes_no", "options": {"perhaps": "也许"}}}}, "EK804"),
        ({"columns": {"due": {"heading": "a", "kind": "category", "options": {"a": "x", "b": " X"}}}}, "EK805"),
        ({"colums": {}}, "EK102"),
    ],
)
def test_a_source_that_does_not_fit(tmp_path: Path, keys: dict[str, Any], code: str) -> None:
    found = problems(tmp_path, {"orders": changed(**keys)}, {"of": "orders"} | GOOD)
    assert code in {each.code for each in found}
    assert all(each.place.file == "study.yaml" for each in found if each.code == code)
    assert all(each.place.line for each in found)


def test_a_source_without_a_name_has_its_findings_in_their_places(tmp_path: Path) -> None:
    source = SOURCE | {"unit": {"file": False}, "settings": {"as_of": "1 April"}}
    named = problems(tmp_path / "a", {"records": source}, GOOD)
    alone = problems(tmp_path / "b", source, GOOD)
    assert [each.code for each in alone] == [each.code for each in named] == ["EK806", "EK116"]
    lines = (tmp_path / "b" / "study.yaml").read_text(encoding="utf-8").splitlines()
    assert [lines[(each.place.line or 0) - 1].split(":")[0].strip() for each in alone] == ["as_of", "file"]


def test_is_known_belongs_to_records_only() -> None:
    assert (
        text(parse("not due is blank or hours(a - b) < 3", of_records=True)) == "not due is blank or hours(a - b) < 3"
    )
    for formula in ("Q1 is known", "hours(Q1)"):
        with pytest.raises(ExpressionError):
            parse(formula)


@pytest.mark.parametrize(
    "formula", ["due is", "due is old", "due is 3", "due is not known", "3 is known", "known(due)"]
)
def test_other_words_after_is_are_refused(formula: str) -> None:
    with pytest.raises(ExpressionError):
        parse(formula, of_records=True)


def test_is_can_still_be_a_name() -> None:
    assert text(parse("is = is and is is known", of_records=True)) == "is = is and is is known"
