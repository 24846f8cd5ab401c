"""The definitions that ship with evalkit load without a finding, fit each other, and say what is published."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel

from evalkit import library
from evalkit.definitions.award_rules import Top
from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.crosscheck import TREE_CHECKS, Context, used_questions
from evalkit.definitions.expression import names, parse
from evalkit.definitions.indicators import IndicatorSet, Node
from evalkit.definitions.platform import Platform
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.questionnaire import Question, Questionnaire
from evalkit.definitions.validation import load_definition
from evalkit.definitions.yaml_source import Document
from evalkit.problems import Problem

Model = TypeVar("Model", bound=BaseModel)

ROOT = Path(__file__).parents[2]
TYPES = {
    "multi": "multiple", "yesno": "yesno", "single": "single", "scale5": "scale", "numeric": "number",
    "numeric[]": "numbers", "ratio": "ratio",
}  # fmt: skip


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = {row["indicator"]: row for row in read_rows(ROOT / "tests" / "data" / "indicators_29.csv")}
QUESTIONS = {row["question"]: row for row in read_rows(ROOT / "tests" / "data" / "survey_questions.csv")}
FIGURES = read_rows(ROOT / "examples" / "cities79" / "figures.csv")


def load(path: Path, model: type[Model]) -> tuple[Model, Document]:
    loaded, problems = load_definition(path, path.name, model)
    assert problems == []
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(
        load(ROOT / "indicators" / "digital-transformation.yaml", IndicatorSet),
        load(ROOT / "surveys" / "digital-transformation.yaml", Questionnaire),
        (load(ROOT / "indicators" / "awards" / "model-hotlines-2022.yaml", AwardScheme),),
    )


@pytest.fixture(scope="module")
def tree(context: Context) -> IndicatorSet:
    return context.indicators[0]


@pytest.fixture(scope="module")
def questions(context: Context) -> dict[str, Question]:
    assert context.questionnaire is not None
    return context.questionnaire[0].questions


@pytest.fixture(scope="module")
def scheme(context: Context) -> AwardScheme:
    return context.awards[0][0]


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("indicators", IndicatorSet),
        ("questionnaire", Questionnaire),
        ("awards", AwardScheme),
        ("protocol", Protocol),
        ("platform", Platform),
    ],
)
def test_every_shipped_file_loads_and_is_called_as_its_id(kind: library.Kind, model: type[BaseModel]) -> None:
    paths = list(library.builtins(kind))
    assert paths
    for path in paths:
        definition, _ = load(path, model)
        assert isinstance(definition, IndicatorSet | Questionnaire | AwardScheme | Protocol | Platform)
        assert definition.id == path.stem


def test_profiles_say_what_they_are_known_from() -> None:
    profiles = {path.stem: load(path, Platform)[0] for path in library.builtins("platform")}
    assert set(profiles) == {
        "wjx-text", "wjx-number", "tencent", "limesurvey", "kobo", "qualtrics", "surveymonkey", "wide", "long",
    }  # fmt: skip
    for name in ("limesurvey", "qualtrics", "surveymonkey"):
        assert profiles[name].source.startswith("From memory")
    assert profiles["tencent"].source.startswith("Weak evidence")
    for name in ("wjx-text", "wjx-number", "kobo"):
        assert "From memory" in profiles[name].source


def test_cross_checks_find_placeholder_awards_only(context: Context) -> None:
    found: list[Problem] = [each for check in TREE_CHECKS for each in check(context)]
    assert [each.code for each in found] == ["EK311"] * 4


def test_tree_has_the_published_numbers_of_nodes(tree: IndicatorSet, questions: dict[str, Question]) -> None:
    levels = [branch.level for branch in tree.walk()]
    assert [levels.count(level) for level in range(4)] == [1, 3, 10, 29]
    assert len(tree.indicators()) == 29
    assert len(questions) == 44


def test_indicators_stand_where_the_list_has_them(tree: IndicatorSet) -> None:
    found = {}
    for dimension in tree.tree.children:
        for group in dimension.children:
            for node in group.children:
                found[node.id] = {
                    "indicator": node.id,
                    "dimension_zh": dimension.name.zh,
                    "dimension_en": dimension.name.en,
                    "group": group.id,
                    "group_zh": group.name.zh,
                    "group_en": group.name.en,
                    "name_zh": node.name.zh.translate({0xFF08: "(", 0xFF09: ")"}),
                    "name_en": node.name.en,
                    "attestation": node.attestation,
                }
    assert found == INDICATORS


def test_every_node_says_where_it_comes_from_and_no_weight_is_given(tree: IndicatorSet) -> None:
    for branch in tree.walk():
        assert branch.node.source, branch.node.id
        assert branch.node.attestation, branch.node.id
        assert branch.node.weight is None


def test_indicators_without_natural_maximum_are_ranked(tree: IndicatorSet) -> None:
    relative = {node.id for node in tree.indicators() if node.normalise and node.normalise.method == "percentile_rank"}
    assert relative == {"NET-2-1", "NET-2-2", "DAT-4-2"}
    assert tree.defaults.normalise.method == "goalposts"
    assert all(node.normalise is None for node in tree.indicators() if node.id not in relative)


def test_each_indicator_uses_its_questions(tree: IndicatorSet) -> None:
    wanted: dict[str, set[str]] = {}
    for code, row in QUESTIONS.items():
        wanted.setdefault(row["indicator"], set()).add(code)
    wanted["DAT-2-1"].remove("Q08")  # which kind of storage is used describes, and is not scored
    for node in tree.indicators():
        assert questions_of(node) == wanted[node.id]


def questions_of(node: Node) -> set[str]:
    assert node.measure is not None
    if node.measure.formula is not None:
        return {name.question for name in names(parse(node.measure.formula))}
    return {part.question for part in node.measure.scored_parts}


def test_every_question_is_used_or_descriptive(context: Context, questions: dict[str, Question]) -> None:
    descriptive = {code for code, question in questions.items() if question.role == "descriptive"}
    assert descriptive == {"Q08"}
    assert used_questions(context) | descriptive == set(questions)


def test_questions_are_those_of_the_list(questions: dict[str, Question]) -> None:
    assert list(questions) == list(QUESTIONS)
    for code, question in questions.items():
        row = QUESTIONS[code]
        assert question.type == TYPES[row["type"]]
        assert question.text.zh
        assert question.text.en
        if question.type == "number":
            assert question.unit == row["options"]
            continue
        options = [item.name.zh.replace("—", "-") for item in (question.items or question.choices)]
        extra = ["小程序"] if code in {"Q04", "Q05"} else []
        assert [option for option in options if option not in extra] == [
            option for option in row["options"].split("|") if option not in extra
        ]


def test_options_without_a_figure_are_marked_as_filled_in(questions: dict[str, Question]) -> None:
    attested: set[tuple[str, str]] = set()
    for figure in FIGURES:
        codes = [option.code for option in questions[figure["question"]].choices]
        if figure["statistic"] == "cumulative_share":  # names the options up to its own
            attested |= {(figure["question"], code) for code in codes[: codes.index(figure["option"]) + 1]}
        else:
            attested.add((figure["question"], figure["option"]))
    for code, question in questions.items():
        for option in question.options:
            assert (option.attestation == "filled in") == ((code, option.code) not in attested), (code, option.code)


def test_only_followers_are_asked_follow_up_questions(questions: dict[str, Question]) -> None:
    conditions = {code: question.ask_if for code, question in questions.items() if question.ask_if}
    assert conditions == {
        "Q24": "Q23 = yes",
        "Q25": "Q23 = yes",
        **dict.fromkeys(("Q39", "Q40", "Q41", "Q43", "Q44"), "Q38 != no"),
    }
    assert all(question.source for question in questions.values())


def test_award_ladder_has_six_rungs_and_marks_what_was_not_published(scheme: AwardScheme) -> None:
    assert scheme.one_rung
    rules = {award.id: award.rule for award in scheme.awards}
    assert list(rules) == ["social-governance", "top-ten", "top-ten-prefecture", "pioneer", "steed", "star"]
    placeholders = [award.id for award in scheme.awards if award.attestation.startswith("placeholder")]
    assert placeholders == ["social-governance", "pioneer", "steed", "star"]
    for name in ("top-ten", "top-ten-prefecture"):
        rule = rules[name]
        assert isinstance(rule, Top)
        assert rule.count == 10
    eligible = {award.id: award.eligible for award in scheme.awards if award.eligible}
    assert eligible == {"top-ten-prefecture": {"class": ("地级市",)}}


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load(ROOT / "surveys" / "service-quality.yaml", Protocol)[0]


def test_the_protocol_and_its_indicators_fit_each_other(protocol: Protocol) -> None:
    indicators = load(ROOT / "indicators" / "service-quality-calls.yaml", IndicatorSet)
    document = load(ROOT / "surveys" / "service-quality.yaml", Protocol)[1]
    context = Context(indicators, None, (), protocol=(protocol, document))
    assert [finding for check in TREE_CHECKS for finding in check(context)] == []
    dimensions = [branch.node.name.zh for branch in indicators[0].walk() if branch.level == 1]
    assert dimensions == ["服务响应", "服务规范", "问题解决"]
    assert all(node.sampling_error for node in indicators[0].indicators())


def test_response_items_have_the_norms_of_the_standard(protocol: Protocol) -> None:
    items = protocol.item_by_code
    assert (items["wait_phone"].norm, items["wait_phone"].best) == (15, 15)
    assert (items["wait_media"].norm, items["wait_media"].best) == (180, 180)
    assert items["wait_mailbox"].best == 24
    assert all("GB/T 33358" in item.source for item in protocol.items if item.code in {"connected", *items} & {
        "connected", "wait_phone", "wait_media", "wait_mailbox",
    })  # fmt: skip


def test_the_protocol_has_eighteen_scenarios_on_every_channel(protocol: Protocol) -> None:
    assert len(protocol.scenarios) == 18
    assert {channel for each in protocol.scenarios for channel in each.channels} == {
        channel.code for channel in protocol.channels
    }
    assert all(scenario.expected.zh and scenario.expected.en for scenario in protocol.scenarios)


def test_outcomes_are_those_that_the_method_tells_apart(protocol: Protocol) -> None:
    reached = {outcome.code for outcome in protocol.outcomes if outcome.reached}
    assert reached == {"right_answer", "wrong_line", "wrong_body", "hung_up"}
    assert set(protocol.outcome_by_code) - reached == {"no_answer", "busy", "dead_number"}
    assert all("reached" in outcome.bases for outcome in protocol.outcomes if outcome.reached)
    assert all("tried" in outcome.bases for outcome in protocol.outcomes)
