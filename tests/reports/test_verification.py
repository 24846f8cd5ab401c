"""A results folder against its hashes, its own numbers and its study, with every way to tamper with one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import evalkit
from evalkit.provenance import sha256
from evalkit.reports.folder import FolderError
from evalkit.reports.verification import Verification
from tests.small_studies import run


def codes(found: Verification) -> list[str]:
    return [each.code for each in found.problems]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rehash(folder: Path, table: str) -> None:
    """State the hash of a table as it is, as whoever tampers with both would."""
    manifest = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    manifest["tables"][table] = sha256((folder / "tables" / f"{table}.csv").read_bytes())
    (folder / "run.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def folder(values_path: Path, tmp_path: Path) -> Path:
    return evalkit.write(run(values_path), tmp_path / "results", excel=False, page=False)


def test_results_hold_against_themselves_and_their_study(folder: Path, values_path: Path) -> None:
    alone, with_study = evalkit.verify(folder), evalkit.verify(folder, values_path)
    assert alone.holds
    assert with_study.holds
    assert (alone.problems, with_study.problems) == ([], [])
    assert (alone.inputs, alone.reproduced) == (None, None)
    assert (alone.tables, alone.scores, with_study.inputs) == (12, 24, 4)
    assert with_study.reproduced is not None
    assert len(with_study.reproduced) == 12


def test_a_changed_table_is_found_and_its_first_cell_named(folder: Path, values_path: Path) -> None:
    rewrite(folder / "tables" / "units.csv", "甲市热线", "甲市")
    assert codes(evalkit.verify(folder)) == ["EK751"]
    found = evalkit.verify(folder, values_path)
    assert codes(found) == ["EK751", "EK760"]
    assert "U1, column aliases: then “甲市”, now “甲市热线”" in found.problems[1].message("en")


def test_a_score_edited_together_with_its_hash_is_found(folder: Path) -> None:
    rewrite(folder / "tables" / "scores.csv", "U1,A,1,70.0,", "U1,A,1,70.01,")
    rehash(folder, "scores")
    assert set(codes(evalkit.verify(folder))) == {"EK753", "EK756"}


def test_an_award_edited_together_with_its_hash_is_found_by_the_study(folder: Path, values_path: Path) -> None:
    with (folder / "tables" / "awards.csv").open("a", encoding="utf-8") as file:
        file.write("scheme,best,U4,1,,,,,,,,\n")
    rehash(folder, "awards")
    assert evalkit.verify(folder).holds
    assert codes(evalkit.verify(folder, values_path)) == ["EK761"]


def test_missing_and_further_tables_are_found(folder: Path) -> None:
    (folder / "tables" / "shares.csv").unlink()
    (folder / "tables" / "notes.txt").write_text("mine", encoding="utf-8")
    found = evalkit.verify(folder)
    assert codes(found) == ["EK750", "EK752", "EK006"]
    assert [each.place.file for each in found.problems[:2]] == ["tables/shares.csv", "tables/notes.txt"]


def test_changed_missing_and_added_inputs_are_named(folder: Path, values_path: Path) -> None:
    rewrite(values_path.parent / "units.csv", "甲市热线", "甲热线")
    found = evalkit.verify(folder, values_path)
    assert codes(found) == ["EK757", "EK760"]
    assert found.problems[0].place.file == "units.csv"
    (values_path.parent / "units.csv").unlink()
    found = evalkit.verify(folder, values_path)
    assert "EK758" in codes(found)
    assert found.reproduced == ()


def test_ranks_do_not_follow_by_another_rule_of_ties(folder: Path) -> None:
    for _ in range(2):  # as the study gave it, and as it was resolved
        rewrite(folder / "run.json", '"tie_tolerance": 1e-09', '"tie_tolerance": 50.0')
    assert set(codes(evalkit.verify(folder))) == {"EK756"}


def test_a_manifest_that_states_another_source_is_found_by_the_study(folder: Path, values_path: Path) -> None:
    rewrite(folder / "run.json", '"publish": "all"', '"publish": "none"')
    found = evalkit.verify(folder, values_path)
    assert set(codes(found)) == {"EK765"}
    assert "none" in found.problems[0].message("en")


def test_other_versions_of_packages_are_a_note(folder: Path, values_path: Path) -> None:
    manifest = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    manifest["packages"]["numpy"] = "0.1"
    (folder / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = evalkit.verify(folder, values_path)
    assert codes(found) == ["EK766"]
    assert found.holds


def no_hashes(manifest: dict[str, object]) -> object:
    return manifest | {"tables": ["scores"]}


def no_inputs(manifest: dict[str, object]) -> object:
    return {key: value for key, value in manifest.items() if key != "inputs"}


@pytest.mark.parametrize("change", [no_hashes, no_inputs, list])
def test_a_malformed_manifest_is_refused(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = folder / "run.json"
    path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    with pytest.raises(FolderError) as refused:
        evalkit.verify(folder)
    assert refused.value.problem.code == "EK006"


@pytest.mark.parametrize("table", ["units", "nodes", "measures", "parts", "scores", "ranks"])
def test_a_table_of_another_shape_is_found_whatever_it_is(folder: Path, table: str) -> None:
    path = folder / "tables" / f"{table}.csv"
    header, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    shapes = {
        "without its first column": [line.partition(",")[2] for line in (header, *rows)],
        "without rows": [header],
        "with each row twice": [header, *rows, *rows],
        "of another kind": ["a,b", "1,2"],
        "empty": [],
    }
    for shape, lines in shapes.items():
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8-sig")
        found = evalkit.verify(folder)
        assert codes(found)[0] == "EK751", shape
        assert not found.holds
        with pytest.raises(FolderError):
            evalkit.read(folder)
    assert "EK013" in codes(found) or "EK006" in codes(found)
