"""Studies of work orders from the files to the ranking, and what is said of files and units."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.comparison.consistency import check_scores
from evalkit.provenance import sha256_file
from evalkit.reports.folder import read, write
from evalkit.reports.verification import verify
from tests.small_records import COLUMNS, ROWS, TREE, changed, record_study
from tests.small_studies import codes, run


def tree(**measure: Any) -> dict[str, Any]:  # noqa: ANN401 - any measure of records
    child = {"id": "ONE", "name": "one", "measure": {"records": {"of": "orders"} | measure}}
    return {"id": "ROOT", "name": "root", "children": [child]}


def test_records_become_values_scores_and_ranks(tmp_path: Path) -> None:
    evaluation = run(record_study(tmp_path, {"a.csv": ROWS}))
    measures = evaluation["measures"].set_index(["unit", "indicator"])
    assert measures.loc[("U1", "ON-TIME"), "value"] == 100 / 3
    assert measures.loc[("U1", "ON-TIME"), "n"] == 3
    assert measures.loc[("U2", "HOURS"), "value"] == 101.5
    assert measures.loc[("U3", "WAIT"), "status"] == "absent"
    assert list(evaluation.ranking()["unit"]) == ["U2", "U1"]
    assert sorted(codes(evaluation)) == ["EK231", "EK823"]
    files = evaluation["files"]
    assert files["expected"].tolist() == [4 * 4]
    assert (files["ok"] + files["blank"]).tolist() == [16]
    assert evaluation.manifest["inputs"]["records/a.csv"] == sha256_file(tmp_path / "records" / "a.csv")


def test_two_runs_of_the_files_in_another_order_give_the_same_tables(tmp_path: Path) -> None:
    halves = {"a.csv": ROWS[:2], "b.csv": ROWS[2:]}
    one = write(run(record_study(tmp_path / "one", halves)), tmp_path / "results-one")
    turned = {"a.csv": ROWS[2:], "b.csv": ROWS[:2]}
    two = write(run(record_study(tmp_path / "two", turned)), tmp_path / "results-two")
    for name in ("measures", "scores", "ranks"):
        assert (one / "tables" / f"{name}.csv").read_bytes() == (two / "tables" / f"{name}.csv").read_bytes()


def test_results_are_verified_against_the_study_and_changed_files_are_found(tmp_path: Path) -> None:
    path = record_study(tmp_path / "study", {"a.csv": ROWS})
    folder = write(run(path), tmp_path / "results")
    found = verify(folder, path)
    assert found.holds
    assert found.reproduced is not None
    assert "records" in found.reproduced
    record_study(tmp_path / "study", {"a.csv": changed(0, closed="2024-03-09 10:00:00")})
    assert {"EK757", "EK760"} <= {each.code for each in verify(folder, path).problems}


def test_a_changed_account_does_not_add_up(tmp_path: Path) -> None:
    evaluation = read(write(run(record_study(tmp_path / "study", {"a.csv": ROWS})), tmp_path / "results"))
    assert check_scores(evaluation) == []
    for column in ("n", "numerator", "outside"):
        table = evaluation.tables["records"]
        evaluation.tables["records"] = table.assign(**{column: table[column] + 1})
        wrong = {each.code for each in check_scores(evaluation)}
        assert wrong == (set() if column == "n" else {"EK754"}), column
        evaluation.tables["records"] = table


def test_explain_walks_down_to_the_counts_and_files(tmp_path: Path) -> None:
    explanation = evalkit.explain(run(record_study(tmp_path, {"a.csv": ROWS})), "甲市", "ON-TIME")
    step = explanation.step.records
    assert explanation.adds_up
    assert step is not None
    assert (step.n, step.base, step.total, step.outside, step.left_out) == (1, 3, 3, 0, {})
    assert step.files == (("records/a.csv", sha256_file(tmp_path / "records" / "a.csv")),)


def test_a_file_that_cannot_be_read_has_an_account(tmp_path: Path) -> None:
    path = record_study(tmp_path, {"a.csv": ROWS})
    (tmp_path / "records" / "b.csv").write_bytes(b"\xff\xfe\xff")
    evaluation = run(path)
    assert dict(zip(evaluation["files"]["file"], evaluation["files"]["state"], strict=True)) == {
        "records/a.csv": "read",
        "records/b.csv": "unreadable",
    }
    assert "records/b.csv" in evaluation.manifest["inputs"]
    assert "EK241" in codes(evaluation)


def test_without_any_file_nobody_has_a_value(tmp_path: Path) -> None:
    evaluation = run(record_study(tmp_path, {}))
    assert "EK239" in codes(evaluation)
    assert evaluation["measures"]["value"].isna().all()
    assert len(evaluation.ranking()) == 0


def test_a_unit_that_is_heard_of_otherwise_lacks_its_records(tmp_path: Path) -> None:
    children = [*TREE["children"], {"id": "V", "name": "v", "measure": {"column": "v"}}]
    path = record_study(tmp_path, {"a.csv": ROWS}, TREE | {"children": children}, data={"values": "values.csv"})
    (tmp_path / "values.csv").write_text("unit,v\nU1,1\nU2,2\nU3,3\n", encoding="utf-8")
    evaluation = run(path)
    assert [each.place.unit for each in evaluation.problems if each.code == "EK814"] == ["U3"]
    assert "EK231" not in codes(evaluation)


@pytest.mark.parametrize(
    ("share", "options", "code"),
    [
        ("satisfaction = “很好”", {}, "EK821"),
        ("satisfaction = 满意", {}, None),
        ("satisfaction = never", {"never": "从不", "good": ["满意", "基本满意", "不满意"]}, None),
    ],
)
def test_a_text_that_no_record_has_is_told(
    tmp_path: Path, share: str, options: dict[str, Any], code: str | None
) -> None:
    columns = COLUMNS | {"satisfaction": {"heading": "满意度", "kind": "category", "options": options}}
    evaluation = run(record_study(tmp_path, {"a.csv": ROWS}, tree(share=share), orders={"columns": columns}))
    assert ("EK821" in codes(evaluation)) == (code is not None)


def test_a_rate_over_a_hundred_is_told(tmp_path: Path) -> None:
    columns = COLUMNS | {"limit": {"heading": "工单编号", "kind": "number"}}
    ratio = {"numerator": "wait", "denominator": "limit"}
    evaluation = run(record_study(tmp_path, {"a.csv": ROWS}, tree(ratio=ratio), orders={"columns": columns}))
    found = [each for each in evaluation.problems if each.code == "EK822"]
    assert [(each.place.unit, dict(each.params)["value"]) for each in found] == [("U1", "700"), ("U2", "225")]


def test_files_may_be_of_several_kinds(tmp_path: Path) -> None:
    path = record_study(
        tmp_path, {"a.csv": ROWS[:2], "b.txt": ROWS[2:]}, orders={"source": ["records/*.csv", "records/*"]}
    )
    shutil.copy(tmp_path / "records" / "a.csv", tmp_path / "records" / "c.csv")
    evaluation = run(path)
    assert sorted(evaluation["files"]["file"]) == ["records/a.csv", "records/b.txt", "records/c.csv"]
    assert "EK815" in codes(evaluation)
    assert evaluation["measures"].set_index(["unit", "indicator"]).loc[("U1", "WAIT"), "n"] == 3


def test_a_sample_carries_errors_and_a_full_record_none(tmp_path: Path) -> None:
    keys: dict[str, Any] = {"uncertainty": {"seed": 1, "level": 0.95}}
    whole = run(record_study(tmp_path / "a", {"a.csv": ROWS}, **keys))
    assert whole.sampling == {}
    drawn = run(record_study(tmp_path / "b", {"a.csv": ROWS}, orders={"sample": True}, **keys))
    assert set(drawn.sampling) == {"ON-TIME", "HOURS"}
    told = {each.code: dict(each.params) for each in drawn.problems if each.code in {"EK711", "EK829"}}
    assert told["EK711"]["node"] == "WAIT"
    assert told["EK829"]["count"] == "1"


def test_a_declared_error_is_missed_only_where_there_is_no_sample(tmp_path: Path) -> None:
    children = [child | {"sampling_error": True} for child in TREE["children"]]
    keys: dict[str, Any] = {"uncertainty": {"seed": 1, "level": 0.95}}
    path = record_study(tmp_path / "a", {"a.csv": ROWS}, TREE | {"children": children}, **keys)
    assert codes(run(path)).count("EK702") == 3
    path = record_study(tmp_path / "b", {"a.csv": ROWS}, TREE | {"children": children}, orders={"sample": True}, **keys)
    assert "EK702" not in codes(run(path))


def test_diagnosis_leaves_records_alone(tmp_path: Path) -> None:
    ready_made = {"id": "V", "name": "v", "normalise": {"method": "minmax"}, "measure": {"column": "v"}}
    path = record_study(
        tmp_path,
        {"a.csv": ROWS},
        TREE | {"children": [*TREE["children"], ready_made]},
        data={"values": "values.csv"},
        diagnosis={"target": "top:1"},
    )
    (tmp_path / "values.csv").write_text("unit,v\nU1,40\nU2,1\nU3,90\n", encoding="utf-8")
    solutions = run(path)["solutions"]
    found = solutions[solutions["verdict"] == "found"]
    assert list(zip(found["unit"], found["question"], found["to"], found["verified"], strict=True)) == [
        ("U1", "v", "90", 1)
    ]
