"""``evalkit indicators list``, ``show`` and ``schema``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit

SET = "builtin:digital-transformation"


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_names_what_is_built_in(language: str) -> None:
    done = evalkit("indicators", "list", "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert SET in done.out


def test_list_in_every_format() -> None:
    rows = list(csv.DictReader(evalkit("indicators", "list", "--format", "csv", "--lang", "zh").out.splitlines()))
    assert evalkit("indicators", "list", "--format", "json", "--lang", "zh").json == {"builtins": rows, "problems": []}
    assert {"indicators", "questionnaire"} <= {row["kind"] for row in rows}


def test_show_draws_the_tree_with_effective_weights() -> None:
    done = evalkit("indicators", "show", SET, "--lang", "en")
    assert done.code == 0
    assert "    NET-1-1" in done.out
    rows = list(csv.DictReader(evalkit("indicators", "show", SET, "--format", "csv").out.splitlines()))
    leaves = {row["node"] for row in rows} - {row["parent"] for row in rows}
    assert len(leaves) == 29
    assert sum(float(row["effective_weight"]) for row in rows if row["node"] in leaves) == pytest.approx(1)
    assert len(evalkit("indicators", "show", SET, "--format", "json").json["nodes"]) == len(rows)


def test_show_reads_a_file_of_ones_own(values_path: Path) -> None:
    assert "小体系" in evalkit("indicators", "show", values_path.parent / "set.yaml", "--lang", "zh").out


@pytest.mark.parametrize("reference", ["builtin:digital-transformatoin", "no.yaml"])
def test_unknown_set_is_a_finding(reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = evalkit("indicators", "show", reference, "--format", "json")
    assert done.code == 1
    assert len(done.codes()) == 1
    assert evalkit("indicators", "show", reference).err


@pytest.mark.parametrize("kind", ["study", "indicators", "questionnaire", "awards"])
def test_schema_is_json(kind: str) -> None:
    assert json.loads(evalkit("indicators", "schema", kind).out)["type"] == "object"


def test_schemas_are_written_to_a_folder(tmp_path: Path) -> None:
    assert evalkit("indicators", "schema", "--out", tmp_path / "schemas").code == 0
    assert len(list((tmp_path / "schemas").iterdir())) == 6
