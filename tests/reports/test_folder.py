"""A run on disk: whole or not at all, never over anybody's own files, the same to the byte, and back again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.evaluate.evaluation import TABLES
from evalkit.reports import folder
from evalkit.reports.folder import FolderError
from tests.small_studies import REGISTER, VALUES, run, values_study


def contents(path: Path) -> dict[str, bytes]:
    return {str(each.relative_to(path)): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}


def test_folder_holds_the_run_and_nothing_else(values_run: Evaluation, tmp_path: Path) -> None:
    out = evalkit.write(values_run, tmp_path / "a" / "out")
    tables = [f"tables/{name}.csv" for name in TABLES]
    assert sorted(contents(out)) == sorted(["run.json", "results.xlsx", "report.html", *tables])
    assert [each.name for each in out.parent.iterdir()] == ["out"]


def test_reports_may_be_left_out(values_run: Evaluation, tmp_path: Path) -> None:
    assert "results.xlsx" not in contents(evalkit.write(values_run, tmp_path / "out", excel=False))
    assert "report.html" not in contents(evalkit.write(values_run, tmp_path / "out", page=False))


def test_reports_of_a_finished_run_are_those_of_the_run(values_run: Evaluation, tmp_path: Path) -> None:
    out = evalkit.write(values_run, tmp_path / "out")
    before = contents(out)
    written = folder.write_reports(evalkit.read(out), out)
    assert [path.name for path in written] == ["report.html", "results.xlsx"]
    after = contents(out)
    assert after.keys() == before.keys()
    assert after["report.html"] == before["report.html"]
    evalkit.write(values_run, out)


def test_reports_go_elsewhere_and_replace_nothing_else(values_run: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    (path,) = folder.write_reports(values_run, tmp_path, ["html"], language="zh")
    assert {each.name for each in tmp_path.iterdir() if each.is_file()} == {"kept.txt", path.name}


def test_manifest_has_the_hash_of_every_table(values_run: Evaluation, tmp_path: Path) -> None:
    out = evalkit.write(values_run, tmp_path / "out", excel=False)
    hashes = json.loads((out / "run.json").read_text(encoding="utf-8"))["tables"]
    assert hashes == {n: hashlib.sha256((out / "tables" / f"{n}.csv").read_bytes()).hexdigest() for n in TABLES}


@pytest.mark.parametrize("run_name", ["values_run", "form_run"])
def test_run_reads_back_equal(run_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    evaluation: Evaluation = request.getfixturevalue(run_name)
    again = evalkit.read(evalkit.write(evaluation, tmp_path / "out", excel=False))
    for name in TABLES:
        pd.testing.assert_frame_equal(again[name], evaluation[name], check_exact=True)
    assert again.manifest.keys() - {"tables"} == evaluation.manifest.keys()


def test_empty_run_reads_back_equal(tmp_path: Path) -> None:
    evaluation = run(values_study(tmp_path, VALUES[:1]))
    again = evalkit.read(evalkit.write(evaluation, tmp_path / "out", excel=False))
    for name in TABLES:
        pd.testing.assert_frame_equal(again[name], evaluation[name])


def test_names_that_look_like_formulas_read_back_unchanged(tmp_path: Path) -> None:
    register = [REGISTER[0], ("=1+1", "@a", "-x", "+y", ""), ("U2", 'a,"b"', "x\ny", "", "")]
    evaluation = run(values_study(tmp_path, [VALUES[0], ("=1+1", "1", "2", "3")], register=register))
    out = evalkit.write(evaluation, tmp_path / "out")
    pd.testing.assert_frame_equal(evalkit.read(out)["units"], evaluation["units"])
    for data in contents(out / "tables").values():
        assert b"\n=" not in data
        assert b",=" not in data


def test_earlier_run_is_replaced(values_run: Evaluation, form_run: Evaluation, tmp_path: Path) -> None:
    out = evalkit.write(values_run, tmp_path / "out")
    evalkit.write(form_run, out, excel=False)
    assert "results.xlsx" not in contents(out)
    assert evalkit.read(out)["nodes"]["node"].tolist() == form_run["nodes"]["node"].tolist()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_empty_folder_is_used(values_run: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    evalkit.write(values_run, tmp_path / "out", excel=False)
    assert (tmp_path / "out" / "run.json").is_file()


@pytest.mark.parametrize("foreign", ["notes.docx", "tables/mine.csv", "sub/x.txt"])
def test_folder_with_a_file_of_somebody_is_left_alone(values_run: Evaluation, tmp_path: Path, foreign: str) -> None:
    out = evalkit.write(values_run, tmp_path / "out", excel=False)
    (out / foreign).parent.mkdir(exist_ok=True)
    (out / foreign).write_text("mine", encoding="utf-8")
    before = contents(out)
    with pytest.raises(FolderError) as caught:
        evalkit.write(values_run, out)
    assert caught.value.problem.code == "EK007"
    assert contents(out) == before


def test_folder_of_other_files_and_a_file_are_left_alone(values_run: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for target in (tmp_path, tmp_path / "file"):
        with pytest.raises(FolderError) as caught:
            evalkit.write(values_run, target)
        assert caught.value.problem.code == "EK007"
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("error", [RuntimeError("broken"), OSError(28, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("where", ["make_reports", "put_in_place"])
def test_run_that_dies_leaves_the_old_folder_as_it_was(
    values_run: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, where: str
) -> None:
    out = evalkit.write(values_run, tmp_path / "out" / "run")
    before = contents(out)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(folder, where, fail)
    with pytest.raises((RuntimeError, FolderError, KeyboardInterrupt)):
        evalkit.write(values_run, out)
    assert contents(out) == before
    assert [each.name for each in out.parent.iterdir()] == ["run"]


def test_folder_that_cannot_be_made_is_a_finding(values_run: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FolderError) as caught:
        evalkit.write(values_run, tmp_path / "file" / "out")
    assert caught.value.problem.code == "EK005"


def damage(path: Path, name: str, text: str | None) -> None:
    if text is None:
        (path / name).unlink()
    else:
        (path / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.json", None),
        ("run.json", "{"),
        ("run.json", "[]"),
        ("run.json", "{}"),
        ("run.json", '{"evalkit": "", "study": {}, "recipe": {}, "awards": [], "problems": {}, "tables": []}'),
        ("tables/scores.csv", None),
        ("tables/scores.csv", ""),
        ("tables/scores.csv", "unit,node\nU1,A\n"),
        ("tables/scores.csv", "unit,node,level,score,weight,effective_weight,coverage\nU1,A,0,many,1,1,1\n"),
    ],
)
def test_folder_that_holds_no_run_is_a_finding(
    values_run: Evaluation, tmp_path: Path, name: str, text: str | None
) -> None:
    out = evalkit.write(values_run, tmp_path / "out", excel=False)
    damage(out, name, text)
    with pytest.raises(FolderError) as caught:
        evalkit.read(out)
    assert caught.value.problem.code == ("EK006" if name == "run.json" else "EK012")


def test_a_name_that_no_disk_can_hold_is_a_finding(values_run: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(FolderError) as caught:
        evalkit.write(values_run, tmp_path / ("n" * 300), excel=False, page=False)
    assert caught.value.problem.code == "EK005"


def test_all_tables_that_were_changed_or_deleted_are_named(values_run: Evaluation, tmp_path: Path) -> None:
    out = evalkit.write(values_run, tmp_path / "out", excel=False)
    damage(out, "tables/scores.csv", None)
    damage(out, "tables/units.csv", "unit\nU1\n")
    with pytest.raises(FolderError) as caught:
        evalkit.read(out)
    assert dict(caught.value.problem.params)["tables"] == "units, scores"


def test_two_runs_write_the_same_tables(values_path: Path, tmp_path: Path) -> None:
    first = evalkit.write(run(values_path), tmp_path / "first")
    second = evalkit.write(run(values_path), tmp_path / "second")
    assert contents(first / "tables") == contents(second / "tables")


@pytest.mark.slow
def test_tables_do_not_depend_on_the_environment(form_path: Path, tmp_path: Path) -> None:
    expected = contents(evalkit.write(run(form_path), tmp_path / "expected", excel=False) / "tables")
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"},
    ]
    for number, variables in enumerate(surroundings):
        out = tmp_path / f"out{number}"
        where = tmp_path / f"where{number}"
        where.mkdir()
        command = [sys.executable, "-m", "evalkit", "run", str(form_path), "--out", str(out), "--no-excel"]
        environment = os.environ | variables | {"PYTHONPATH": str(Path(evalkit.__file__).parents[1])}
        subprocess.run(command, cwd=where, env=environment, capture_output=True, check=False)
        assert contents(out / "tables") == expected
