"""``run`` and the other commands where tiers only are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.award_studies import ODD_VALUES, PEOPLE, TIERS, award_study, nominated_study
from tests.cli.terminal import evalkit
from tests.small_studies import run

SCORES = ("80.13", "60.29", "41.07", "51.51", "70.81", "90.46", "88.33", "90.67", "11.92", "20.87", "7x.371")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return award_study(tmp_path_factory.mktemp("study"), TIERS, ODD_VALUES)


def index_scores(study: Path) -> set[str]:
    scores = run(study)["scores"]["score"].dropna()
    return {f"{score:.2f}" for score in scores} | {repr(float(score)) for score in scores}


@pytest.mark.parametrize("form", ["text", "json"])
def test_output_of_run_shows_tiers_and_no_score(study: Path, tmp_path: Path, form: str) -> None:
    done = evalkit("run", study, "--out", tmp_path / "out", "--format", form, "--lang", "en", "--no-excel")
    assert done.code == 1  # a value is no number
    assert not [each for each in (*SCORES, *index_scores(study)) if each in done.out + done.err]
    if form == "json":
        document = done.json
        assert "ranking" not in document
        assert document["awards"][0] == {"scheme": "tiers", "award": "upper", "unit": "U1"}
    else:
        assert "upper" in done.out
        assert "U1 甲市" in done.out
        assert "not shown: " in done.err


@pytest.mark.parametrize("command", [("rank",), ("explain", "U1")])
def test_commands_that_show_scores_refuse_and_say_how(study: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    name, *rest = command
    evalkit("run", study, "--out", tmp_path / "out", "--private", tmp_path / "in", "--no-excel")
    for where in (study, tmp_path / "out"):
        done = evalkit(name, where, *rest)
        assert done.code == 1
        assert "EK526" in done.err
        assert done.out == ""
    assert evalkit(name, tmp_path / "in", *rest).code == 0


def test_internal_results_need_a_folder_of_their_own(study: Path, tmp_path: Path) -> None:
    done = evalkit("run", study, "--out", tmp_path / "out", "--private", tmp_path / "x" / ".." / "out", "--lang", "en")
    assert done.code == 2
    assert "folder of their own" in done.err
    assert not (tmp_path / "out").exists()


def test_names_of_persons_are_printed_by_no_command(tmp_path: Path) -> None:
    study = nominated_study(tmp_path / "study")
    done = [
        evalkit("check", study),
        evalkit("run", study, "--out", tmp_path / "out", "--private", tmp_path / "in", "--no-excel"),
        evalkit("rank", tmp_path / "in"),
        evalkit("explain", tmp_path / "in", "U2"),
    ]
    assert not [name for name in PEOPLE for each in done if name in each.out + each.err]
    assert "people.csv" in {path.name for path in (tmp_path / "in" / "tables").iterdir()}
