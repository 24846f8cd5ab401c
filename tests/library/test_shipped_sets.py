"""The shipped indicator sets run, and give back what was published."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml

from evalkit import library
from evalkit.definitions.bundle import load_bundle
from evalkit.definitions.indicator_files import load_indicators
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.validation import load_definition
from evalkit.evaluate import Evaluation
from evalkit.reports.template import write_form
from tests.small_studies import run, write_table, write_yaml

ROOT = Path(__file__).parents[2]
PROTOCOLS = {"service-quality-calls": "builtin:service-quality"}
DIMENSIONS = {"response": "response_score", "conduct": "norm_score", "resolution": "resolution_score"}


def published() -> dict[str, dict[str, float]]:
    """Scores of the three dimensions and the total, by the years that have all of them."""
    with (ROOT / "tests" / "data" / "monitoring_series.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["norm_score"]]
    columns = DIMENSIONS | {"total": "total_score"}
    return {row["year"]: {name: float(row[column]) for name, column in columns.items()} for row in rows}


PUBLISHED = published()


def exports(path: Path) -> dict[str, Any]:
    """What the head of a set of records says that a study has to write."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("#   data:")
    shown = itertools.takewhile(lambda line: line.startswith("#   "), lines[start:])
    return dict(yaml.safe_load("\n".join(line.removeprefix("#   ") for line in shown))["data"])


def study(folder: Path, name: str, units: list[str], **keys: Any) -> Path:  # noqa: ANN401 - any key of a study
    write_table(folder / "units.csv", [("unit", "name"), *((unit, unit) for unit in units)])
    content = {"study": "shipped", "indicators": f"builtin:{name}", "units": "units.csv"}
    write_yaml(folder / "study.yaml", content | keys)
    return folder / "study.yaml"


def filled(folder: Path, name: str, answers: dict[str, dict[str, Any]], **keys: Any) -> Evaluation:  # noqa: ANN401
    """Evaluate a study whose forms come back filled."""
    loaded, _ = load_definition(ROOT / "surveys" / f"{name}.yaml", name, Questionnaire)
    assert loaded is not None
    (folder / "responses").mkdir()
    for unit, given in answers.items():
        write_form(loaded[0], folder / "responses" / f"{unit}.xlsx", unit=unit, unit_name=unit, answers=given)
    data = {"survey": "responses/*.xlsx"}
    return run(study(folder, name, list(answers), questionnaire=f"builtin:{name}", data=data, **keys))


def index(evaluation: Evaluation) -> dict[str, float]:
    ranking = evaluation.ranking()
    return dict(zip(ranking["unit"], ranking["score"], strict=True))


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """The three years as units of one study of the shipped set."""
    folder = tmp_path_factory.mktemp("series")
    rows = [(year, *(str(scores[name]) for name in DIMENSIONS)) for year, scores in PUBLISHED.items()]
    write_table(folder / "values.csv", [("unit", *DIMENSIONS), *rows])
    return run(study(folder, "service-quality", list(PUBLISHED), data={"values": "values.csv"}))


def test_there_are_three_years_to_reproduce() -> None:
    assert list(PUBLISHED) == ["2023", "2024", "2025"]


@pytest.mark.parametrize("year", list(PUBLISHED))
def test_service_quality_gives_the_published_total(series: Evaluation, year: str) -> None:
    assert index(series)[year] == pytest.approx(PUBLISHED[year]["total"], abs=0.01, rel=0)


def test_no_other_weights_in_whole_per_cent_do_so() -> None:
    def fits(weights: tuple[int, int, int]) -> bool:
        return all(
            abs(sum(w * year[name] for w, name in zip(weights, DIMENSIONS, strict=True)) / 100 - year["total"]) <= 0.01
            for year in PUBLISHED.values()
        )

    triples = ((a, b, 100 - a - b) for a, b in itertools.product(range(101), repeat=2) if a + b <= 100)
    assert [each for each in triples if fits(each)] == [(10, 40, 50)]


def test_a_total_needs_all_three_dimensions(tmp_path: Path) -> None:
    write_table(tmp_path / "values.csv", [("unit", *DIMENSIONS), ("甲", "90", "", "80"), ("乙", "90", "90", "80")])
    assert list(index(run(study(tmp_path, "service-quality", ["甲", "乙"], data={"values": "values.csv"})))) == ["乙"]


COUNTS = {"R01.due": 200, "R01.on_time": 180, "R02.valid": 100, "R02.resolved": 60}
COUNTS |= {"R03.valid": 100, "R03.satisfied": 50, "R03.basically": 30}


