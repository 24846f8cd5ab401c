"""``evalkit verify``."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit
from tests.uncertainty.sampled_study import sampled_study

CITIES = Path(__file__).parents[2] / "examples" / "cities79" / "study.yaml"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_holds_is_said_shortly(values_folder: Path, values_path: Path, language: str) -> None:
    done = evalkit("verify", values_folder, "--study", values_path, "--lang", language)
    assert done.code == 0
    assert len(done.out.splitlines()) == 4
    assert ("核验通过" in done.out, "verified: everything holds" in done.out) == (language != "en", language != "zh")
    done.out.encode("gbk")


def test_what_does_not_hold_is_listed_and_is_one(values_folder: Path) -> None:
    (values_folder / "tables" / "waves.csv").unlink()
    done = evalkit("verify", values_folder, "--lang", "en")
    assert done.code == 1
    assert "error[EK750]" in done.err
    assert done.out.endswith("not verified: what does not hold is listed above\n")
    document = evalkit("verify", values_folder, "--format", "json").json
    assert (document["holds"], document["study"], document["inputs"]) == (False, None, None)


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_cannot_be_read_is_three(values_folder: Path, tmp_path: Path, form: str) -> None:
    assert evalkit("verify", tmp_path, "--format", form).code == 3
    assert evalkit("verify", values_folder, "--study", tmp_path / "no.yaml", "--format", form).code == 3


def test_the_example_of_79_cities_is_reproduced_to_the_byte(tmp_path: Path) -> None:
    evalkit("run", CITIES, "--out", tmp_path / "out", "--no-excel", "--no-html")
    document = evalkit("verify", tmp_path / "out", "--study", CITIES, "--format", "json").json
    assert (document["holds"], document["problems"]) == (True, [])
    assert (document["tables"], document["inputs"], len(document["reproduced"])) == (14, 83, 14)


def test_results_of_tiers_only_are_verified_without_their_scores(tmp_path: Path) -> None:
    study = CITIES.parents[1] / "awards" / "study.yaml"
    evalkit("run", study, "--out", tmp_path / "out", "--private", tmp_path / "in", "--no-excel", "--no-html")
    for folder in ("out", "in"):
        assert evalkit("verify", tmp_path / folder, "--study", study).code == 0


def test_what_many_draws_say_is_held_against_its_hash_only(tmp_path: Path) -> None:
    study = sampled_study(tmp_path / "study", uncertainty={"replicates": 300, "aggregate": ["geometric"]})
    evalkit("robustness", study, "--out", tmp_path / "out", "--no-excel")
    done = evalkit("verify", tmp_path / "out", "--study", study, "--format", "json")
    assert (done.code, done.codes()) == (0, ["EK767"])
    assert {"awards", "problems", "precision"} <= set(done.json["reproduced"])
    table = tmp_path / "out" / "tables" / "robustness.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    assert evalkit("verify", tmp_path / "out", "--format", "json").codes() == ["EK751"]
