"""Award schemes read back from the manifest of a run."""

from __future__ import annotations

from pathlib import Path

from evalkit.evaluate import Evaluation, load
from evalkit.evaluate.stored_schemes import goes_by_scores, stored_schemes

STUDY = Path("examples/awards/study.yaml")


def test_the_rules_of_a_run_are_those_of_its_study() -> None:
    project = load(STUDY)
    assert stored_schemes(project.run()) == [scheme for scheme, _ in project.bundle.awards]


def test_a_run_without_rules_or_with_changed_ones_has_no_schemes(values_run: Evaluation) -> None:
    for rules in ({}, {"rules": None}, {"rules": {"id": "x", "awards": "all of them"}}):
        assert stored_schemes(Evaluation(values_run.tables, {**values_run.manifest, "awards": [rules]})) == []


def test_a_jury_a_decision_and_earlier_waves_are_no_matter_of_scores() -> None:
    night = load(STUDY).bundle.awards[0][0]
    others = [award.id for award in night.awards if not goes_by_scores(night, award)]
    assert others == ["climber", "three-years", "case", "committee", "star"]