@pytest.mark.parametrize(
    ("strict", "broad", "satisfaction"), [(1, 0, 50), (0, 1, 80), (1, 1, 65)], ids=["strict", "broad", "half"]
)
def test_whether_basically_satisfied_counts_is_a_setting(
    tmp_path: Path, strict: int, broad: int, satisfaction: float
) -> None:
    nodes = {"SAT-STRICT": {"weight": strict}, "SAT-BROAD": {"weight": broad}}
    evaluation = filled(tmp_path, "three-rates", {"甲": COUNTS}, recipe={"nodes": nodes})
    assert evaluation.problems == []
    assert index(evaluation)["甲"] == pytest.approx(0.30 * 90 + 0.35 * 60 + 0.35 * satisfaction)


def test_the_weights_of_the_rates_are_a_setting(tmp_path: Path) -> None:
    weights = {"RESPONSE": 1, "RESOLUTION": 1, "SATISFACTION": 2, "SAT-STRICT": 1, "SAT-BROAD": 0}
    nodes = {node: {"weight": weight} for node, weight in weights.items()}
    evaluation = filled(tmp_path, "three-rates", {"甲": COUNTS}, recipe={"nodes": nodes})
    assert index(evaluation)["甲"] == pytest.approx((90 + 60 + 2 * 50) / 4)


def test_three_rates_ask_for_the_decision_until_it_is_taken(tmp_path: Path) -> None:
    evaluation = filled(tmp_path, "three-rates", {"甲": COUNTS})
    assert [each.code for each in evaluation.problems] == ["EK353", "EK353"]


def test_counts_that_cannot_be_are_found(tmp_path: Path) -> None:
    evaluation = filled(tmp_path, "three-rates", {"甲": COUNTS | {"R03.basically": 60}})
    assert [each.code for each in evaluation.problems if each.place.unit] == ["EK271"]


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ({"W01": 0, "W02": "是", "W03": 10, "W04": 12}, 102),
        ({"W01": 0, "W02": "是", "W03": 10, "W04": 45}, 120),
        ({"W01": 0, "W02": "是", "W03": 20, "W04": 12}, 80),
        ({"W01": 0, "W02": "是", "W03": 150, "W04": 12}, 0),
        ({"W01": 1, "W02": "是", "W03": 0, "W04": 30}, 0),
        ({"W01": 0, "W02": "否", "W03": 0, "W04": 0}, 100),
        ({"W01": 0, "W02": "否", "W03": 15, "W04": 30}, 80),
        ({"W01": 0, "W02": "否", "W03": 12, "W04": 30}, 114),
    ],
    ids=["bonus", "bonus capped", "no bonus at 80", "not below 0", "veto", "rescaled", "rescaled 80", "rescaled bonus"],
)
def test_website_inspection(tmp_path: Path, answers: dict[str, Any], score: float) -> None:
    assert index(filled(tmp_path, "website-inspection", {"甲": answers})) == {"甲": pytest.approx(score)}


def test_the_loops_of_2018_are_named_and_their_measures_left_open(tmp_path: Path) -> None:
    columns = ("service_loop", "data_loop", "operation_loop")
    write_table(tmp_path / "values.csv", [("unit", *columns), ("甲", "90", "60", "30")])
    evaluation = run(study(tmp_path, "transformation-2018", ["甲"], data={"values": "values.csv"}))
    assert index(evaluation) == {"甲": pytest.approx(60)}
    assert [each.code for each in evaluation.problems] == ["EK353"] * 3


@pytest.mark.parametrize("path", list(library.builtins("indicators")), ids=lambda path: path.stem)
def test_every_node_of_a_shipped_set_says_where_it_comes_from(path: Path) -> None:
    loaded, problems = load_indicators(path, path.name, path.parent)
    assert problems == []
    assert loaded is not None
    assert loaded.indicators.source
    for branch in loaded.indicators.walk():
        assert branch.node.source, branch.node.id
        assert branch.node.attestation, branch.node.id


@pytest.mark.parametrize("path", list(library.builtins("indicators")), ids=lambda path: path.stem)
def test_a_study_of_a_shipped_set_has_no_error(tmp_path: Path, path: Path) -> None:
    forms = {each.stem for each in library.builtins("questionnaire")}
    more: dict[str, Any] = {"questionnaire": f"builtin:{path.stem}"} if path.stem in forms else {}
    more |= {"protocol": PROTOCOLS[path.stem]} if path.stem in PROTOCOLS else {}
    more |= {"data": exports(path)} if path.stem == "operation-records" else {}
    _, problems = load_bundle(study(tmp_path, path.stem, ["甲"], **more))
    assert [each for each in problems if each.severity == "error"] == []
