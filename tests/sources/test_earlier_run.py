"""Earlier runs are files from outside: whatever stands in their folder, there is a finding and no traceback."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.problems import Place
from evalkit.sources import earlier_run
from evalkit.sources.earlier_run import EarlierRun, read_earlier_run
from tests.uncertainty.sampled_study import assessed, sampled_study

HERE = Place(file="study.yaml", line=7)


@pytest.fixture
def folder(values_run: Evaluation, tmp_path: Path) -> Path:
    return evalkit.write(values_run, tmp_path / "2024", excel=False)


def read(folder: Path) -> EarlierRun:
    run, problems = read_earlier_run(folder, "2024", HERE)
    assert problems == []
    assert run is not None
    return run


def refused(folder: Path) -> tuple[str, dict[str, str]]:
    run, (found,) = read_earlier_run(folder, "2024", HERE)
    assert run is None
    assert (found.place.file, found.place.line) == ("study.yaml", 7)
    assert found.message("zh")
    return found.code, dict(found.params)


def change_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "run.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def change_table(folder: Path, name: str, before: str, after: str) -> None:
    """Change a table, and its hash as somebody would who wants it to be believed."""
    path = folder / "tables" / f"{name}.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert before in text
    data = text.replace(before, after).encode("utf-8-sig")
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    change_manifest(folder, lambda manifest: manifest["tables"].update({name: digest}))


def test_a_run_is_read_as_it_was_written(folder: Path, values_run: Evaluation) -> None:
    run = read(folder)
    scores = values_run["scores"]
    for node in ("ROOT", "A", "B1"):
        own = scores[scores["node"] == node]["score"].to_numpy()
        assert run.scores[node].tolist() == pytest.approx(own.tolist(), nan_ok=True, rel=0, abs=0)
    assert run.shares["A"] == {"A1": 0.5, "A2": 0.5}
    assert run.units["name"].tolist() == ["甲市", "乙市", "丙市", "丁市"]
    assert (run.study, run.indicators, run.questionnaire, run.wave) == ("small", "set 1", "", "2024")


def test_standard_errors_are_read_of_a_run_that_has_them(tmp_path: Path) -> None:
    evaluation = assessed(sampled_study(tmp_path / "study"))
    written = evalkit.write(evaluation, tmp_path / "2024", excel=False)
    run = read(written)
    precision = evaluation["precision"]
    assert set(run.errors) == {"ROOT", "A", "A1", "A2"}
    for node, errors in run.errors.items():
        assert errors.tolist() == precision[precision["node"] == node]["standard_error"].tolist()
    change_table(written, "precision", str(float(run.errors["ROOT"][0])), "-1")
    assert refused(written)[0] == "EK413"


def test_names_that_look_like_formulas_are_read_as_they_are(folder: Path) -> None:
    change_table(folder, "units", "甲市", "'=1+1")
    assert read(folder).units["name"].tolist()[0] == "=1+1"


def test_a_changed_table_is_not_believed(folder: Path) -> None:
    path = folder / "tables" / "scores.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert refused(folder) == ("EK414", {"path": "2024/tables/scores.csv"})


@pytest.mark.parametrize("name", ["run.json", "tables/units.csv", "tables/scores.csv"])
def test_a_lacking_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    code, params = refused(folder)
    assert code == "EK413"
    assert f"2024/{name}" in params["detail"]


def test_an_empty_folder_and_none_at_all(tmp_path: Path) -> None:
    assert refused(tmp_path)[0] == "EK413"
    assert refused(tmp_path / "none")[0] == "EK413"
    assert refused(tmp_path / ("x" * 5000))[0] == "EK413"


def test_a_file_over_the_limit_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier_run, "MOST_BYTES", 100)
    assert refused(folder) == ("EK412", {"path": "2024/run.json", "limit": "100"})


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", "{}", '{"study": 1}', "[" * 200_000, '"\ud800"', "NaN", '{"a": ' * 50_000]
)
def test_a_manifest_of_any_kind_is_a_finding(folder: Path, text: str) -> None:
    (folder / "run.json").write_bytes(text.encode("utf-8", errors="surrogatepass"))
    assert refused(folder)[0] == "EK413"


@pytest.mark.parametrize("key", ["study", "recipe", "tables", "indicators"])
@pytest.mark.parametrize("value", [None, 5, [], {}, "x", {"nodes": 5}, {"nodes": {"ROOT": 5}}, {"nodes": {}}])
def test_parts_of_the_manifest_of_another_kind_are_a_finding(folder: Path, key: str, value: object) -> None:
    change_manifest(folder, lambda manifest: manifest.update({key: value}))
    assert refused(folder)[0] in {"EK413", "EK414"}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("scores", "62.5", "nan"),
        ("scores", "62.5", "1e999"),
        ("scores", "62.5", "many"),
        ("scores", "U1,ROOT", "U1,OTHER"),
        ("scores", "U1,ROOT", "U9,ROOT"),
        ("scores", "score", "skore"),
        ("units", "U2", "U1"),
        ("units", "name", "nahme"),
        ("nodes", "0.75", "x"),
        ("nodes", "A1,A", "A1,NONE"),
        ("nodes", "node", "nodes"),
        ("awards", "tier", "teer"),
        ("units", "U2", "\0"),
        ("units", "U2", '"'),
    ],
)
def test_malformed_tables_are_a_finding(folder: Path, name: str, before: str, after: str) -> None:
    change_table(folder, name, before, after)
    assert refused(folder)[0] == "EK413"


def test_a_wave_without_a_name_goes_by_its_folder(folder: Path) -> None:
    change_manifest(folder, lambda manifest: manifest["study"].update(wave=""))
    assert read(folder).wave == "2024"


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    (folder / "tables" / "units.csv").unlink()
    os.mkfifo(folder / "tables" / "units.csv")
    assert refused(folder)[0] == "EK413"


def test_names_cannot_write_to_the_terminal(folder: Path) -> None:
    change_manifest(folder, lambda manifest: manifest["study"].update(wave="20\x1b[2J24\n"))
    assert "\x1b" not in read(folder).wave
