from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.schema import MODELS
from evalkit.definitions.study import Study
from evalkit.definitions.validation import load_definition, validate
from evalkit.definitions.yaml_source import parse_yaml
from evalkit.problems import Problem

law = settings(deadline=None)

HEAD = 'id: 小\nversion: "1"\nname: 小\n'


def read(text: str, model: type[BaseModel]) -> tuple[Any, list[Problem]]:
    document, problems = parse_yaml(text.encode(), "f.yaml")
    assert document is not None
    value, more = validate(document, model)
    return value, [*problems, *more]


def test_chinese_ids_and_codes() -> None:
    text = (
        HEAD
        + "tree: {id: 指数-1.甲, name: 指数, measure: {question: 渠道, rule: {method: points, points: {微信: 5}}}}\n"
    )
    value, problems = read(text, IndicatorSet)
    assert problems == []
    assert value.id == "小"
    assert value.tree.id == "指数-1.甲"
    assert value.tree.measure.rule.points == {"微信": 5}


@pytest.mark.parametrize("written", ["2020.10", "2020", "010", "1e3", "+5", "1_0", "2020-11-01", "no", "0x1F", "1."])
def test_where_text_belongs_a_number_is_kept_as_written(written: str) -> None:
    text = f"id: {written.strip('+')}\nversion: {written}\nname: {written}\nsource: {written}\n"
    value, problems = read(text + "tree: {id: A, name: a, measure: {column: c}}\n", IndicatorSet)
    assert problems == []
    assert value.version == value.source == value.name.zh == value.name.en == written


@pytest.mark.parametrize("written", ["true", "false"])
def test_a_truth_value_is_no_text(written: str) -> None:
    text = f"id: a\nversion: {written}\nname: {written}\ntree: {{id: A, name: a, measure: {{column: c}}}}\n"
    value, problems = read(text, IndicatorSet)
    assert value is None
    assert [each.code for each in problems] == ["EK104", "EK104"]
    assert [dict(each.params)["value"] for each in problems] == [written, written]


def test_numbers_of_a_model_are_plain() -> None:
    value, _ = read(HEAD + "tree: {id: A, name: a, weight: 2.50, measure: {column: c}}\n", IndicatorSet)
    assert type(value.tree.weight) is float
    assert json.loads(value.model_dump_json())["tree"]["weight"] == 2.5


def test_a_model_survives_a_round_trip_through_json() -> None:
    for name, model in (("indicators", IndicatorSet), ("questionnaire", Questionnaire), ("study", Study)):
        loaded, _ = load_definition(Path(__file__).parent / "right" / f"{name}.yaml", name, model)
        assert loaded is not None
        kept = loaded[0].model_dump_json(exclude_unset=True)
        assert model.model_validate_json(kept) == loaded[0]


def test_faults_and_other_errors_come_together_in_the_order_of_the_file() -> None:
    text = HEAD + (
        "tree:\n"
        "  id: IX\n"
        "  name: 指数\n"
        "  unit: 分\n"
        "  children:\n"
        "    - {id: A, name: 甲, measure: {}}\n"
        "    - {id: B, name: 乙, missing: {}, normalise: {method: goalposts, low: 5, high: 5}}\n"
        "    - {id: C, name: 丙, weight: x}\n"
        "extra: 1\n"
    )
    value, problems = read(text, IndicatorSet)
    assert value is None
    found = [(each.code, each.place.line, each.place.column) for each in problems]
    assert found == [
        ("EK116", 9, 33),
        ("EK121", 10, 33),
        ("EK112", 10, 73),
        ("EK104", 11, 32),
        ("EK102", 12, 1),
    ]


def test_a_fault_does_not_hide_those_around_it() -> None:
    text = HEAD + "tree: {id: A, name: a, unit: 分, children: [{id: B, name: b, missing: {}, measure: {}}]}\n"
    found = [(each.code, dict(each.params)["key"]) for each in read(text, IndicatorSet)[1]]
    assert found == [("EK121", "unit"), ("EK121", "missing"), ("EK116", "measure")]


def test_a_list_of_broken_items_is_not_called_too_short() -> None:
    value, problems = read(HEAD + "sections: [{id: S, name: s, questions: [{}]}]\n", Questionnaire)
    assert value is None
    assert [each.code for each in problems] == ["EK103"] * 3


def test_findings_in_keys_do_not_stop_the_validation(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("study: a\nstudy: b\nunits: u.csv\nwvae: 1\n", encoding="utf-8")
    loaded, problems = load_definition(path, "study.yaml", Study)
    assert loaded is None
    assert [each.code for each in problems] == ["EK106", "EK103", "EK102"]


def test_long_values_are_cut_in_messages() -> None:
    _, problems = read(HEAD + f"tree: {{id: {'x' * 5000}, name: a, measure: {'y' * 5000}}}\n", IndicatorSet)
    assert [each.code for each in problems] == ["EK120", "EK104"]
    assert all(len(each.message("zh")) < 200 for each in problems)


KEYS = st.sampled_from(
    [
        "id", "version", "name", "tree", "children", "measure", "rule", "method", "points",
        "normalise", "range", "weight", "sections", "questions", "code", "text", "type", "options",
        "parts", "ask_if", "awards", "within", "zh", "nodes", "study", "indicators", "units",
        "data", "survey", "recipe", "percentages", "eligible", "minimum", "：", "weigth",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["points", "formula", "minmax", "top", "single", "scale", "Q1 +", "Q1", "zh：x", "NET：1", "{x}"])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@pytest.mark.parametrize("kind", list(MODELS))
@law
@given(value=VALUES)
def test_no_value_raises(kind: str, value: object) -> None:
    text = json.dumps(value)
    document, problems = parse_yaml(text.encode(), "f.yaml")
    if document is None:
        assert problems
        return
    model, problems = validate(document, MODELS[kind])
    assert (model is None) == bool(problems)
    for each in problems:
        assert each.code != "EK113", each
        assert each.place.line is not None
        assert all((each.message("zh"), each.message("en"), each.hint("zh"), each.hint("en")))
